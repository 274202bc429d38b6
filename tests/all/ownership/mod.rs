//! Ownership: each rule of `docs/ownership.md` on a record, and random histories against an interpreter of that page.

mod derivation;
mod interpreter;
mod random_histories;
mod real_records;

use chrono::NaiveDate;
use dealgraph::ownership::{
    Assignor, Conveyance, Derived, FindingKind, History, Holder, Ownership, ReelFrame, Transfer, text,
};

/// A day as `2013-08-23`.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("{text} is a day"))
}

fn optional(text: &str) -> Option<NaiveDate> {
    (!text.is_empty()).then(|| day(text))
}

/// A company, whose name stands for its id.
pub fn company(name: &str) -> Holder {
    Holder::Company(name.bytes().fold(7, |id, byte| id * 31 % 1_000_003 + i64::from(byte)))
}

/// Somebody known by name only.
pub fn person(name: &str) -> Holder {
    Holder::Named(name.to_lowercase())
}

/// A record of the register: `place` is its reel and frame, `text` its conveyance text.
pub fn record(place: &str, conveyance: Conveyance, text: &str, recorded_on: &str) -> Transfer {
    let place = ReelFrame::parse(place).expect("a reel and a frame");
    Transfer {
        id: i64::from(place.reel) * 10_000 + i64::from(place.frame),
        place: Some(place),
        refers_to: text::references(text),
        conveyance,
        assignors: Vec::new(),
        assignees: Vec::new(),
        executed_on: None,
        recorded_on: optional(recorded_on),
        reported_on: None,
        is_announced: false,
        is_retroactive: text::is_retroactive(text),
    }
}

/// The same record with an assignor who signed on a day.
pub fn from(mut record: Transfer, holder: Holder, executed_on: &str) -> Transfer {
    record.assignors.push(Assignor { holder, executed_on: optional(executed_on) });
    record
}

/// The same record with an assignee.
pub fn to(mut record: Transfer, holder: Holder) -> Transfer {
    record.assignees.push(holder);
    record
}

/// The history of a patent that is filed and published on these days, with no first assignee.
pub fn history(filed_on: &str, published_on: &str, transfers: Vec<Transfer>) -> History {
    History { filed_on: optional(filed_on), published_on: optional(published_on), transfers, ..History::default() }
}

/// Whether a row is of a day, as known on a day (rule 18).
pub fn holds(row: &Ownership, on: NaiveDate, known: NaiveDate) -> bool {
    let within = |since: Option<NaiveDate>, until: Option<NaiveDate>, day: NaiveDate| {
        since.is_none_or(|since| since <= day) && until.is_none_or(|until| day < until)
    };
    within(row.since, row.until, on) && within(row.known_since, row.known_until, known)
}

/// The owners on a day, as known on a day.
pub fn owners(derived: &Derived, on: &str, known: &str) -> Vec<Holder> {
    let rows = derived.ownerships.iter().filter(|row| holds(row, day(on), day(known)));
    rows.map(|row| row.holder.clone()).collect()
}

/// The findings with the place of their record.
pub fn findings(derived: &Derived) -> Vec<(FindingKind, String)> {
    let place = |id: i64| ReelFrame { reel: (id / 10_000) as u32, frame: (id % 10_000) as u32 }.to_string();
    derived.findings.iter().map(|found| (found.kind, found.transfer.map_or_else(String::new, place))).collect()
}
