//! What the register of Legal Entity Identifiers says: records, parents, and why none is stated.

use chrono::NaiveDate;
use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _, SelectableHelper as _};

use crate::store::bulk::{KEYS_MAX, bulk_row, found_by, read_after};
use crate::store::schema::{company, lei_record};
use crate::store::{Connection, StoreError, on_connection};

bulk_row! {
    /// A row of `lei_record`.
    BulkLeiRecord in lei_record {
        company_id: i64,
        lei: String,
        legal_name: String,
        legal_name_folded: String,
        language: Option<String>,
        jurisdiction: Option<String>,
        category: Option<String>,
        entity_status: Option<String>,
        registration_status: Option<String>,
        legal_country: Option<String>,
        legal_region: Option<String>,
        legal_city: Option<String>,
        headquarters_country: Option<String>,
        headquarters_region: Option<String>,
        headquarters_city: Option<String>,
        created_on: Option<NaiveDate>,
        expired_on: Option<NaiveDate>,
        expiry_reason: Option<String>,
        successor_lei: Option<String>,
        registered_on: Option<NaiveDate>,
        updated_on: Option<NaiveDate>,
        renewal_on: Option<NaiveDate>,
        withdrawn_on: Option<NaiveDate>,
        source_id: i64,
    }
}

bulk_row! {
    /// A row of `parent_exception`.
    BulkParentException in parent_exception {
        company_id: i64,
        form: String,
        reason: String,
        stated_reason: String,
        reference: Option<String>,
        withdrawn_on: Option<NaiveDate>,
        source_id: i64,
    }
}

found_by! {
    /// The records under some identifiers.
    lei_records: BulkLeiRecord in lei_record by lei: &str
}

/// The records that name one of some identifiers as that of the successor.
pub(crate) fn lei_records_succeeded_by(
    connection: &mut Connection,
    keys: &[&str],
) -> Result<Vec<BulkLeiRecord>, StoreError> {
    let mut found = Vec::new();
    for part in keys.chunks(KEYS_MAX) {
        let query = lei_record::table.filter(lei_record::successor_lei.eq_any(part));
        let rows: Vec<BulkLeiRecord> =
            on_connection!(connection, open => query.select(BulkLeiRecord::as_select()).load(open))?;
        found.extend(rows);
    }
    Ok(found)
}

read_after! {
    /// The records behind an identifier, in the order of identifiers.
    lei_records_after: BulkLeiRecord in lei_record by lei: &str
}

found_by! {
    /// Why no parents of some companies are stated.
    parent_exceptions_of: BulkParentException in parent_exception by company_id: i64
}

/// The companies under some identifiers.
pub(crate) fn company_ids_by_lei(connection: &mut Connection, leis: &[&str]) -> Result<Vec<(String, i64)>, StoreError> {
    let mut found = Vec::new();
    for part in leis.chunks(KEYS_MAX) {
        let query = company::table.filter(company::lei.eq_any(part)).select((company::lei, company::id));
        let rows: Vec<(Option<String>, i64)> = on_connection!(connection, open => query.load(open))?;
        found.extend(rows.into_iter().filter_map(|(lei, id)| Some((lei?, id))));
    }
    Ok(found)
}
