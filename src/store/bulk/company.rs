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
    } searched
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
    } searched
}

/// A name of a company, as it was found.
#[derive(Debug, Clone, diesel::Queryable)]
pub(crate) struct FoundName {
    pub(crate) name: String,
    pub(crate) company_id: i64,
    pub(crate) country: Option<String>,
}

/// The names among some that companies have, as they are written, each with its company.
pub(crate) fn companies_named(connection: &mut Connection, names: &[&str]) -> Result<Vec<FoundName>, StoreError> {
    let mut found = Vec::new();
    for part in names.chunks(KEYS_MAX) {
        let own =
            company::table.filter(company::name.eq_any(part)).select((company::name, company::id, company::country));
        let other = company_name::table
            .inner_join(company::table)
            .filter(company_name::name.eq_any(part))
            .filter(company_name::kind.ne("TICKER"))
            .select((company_name::name, company_name::company_id, company::country));
        found.extend(on_connection!(connection, open => own.load::<FoundName>(open))?);
        found.extend(on_connection!(connection, open => other.load::<FoundName>(open))?);
    }
    Ok(found)
}

/// The names of some companies, as they are written: their own, and their others.
pub(crate) fn names_of(connection: &mut Connection, companies: &[i64]) -> Result<Vec<(i64, String)>, StoreError> {
    let mut found = Vec::new();
    for part in companies.chunks(KEYS_MAX) {
        let own = company::table.filter(company::id.eq_any(part)).select((company::id, company::name));
        let other = company_name::table
            .filter(company_name::company_id.eq_any(part))
            .select((company_name::company_id, company_name::name));
        found.extend(on_connection!(connection, open => own.load::<(i64, String)>(open))?);
        found.extend(on_connection!(connection, open => other.load::<(i64, String)>(open))?);
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
