//! A connection as levels read from it, whichever library holds it.

use std::time::Instant;

use crate::catalog::Kind;
use crate::store::StoreError;
use crate::store::dialect::Dialect;
use crate::store::sort::Sort;
use crate::store::sql::Sql;
use crate::store::value::ReadValue;

/// A connection that plans can run on.
pub(super) trait Source {
    /// The SQL that it speaks.
    type Dialect: Dialect;

    /// Says when reading must be over, and how many steps SQLite may take.
    fn limit(&mut self, deadline: Instant, steps: u64);
    /// Runs statements that give no rows and hold no value.
    fn batch(&mut self, statements: &str) -> Result<(), StoreError>;
    /// Runs a statement and gives its rows to `sink`, one after another, with their parents if it has any; sorted, where they
    /// come in no order.
    fn read(
        &mut self,
        sql: Sql,
        parents: Option<&[i64]>,
        sort: Option<&Sort>,
        sink: &mut impl Sink,
    ) -> Result<(), StoreError>;
}

/// Takes the rows of a statement.
pub(super) trait Sink {
    /// Takes one of the parent with this place; zero where there are no parents.
    fn row(&mut self, parent: usize, row: &impl Columns) -> Result<(), StoreError>;
    /// The rows of a parent are too many to be sorted; none were given.
    fn too_many(&mut self, _parent: usize) {}
}

/// The columns of the row at hand, by place.
pub(super) trait Columns {
    /// A value that is not null.
    type Value<'v>: ReadValue;

    /// Whether a column is null.
    fn is_null(&self, column: usize) -> Result<bool, StoreError>;
    /// Gives a column's value to `read`; nothing when it is null.
    fn with<T>(
        &self,
        column: usize,
        read: impl FnOnce(Self::Value<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError>;

    /// A whole number.
    fn integer(&self, column: usize, kind: Kind) -> Result<Option<i64>, StoreError> {
        self.with(column, |value| value.integer(kind))
    }
}

/// A statement gave fewer columns than were selected.
pub(super) fn missing() -> StoreError {
    StoreError::Shape("a column is missing".to_owned())
}
