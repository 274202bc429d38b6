//! Companies and their names.

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _, SelectableHelper as _};

use crate::store::bulk::{KEYS_MAX, bulk_row};
use crate::store::schema::{company, company_name};
use crate::store::{Connection, StoreError, on_connection};

bulk_row! {
    /// A row of `company`.
    BulkCompany in company {
        slug: String,
        lei: Option<String>,
        name: String,
        name_folded: String,
        legal_name: Option<String>,
        country: Option<String>,
        city: Option<String>,
        founded_on: Option<NaiveDate>,
        dissolved_on: Option<NaiveDate>,
        website: Option<String>,
        description: Option<String>,
    }
}

bulk_row! {
    /// A row of `company_name`.
    BulkCompanyName in company_name {
        company_id: i64,
        name: String,
        name_folded: String,
        kind: String,
        used_from: Option<NaiveDate>,
        used_until: Option<NaiveDate>,
    }
}

/// The spellings among some folded ones that stand, each with its company and as it is written: first the names that
/// companies go by, then their others.
pub(crate) fn spellings(
    connection: &mut Connection,
    folded: &[&str],
) -> Result<Vec<(String, String, i64)>, StoreError> {
    let mut found: Vec<(String, String, i64)> = Vec::new();
    for part in folded.chunks(KEYS_MAX) {
        let own = company::table
            .filter(company::name_folded.eq_any(part))
            .select((company::name_folded, company::name, company::id))
            .order(company::id);
        let other = company_name::table
            .filter(company_name::name_folded.eq_any(part))
            .select((company_name::name_folded, company_name::name, company_name::company_id))
            .order(company_name::id);
        found.extend(on_connection!(connection, open => own.load::<(String, String, i64)>(open))?);
        found.extend(on_connection!(connection, open => other.load::<(String, String, i64)>(open))?);
    }
    Ok(found)
}

/// Which of some short names companies have already.
pub(crate) fn slugs_taken(connection: &mut Connection, slugs: &[&str]) -> Result<HashSet<String>, StoreError> {
    let mut found = HashSet::new();
    for part in slugs.chunks(KEYS_MAX) {
        let query = company::table.filter(company::slug.eq_any(part)).select(company::slug);
        found.extend(on_connection!(connection, open => query.load::<String>(open))?);
    }
    Ok(found)
}

/// Some companies, whole.
pub(crate) fn companies(connection: &mut Connection, ids: &[i64]) -> Result<Vec<BulkCompany>, StoreError> {
    let mut found = Vec::new();
    for part in ids.chunks(KEYS_MAX) {
        let query = company::table.filter(company::id.eq_any(part));
        let rows: Vec<BulkCompany> =
            on_connection!(connection, open => query.select(BulkCompany::as_select()).load(open))?;
        found.extend(rows);
    }
    Ok(found)
}
