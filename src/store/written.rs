//! Whether a transaction has written.

use diesel::RunQueryDsl as _;
use diesel::sql_types::{BigInt, Bool};

use crate::store::{Connection, StoreError};

/// What a connection had written when a transaction began.
pub(crate) struct Written(i64);

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

#[derive(diesel::QueryableByName)]
struct Truth {
    #[diesel(sql_type = Bool)]
    truth: bool,
}

/// Rows that a connection to SQLite has changed since it was opened.
#[expect(clippy::disallowed_methods, reason = "this is the store, and nothing is put into the text")]
fn rows_changed(open: &mut diesel::SqliteConnection) -> Result<i64, StoreError> {
    Ok(diesel::sql_query("SELECT total_changes() AS count").get_result::<Count>(open)?.count)
}

impl Written {
    /// At the beginning of a transaction.
    ///
    /// # Errors
    /// What the database says.
    pub(crate) fn so_far(connection: &mut Connection) -> Result<Self, StoreError> {
        match connection {
            Connection::Sqlite(open) => rows_changed(open).map(Self),
            // A transaction that writes has a number, and one that begins has none.
            Connection::Postgres(_) => Ok(Self(0)),
        }
    }

    /// Whether the transaction that began then has written.
    ///
    /// # Errors
    /// What the database says.
    #[expect(clippy::disallowed_methods, reason = "this is the store, and nothing is put into the text")]
    pub(crate) fn is_more_now(&self, connection: &mut Connection) -> Result<bool, StoreError> {
        match connection {
            Connection::Sqlite(open) => Ok(rows_changed(open)? > self.0),
            Connection::Postgres(open) => {
                let text = "SELECT pg_current_xact_id_if_assigned() IS NOT NULL AS truth";
                Ok(diesel::sql_query(text).get_result::<Truth>(open)?.truth)
            }
        }
    }
}
