//! The only room that knows which database it is: connections, dialect, running levels, writing JSON, migrations.

pub(crate) mod bulk;
mod condition;
mod connection;
mod dialect;
mod embedded;
mod ids;
pub mod migrations;
pub mod names;
mod narrow;
mod nulls;
mod origin;
mod pool;
mod position;
mod postgres;
mod read;
pub(crate) mod records;
mod row;
mod rows;
pub mod schema;
mod sort;
mod source;
mod sql;
mod statement;
mod taken;
mod value;
mod write;

pub(crate) use connection::on_connection;
pub use connection::{Access, Connection, StoreUrl};
pub use ids::IdMaker;
pub use pool::{Effort, Observer, Store, StoreOptions};
pub use read::{Ambiguous, Answer, without_reading};

/// Statements that a connection keeps prepared at most: clients choose the texts.
const PREPARED_MAX: usize = 512;

/// A fault of the store. Its text is for the log, never for a client.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached.
    #[error("the database cannot be reached: {0}")]
    Connect(#[from] diesel::ConnectionError),
    /// A statement failed.
    #[error("a statement failed: {0}")]
    Statement(#[from] diesel::result::Error),
    /// A statement of SQLite's failed while reading.
    #[error("a statement failed: {0}")]
    Sqlite(rusqlite::Error),
    /// The migrations failed.
    #[error("the migrations failed: {0}")]
    Migration(String),
    /// No connection was free in time.
    #[error("no connection was free in time: {0}")]
    Pool(#[from] r2d2::Error),
    /// All readers were busy for as long as a request waits.
    #[error("all readers were busy")]
    Busy,
    /// Reading took longer than allowed.
    #[error("reading took longer than allowed")]
    Timeout,
    /// A row was not what the catalogue says.
    #[error("a row is not what the catalogue says: {0}")]
    Shape(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::OperationInterrupted) => Self::Timeout,
            _ => Self::Sqlite(error),
        }
    }
}

impl StoreError {
    /// Whether reading was stopped because it took too long.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        use diesel::result::Error;
        match self {
            Self::Timeout => true,
            Self::Statement(Error::DatabaseError(_, information)) => {
                information.message().contains("statement timeout")
            }
            _ => false,
        }
    }

    /// Whether the database cannot be reached or is too busy, so that trying again may help.
    #[must_use]
    pub fn is_outage(&self) -> bool {
        use diesel::result::{DatabaseErrorKind, Error};
        match self {
            Self::Connect(_) | Self::Pool(_) | Self::Busy => true,
            Self::Sqlite(error) => {
                use rusqlite::ErrorCode::{CannotOpen, DatabaseBusy, DatabaseLocked};
                matches!(error.sqlite_error_code(), Some(CannotOpen | DatabaseBusy | DatabaseLocked))
            }
            Self::Statement(
                Error::DatabaseError(DatabaseErrorKind::ClosedConnection, _) | Error::BrokenTransactionManager,
            ) => true,
            Self::Statement(Error::DatabaseError(_, information)) => {
                information.message().contains("database is locked")
            }
            _ => false,
        }
    }
}
