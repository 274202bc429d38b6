//! The chain of title by what is known on a day: rules 6 to 14.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::ownership::records::{Known, Order, Part, order};
use crate::ownership::{Basis, Effect, Finding, FindingKind, History, Holder, Ownership, Step};

/// Title in somebody's hands.
#[derive(Clone, Copy, Debug)]
struct Hold {
    since: Option<NaiveDate>,
    basis: Basis,
    is_unbroken: bool,
    transfer: Option<i64>,
}

/// A chain of title.
#[derive(Debug, Default)]
pub(super) struct Chain {
    /// Who held title when; the days of knowing are not filled in.
    pub(super) spans: Vec<Ownership>,
    /// The steps, each with its place in the order.
    pub(super) steps: Vec<(Order, Step)>,
    pub(super) findings: Vec<Finding>,
    /// The places of the steps of records.
    noted: HashMap<i64, usize>,
    holders: BTreeMap<Holder, Hold>,
    /// Who conveyed title that they held, and by which record, if by one; an inventor counts as one who held it.
    gone: BTreeMap<Holder, Option<i64>>,
    /// Who lost title to the assignee of somebody who is not shown to have had it.
    displaced: BTreeMap<Holder, Hold>,
    /// Whether the publication's assignees began it: then all inventors have conveyed.
    begins_with_publication: bool,
}

/// The order of steps without a record, on their day: first assignees before all records, present owners behind them.
const BEFORE: i64 = i64::MIN;
const BEHIND: i64 = i64::MAX;

/// The chain of title by what is known.
pub(super) fn chain(history: &History, known: &Known<'_>) -> Chain {
    let mut chain = Chain { findings: known.findings.clone(), ..Chain::default() };
    for (record, _) in &known.corrected {
        let step = Step { transfer: Some(record.id), effect: Effect::Corrected, on: None, basis: Basis::Unknown };
        let signed = record.assignors.iter().filter_map(|assignor| assignor.executed_on).min();
        let on = signed.or(record.executed_on).or(record.recorded_on).or(record.reported_on);
        chain.steps.push((order(record, on), Step { on, ..step }));
    }
    let mut parts = chain.parts(history, known);
    parts.sort_by_key(Part::order);
    // Without a day of publication, the filing is when the assignees that it names are owners.
    let printed = history.published_on.or(history.filed_on);
    let is_printed = !history.first.is_empty() && history.published_on <= known.on;
    if is_printed && printed.is_none_or(|day| parts.iter().all(|part| part.day > day)) {
        chain.begin(history);
    }
    chain.apply(&mut parts, printed);
    if is_printed && history.first.iter().any(|first| !chain.holders.contains_key(first)) {
        let kind = FindingKind::FirstAssigneeDiffers;
        chain.findings.push(Finding { kind, transfer: None, other: None, on: printed });
    }
    let stated = history.present.as_ref().filter(|stated| !stated.holders.is_empty());
    if let Some((stated, Some(day))) = stated.map(|stated| (stated, stated.stated_on))
        && Some(day) <= known.on
        && printed.is_none_or(|printed| printed <= day)
    {
        chain.apply(&mut parts, Some(day));
        chain.state(&stated.holders, day);
    }
    chain.apply(&mut parts, Some(NaiveDate::MAX));
    chain.finish()
}

impl Chain {
    /// The parts of all records of title; one without any part is a step that has no day.
    fn parts<'a>(&mut self, history: &History, known: &Known<'a>) -> Vec<Part<'a>> {
        let mut parts = Vec::new();
        for counted in known.counted.iter().filter(|counted| counted.conveyance.moves_title()) {
            let record = counted.record;
            let own = counted.parts(history, &mut self.findings);
            let on = own.first().map(|part| part.day);
            if record.is_retroactive {
                let kind = FindingKind::Retroactive;
                self.findings.push(Finding { kind, transfer: Some(record.id), other: None, on });
            }
            if on.is_none() {
                let effect = Effect::Unplaced;
                let step = Step { transfer: Some(record.id), effect, on: None, basis: Basis::Unknown };
                self.steps.push((order(record, None), step));
            }
            parts.extend(own);
        }
        parts
    }

    /// Rule 6: the publication's assignees begin the chain.
    fn begin(&mut self, history: &History) {
        let filed = history.filed_on.filter(|day| history.published_on.is_none_or(|printed| *day <= printed));
        let (since, basis) = match (filed, history.published_on) {
            (Some(day), _) => (Some(day), Basis::Filed),
            (None, Some(day)) => (Some(day), Basis::Published),
            (None, None) => (None, Basis::Unknown),
        };
        let hold = Hold { since, basis, is_unbroken: true, transfer: None };
        self.holders.extend(history.first.iter().map(|holder| (holder.clone(), hold)));
        self.begins_with_publication = true;
        let step = Step { transfer: None, effect: Effect::Opens, on: since, basis };
        self.steps.push(((since, None, None, BEFORE), step));
    }

    /// Applies the parts up to a day in their order (rule 12).
    fn apply(&mut self, waiting: &mut Vec<Part<'_>>, last: Option<NaiveDate>) {
        while let Some(day) = waiting.first().map(|part| part.day).filter(|day| Some(*day) <= last) {
            let next = self.next(waiting, day);
            let mut part = waiting.remove(next);
            part.day = day;
            let effect = self.part(&part);
            self.note(&part, effect);
        }
    }

    /// Which part is next: of those of the day, one whose assignor holds title; or a later one that one of them waits for.
    fn next(&self, waiting: &[Part<'_>], day: NaiveDate) -> usize {
        let of_day = waiting.partition_point(|part| part.day <= day);
        let (today, later) = waiting.split_at_checked(of_day).unwrap_or((waiting, &[]));
        if let Some(ready) = today.iter().position(|part| self.holds_any(&part.assignors)) {
            return ready;
        }
        // Title moved no later than a day of recording or of a report: perhaps earlier.
        let leads_to = |earlier: &Part<'_>, part: &Part<'_>| {
            let receives = |party: &&Holder| earlier.transfer.assignees.contains(party);
            matches!(earlier.basis, Basis::Recorded | Basis::Reported)
                && self.holds_any(&earlier.assignors)
                && part.assignors.iter().any(receives)
        };
        let needs = |part: &&Part<'_>| !part.transfer.assignees.iter().all(|party| self.holders.contains_key(party));
        let found = today.iter().filter(needs).find_map(|part| later.iter().position(|other| leads_to(other, part)));
        found.map_or(0, |index| of_day + index)
    }

    fn holds_any(&self, parties: &[&Holder]) -> bool {
        parties.iter().any(|party| self.holders.contains_key(*party))
    }

    /// One step for each record: the first of its days, the greatest of its effects.
    fn note(&mut self, part: &Part<'_>, effect: Effect) {
        let id = Some(part.transfer.id);
        let noted = self.noted.get(&part.transfer.id).and_then(|place| self.steps.get_mut(*place));
        if let Some((_, step)) = noted {
            step.effect = step.effect.max(effect);
            return;
        }
        self.noted.insert(part.transfer.id, self.steps.len());
        let step = Step { transfer: id, effect, on: Some(part.day), basis: part.basis };
        self.steps.push((part.order(), step));
    }

    fn find(&mut self, kind: FindingKind, part: &Part<'_>, other: Option<i64>) {
        let found = Finding { kind, transfer: Some(part.transfer.id), other, on: Some(part.day) };
        self.findings.push(found);
    }

    /// What the assignors of one day do to the title.
    fn part(&mut self, part: &Part<'_>) -> Effect {
        let assignees = &part.transfer.assignees;
        if assignees.is_empty() {
            return Effect::None;
        }
        let is_inventor = |party: &&Holder| matches!(party, Holder::Named(_));
        let has_inventor = part.assignors.iter().any(is_inventor);
        let is_natural = has_inventor && part.assignors.iter().all(is_inventor);
        if self.holds_any(&part.assignors) {
            return self.convey(part);
        }
        if assignees.iter().all(|party| self.holders.contains_key(party)) {
            self.has_conveyed(part);
            return Effect::Confirms;
        }
        let displaced: Vec<Hold> = part.assignors.iter().filter_map(|party| self.displaced.remove(*party)).collect();
        if !displaced.is_empty() {
            let other = self.holders.values().find_map(|hold| hold.transfer);
            self.find(FindingKind::CompetingAssignment, part, other);
            self.take(part, displaced.iter().all(|hold| hold.is_unbroken));
            self.has_conveyed(part);
            return Effect::Competes;
        }
        let before = part.assignors.iter().find_map(|party| self.gone.get(*party).copied());
        let before = before.or_else(|| (is_natural && self.begins_with_publication).then_some(None));
        if let Some(other) = before {
            self.find(FindingKind::CompetingAssignment, part, other);
            return Effect::Competes;
        }
        if is_natural || has_inventor && self.holders.is_empty() {
            self.take(part, true);
            self.has_conveyed(part);
            return Effect::Opens;
        }
        self.find(FindingKind::Gap, part, None);
        if self.holders.len() == 1 {
            let held = std::mem::take(&mut self.holders);
            for (holder, hold) in held {
                self.close(&holder, hold, part.day);
                self.displaced.insert(holder, hold);
            }
        }
        self.take(part, false);
        self.has_conveyed(part);
        Effect::Breaks
    }

    /// Rule 8: what the assignors held goes to the assignees; the others keep theirs.
    fn convey(&mut self, part: &Part<'_>) -> Effect {
        let assignees = &part.transfer.assignees;
        let mut is_unbroken = true;
        let mut moves = false;
        for party in &part.assignors {
            let Some(hold) = self.holders.get(*party).copied() else { continue };
            is_unbroken &= hold.is_unbroken;
            if !assignees.contains(party) {
                self.holders.remove(*party);
                self.close(party, hold, part.day);
                moves = true;
            }
        }
        moves |= assignees.iter().any(|party| !self.holders.contains_key(party));
        self.take(part, is_unbroken);
        self.has_conveyed(part);
        if moves { Effect::Moves } else { Effect::Confirms }
    }

    /// The assignees hold title from the day on, unless they did before.
    fn take(&mut self, part: &Part<'_>, is_unbroken: bool) {
        let (since, basis) = (Some(part.day), part.basis);
        let hold = Hold { since, basis, is_unbroken, transfer: Some(part.transfer.id) };
        for party in &part.transfer.assignees {
            self.gone.remove(party);
            self.displaced.remove(party);
            self.holders.entry(party.clone()).or_insert(hold);
        }
    }

    fn has_conveyed(&mut self, part: &Part<'_>) {
        for party in &part.assignors {
            if !self.holders.contains_key(*party) {
                self.gone.entry((*party).clone()).or_insert(Some(part.transfer.id));
            }
        }
    }

    fn close(&mut self, holder: &Holder, hold: Hold, until: NaiveDate) {
        // Who gives title away on the day of its receipt held it on no day.
        if hold.since != Some(until) {
            self.spans.push(span(holder, hold, Some(until)));
        }
    }

    /// Rule 13: a source states other present owners.
    fn state(&mut self, stated: &[Holder], day: NaiveDate) {
        let is_same = stated.iter().all(|holder| self.holders.contains_key(holder))
            && self.holders.keys().all(|holder| stated.contains(holder));
        if is_same {
            return;
        }
        if !self.holders.is_empty() {
            self.findings.push(Finding { kind: FindingKind::Gap, transfer: None, other: None, on: Some(day) });
        }
        let held = std::mem::take(&mut self.holders);
        for (holder, hold) in held {
            if stated.contains(&holder) {
                self.holders.insert(holder, hold);
            } else {
                self.close(&holder, hold, day);
                self.displaced.insert(holder, hold);
            }
        }
        let hold = Hold { since: Some(day), basis: Basis::Reported, is_unbroken: false, transfer: None };
        for holder in stated {
            self.gone.remove(holder);
            self.displaced.remove(holder);
            self.holders.entry(holder.clone()).or_insert(hold);
        }
        let step = Step { transfer: None, effect: Effect::Breaks, on: Some(day), basis: Basis::Reported };
        self.steps.push(((Some(day), Some(NaiveDate::MAX), None, BEHIND), step));
    }

    /// Those who hold title in the end.
    fn finish(mut self) -> Self {
        let held = std::mem::take(&mut self.holders);
        self.spans.extend(held.iter().map(|(holder, hold)| span(holder, *hold, None)));
        self
    }
}

fn span(holder: &Holder, hold: Hold, until: Option<NaiveDate>) -> Ownership {
    Ownership {
        holder: holder.clone(),
        since: hold.since,
        until,
        known_since: None,
        known_until: None,
        basis: hold.basis,
        is_unbroken: hold.is_unbroken,
        transfer: hold.transfer,
    }
}
