//! The migrations: two trees of the same names, embedded in the binary.

use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::store::{Connection, StoreError};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Runs the migrations that have not run yet, and names them.
///
/// # Errors
/// A migration failed; those before it stand.
pub fn run(connection: &mut Connection) -> Result<Vec<String>, StoreError> {
    let fault = |error: Box<dyn std::error::Error + Send + Sync>| StoreError::Migration(error.to_string());
    let names = match connection {
        Connection::Sqlite(open) => open.run_pending_migrations(SQLITE).map_err(fault)?,
        Connection::Postgres(open) => open.run_pending_migrations(POSTGRES).map_err(fault)?,
    };
    Ok(names.iter().map(ToString::to_string).collect())
}

/// Whether there are migrations that have not run yet.
///
/// # Errors
/// What the database says.
pub fn are_pending(connection: &mut Connection) -> Result<bool, StoreError> {
    let fault = |error: Box<dyn std::error::Error + Send + Sync>| StoreError::Migration(error.to_string());
    match connection {
        Connection::Sqlite(open) => open.has_pending_migration(SQLITE).map_err(fault),
        Connection::Postgres(open) => open.has_pending_migration(POSTGRES).map_err(fault),
    }
}

/// Takes the newest migration back, and names it.
///
/// # Errors
/// There is none, or it failed.
pub fn revert_last(connection: &mut Connection) -> Result<String, StoreError> {
    let fault = |error: Box<dyn std::error::Error + Send + Sync>| StoreError::Migration(error.to_string());
    let name = match connection {
        Connection::Sqlite(open) => open.revert_last_migration(SQLITE).map_err(fault)?,
        Connection::Postgres(open) => open.revert_last_migration(POSTGRES).map_err(fault)?,
    };
    Ok(name.to_string())
}
