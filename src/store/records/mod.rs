//! Rows as they are written: one struct a table, stored in batches and found again by their natural keys.

mod agreement;
pub(crate) mod among;
mod area;
mod batch;
mod citation;
mod company;
pub(crate) mod correct;
mod history;
mod moment;
mod name;
mod observation;
mod ownership;
mod patent;
mod person;
mod source;
pub(crate) mod touching;
mod transfer;

pub(crate) use agreement::LicenceGrantPatentRow;
pub(crate) use agreement::{AgreementAreaRow, AgreementPartyRow, AgreementRow, CooperationRow, LicenceGrantRow};
pub(crate) use area::{AreaPrefixRow, CooperationAreaRow};
pub(crate) use batch::{BATCH_ROWS, Batch, Placed, Record, Stored};
pub(crate) use citation::{CitationRow, Claim, FactKind};
pub(crate) use company::{CompanyNameRow, CompanyRelationRow, CompanyRow};
pub(crate) use history::{Party, PatentRecord, Records, TransferRecord, patents_after, patents_with_title};
pub(crate) use moment::Moment;
pub(crate) use name::{CandidateRow, KeyRow};
pub(crate) use observation::{MarketRow, ObservationRow, RivalryRow, StatementRow};
pub(crate) use ownership::{
    PatentAssigneeRow, PatentFindingRow, PatentOwnershipRow, Replaced, TitleStepRow, set_owners,
};
pub(crate) use patent::{PatentAreaRow, PatentClassificationRow, PatentRow, standing_patents};
pub(crate) use person::{AppointmentRow, PersonRow};
pub(crate) use source::SourceRow;
pub(crate) use transfer::{PatentTransferPartyRow, PatentTransferPatentRow, PatentTransferRow};

/// Declares a row struct and how a batch of it is inserted, for both databases; whether it is `searched` stands behind it.
///
/// Absent values are written as NULL, never left to a default: only so is a batch one statement on SQLite.
macro_rules! record {
    ($(#[$doc:meta])* $row:ident in $table:ident { $($(#[$attribute:meta])* $column:ident: $type:ty),* $(,)? }
     $($searched:ident)?) => {
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
                for batch in rows.chunks(crate::store::records::BATCH_ROWS) {
                    crate::store::on_connection!(connection, open =>
                        diesel::insert_into(table).values(batch).execute(open))?;
                }
                $crate::store::search::indexed!(connection, rows, added $(, $searched)?);
                Ok(())
            }
        }
    };
}
pub(crate) use record;

/// Declares a row struct together with its natural key: the columns that are read back, and what key they make.
macro_rules! keyed_record {
    ($(#[$doc:meta])* $row:ident in $table:ident { $($column:ident: $type:ty),* $(,)? }
     key ($($key:ident: $key_type:ty),+ $(,)?) $($searched:ident)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, diesel::Insertable)]
        #[diesel(table_name = crate::store::schema::$table, treat_none_as_default_value = false)]
        pub(crate) struct $row { pub(crate) id: i64, $(pub(crate) $column: $type),* }

        $crate::store::bulk::bulk_insert! { $row in $table $($searched)? }

        $crate::store::records::keyed_by! { $row in $table key ($($key: $key_type),+) }
    };
}
pub(crate) use keyed_record;

/// Declares the natural key of a row.
macro_rules! keyed_by {
    ($row:ident in $table:ident key ($($key:ident: $key_type:ty),+ $(,)?)) => {
        impl $crate::store::records::Record for $row {
            const TABLE: &'static str = stringify!($table);
            type Key = ($($key_type,)+);

            fn id(&self) -> i64 {
                self.id
            }

            fn key(&self) -> Self::Key {
                ($(self.$key.clone(),)+)
            }

            fn standing(
                connection: &mut crate::store::Connection,
            ) -> Result<Vec<(i64, Self::Key)>, crate::store::StoreError> {
                use crate::store::schema::$table;
                use diesel::{QueryDsl as _, RunQueryDsl as _};
                let rows = crate::store::on_connection!(connection, open =>
                    $table::table.select(($table::id, ($($table::$key,)+))).load::<(i64, Self::Key)>(open))?;
                Ok(rows)
            }

            fn insert(
                connection: &mut crate::store::Connection,
                rows: &[Self],
            ) -> Result<(), crate::store::StoreError> {
                <Self as $crate::store::bulk::BulkRow>::insert(connection, rows)
            }
        }
    };
}
pub(crate) use keyed_by;

/// Declares a link between two tables: its two ids are its key.
macro_rules! link_record {
    ($(#[$doc:meta])* $row:ident in $table:ident { $near:ident, $far:ident }) => {
        $crate::store::records::record! { $(#[$doc])* $row in $table { $near: i64, $far: i64 } }

        impl $crate::store::records::Record for $row {
            const TABLE: &'static str = stringify!($table);
            type Key = (i64, i64);

            fn id(&self) -> i64 {
                0
            }

            fn key(&self) -> Self::Key {
                (self.$near, self.$far)
            }

            fn standing(
                connection: &mut crate::store::Connection,
            ) -> Result<Vec<(i64, Self::Key)>, crate::store::StoreError> {
                use crate::store::schema::$table;
                use diesel::{QueryDsl as _, RunQueryDsl as _};
                let rows = crate::store::on_connection!(connection, open =>
                    $table::table.select(($table::$near, $table::$far)).load::<(i64, i64)>(open))?;
                Ok(rows.into_iter().map(|key| (0, key)).collect())
            }

            fn insert(
                connection: &mut crate::store::Connection,
                rows: &[Self],
            ) -> Result<(), crate::store::StoreError> {
                Self::insert_all(connection, rows)
            }
        }
    };
}
pub(crate) use link_record;
