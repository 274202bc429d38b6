//! Liens and what else does not touch title: rules 15 to 17.

use chrono::NaiveDate;

use crate::ownership::records::{Counted, Known, Order, order};
use crate::ownership::{Basis, Conveyance, Effect, Finding, FindingKind, History, Holder, Step, Transfer};

/// A lien.
struct Lien<'a> {
    record: &'a Transfer,
    on: Option<NaiveDate>,
    secured: Vec<Holder>,
    is_open: bool,
}

/// Adds the steps of records that do not move title, and what they leave open.
pub(super) fn add(history: &History, known: &Known<'_>, steps: &mut Vec<(Order, Step)>, findings: &mut Vec<Finding>) {
    let mut records = Vec::new();
    for counted in &known.counted {
        let mut of_days = Vec::new();
        let parts = counted.parts(history, &mut of_days);
        let day = parts.first().map(|part| (part.day, part.basis));
        records.push((order(counted.record, day.map(|(day, _)| day)), counted, day));
        if !counted.conveyance.moves_title() {
            findings.extend(of_days.into_iter().filter(|found| found.kind == FindingKind::ImpossibleDate));
        }
    }
    records.sort_by_key(|(order, _, _)| *order);
    let mut liens: Vec<Lien<'_>> = Vec::new();
    for (order, counted, day) in records {
        let on = day.map(|(day, _)| day);
        let effect = read(counted, on, known, &mut liens, findings);
        if counted.conveyance.moves_title() {
            continue;
        }
        let basis = day.map_or(Basis::Unknown, |(_, basis)| basis);
        steps.push((order, Step { transfer: Some(counted.record.id), effect, on, basis }));
    }
    let open = liens.iter().filter(|lien| lien.is_open);
    findings.extend(open.map(|lien| finding(FindingKind::OpenLien, lien.record, lien.on)));
}

fn finding(kind: FindingKind, record: &Transfer, on: Option<NaiveDate>) -> Finding {
    Finding { kind, transfer: Some(record.id), other: None, on }
}

fn read<'a>(
    counted: &Counted<'a>,
    on: Option<NaiveDate>,
    known: &Known<'_>,
    liens: &mut Vec<Lien<'a>>,
    findings: &mut Vec<Finding>,
) -> Effect {
    let record = counted.record;
    match counted.conveyance {
        Conveyance::SecurityInterest => {
            if !pass_on(record, liens) {
                liens.push(Lien { record, on, secured: record.assignees.clone(), is_open: true });
            }
            Effect::Encumbers
        }
        Conveyance::Merger | Conveyance::NameChange => {
            pass_on(record, liens);
            Effect::None
        }
        Conveyance::Release => {
            if !release(record, known, liens) {
                findings.push(finding(FindingKind::ReleaseWithoutLien, record, on));
            }
            Effect::Releases
        }
        _ => Effect::None,
    }
}

/// Rule 17: what a secured party conveys is its lien. Whether it was one.
fn pass_on(record: &Transfer, liens: &mut [Lien<'_>]) -> bool {
    let mut passed = false;
    for lien in liens.iter_mut().filter(|lien| lien.is_open) {
        let before = lien.secured.len();
        lien.secured.retain(|party| !record.assignors.iter().any(|assignor| assignor.holder == *party));
        if lien.secured.len() < before {
            lien.secured.extend(record.assignees.iter().cloned());
            passed = true;
        }
    }
    passed
}

/// Rule 16: ends the liens that a release names, or else those of the party that releases. Whether there were any.
fn release(record: &Transfer, known: &Known<'_>, liens: &mut [Lien<'_>]) -> bool {
    let is_named = |lien: &Transfer| lien.place.is_some_and(|place| record.refers_to.contains(&place));
    let mut released = false;
    for lien in liens.iter_mut() {
        let ends = if record.refers_to.is_empty() {
            lien.is_open && record.assignors.iter().any(|assignor| lien.secured.contains(&assignor.holder))
        } else {
            // A release may name the record that a correction stands in the place of.
            let mut corrected = known.corrected.iter().filter(|(_, by)| by.id == lien.record.id);
            is_named(lien.record) || corrected.any(|(old, _)| is_named(old))
        };
        if ends {
            lien.is_open = false;
            released = true;
        }
    }
    released
}
