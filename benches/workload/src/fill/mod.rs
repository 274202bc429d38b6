//! Fills a store by a deterministic generator: the same scale gives the same rows on both databases.

mod dice;
mod generate;
mod postgres;
mod sqlite;
mod tables;

pub use postgres::copied_again;

use crate::Fault;

/// A value of a row.
#[derive(Clone, Debug)]
pub enum Value {
    Null,
    Integer(i64),
    Text(String),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, T::into)
    }
}

/// A table and those of its columns that are filled.
pub struct Table {
    pub name: &'static str,
    /// Its number, which sets its rows' ids apart from those of other tables.
    pub number: i64,
    pub columns: &'static [&'static str],
}

/// Takes rows, many at once.
trait Sink {
    /// Adds rows to a table.
    fn rows(&mut self, table: &Table, rows: Vec<Vec<Value>>) -> Result<(), Fault>;
}

/// Fills a migrated store.
pub fn fill(url: &str, scale: f64) -> Result<(), Fault> {
    if !(0.01..=10.0).contains(&scale) {
        return Err("the scale is a number from 0.01 to 10".into());
    }
    match url.strip_prefix("sqlite:") {
        Some(path) => sqlite::fill(path, |sink| generate::all(scale, sink)),
        None => postgres::fill(url, |sink| generate::all(scale, sink)),
    }
}

/// All rows of a statement whose columns are texts.
pub fn texts(url: &str, statement: &str) -> Result<Vec<Vec<String>>, Fault> {
    match url.strip_prefix("sqlite:") {
        Some(path) => sqlite::texts(path, statement),
        None => postgres::texts(url, statement),
    }
}
