//! Reading from PostgreSQL through diesel: rows of columns that are known only at run time.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
use std::time::Instant;

use diesel::PgConnection;
use diesel::connection::{DefaultLoadingMode, LoadConnection, SimpleConnection as _};
use diesel::pg::{Pg, PgValue};
use diesel::row::{Field as _, Row};

use crate::catalog::Kind;
use crate::store::StoreError;
use crate::store::sort::Sort;
use crate::store::source::{Columns, Sink, Source, missing};
use crate::store::sql::Sql;
use crate::store::value::ReadValue as _;

/// A connection, and what it keeps prepared.
pub(super) struct Postgres<'a> {
    /// The connection.
    pub(super) open: &'a mut PgConnection,
    /// The statements that it keeps prepared, as hashes of their texts.
    pub(super) prepared: &'a mut HashSet<u64>,
}

impl Source for Postgres<'_> {
    type Dialect = Pg;

    /// PostgreSQL was told when the connection was opened: `statement_timeout`.
    fn limit(&mut self, _deadline: Instant, _steps: u64) {}

    fn batch(&mut self, statements: &str) -> Result<(), StoreError> {
        Ok(self.open.batch_execute(statements)?)
    }

    /// A statement with parents gives the place of each row's parent, from one, before its other columns. All of them sort.
    fn read(
        &mut self,
        sql: Sql,
        parents: Option<&[i64]>,
        _sort: Option<&Sort>,
        sink: &mut impl Sink,
    ) -> Result<(), StoreError> {
        self.prepared.insert(BuildHasherDefault::<DefaultHasher>::default().hash_one(sql.text()));
        for row in LoadConnection::<DefaultLoadingMode>::load(self.open, sql)? {
            let row = PgColumns { row: row?, offset: usize::from(parents.is_some()) };
            let parent = if parents.is_some() { row.parent()? } else { 0 };
            sink.row(parent, &row)?;
        }
        Ok(())
    }
}

/// A row of diesel's, and how many columns stand before those that were selected.
struct PgColumns<R> {
    row: R,
    offset: usize,
}

impl<'a, R: Row<'a, Pg>> PgColumns<R> {
    fn parent(&self) -> Result<usize, StoreError> {
        let field = self.row.get(0).ok_or_else(missing)?;
        let ordinal = field.value().ok_or_else(missing)?.integer(Kind::Key)?;
        usize::try_from(ordinal - 1).map_err(|_| missing())
    }
}

impl<'a, R: Row<'a, Pg>> Columns for PgColumns<R> {
    type Value<'v> = PgValue<'v>;

    fn is_null(&self, column: usize) -> Result<bool, StoreError> {
        Ok(self.row.get(column + self.offset).ok_or_else(missing)?.is_null())
    }

    fn with<T>(
        &self,
        column: usize,
        read: impl FnOnce(PgValue<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let field = self.row.get(column + self.offset).ok_or_else(missing)?;
        field.value().map(read).transpose()
    }
}
