//! Reading on the connection to SQLite that writes, so that a transaction sees what it wrote.

use std::time::Instant;

use diesel::connection::{DefaultLoadingMode, LoadConnection, SimpleConnection as _};
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::result::QueryResult;
use diesel::row::{Field as _, Row};
use diesel::sql_types::{BigInt, Bool, Text};
use diesel::sqlite::{Sqlite, SqliteConnection, SqliteValue};

use crate::catalog::Kind;
use crate::store::StoreError;
use crate::store::sort::Sort;
use crate::store::source::{Columns, Sink, Source, missing};
use crate::store::sql::{Bound, SIGN, Sql};
use crate::store::value::{ReadValue, date_of_text, moment_of_text, quoted};

impl Source for SqliteConnection {
    type Dialect = Sqlite;

    /// Nobody waits for a writer but other writers, and it reads only what it is about to change.
    fn limit(&mut self, _deadline: Instant, _steps: u64) {}

    fn batch(&mut self, statements: &str) -> Result<(), StoreError> {
        Ok(self.batch_execute(statements)?)
    }

    /// Within a transaction all statements sort by themselves.
    fn read(
        &mut self,
        sql: Sql,
        parents: Option<&[i64]>,
        _sort: Option<&Sort>,
        sink: &mut impl Sink,
    ) -> Result<(), StoreError> {
        for (parent, key) in parents.unwrap_or(&[0]).iter().enumerate() {
            let run = Run { sql: &sql, parent: *key };
            for row in LoadConnection::<DefaultLoadingMode>::load(self, run)? {
                sink.row(parent, &SqliteColumns(row?))?;
            }
        }
        Ok(())
    }
}

/// A statement for one of its parents.
struct Run<'a> {
    sql: &'a Sql,
    parent: i64,
}

impl diesel::query_builder::Query for Run<'_> {
    type SqlType = diesel::sql_types::Untyped;
}

impl diesel::query_builder::QueryId for Run<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl QueryFragment<Sqlite> for Run<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        let mut from = 0;
        for (place, value) in self.sql.placed() {
            out.push_sql(self.sql.text().get(from..*place).unwrap_or_default());
            from = place + SIGN.len();
            match value {
                Bound::Boolean(value) => out.push_bind_param::<Bool, _>(value)?,
                Bound::Integer(value) => out.push_bind_param::<BigInt, _>(value)?,
                Bound::Text(text) => out.push_bind_param::<Text, _>(text)?,
                Bound::Parent => out.push_bind_param::<BigInt, _>(&self.parent)?,
                _ => return Err(diesel::result::Error::QueryBuilderError("a value was bound for PostgreSQL".into())),
            }
        }
        out.push_sql(self.sql.text().get(from..).unwrap_or_default());
        Ok(())
    }
}

struct SqliteColumns<R>(R);

impl<'a, R: Row<'a, Sqlite>> Columns for SqliteColumns<R> {
    type Value<'v> = SqliteValue<'v, 'v, 'v>;

    fn is_null(&self, column: usize) -> Result<bool, StoreError> {
        Ok(self.0.get(column).ok_or_else(missing)?.is_null())
    }

    fn with<T>(
        &self,
        column: usize,
        read: impl FnOnce(Self::Value<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let field = self.0.get(column).ok_or_else(missing)?;
        field.value().map(read).transpose()
    }
}

impl ReadValue for SqliteValue<'_, '_, '_> {
    fn integer(mut self, _kind: Kind) -> Result<i64, StoreError> {
        Ok(self.read_long())
    }

    fn with_bytes<T>(mut self, read: impl FnOnce(&[u8]) -> T) -> Result<T, StoreError> {
        Ok(read(self.read_text().as_bytes()))
    }

    fn date(self) -> Result<i32, StoreError> {
        self.text(date_of_text)?
    }

    fn date_time(self) -> Result<i64, StoreError> {
        self.text(moment_of_text)?
    }

    fn moment_json(self, _kind: Kind, out: &mut Vec<u8>) -> Result<(), StoreError> {
        self.text(|text| quoted(text.as_bytes(), out))
    }
}
