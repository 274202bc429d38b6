//! How many rows and keys one statement takes.

/// The rows of one statement: the widest table has 27 columns, and SQLite binds at most 32,766 values.
pub(crate) const BATCH_ROWS: usize = 500;

/// The keys of one look-up: each is a bound value on SQLite, which binds at most 32,766.
pub(super) const KEYS: usize = 5_000;
