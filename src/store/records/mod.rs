//! Rows that are written beside those of imports ([`crate::store::bulk`]): citations, what is derived, corrections, and
//! what a write by hand looks up.

pub(crate) mod among;
mod citation;
pub(crate) mod correct;
mod history;
mod moment;
mod name;
mod ownership;
pub(crate) mod touching;

pub(crate) use citation::{CitationRow, Claim, FactKind};
pub(crate) use history::{Party, PatentRecord, Records, TransferRecord, patents_after, patents_with_title};
pub(crate) use moment::Moment;
pub(crate) use name::{CandidateRow, KeyRow};
pub(crate) use ownership::{PatentFindingRow, PatentOwnershipRow, Replaced, TitleStepRow, set_owners};

/// Declares a row struct and how a batch of it is inserted, for both databases.
///
/// Absent values are written as NULL, never left to a default: only so is a batch one statement on SQLite.
macro_rules! record {
    ($(#[$doc:meta])* $row:ident in $table:ident { $($(#[$attribute:meta])* $column:ident: $type:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, diesel::Insertable)]
        #[diesel(table_name = crate::store::schema::$table, treat_none_as_default_value = false)]
        pub(crate) struct $row { $($(#[$attribute])* pub(crate) $column: $type),* }

        impl $row {
            pub(crate) fn insert_all(
                connection: &mut crate::store::Connection,
                rows: &[Self],
            ) -> Result<(), crate::store::StoreError> {
                use diesel::RunQueryDsl as _;
                let table = crate::store::schema::$table::table;
                for batch in rows.chunks(crate::store::bulk::STATEMENT_ROWS) {
                    crate::store::on_connection!(connection, open =>
                        diesel::insert_into(table).values(batch).execute(open))?;
                }
                Ok(())
            }
        }
    };
}
pub(crate) use record;
