//! Which day counts: rules 1 to 3.

use chrono::{Months, NaiveDate};

use crate::ownership::{Basis, History, Transfer};

/// An execution this long before the patent's first day is a slip of the pen, in months.
const BEFORE_FILING: Months = Months::new(20 * 12);

/// A day, and what it rests on.
pub(super) type Day = (NaiveDate, Basis);

impl Transfer {
    /// From which day it is known: that of recording, else of the report, else of execution; from ever, where none is.
    #[must_use]
    pub fn known_on(&self) -> Option<NaiveDate> {
        self.recorded_on.or(self.reported_on).or(self.executed_on)
    }

    /// The day that an execution leads to (rule 1), and whether it cannot be right (rule 3).
    pub(super) fn day(&self, executed_on: Option<NaiveDate>, history: &History) -> (Option<Day>, bool) {
        let earliest = history.filed_on.into_iter().chain(history.published_on).min();
        let is_early = |day: &NaiveDate| {
            earliest.and_then(|earliest| earliest.checked_sub_months(BEFORE_FILING)).is_some_and(|bound| *day < bound)
        };
        let latest = self.recorded_on.or(self.reported_on.filter(|_| !self.is_announced));
        let is_possible = |day: &NaiveDate| !is_early(day) && latest.is_none_or(|latest| *day <= latest);
        let executed = executed_on.filter(is_possible);
        let day = executed.map(|day| (day, Basis::Executed));
        let recorded = self.recorded_on.map(|day| (day, Basis::Recorded));
        let reported =
            self.reported_on.map(|day| (day, if self.is_announced { Basis::Announced } else { Basis::Reported }));
        (day.or(recorded).or(reported), executed_on.is_some() && executed.is_none())
    }
}
