//! The only room that knows which database it is: connections, dialect, running levels, writing JSON, migrations.

pub(crate) mod access;
mod bell;
pub(crate) mod bulk;
mod changes;
mod condition;
mod connection;
mod dialect;
mod embedded;
mod feed;
pub(crate) mod idempotency;
mod ids;
pub(crate) mod merge;
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
pub mod search;
mod sort;
mod source;
mod sql;
mod statement;
mod taken;
mod value;
mod within;
mod write;
mod writers;
mod written;

pub use bell::Bell;
pub use changes::{read_within, snapshot};
pub(crate) use connection::on_connection;
pub use connection::{Access, Connection, StoreUrl};
pub use ids::IdMaker;
pub use merge::company_references;
pub use pool::{Effort, Observer, Store, StoreOptions};
pub use read::{Ambiguous, Answer, without_reading};
pub use writers::{MayBeStore, Writers};
pub(crate) use written::Written;

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
    /// Others wrote for as long as a write waits.
    #[error("others wrote for as long as a write waits")]
    Locked,
    /// The connection was lost while a transaction was being committed: whether it was is not known.
    #[error("the connection was lost during a commit: {0}")]
    InDoubt(Box<StoreError>),
    /// Reading took longer than allowed.
    #[error("reading took longer than allowed")]
    Timeout,
    /// A transaction wrote, and nothing of it was recorded in the change feed: it was taken back.
    #[error("a transaction wrote and recorded no change; it was taken back")]
    Unrecorded,
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

    /// Whether PostgreSQL ended a transaction because another one got in its way: tried again, it may pass, or find what the
    /// other one wrote and say so.
    #[must_use]
    pub fn is_in_the_way(&self) -> bool {
        use diesel::result::{DatabaseErrorKind, Error};
        match self {
            Self::Statement(Error::DatabaseError(
                DatabaseErrorKind::SerializationFailure | DatabaseErrorKind::UniqueViolation,
                _,
            )) => true,
            Self::Statement(Error::DatabaseError(_, information)) => {
                information.message().contains("deadlock detected")
            }
            _ => false,
        }
    }

    /// Whether others held what was to be written for longer than is waited for it.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        use diesel::result::Error;
        match self {
            Self::Locked => true,
            Self::Statement(Error::DatabaseError(_, information)) => {
                let message = information.message();
                message.contains("database is locked") || message.contains("lock timeout")
            }
            _ => self.is_in_the_way(),
        }
    }

    /// Whether there is no room for what was to be written.
    #[must_use]
    pub fn is_full(&self) -> bool {
        use diesel::result::Error;
        match self {
            Self::Sqlite(error) => error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull),
            // SQLite's words, the system's, and PostgreSQL's advice where it wrote a part of a page.
            Self::Statement(Error::DatabaseError(_, information)) => {
                let message = information.message();
                message.contains("database or disk is full")
                    || message.contains("No space left on device")
                    || information.hint().is_some_and(|hint| hint.contains("free disk space"))
            }
            _ => false,
        }
    }

    /// Whether the connection to the database is gone: another one may still be had.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        use diesel::result::{DatabaseErrorKind, Error};
        matches!(
            self,
            Self::Connect(_)
                | Self::Statement(
                    Error::DatabaseError(
                        DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
                        _
                    ) | Error::BrokenTransactionManager
                )
        )
    }

    /// Whether the database cannot be reached or is too busy, so that trying again may help.
    #[must_use]
    pub fn is_outage(&self) -> bool {
        use diesel::result::Error;
        match self {
            Self::Pool(_) | Self::Busy => true,
            Self::Sqlite(error) => {
                use rusqlite::ErrorCode::{CannotOpen, DatabaseBusy, DatabaseLocked};
                matches!(error.sqlite_error_code(), Some(CannotOpen | DatabaseBusy | DatabaseLocked))
            }
            Self::Statement(Error::DatabaseError(_, information)) if !self.is_lost() => {
                information.message().contains("database is locked")
            }
            _ => self.is_lost(),
        }
    }
}
