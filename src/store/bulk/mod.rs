//! Rows by the batch: looked up by natural key, compared by whoever brings them, and stored with few statements.
//!
//! New rows go in by `COPY` on PostgreSQL and by inserts of many rows on SQLite. Rows that stand and changed are put back
//! whole, by an insert that meets its own id. Nothing here opens a transaction: a batch is one of [`Connection::write`].

mod company;
mod links;
mod patent;
mod session;
mod source;

pub(crate) use company::{BulkCompany, BulkCompanyName, FoundName, companies, companies_named, names_of, slugs_taken};
pub(crate) use links::{
    PatentAreaLink, PatentCitationLink, PatentSourceLink, areas_of, citations_of, patents_of_source,
};
pub(crate) use patent::{
    AT_PUBLICATION, BulkAssignee, BulkClassification, BulkLocation, BulkPatent, area_prefixes, assignees_of,
    locations_by_code, patent_keys, patents_numbered, symbols_of,
};
pub(crate) use session::{begin, commit, prepare, roll_back};
pub(crate) use source::{BulkSource, find_source, sources_of_publisher};

use crate::store::records::CitationRow;
use crate::store::{Connection, StoreError};

/// The keys of one look-up: each is a bound value on SQLite.
const KEYS_MAX: usize = 5_000;

/// The rows of one statement: SQLite binds at most 32,766 values, and the widest table has 27 columns.
const STATEMENT_ROWS: usize = 500;

/// A row that is stored by the batch.
pub(crate) trait BulkRow: Sized {
    /// Its table.
    const TABLE: &'static str;

    /// Stores new rows.
    fn insert(connection: &mut Connection, rows: &[Self]) -> Result<(), StoreError>;
}

/// A row that can stand already and change.
pub(crate) trait BulkUpdate: BulkRow + Clone + PartialEq {
    /// Puts rows that stand back as they are now.
    fn update(connection: &mut Connection, rows: &[Self]) -> Result<(), StoreError>;
}

/// How a batch of a row is inserted.
macro_rules! bulk_insert {
    ($row:ident in $table:ident $($searched:ident)?) => {
        impl $crate::store::bulk::BulkRow for $row {
            const TABLE: &'static str = stringify!($table);

            fn insert(
                connection: &mut $crate::store::Connection,
                rows: &[Self],
            ) -> Result<(), $crate::store::StoreError> {
                use diesel::{ExecuteCopyFromDsl as _, RunQueryDsl as _};
                use $crate::store::Connection;
                let table = $crate::store::schema::$table::table;
                if rows.is_empty() {
                    return Ok(());
                }
                match connection {
                    Connection::Sqlite(open) => {
                        for part in rows.chunks($crate::store::bulk::STATEMENT_ROWS) {
                            diesel::insert_into(table).values(part).execute(open)?;
                        }
                    }
                    Connection::Postgres(open) => {
                        diesel::copy_from(table).from_insertable(rows).execute(open)?;
                    }
                }
                $crate::store::search::indexed!(connection, rows, added $(, $searched)?);
                Ok(())
            }
        }
    };
}
use bulk_insert;

/// Declares a row with its id that is looked up whole, inserted and put back; whether it is `searched` stands behind it.
macro_rules! bulk_row {
    ($(#[$doc:meta])* $row:ident in $table:ident { $($column:ident: $type:ty),* $(,)? } $($searched:ident)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, diesel::Queryable, diesel::Selectable, diesel::Insertable)]
        #[diesel(table_name = crate::store::schema::$table, treat_none_as_default_value = false)]
        pub(crate) struct $row { pub(crate) id: i64, $(pub(crate) $column: $type),* }

        $crate::store::bulk::bulk_insert! { $row in $table $($searched)? }

        impl $crate::store::bulk::BulkUpdate for $row {
            fn update(
                connection: &mut $crate::store::Connection,
                rows: &[Self],
            ) -> Result<(), $crate::store::StoreError> {
                use diesel::upsert::excluded;
                use diesel::{ExpressionMethods as _, RunQueryDsl as _};
                use $crate::store::schema::$table as table;
                $crate::store::search::indexed!(connection, rows, changes $(, $searched)?);
                for part in rows.chunks($crate::store::bulk::STATEMENT_ROWS) {
                    $crate::store::on_connection!(connection, open => diesel::insert_into(table::table)
                        .values(part)
                        .on_conflict(table::id)
                        .do_update()
                        .set(($(table::$column.eq(excluded(table::$column)),)*))
                        .execute(open))?;
                }
                Ok(())
            }
        }
    };
}
use bulk_row;

bulk_insert! { CitationRow in citation }
