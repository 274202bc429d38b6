//! `docs/ownership.md`, followed word by word for one day as known on one day: nothing is kept between two questions.

use chrono::{Months, NaiveDate};
use dealgraph::ownership::{Conveyance, History, Holder, Transfer};

/// What stands on a day, as known on a day.
#[derive(Debug, Default)]
pub struct World {
    /// The owners, and whether the chain to each has no gap.
    pub owners: Vec<(Holder, bool)>,
    /// The records that leave a gap (rule 11) and those that compete (rule 10).
    pub gaps: Vec<Option<i64>>,
    pub competing: Vec<i64>,
    /// Whether the publication names somebody else (rule 6).
    pub differs: bool,
    conveyed: Vec<Holder>,
    displaced: Vec<(Holder, bool)>,
    begun_by_publication: bool,
}

/// A part of a record: who signed on one day.
#[derive(Clone, Debug)]
struct Event {
    day: NaiveDate,
    recorded: NaiveDate,
    /// The number of the reel and frame, then the id.
    number: (u64, i64),
    from: Vec<Holder>,
    to: Vec<Holder>,
}

/// The owners and what is open, on a day, as known on a day.
pub fn world(history: &History, on: NaiveDate, known: NaiveDate) -> World {
    let events = events(history, known);
    let mut world = World::default();
    let printed = history.published_on.or(history.filed_on);
    let is_published = !history.first.is_empty() && history.published_on.is_none_or(|day| day <= known);
    let early = |event: &Event| printed.is_some_and(|day| event.day <= day);
    let by_publication = is_published && !events.iter().any(early);
    let begin = match (history.filed_on, printed) {
        (Some(filed), Some(printed)) => filed.min(printed),
        (filed, printed) => filed.or(printed).unwrap_or(NaiveDate::MIN),
    };
    if by_publication && begin <= on {
        world.owners = history.first.iter().map(|holder| (holder.clone(), true)).collect();
    }
    world.begun_by_publication = by_publication;
    let stated = history.present.as_ref().filter(|stated| !stated.holders.is_empty());
    let stated = stated.and_then(|stated| Some((stated.stated_on?, &stated.holders)));
    let stated = stated.filter(|(day, _)| *day <= known && *day <= on && printed.is_none_or(|first| first <= *day));
    let mut days: Vec<NaiveDate> = events.iter().map(|event| event.day).chain(printed).collect();
    days.extend(stated.iter().map(|(day, _)| *day));
    days.sort();
    days.dedup();
    if is_published && printed.is_none() {
        world.differs = world.lacks(&history.first);
    }
    let mut waiting = events;
    for today in days.into_iter().filter(|today| *today <= on) {
        while let Some(event) = world.next(&mut waiting, today) {
            if !event.to.is_empty() {
                world.happen(&event);
            }
        }
        if is_published && printed == Some(today) {
            world.differs = world.lacks(&history.first);
        }
        if let Some((_, holders)) = stated.filter(|(day, _)| *day == today) {
            world.hear(holders);
        }
    }
    world
}

/// The records of title that are known on a day, corrected ones left out, in parts by day.
fn events(history: &History, known: NaiveDate) -> Vec<Event> {
    let here: Vec<&Transfer> = history.transfers.iter().filter(|record| learned(record) <= known).collect();
    let mut events = Vec::new();
    for record in &here {
        let is_corrected = here.iter().any(|other| corrects(other, record) && !leads(record, other, &here));
        if is_corrected {
            continue;
        }
        let first = first_record(record, &here);
        let class = first.map_or(Conveyance::Assignment, |first| first.conveyance);
        if !matches!(class, Conveyance::Assignment | Conveyance::Merger | Conveyance::NameChange) {
            continue;
        }
        let mut own: Vec<Event> = Vec::new();
        let unsigned = record.assignors.is_empty().then_some((None, record.executed_on));
        let signed = record.assignors.iter().map(|party| {
            let day = party.executed_on.or(record.executed_on);
            let day = day.or_else(|| {
                first.filter(|first| first.id != record.id).and_then(|first| signed_by(first, &party.holder))
            });
            (Some(&party.holder), day)
        });
        for (party, executed) in signed.chain(unsigned) {
            let Some((day, kind)) = counted_day(history, record, executed) else { continue };
            // Two days that agree but rest on different grounds are still two parts: the order is that of the grounds.
            let recorded = record.recorded_on.or(record.reported_on).unwrap_or(NaiveDate::MAX);
            let number =
                record.place.map_or(0, |place| 1 + u64::from(place.reel) * 1_000_000_000 + u64::from(place.frame));
            match own.iter_mut().find(|event| event.day == day && event.number.0 == number * 4 + kind) {
                Some(event) => event.from.extend(party.cloned()),
                None => own.push(Event {
                    day,
                    recorded,
                    number: (number * 4 + kind, record.id),
                    from: party.into_iter().cloned().collect(),
                    to: record.assignees.clone(),
                }),
            }
        }
        events.append(&mut own);
    }
    events.sort_by_key(|event| (event.day, event.recorded, event.number.0 / 4, event.number.1, event.number.0 % 4));
    events
}

/// Rule 2; what was always known is known on the first of all days.
fn learned(record: &Transfer) -> NaiveDate {
    record.recorded_on.or(record.reported_on).or(record.executed_on).unwrap_or(NaiveDate::MIN)
}

/// Rules 1 and 3, and whether the day is that of execution (0), of recording (1), of a report (2) or of an
/// announcement (3).
fn counted_day(history: &History, record: &Transfer, executed: Option<NaiveDate>) -> Option<(NaiveDate, u64)> {
    if let Some(day) = executed {
        let reported = if record.is_announced { None } else { record.reported_on };
        let is_late = record.recorded_on.or(reported).is_some_and(|bound| day > bound);
        let first_day = [history.filed_on, history.published_on].into_iter().flatten().min();
        let is_early = first_day.is_some_and(|first| day < first - Months::new(240));
        if !is_late && !is_early {
            return Some((day, 0));
        }
    }
    record
        .recorded_on
        .map(|day| (day, 1))
        .or(record.reported_on.map(|day| (day, if record.is_announced { 3 } else { 2 })))
}

/// Rule 4.
fn corrects(one: &Transfer, other: &Transfer) -> bool {
    let names = other.place.is_some_and(|place| one.refers_to.contains(&place));
    one.conveyance == Conveyance::Correction && names && one.id != other.id
}

/// Whether a record corrects another, over others or by itself.
fn leads(one: &Transfer, other: &Transfer, here: &[&Transfer]) -> bool {
    let mut reached = vec![one.id];
    loop {
        let next = here.iter().find(|record| {
            !reached.contains(&record.id)
                && here.iter().any(|from| reached.contains(&from.id) && corrects(from, record))
        });
        match next {
            Some(record) if record.id == other.id => return true,
            Some(record) => reached.push(record.id),
            None => return false,
        }
    }
}

/// Rule 5: the record at the beginning of a row of corrections.
fn first_record<'a>(record: &'a Transfer, here: &[&'a Transfer]) -> Option<&'a Transfer> {
    let mut seen = vec![record.id];
    let mut at = record;
    while at.conveyance == Conveyance::Correction {
        let named = at
            .refers_to
            .iter()
            .find_map(|place| here.iter().find(|record| record.place == Some(*place) && !seen.contains(&record.id)));
        at = named?;
        seen.push(at.id);
    }
    Some(at)
}

fn signed_by(record: &Transfer, party: &Holder) -> Option<NaiveDate> {
    let same = record.assignors.iter().filter(|assignor| assignor.holder == *party);
    let days: Vec<NaiveDate> = record.assignors.iter().filter_map(|assignor| assignor.executed_on).collect();
    same.filter_map(|assignor| assignor.executed_on).next().or(record.executed_on).or(days.into_iter().max())
}

impl World {
    fn owns(&self, holder: &Holder) -> bool {
        self.owners.iter().any(|(owner, _)| owner == holder)
    }

    fn lacks(&self, first: &[Holder]) -> bool {
        first.iter().any(|holder| !self.owns(holder))
    }

    /// Takes the next record of a day out of those that wait (rule 12).
    fn next(&self, waiting: &mut Vec<Event>, today: NaiveDate) -> Option<Event> {
        let can_follow = |event: &Event| event.from.iter().any(|party| self.owns(party));
        let first = waiting.iter().position(|event| event.day == today)?;
        for at in 0..waiting.len() {
            if waiting[at].day == today && can_follow(&waiting[at]) {
                return Some(waiting.remove(at));
            }
        }
        for needing in waiting.iter().filter(|event| event.day == today) {
            if needing.to.iter().all(|party| self.owns(party)) {
                continue;
            }
            let helps = |event: &Event| {
                let is_bound = matches!(event.number.0 % 4, 1 | 2);
                event.day > today
                    && is_bound
                    && can_follow(event)
                    && event.to.iter().any(|to| needing.from.contains(to))
            };
            if let Some(at) = waiting.iter().position(helps) {
                return Some(waiting.remove(at));
            }
        }
        Some(waiting.remove(first))
    }

    fn happen(&mut self, event: &Event) {
        let signing: Vec<(Holder, bool)> =
            self.owners.iter().filter(|(owner, _)| event.from.contains(owner)).cloned().collect();
        if !signing.is_empty() {
            // Rule 8.
            self.owners.retain(|(owner, _)| !event.from.contains(owner) || event.to.contains(owner));
            let whole = signing.iter().all(|(_, whole)| *whole);
            return self.receive(event, whole);
        }
        if event.to.iter().all(|party| self.owns(party)) {
            // Rule 9.
            return self.receive(event, true);
        }
        let displaced: Vec<(Holder, bool)> =
            self.displaced.iter().filter(|(holder, _)| event.from.contains(holder)).cloned().collect();
        if !displaced.is_empty() {
            // Rule 11, its last sentence but one.
            self.displaced.retain(|(holder, _)| !event.from.contains(holder));
            self.competing.push(event.number.1);
            return self.receive(event, displaced.iter().all(|(_, whole)| *whole));
        }
        let is_name = |holder: &Holder| matches!(holder, Holder::Named(_));
        let only_names = !event.from.is_empty() && event.from.iter().all(is_name);
        if event.from.iter().any(|party| self.conveyed.contains(party)) || only_names && self.begun_by_publication {
            // Rule 10.
            return self.competing.push(event.number.1);
        }
        if only_names || self.owners.is_empty() && event.from.iter().any(is_name) {
            // Rule 7.
            return self.receive(event, true);
        }
        // Rule 11.
        self.gaps.push(Some(event.number.1));
        if self.owners.len() == 1 {
            self.displaced.append(&mut self.owners);
        }
        self.receive(event, false);
    }

    fn receive(&mut self, event: &Event, whole: bool) {
        for party in &event.to {
            if !self.owns(party) {
                self.owners.push((party.clone(), whole));
            }
            self.has_title_again(party);
        }
        for party in &event.from {
            if !self.owns(party) {
                self.conveyed.push(party.clone());
            }
        }
    }

    fn has_title_again(&mut self, party: &Holder) {
        self.conveyed.retain(|holder| holder != party);
        self.displaced.retain(|(holder, _)| holder != party);
    }

    /// Rule 13.
    fn hear(&mut self, stated: &[Holder]) {
        let same = stated.iter().all(|holder| self.owns(holder))
            && self.owners.iter().all(|(owner, _)| stated.contains(owner));
        if same {
            return;
        }
        if !self.owners.is_empty() {
            self.gaps.push(None);
        }
        let (stay, go): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.owners).into_iter().partition(|(owner, _)| stated.contains(owner));
        self.owners = stay;
        self.displaced.extend(go);
        for holder in stated {
            self.has_title_again(holder);
            if !self.owns(holder) {
                self.owners.push((holder.clone(), false));
            }
        }
    }
}
