//! Rows into SQLite: one transaction, statements of many rows.

use rusqlite::types::{ToSqlOutput, Value as SqliteValue, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};

use super::{Sink, Table, Value};
use crate::Fault;

/// Rows of a statement at most: enough that a statement costs little a row, few enough that it is quickly parsed.
const ROWS_MAX: usize = 100;

struct Sqlite {
    open: Connection,
}

pub fn fill(path: &str, generate: impl FnOnce(&mut dyn Sink) -> Result<(), Fault>) -> Result<(), Fault> {
    let open = Connection::open(path)?;
    open.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; PRAGMA foreign_keys = OFF; BEGIN")?;
    let mut sink = Sqlite { open };
    generate(&mut sink)?;
    // With something in it, the index of search is not made when a server starts.
    sink.open.execute("INSERT INTO search_entry VALUES ('AREA', 0, 0, 'none', 0)", [])?;
    // Without a limit, samples of values are kept too, and SQLite prepares a statement anew for each value bound to it.
    sink.open.execute_batch("COMMIT; PRAGMA analysis_limit = 400; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(())
}

pub fn texts(path: &str, statement: &str) -> Result<Vec<Vec<String>>, Fault> {
    let open = Connection::open(path)?;
    let mut prepared = open.prepare(statement)?;
    let columns = prepared.column_count();
    let rows = prepared.query_map([], |row| (0..columns).map(|column| row.get(column)).collect())?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(SqliteValue::Null),
            Self::Integer(value) => ToSqlOutput::Owned(SqliteValue::Integer(*value)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        })
    }
}

impl Sink for Sqlite {
    fn rows(&mut self, table: &Table, rows: Vec<Vec<Value>>) -> Result<(), Fault> {
        let statement = |rows: usize| {
            let places = vec![format!("({})", vec!["?"; table.columns.len()].join(",")); rows].join(",");
            self.open.prepare(&format!("INSERT INTO {} ({}) VALUES {places}", table.name, table.columns.join(",")))
        };
        let mut many = statement(ROWS_MAX)?;
        let chunks = rows.chunks_exact(ROWS_MAX);
        let rest = chunks.remainder();
        for chunk in chunks {
            many.execute(params_from_iter(chunk.iter().flatten()))?;
        }
        if !rest.is_empty() {
            statement(rest.len())?.execute(params_from_iter(rest.iter().flatten()))?;
        }
        Ok(())
    }
}
