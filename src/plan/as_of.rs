//! What holds on a day, as known on a day.

use crate::catalog::{Kind, Periods};
use crate::plan::predicate::{Datum, Operator, Place, Predicate};

/// That a row holds on a day, as known on a day (each in days since 1970-01-01). Without a day it is one that has not ended,
/// which asks no clock; without a day of knowing, by all that is known.
pub(super) fn held(periods: &Periods, on: Option<i32>, known: Option<i32>) -> Predicate {
    let mut all = within(periods.since, periods.until, on);
    all.append(&mut within(periods.known_since, periods.known_until, known));
    Predicate::And(all)
}

fn within(since: &'static str, until: &'static str, day: Option<i32>) -> Vec<Predicate> {
    match day {
        Some(day) => vec![bound(since, Operator::LessOrEqual, day), bound(until, Operator::Greater, day)],
        None => vec![Predicate::IsNull(until, true)],
    }
}

/// That an end of a period is on its side of a day, or open.
fn bound(column: &'static str, operator: Operator, day: i32) -> Predicate {
    let compared = Predicate::Compare(Place { column, kind: Kind::Date }, operator, Datum::Date(day));
    Predicate::Or(vec![Predicate::IsNull(column, true), compared])
}
