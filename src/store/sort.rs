//! Rows of a parent that no index has in their order, sorted here.
//!
//! A level's statement is run on SQLite for each parent, and each time that it sorts, it sets up a sorter and takes it
//! down: for the handful of rows that most parents have, that costs more than to read them. So they are read as they
//! come, and sorted by the same comparison. What is joined to rows is then read for all of them, not for a page: a
//! parent that has many is left to the statement that sorts.

use std::cmp::Ordering;
use std::ops::Range;

use rusqlite::Row;
use rusqlite::types::ValueRef;

use crate::catalog::{Direction, Entity, Reach};
use crate::plan::{BoundConnection, Level};
use crate::store::StoreError;
use crate::store::dialect::Dialect;
use crate::store::origin::Origin;
use crate::store::source::{Columns, Sink, missing};
use crate::store::statement;

/// Rows of a parent to which others are joined, at most, for each row of the page.
const JOINED_MAX: usize = 4;
/// The same, however small the page is.
const JOINED_LEAST: usize = 64;

/// How the rows of each parent are put in order.
#[derive(Debug)]
pub(super) struct Sort {
    /// The places of the order's columns, and whether greater values come first. Null is greater than everything; rows that
    /// agree in all of them are one row that was met twice.
    steps: Vec<(usize, bool)>,
    /// How many rows are wanted: the first.
    wanted: usize,
    /// A parent that has more rows is left out; none where there is no such bound.
    pub(super) rows_max: Option<usize>,
}

/// Whether the rows of a level are sorted here: each parent's come from a statement of its own, and no index has their
/// order.
pub(super) fn is_needed<D: Dialect>(entity: &Entity, origin: &Origin<'_>) -> bool {
    let Origin::Along(reach, _, bound) = origin else { return false };
    D::PARENTS.is_none() && !has_an_index(entity, reach, bound)
}

/// Whether an index has the rows of each parent in this order: it is their own, and they hold the parent's key, or links are
/// kept in it.
fn has_an_index(entity: &Entity, reach: &Reach, bound: &BoundConnection) -> bool {
    let is_direct = matches!(reach, Reach::Many { .. }) && bound.is_in_own_order(entity);
    is_direct || statement::ordered_link(reach, entity, bound).is_some()
}

impl Sort {
    /// How the rows of a level are sorted by the columns of its order, which have these places.
    pub(super) fn new(level: &Level, bound: &BoundConnection, columns: &[usize]) -> Self {
        let is_greater_first = |direction| (direction == Direction::Desc) != bound.page.is_backward;
        let steps = bound.order.iter().zip(columns);
        let wanted = usize::try_from(bound.page.size).unwrap_or(usize::MAX).saturating_add(1);
        Self {
            steps: steps.map(|(step, column)| (*column, is_greater_first(step.direction))).collect(),
            wanted,
            rows_max: level.has_joins().then(|| wanted.saturating_mul(JOINED_MAX).max(JOINED_LEAST)),
        }
    }

    fn compare(&self, one: &Kept, other: &Kept) -> Ordering {
        let step = |(column, is_greater_first): &(usize, bool)| {
            let ordering = one.value(*column).cmp(&other.value(*column));
            if *is_greater_first { ordering.reverse() } else { ordering }
        };
        self.steps.iter().map(step).find(|ordering| ordering.is_ne()).unwrap_or(Ordering::Equal)
    }
}

/// Sorts the rows of one parent after another.
pub(super) struct Sorter<'s> {
    sort: &'s Sort,
    /// The rows of the parent at hand that may be wanted.
    rows: Vec<Kept>,
    /// Room that former rows took.
    spare: Vec<Kept>,
    /// How many rows the parent at hand has.
    count: usize,
}

impl<'s> Sorter<'s> {
    pub(super) fn new(sort: &'s Sort) -> Self {
        Self { sort, rows: Vec::new(), spare: Vec::new(), count: 0 }
    }

    /// Takes a row of the parent at hand.
    pub(super) fn take(&mut self, row: &Row<'_>, columns: usize) -> Result<(), StoreError> {
        let mut kept = self.spare.pop().unwrap_or_else(|| Kept::with_room(columns));
        kept.fill(row, columns)?;
        self.rows.push(kept);
        self.count += 1;
        // However many there are, no more are held than twice those that are wanted.
        if self.rows.len() >= self.sort.wanted.saturating_mul(2) {
            self.settle();
        }
        Ok(())
    }

    fn settle(&mut self) {
        self.rows.sort_unstable_by(|one, other| self.sort.compare(one, other));
        self.rows.dedup_by(|one, other| self.sort.compare(one, other).is_eq());
        let wanted = self.sort.wanted.min(self.rows.len());
        self.spare.extend(self.rows.drain(wanted..));
    }

    /// Gives the parent's rows that are wanted, in their order; or tells that there are too many to be sorted here.
    pub(super) fn give(&mut self, parent: usize, sink: &mut impl Sink) -> Result<(), StoreError> {
        if self.sort.rows_max.is_some_and(|most| self.count > most) {
            sink.too_many(parent);
        } else {
            self.settle();
            for row in &self.rows {
                sink.row(parent, row)?;
            }
        }
        self.spare.append(&mut self.rows);
        self.count = 0;
        Ok(())
    }
}

/// A row that is kept after the statement has gone on.
#[derive(Debug)]
struct Kept {
    values: Vec<Value>,
    texts: Vec<u8>,
}

#[derive(Debug)]
enum Value {
    Integer(i64),
    Text(Range<usize>),
    Null,
}

/// A value of a row that is kept; of one column they are compared as SQLite does, but null is greater than everything.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Held<'v> {
    Integer(i64),
    Text(&'v [u8]),
    Null,
}

/// Bytes of the texts of most rows.
const TEXTS_ROOM: usize = 128;

impl Kept {
    fn with_room(columns: usize) -> Self {
        Self { values: Vec::with_capacity(columns), texts: Vec::with_capacity(TEXTS_ROOM) }
    }

    fn fill(&mut self, row: &Row<'_>, columns: usize) -> Result<(), StoreError> {
        self.values.clear();
        self.texts.clear();
        for column in 0..columns {
            self.values.push(match row.get_ref(column)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(value) => Value::Integer(value),
                ValueRef::Text(text) => {
                    let start = self.texts.len();
                    self.texts.extend_from_slice(text);
                    Value::Text(start..self.texts.len())
                }
                _ => return Err(StoreError::Shape("a value that no column holds".to_owned())),
            });
        }
        Ok(())
    }

    fn value(&self, column: usize) -> Held<'_> {
        match self.values.get(column) {
            Some(Value::Integer(value)) => Held::Integer(*value),
            Some(Value::Text(range)) => Held::Text(self.texts.get(range.clone()).unwrap_or_default()),
            Some(Value::Null) | None => Held::Null,
        }
    }
}

impl Columns for Kept {
    type Value<'v> = ValueRef<'v>;

    fn is_null(&self, column: usize) -> Result<bool, StoreError> {
        Ok(matches!(self.values.get(column).ok_or_else(missing)?, Value::Null))
    }

    fn with<T>(
        &self,
        column: usize,
        read: impl FnOnce(ValueRef<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        match self.value(column) {
            Held::Integer(value) => read(ValueRef::Integer(value)).map(Some),
            Held::Text(text) => read(ValueRef::Text(text)).map(Some),
            Held::Null => Ok(None),
        }
    }
}
