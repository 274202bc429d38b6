//! What takes the rows of statements: those of a level, totals, counts.

use std::time::Instant;

use crate::catalog::Kind;
use crate::plan::Level;
use crate::store::StoreError;
use crate::store::origin::Selected;
use crate::store::row::RowAtHand;
use crate::store::rows::{Rows, write_row};
use crate::store::source::{Columns, Sink};
use crate::store::value::ReadValue as _;

/// How often, in rows, the clock is read.
const ROWS_BETWEEN_CLOCKS: usize = 256;

pub(super) fn no_parent() -> StoreError {
    StoreError::Shape("a row of no parent".to_owned())
}

/// Takes the rows of a level.
pub(super) struct TakenRows<'a> {
    pub(super) rows: Rows,
    pub(super) level: &'a Level,
    pub(super) selected: &'a Selected,
    pub(super) fingerprint: u32,
    pub(super) limit: Option<usize>,
    pub(super) count: usize,
    /// Parents whose rows were too many to be sorted here.
    pub(super) left: Vec<usize>,
    pub(super) deadline: Instant,
}

impl TakenRows<'_> {
    /// How many rows its one page still has room for; none when it is known to go on.
    pub(super) fn has_room(&self) -> Option<u32> {
        let group = self.rows.groups.first().filter(|group| !group.has_more)?;
        u32::try_from(self.limit?.checked_sub(group.count)?).ok()
    }
}

impl Sink for TakenRows<'_> {
    fn row(&mut self, parent: usize, row: &impl Columns) -> Result<(), StoreError> {
        if let Some(column) = self.selected.number {
            self.rows.numbers.extend(row.with(column, |number| number.text(str::to_owned))?);
        }
        if let (Some(column), None) = (self.selected.total, self.rows.total) {
            self.rows.total = row.integer(column, Kind::Int)?;
        }
        let group = self.rows.groups.get_mut(parent).ok_or_else(no_parent)?;
        if self.limit.is_some_and(|limit| group.count >= limit) {
            group.has_more = true;
            return Ok(());
        }
        let is_first = group.count == 0;
        if is_first {
            group.start = self.count;
        }
        group.count += 1;
        let row = RowAtHand { row, selected: self.selected, fingerprint: self.fingerprint };
        write_row(&row, self.level, &mut self.rows, is_first)?;
        self.count += 1;
        if self.count == 1 {
            self.rows.reserve(self.limit.unwrap_or(1).saturating_mul(self.rows.groups.len()));
        }
        if self.count.is_multiple_of(ROWS_BETWEEN_CLOCKS) && Instant::now() > self.deadline {
            return Err(StoreError::Timeout);
        }
        Ok(())
    }

    fn too_many(&mut self, parent: usize) {
        self.left.push(parent);
    }
}

/// Takes the rows of some of the parents.
pub(super) struct Among<'a, S> {
    pub(super) places: &'a [usize],
    pub(super) sink: &'a mut S,
}

impl<S: Sink> Sink for Among<'_, S> {
    fn row(&mut self, parent: usize, row: &impl Columns) -> Result<(), StoreError> {
        self.sink.row(*self.places.get(parent).ok_or_else(no_parent)?, row)
    }
}

/// Takes totals.
pub(super) struct TakenTotals {
    pub(super) totals: Vec<i64>,
}

impl Sink for TakenTotals {
    fn row(&mut self, parent: usize, row: &impl Columns) -> Result<(), StoreError> {
        let total = row.integer(0, Kind::Int)?;
        if let (Some(place), Some(total)) = (self.totals.get_mut(parent), total) {
            *place = total;
        }
        Ok(())
    }
}

/// Takes one row of counts.
pub(super) struct Counts(pub(super) Vec<i64>);

impl Sink for Counts {
    fn row(&mut self, _parent: usize, row: &impl Columns) -> Result<(), StoreError> {
        for (column, count) in self.0.iter_mut().enumerate() {
            *count = row.integer(column, Kind::Int)?.unwrap_or(0);
        }
        Ok(())
    }
}

/// Takes a number, or null.
pub(super) struct Looked(pub(super) Option<i64>);

impl Sink for Looked {
    fn row(&mut self, _parent: usize, row: &impl Columns) -> Result<(), StoreError> {
        self.0 = row.integer(0, Kind::Int)?;
        Ok(())
    }
}
