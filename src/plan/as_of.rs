//! What holds on a day, as known on a day.

use chrono::Utc;

use crate::catalog::{Kind, Periods};
use crate::plan::predicate::{Datum, Operator, Place, Predicate};

/// The present day (UTC), in days since 1970-01-01.
pub(super) fn today() -> i32 {
    Utc::now().date_naive().to_epoch_days()
}

/// That a row holds on a day, as known on a day.
pub(super) fn held(periods: &Periods, on: i32, known: i32) -> Predicate {
    let within = |since, until, day| [bound(since, Operator::LessOrEqual, day), bound(until, Operator::Greater, day)];
    let [since, until] = within(periods.since, periods.until, on);
    let [known_since, known_until] = within(periods.known_since, periods.known_until, known);
    Predicate::And(vec![since, until, known_since, known_until])
}

/// That an end of a period is on its side of a day, or open.
fn bound(column: &'static str, operator: Operator, day: i32) -> Predicate {
    let compared = Predicate::Compare(Place { column, kind: Kind::Date }, operator, Datum::Date(day));
    Predicate::Or(vec![Predicate::IsNull(column, true), compared])
}
