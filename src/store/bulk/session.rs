//! The connection of an import.

use crate::store::{Connection, StoreError};

/// Sets a connection up for writing much: more of its pages in its own memory, fewer checkpoints.
///
/// Pages of the file are not mapped, so that what an import holds in memory does not grow with the store.
pub(crate) fn prepare(connection: &mut Connection) -> Result<(), StoreError> {
    match connection {
        Connection::Sqlite(_) => connection
            .batch("PRAGMA mmap_size = 0; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 10000; PRAGMA temp_store = FILE;"),
        Connection::Postgres(_) => Ok(()),
    }
}
