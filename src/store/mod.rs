//! The only room that knows which database it is: connections, dialect, running levels, writing JSON, migrations.

mod connection;
mod ids;
pub mod migrations;
pub(crate) mod records;
pub mod schema;

pub use connection::{Access, Connection, StoreUrl};
pub(crate) use connection::on_connection;
pub use ids::IdMaker;

/// A fault of the store. Its text is for the log, never for a client.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached.
    #[error("the database cannot be reached: {0}")]
    Connect(#[from] diesel::ConnectionError),
    /// A statement failed.
    #[error("a statement failed: {0}")]
    Statement(#[from] diesel::result::Error),
    /// The migrations failed.
    #[error("the migrations failed: {0}")]
    Migration(String),
    /// No connection was free in time.
    #[error("no connection was free in time: {0}")]
    Pool(#[from] r2d2::Error),
    /// A row was not what the catalogue says.
    #[error("a row is not what the catalogue says: {0}")]
    Shape(String),
}
