//! Rows by the batch: looked up by natural key, compared by whoever brings them, and stored with few statements.
//!
//! New rows go in by `COPY` on PostgreSQL, and on SQLite one by one by a statement that stays prepared: of one that inserts many
//! rows, SQLite keeps each page that it changes a second time, to undo the whole statement. Rows that stand and changed are
//! put back whole, by an insert that meets its own id. Nothing here opens a transaction: a batch is one of
//! [`Connection::write`].

mod agreement;
mod area;
mod company;
mod evidence;
mod keyed;
mod links;
mod patent;
mod person;
mod purged;
mod register;
mod session;
mod source;
mod standard;
mod transfer;

pub(crate) use agreement::{
    AgreementPartyRow, AgreementRow, CooperationRow, GrantRow, agreements, agreements_after, agreements_by_slug,
    agreements_by_slug_held, cooperations_of, grants_of, parties_of,
};
pub(crate) use area::{AreaPrefixRow, AreaRow, all_areas, areas_by_slug, prefixes_of};
pub(crate) use company::{
    BulkCompany, BulkCompanyName, FormerSlugRow, FoundName, MarketRow, ObservationRow, RelationRow, RivalryRow,
    companies, companies_after, companies_by_lei, companies_by_lei_held, companies_by_slug, companies_by_slug_held,
    companies_formerly, companies_held, companies_named, company_names_of, company_slugs, former_slugs_of, markets_of,
    names_of, observations_of, relations_of, rivalries_of, slugs_numbered, slugs_taken,
};
pub(crate) use evidence::{CandidateRow, candidates_after, candidates_of, citations_of_facts};
pub(crate) use keyed::{CompanyKey, Keyed, Merge, TransferKey};
pub(crate) use links::{
    AgreementAreaLink, GrantPatentLink, PatentAreaLink, PatentCitationLink, PatentSourceLink, TransferPatentLink,
    areas_of, areas_of_agreements, citations_of, links_to_sources, patents_of_grants, patents_of_source,
    patents_of_transfers,
};
pub(crate) use patent::{
    AT_PUBLICATION, BulkAssignee, BulkClassification, BulkLocation, BulkPatent, all_assignees_of, area_prefixes,
    assignees_of, classifications_of, locations, locations_after, locations_by_code, office_after, patent_keys,
    patents_behind, patents_numbered, publication_numbers, symbols_of,
};
pub(crate) use person::{
    AppointmentRow, PersonRow, StatementRow, appointments_of, people_after, people_by_slug, statements_of,
};
pub(crate) use purged::{BulkPurged, citations_of_transfers, purged_after, purged_at, remove_citations, remove_links};
pub(crate) use register::{
    BulkLeiRecord, BulkParentException, company_ids_by_lei, lei_records, lei_records_after, lei_records_succeeded_by,
    parent_exceptions_of,
};
pub(crate) use session::prepare;
pub(crate) use source::{
    BulkSource, all_sources, facts_cited, find_source, source_reference, sources_at, sources_named,
    sources_of_publisher, titles_later,
};
pub(crate) use standard::{
    BulkDeclaration, BulkDeclaredPatent, BulkStandard, declarations, declarations_after, declarations_referenced,
    declared_patents, declared_patents_from, standards, standards_after, standards_named,
};
pub(crate) use transfer::{
    IndividualRow, TransferPartyRow, TransferRow, individuals_of, patents_dated_by, transfer_parties_of,
    transfers_after, transfers_agreed, transfers_listed, transfers_recorded,
};

use crate::store::{Connection, StoreError};

/// The keys of one look-up: each is a bound value on SQLite.
pub(in crate::store) const KEYS_MAX: usize = 5_000;

/// The rows of one statement: SQLite binds at most 32,766 values, and the widest table has 30 columns.
pub(in crate::store) const STATEMENT_ROWS: usize = 500;

/// A row that is stored by the batch.
pub(crate) trait BulkRow: Sized {
    /// Its table.
    const TABLE: &'static str;

    /// Stores new rows.
    fn insert(connection: &mut Connection, rows: &[Self]) -> Result<(), StoreError>;
}

/// A row that can stand already and change.
pub(crate) trait BulkUpdate: BulkRow + Clone + PartialEq {
    /// Its id.
    fn id(&self) -> i64;

    /// Puts rows that stand back as they are now.
    fn update(connection: &mut Connection, rows: &[Self]) -> Result<(), StoreError>;

    /// Removes rows by their ids.
    fn remove(connection: &mut Connection, ids: &[i64]) -> Result<(), StoreError>;
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
                        for row in rows {
                            diesel::insert_into(table).values(row).execute(open)?;
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
pub(in crate::store) use bulk_insert;

/// Declares a row with its id that is looked up whole, inserted and put back. Behind it stands whether it is `searched`, and the
/// column of its version, if it has one: that rises with each change, so that who saw the row before corrects it no more.
macro_rules! bulk_row {
    (
        $(#[$doc:meta])* $row:ident in $table:ident { $($column:ident: $type:ty),* $(,)? }
        $($searched:ident $($version:ident)?)?
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, diesel::Queryable, diesel::Selectable, diesel::Insertable)]
        #[diesel(table_name = crate::store::schema::$table, treat_none_as_default_value = false)]
        pub(crate) struct $row { pub(crate) id: i64, $(pub(crate) $column: $type),* }

        $crate::store::bulk::bulk_insert! { $row in $table $($searched)? }

        impl $crate::store::bulk::Merge for $row {
            fn merge(&mut self, newer: Self) {
                let id = self.id;
                $($crate::store::bulk::Merge::merge(&mut self.$column, newer.$column);)*
                self.id = id;
            }
        }

        impl $crate::store::bulk::BulkUpdate for $row {
            fn id(&self) -> i64 {
                self.id
            }

            fn remove(
                connection: &mut $crate::store::Connection,
                ids: &[i64],
            ) -> Result<(), $crate::store::StoreError> {
                use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _};
                use $crate::store::schema::$table as table;
                for part in ids.chunks($crate::store::bulk::KEYS_MAX) {
                    $crate::store::on_connection!(connection, open =>
                        diesel::delete(table::table.filter(table::id.eq_any(part))).execute(open))?;
                }
                Ok(())
            }

            fn update(
                connection: &mut $crate::store::Connection,
                rows: &[Self],
            ) -> Result<(), $crate::store::StoreError> {
                use diesel::upsert::excluded;
                use diesel::{ExpressionMethods as _, RunQueryDsl as _};
                use $crate::store::schema::$table as table;
                if rows.is_empty() {
                    return Ok(());
                }
                $crate::store::search::indexed!(connection, rows, changes $(, $searched)?);
                for part in rows.chunks($crate::store::bulk::STATEMENT_ROWS) {
                    $crate::store::on_connection!(connection, open => diesel::insert_into(table::table)
                        .values(part)
                        .on_conflict(table::id)
                        .do_update()
                        .set((
                            $(table::$column.eq(excluded(table::$column)),)*
                            $($(table::$version.eq(table::$version + 1),)?)?
                        ))
                        .execute(open))?;
                }
                Ok(())
            }
        }
    };
}
pub(in crate::store) use bulk_row;

/// Declares how rows are found by a column that is among some values.
macro_rules! found_by {
    ($(#[$doc:meta])* $find:ident: $row:ident in $table:ident by $column:ident: $type:ty) => {
        $(#[$doc])*
        pub(crate) fn $find(
            connection: &mut $crate::store::Connection,
            keys: &[$type],
        ) -> Result<Vec<$row>, $crate::store::StoreError> {
            use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _, SelectableHelper as _};
            use $crate::store::schema::$table as table;
            let mut found = Vec::new();
            for part in keys.chunks($crate::store::bulk::KEYS_MAX) {
                let query = table::table.filter(table::$column.eq_any(part));
                let rows: Vec<$row> = $crate::store::on_connection!(connection, open =>
                    query.select($row::as_select()).load(open))?;
                found.extend(rows);
            }
            Ok(found)
        }
    };
    // Those that may be put back: on PostgreSQL nobody else corrects them before the transaction ends, on SQLite nobody else writes.
    ($(#[$doc:meta])* held $find:ident: $row:ident in $table:ident by $column:ident: $type:ty) => {
        $(#[$doc])*
        pub(crate) fn $find(
            connection: &mut $crate::store::Connection,
            keys: &[$type],
        ) -> Result<Vec<$row>, $crate::store::StoreError> {
            use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _, SelectableHelper as _};
            use $crate::store::Connection;
            use $crate::store::schema::$table as table;
            let mut found = Vec::new();
            for part in keys.chunks($crate::store::bulk::KEYS_MAX) {
                let query = table::table.filter(table::$column.eq_any(part)).order(table::id);
                let rows: Vec<$row> = match connection {
                    Connection::Sqlite(open) => query.select($row::as_select()).load(open)?,
                    Connection::Postgres(open) => query.select($row::as_select()).for_no_key_update().load(open)?,
                };
                found.extend(rows);
            }
            Ok(found)
        }
    };
}
pub(in crate::store) use found_by;

/// Declares how a table is read some rows at a time, in the order of a column that no two rows share.
macro_rules! read_after {
    ($(#[$doc:meta])* $read:ident: $row:ident in $table:ident by $column:ident: $type:ty) => {
        $(#[$doc])*
        pub(crate) fn $read(
            connection: &mut $crate::store::Connection,
            after: $type,
            count: i64,
        ) -> Result<Vec<$row>, $crate::store::StoreError> {
            use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _, SelectableHelper as _};
            use $crate::store::schema::$table as table;
            let query = table::table.filter(table::$column.gt(after)).order(table::$column).limit(count);
            Ok($crate::store::on_connection!(connection, open => query.select($row::as_select()).load(open))?)
        }
    };
}
pub(in crate::store) use read_after;
