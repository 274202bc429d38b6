//! Rows that wait to be stored, and the natural keys of those that stand already.

use std::collections::HashMap;
use std::hash::Hash;

use crate::store::{Connection, StoreError};

/// The rows of one statement: the widest table has 27 columns, and SQLite binds at most 32,766 values.
pub(crate) const BATCH_ROWS: usize = 500;

/// The keys of one look-up: each is a bound value on SQLite, which binds at most 32,766.
pub(super) const KEYS: usize = 5_000;

/// A row with a natural key.
pub(crate) trait Record: Sized {
    /// The table.
    const TABLE: &'static str;
    /// What makes a row of it the same row.
    type Key: Eq + Hash;

    /// Its id; 0 for a link between two tables.
    fn id(&self) -> i64;
    /// Its natural key.
    fn key(&self) -> Self::Key;
    /// The ids and natural keys of the rows that stand.
    fn standing(connection: &mut Connection) -> Result<Vec<(i64, Self::Key)>, StoreError>;
    /// Stores new rows.
    fn insert(connection: &mut Connection, rows: &[Self]) -> Result<(), StoreError>;
}

/// What became of a row that was placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Placed {
    /// It will be stored, under its own id.
    New(i64),
    /// A row with its key stood before, under this id.
    Stood(i64),
    /// A row with its key was placed before.
    Repeated,
}

/// The ids of the rows that a batch stored, and how many stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) table: &'static str,
    pub(crate) stored: Vec<i64>,
    pub(crate) stood: usize,
}

#[derive(Debug)]
struct Entry {
    id: i64,
    placed: bool,
}

/// The rows of one table that a write brings.
#[derive(Debug)]
pub(crate) struct Batch<R: Record> {
    entries: HashMap<R::Key, Entry>,
    rows: Vec<R>,
    stood: usize,
}

impl<R: Record> Batch<R> {
    /// Begins with the keys of all rows that stand.
    pub(crate) fn open(connection: &mut Connection) -> Result<Self, StoreError> {
        Ok(Self::beside(R::standing(connection)?))
    }

    /// Begins with the keys of the given rows only, for tables too large to read whole.
    pub(crate) fn beside(standing: impl IntoIterator<Item = (i64, R::Key)>) -> Self {
        let entries = standing.into_iter().map(|(id, key)| (key, Entry { id, placed: false })).collect();
        Self { entries, rows: Vec::new(), stood: 0 }
    }

    /// Takes a row in, unless one with its key stands or was placed before.
    pub(crate) fn place(&mut self, row: R) -> Placed {
        let id = row.id();
        match self.entries.get_mut(&row.key()) {
            Some(entry) if entry.placed => Placed::Repeated,
            Some(entry) => {
                entry.placed = true;
                self.stood += 1;
                Placed::Stood(entry.id)
            }
            None => {
                self.entries.insert(row.key(), Entry { id, placed: true });
                self.rows.push(row);
                Placed::New(id)
            }
        }
    }

    /// The id of the row with a key, standing or placed.
    pub(crate) fn find(&self, key: &R::Key) -> Option<i64> {
        self.entries.get(key).map(|entry| entry.id)
    }

    /// The keys of all rows, standing or placed.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &R::Key> {
        self.entries.keys()
    }

    /// Stores the new rows.
    pub(crate) fn store(self, connection: &mut Connection) -> Result<Stored, StoreError> {
        R::insert(connection, &self.rows)?;
        Ok(Stored { table: R::TABLE, stored: self.rows.iter().map(R::id).collect(), stood: self.stood })
    }
}
