//! The records that are known on a day, with those that were corrected left out: rules 4 and 5.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use crate::ownership::dates::Day;
use crate::ownership::{Basis, Conveyance, Finding, FindingKind, History, Holder, ReelFrame, Transfer};

/// What decides the order of records: the day, the day of recording, the place in the register, the id.
pub(super) type Order = (Option<NaiveDate>, Option<NaiveDate>, Option<ReelFrame>, i64);

/// A record as it counts.
#[derive(Debug)]
pub(super) struct Counted<'a> {
    pub(super) record: &'a Transfer,
    /// What it conveys: for a correction, what the corrected record does.
    pub(super) conveyance: Conveyance,
    /// The record that a correction stands in the place of.
    corrected: Option<&'a Transfer>,
}

/// A part of a record: the assignors who signed on one day.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) transfer: &'a Transfer,
    pub(super) day: NaiveDate,
    pub(super) basis: Basis,
    pub(super) assignors: Vec<&'a Holder>,
}

impl Part<'_> {
    pub(super) fn order(&self) -> Order {
        order(self.transfer, Some(self.day))
    }
}

pub(super) fn order(transfer: &Transfer, day: Option<NaiveDate>) -> Order {
    let recorded = transfer.recorded_on.or(transfer.reported_on).unwrap_or(NaiveDate::MAX);
    (day, Some(recorded), transfer.place, transfer.id)
}

/// What is known of a patent on a day.
#[derive(Debug)]
pub(super) struct Known<'a> {
    pub(super) counted: Vec<Counted<'a>>,
    /// The records that a correction stands in the place of, each with the correction.
    pub(super) corrected: Vec<(&'a Transfer, &'a Transfer)>,
    pub(super) findings: Vec<Finding>,
    /// The day; none is before all.
    pub(super) on: Option<NaiveDate>,
}

impl<'a> Known<'a> {
    /// What is known on a day.
    pub(super) fn on(history: &'a History, on: Option<NaiveDate>) -> Self {
        let known: Vec<&Transfer> = history.transfers.iter().filter(|record| record.known_on() <= on).collect();
        let at: HashMap<ReelFrame, &Transfer> =
            known.iter().filter_map(|record| Some((record.place?, *record))).collect();
        let corrections = || known.iter().filter(|record| record.conveyance == Conveyance::Correction);
        let mut replaced: BTreeMap<i64, &Transfer> = BTreeMap::new();
        for record in corrections() {
            for place in record.refers_to.iter().filter(|place| record.place != Some(**place)) {
                replaced.extend(at.get(place).map(|old| (old.id, *record)));
            }
        }
        let mut findings = Vec::new();
        let mut counted = Vec::new();
        let mut corrected = Vec::new();
        for record in &known {
            if let Some(correction) = replaced.get(&record.id).filter(|_| !is_circular(record, &at)) {
                corrected.push((*record, *correction));
                continue;
            }
            let original = (record.conveyance == Conveyance::Correction).then(|| original(record, &at));
            let conveyance = match original {
                Some(Some(original)) => original.conveyance,
                Some(None) => {
                    let (kind, on) = (FindingKind::CorrectsUnknown, record.recorded_on);
                    findings.push(Finding { kind, transfer: Some(record.id), other: None, on });
                    Conveyance::Assignment
                }
                None => record.conveyance,
            };
            counted.push(Counted { record, conveyance, corrected: original.flatten() });
        }
        Self { counted, corrected, findings, on }
    }
}

/// The record at the beginning of a row of corrections; none when it is not here.
fn original<'a>(correction: &'a Transfer, at: &HashMap<ReelFrame, &'a Transfer>) -> Option<&'a Transfer> {
    let mut seen = HashSet::from([correction.id]);
    let mut record = correction;
    while record.conveyance == Conveyance::Correction {
        record = record.refers_to.iter().find_map(|place| at.get(place).filter(|old| !seen.contains(&old.id)))?;
        seen.insert(record.id);
    }
    Some(record)
}

/// Whether a correction leads back to itself: then none of the circle stands in the place of another.
fn is_circular(record: &Transfer, at: &HashMap<ReelFrame, &Transfer>) -> bool {
    let mut seen = HashSet::new();
    let mut open: Vec<&Transfer> = vec![record];
    while let Some(next) = open.pop() {
        for old in next.refers_to.iter().filter_map(|place| at.get(place)) {
            if next.conveyance == Conveyance::Correction && old.id == record.id {
                return old.id != next.id;
            }
            if next.conveyance == Conveyance::Correction && seen.insert(old.id) {
                open.push(old);
            }
        }
    }
    false
}

impl<'a> Counted<'a> {
    /// Its parts in the order of their days; a part without a day has none. And what its days leave open.
    pub(super) fn parts(&self, history: &History, findings: &mut Vec<Finding>) -> Vec<Part<'a>> {
        let record = self.record;
        let mut days: BTreeMap<Day, Vec<&'a Holder>> = BTreeMap::new();
        let (mut impossible, mut is_undated) = (None, false);
        for assignor in &record.assignors {
            let of_corrected = || self.corrected.and_then(|old| executed(old, &assignor.holder));
            let executed = assignor.executed_on.or(record.executed_on).or_else(of_corrected);
            let (day, cannot_be) = record.day(executed, history);
            impossible = executed.filter(|_| cannot_be).into_iter().chain(impossible).min();
            is_undated |=
                day.is_none_or(|(_, basis)| matches!(basis, Basis::Reported | Basis::Announced)) && !cannot_be;
            if let Some(day) = day {
                days.entry(day).or_default().push(&assignor.holder);
            }
        }
        if record.assignors.is_empty() {
            days.extend(record.day(record.executed_on, history).0.map(|day| (day, Vec::new())));
        }
        let finding = |kind, on| Finding { kind, transfer: Some(record.id), other: None, on };
        findings.extend(impossible.map(|day| finding(FindingKind::ImpossibleDate, Some(day))));
        if is_undated {
            findings.push(finding(FindingKind::Undated, record.reported_on));
        }
        let part = |((day, basis), mut assignors): (Day, Vec<&'a Holder>)| {
            assignors.sort_unstable();
            Part { transfer: record, day, basis, assignors }
        };
        days.into_iter().map(part).collect()
    }
}

/// When a party of a record signed, by that record.
fn executed(record: &Transfer, party: &Holder) -> Option<NaiveDate> {
    let own = record.assignors.iter().find(|assignor| assignor.holder == *party).and_then(|found| found.executed_on);
    own.or(record.executed_on).or_else(|| record.assignors.iter().filter_map(|assignor| assignor.executed_on).max())
}
