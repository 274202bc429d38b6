//! Random histories: the derived rows give, for each day as known on each day, what the interpreter says.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use dealgraph::ownership::{
    Assignor, Conveyance, FindingKind, History, Holder, ReelFrame, Statement, Transfer, derive,
};

use super::interpreter::world;
use super::{day, holds};
use dealgraph_differential::random::Rng;

const HISTORIES: u64 = 400;

fn some_day(rng: &mut Rng) -> NaiveDate {
    match rng.below(40) {
        0 => day("1944-06-06"),
        1 => day("2040-01-01"),
        _ => day("2010-01-01") + Days::new(rng.below(14) as u64),
    }
}

fn maybe_day(rng: &mut Rng, percent: usize) -> Option<NaiveDate> {
    rng.chance(percent).then(|| some_day(rng))
}

fn some_holder(rng: &mut Rng) -> Holder {
    if rng.chance(70) {
        Holder::Company(rng.between(1, 4) as i64)
    } else {
        Holder::Named((*rng.pick(&["ada", "bob", "eve"])).to_owned())
    }
}

pub fn some_holders(rng: &mut Rng, most: usize) -> Vec<Holder> {
    let wanted = rng.between(1, most);
    let chosen: BTreeSet<Holder> = (0..wanted).map(|_| some_holder(rng)).collect();
    chosen.into_iter().collect()
}

fn some_place(rng: &mut Rng) -> ReelFrame {
    ReelFrame { reel: 1, frame: rng.between(1, 9) as u32 }
}

pub fn random_transfer(rng: &mut Rng, id: i64) -> Transfer {
    use Conveyance::{
        Assignment, Correction, GovernmentInterest, Licence, Merger, NameChange, Release, SecurityInterest,
    };
    let conveyance = *rng.pick(&[
        Assignment,
        Assignment,
        Assignment,
        Assignment,
        Merger,
        NameChange,
        Correction,
        Correction,
        SecurityInterest,
        SecurityInterest,
        Release,
        Licence,
        GovernmentInterest,
    ]);
    let names_others = matches!(conveyance, Correction | Release) && rng.chance(80);
    let assignors = some_holders(rng, 3);
    let assignors = assignors.into_iter().map(|holder| Assignor { holder, executed_on: maybe_day(rng, 60) }).collect();
    Transfer {
        id,
        place: rng.chance(90).then_some(ReelFrame { reel: 1, frame: id as u32 }),
        refers_to: (0..rng.between(1, 2)).filter(|_| names_others).map(|_| some_place(rng)).collect(),
        conveyance,
        assignors,
        assignees: some_holders(rng, 2),
        executed_on: maybe_day(rng, 60),
        recorded_on: maybe_day(rng, 80),
        reported_on: maybe_day(rng, 30),
        is_announced: rng.chance(30),
        is_retroactive: rng.chance(10),
    }
}

fn random_history(rng: &mut Rng) -> History {
    History {
        filed_on: maybe_day(rng, 70),
        published_on: maybe_day(rng, 80),
        first: if rng.chance(60) { some_holders(rng, 2) } else { Vec::new() },
        present: rng.chance(30).then(|| Statement { stated_on: maybe_day(rng, 90), holders: some_holders(rng, 2) }),
        transfers: (0..rng.below(9)).map(|at| random_transfer(rng, at as i64 + 1)).collect(),
    }
}

/// Every day of the histories, with those before and behind.
fn days() -> Vec<NaiveDate> {
    let usual = (0..16).map(|days| day("2009-12-31") + Days::new(days));
    ["1900-01-01", "1944-06-06", "1944-06-07", "2039-12-31", "2040-01-01", "2040-01-02"]
        .into_iter()
        .map(day)
        .chain(usual)
        .collect()
}

#[test]
fn random_histories_are_read_as_the_page_says() {
    let (mut rows, mut gaps, mut competing, mut differing) = (0, 0, 0, 0);
    for seed in 0..HISTORIES {
        let history = random_history(&mut Rng::new(seed));
        let derived = derive(&history);
        for on in days() {
            for known in days() {
                let expected: BTreeSet<(Holder, bool)> = world(&history, on, known).owners.into_iter().collect();
                let standing = derived.ownerships.iter().filter(|row| holds(row, on, known));
                let found: Vec<(Holder, bool)> = standing.map(|row| (row.holder.clone(), row.is_unbroken)).collect();
                assert_eq!(found.len(), found.iter().collect::<BTreeSet<_>>().len(), "seed {seed}: a row twice");
                let found: BTreeSet<_> = found.into_iter().collect();
                assert_eq!(found, expected, "seed {seed}, on {on} as known on {known}: {history:?}");
                rows += found.len();
            }
        }
        let end = world(&history, NaiveDate::MAX, NaiveDate::MAX);
        let of = |kind: FindingKind| -> BTreeSet<Option<i64>> {
            derived.findings.iter().filter(|found| found.kind == kind).map(|found| found.transfer).collect()
        };
        assert_eq!(of(FindingKind::Gap), end.gaps.iter().copied().collect(), "seed {seed}: {history:?}");
        let expected = end.competing.iter().copied().map(Some).collect();
        assert_eq!(of(FindingKind::CompetingAssignment), expected, "seed {seed}: {history:?}");
        assert_eq!(!of(FindingKind::FirstAssigneeDiffers).is_empty(), end.differs, "seed {seed}: {history:?}");
        gaps += end.gaps.len();
        competing += end.competing.len();
        differing += usize::from(end.differs);
    }
    // The histories are such that each rule decides some.
    let counts = [rows / 50_000, gaps / 50, competing / 50, differing / 10];
    assert!(counts.iter().all(|count| *count > 0), "{rows} rows, {gaps} gaps, {competing} competing, {differing}");
}

#[test]
fn every_record_is_one_step_of_the_chain() {
    for seed in 0..HISTORIES {
        let history = random_history(&mut Rng::new(seed));
        let mut steps: Vec<i64> = derive(&history).steps.iter().filter_map(|step| step.transfer).collect();
        steps.sort_unstable();
        let records: Vec<i64> = history.transfers.iter().map(|record| record.id).collect();
        assert_eq!(steps, records, "seed {seed}: {history:?}");
    }
}

#[test]
fn the_order_in_which_records_come_changes_nothing() {
    for seed in 0..HISTORIES {
        let mut rng = Rng::new(seed);
        let mut history = random_history(&mut rng);
        let before = derive(&history);
        rng.shuffle(&mut history.transfers);
        assert_eq!(derive(&history), before, "seed {seed}: {history:?}");
    }
}
