//! Reading from SQLite through rusqlite: it can stop a statement that runs, bounds the statements that it keeps prepared,
//! and hands out values without a check for each of them that diesel makes twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use diesel::sqlite::Sqlite;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{OpenFlags, Row, Rows};

use crate::store::connection::SQLITE_SETTINGS;
use crate::store::sort::{Sort, Sorter};
use crate::store::source::{Columns, Sink, Source};
use crate::store::sql::{Bound, Sql};
use crate::store::taken::no_parent;
use crate::store::{PREPARED_MAX, StoreError};

/// Steps of SQLite's machine between two looks at the limits: some ten microseconds.
const STEPS_BETWEEN_LOOKS: u16 = 1_000;

/// A connection to a SQLite file, for reading only.
pub(super) struct Embedded {
    open: rusqlite::Connection,
    opened: Instant,
    limits: Arc<Limits>,
}

/// How far a read may go.
struct Limits {
    /// When it must be over, in microseconds since the connection was opened.
    micros: AtomicU64,
    /// How many steps are left.
    steps: AtomicU64,
}

impl Limits {
    fn none() -> Self {
        Self { micros: AtomicU64::new(u64::MAX), steps: AtomicU64::new(u64::MAX) }
    }

    fn set(&self, micros: u64, steps: u64) {
        self.micros.store(micros, Ordering::Relaxed);
        self.steps.store(steps, Ordering::Relaxed);
    }

    /// Whether a read that began at this moment of the connection has gone too far, after some steps more.
    fn are_met(&self, opened: Instant) -> bool {
        let left = self.steps.load(Ordering::Relaxed).saturating_sub(u64::from(STEPS_BETWEEN_LOOKS));
        self.steps.store(left, Ordering::Relaxed);
        left == 0 || micros(opened.elapsed()) > self.micros.load(Ordering::Relaxed)
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

impl Embedded {
    /// Opens a file.
    ///
    /// # Errors
    /// It cannot be opened, or refuses the settings.
    pub(super) fn open(path: &str) -> Result<Self, StoreError> {
        // A connection is never used by two threads at once: it needs no mutex of its own.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let open = rusqlite::Connection::open_with_flags(path, flags)?;
        open.set_prepared_statement_cache_capacity(PREPARED_MAX);
        open.execute_batch(SQLITE_SETTINGS)?;
        open.execute_batch("PRAGMA query_only = ON")?;
        let (opened, limits) = (Instant::now(), Arc::new(Limits::none()));
        let asked = Arc::clone(&limits);
        open.progress_handler(i32::from(STEPS_BETWEEN_LOOKS), Some(move || asked.are_met(opened)))?;
        Ok(Self { open, opened, limits })
    }

    /// Ends a read that failed.
    ///
    /// # Errors
    /// Its transaction cannot be ended.
    pub(super) fn recover(&mut self) -> Result<(), StoreError> {
        self.limits.set(u64::MAX, u64::MAX);
        if self.open.is_autocommit() { Ok(()) } else { self.batch("ROLLBACK") }
    }
}

impl Source for Embedded {
    type Dialect = Sqlite;

    fn limit(&mut self, deadline: Instant, steps: u64) {
        self.limits.set(micros(deadline.saturating_duration_since(self.opened)), steps);
    }

    /// One statement, such as that which begins a transaction: it is kept prepared, as those of levels are.
    fn batch(&mut self, statement: &str) -> Result<(), StoreError> {
        let mut statement = self.open.prepare_cached(statement)?;
        let mut rows = statement.raw_query();
        while rows.next()?.is_some() {}
        Ok(())
    }

    /// A statement with parents is prepared once and run for each of them, or for as many as it lists.
    fn read(
        &mut self,
        sql: Sql,
        parents: Option<&[i64]>,
        sort: Option<&Sort>,
        sink: &mut impl Sink,
    ) -> Result<(), StoreError> {
        let mut statement = self.open.prepare_cached(sql.text())?;
        let (mut at_hand, mut listed) = (Vec::new(), Vec::new());
        for (index, value) in sql.values().enumerate() {
            match value {
                Bound::Parent => at_hand.push(index + 1),
                Bound::OneOfParents => listed.push(index + 1),
                value => statement.raw_bind_parameter(index + 1, value)?,
            }
        }
        let (keys, columns) = (parents.unwrap_or(&[0]), statement.column_count());
        let mut sorter = sort.map(Sorter::new);
        if let (Some(sorter), false) = (&mut sorter, listed.is_empty()) {
            for (nth, keys) in keys.chunks(listed.len()).enumerate() {
                // Signs without a key stand for no parent.
                for (index, place) in listed.iter().enumerate() {
                    statement.raw_bind_parameter(*place, keys.get(index))?;
                }
                together(statement.raw_query(), columns - 1, (keys, nth * listed.len()), sorter, sink)?;
            }
            return Ok(());
        }
        for (parent, key) in keys.iter().enumerate() {
            for place in &at_hand {
                statement.raw_bind_parameter(*place, key)?;
            }
            let mut rows = statement.raw_query();
            let Some(sorter) = &mut sorter else {
                while let Some(row) = rows.next()? {
                    sink.row(parent, row)?;
                }
                continue;
            };
            while let Some(row) = rows.next()? {
                sorter.take(row, columns)?;
            }
            sorter.give(parent, sink)?;
        }
        Ok(())
    }
}

/// Takes the rows of some parents, the first of which has this place. They come in the order of these, and the key of a row's
/// parent is its last column.
fn together(
    mut rows: Rows<'_>,
    last: usize,
    (keys, first): (&[i64], usize),
    sorter: &mut Sorter<'_>,
    sink: &mut impl Sink,
) -> Result<(), StoreError> {
    let mut parents = keys.iter().zip(first..).peekable();
    while let Some(row) = rows.next()? {
        let of = row.get_ref(last)?;
        while let Some((_, parent)) = parents.next_if(|(key, _)| of != ValueRef::Integer(**key)) {
            sorter.give(parent, sink)?;
        }
        if parents.peek().is_none() {
            return Err(no_parent());
        }
        sorter.take(row, last)?;
    }
    parents.try_for_each(|(_, parent)| sorter.give(parent, sink))
}

impl rusqlite::ToSql for Bound {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Boolean(value) => ValueRef::Integer(i64::from(*value)),
            Self::Integer(value) => ValueRef::Integer(*value),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            _ => return Err(rusqlite::Error::ToSqlConversionFailure("a value was bound for PostgreSQL".into())),
        }))
    }
}

impl Columns for Row<'_> {
    type Value<'v> = ValueRef<'v>;

    fn is_null(&self, column: usize) -> Result<bool, StoreError> {
        Ok(self.get_ref(column)? == ValueRef::Null)
    }

    #[inline]
    fn with<T>(
        &self,
        column: usize,
        read: impl FnOnce(ValueRef<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        match self.get_ref(column)? {
            ValueRef::Null => Ok(None),
            value => read(value).map(Some),
        }
    }
}
