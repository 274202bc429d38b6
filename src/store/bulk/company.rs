//! Companies and their names.

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _};

use crate::store::bulk::{KEYS_MAX, bulk_insert, bulk_row, found_by, read_after};
use crate::store::schema::{company, company_former_slug, company_name};
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
    } searched version
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
        language: Option<String>,
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

/// Which of some short names companies have already, or had before they were joined with others.
pub(crate) fn slugs_taken(connection: &mut Connection, slugs: &[&str]) -> Result<HashSet<String>, StoreError> {
    let mut found = HashSet::new();
    for part in slugs.chunks(KEYS_MAX) {
        let query = company::table.filter(company::slug.eq_any(part)).select(company::slug);
        found.extend(on_connection!(connection, open => query.load::<String>(open))?);
        let former =
            company_former_slug::table.filter(company_former_slug::slug.eq_any(part)).select(company_former_slug::slug);
        found.extend(on_connection!(connection, open => former.load::<String>(open))?);
    }
    Ok(found)
}

/// The short names that are another one with a number behind it; there are as many as companies of one name.
pub(crate) fn slugs_numbered(connection: &mut Connection, slug: &str) -> Result<Vec<String>, StoreError> {
    // The character behind the digits ends the range.
    let (first, end) = (format!("{slug}-0"), format!("{slug}-:"));
    let query = company::table.filter(company::slug.ge(first)).filter(company::slug.lt(end)).select(company::slug);
    let former = company_former_slug::table
        .filter(company_former_slug::slug.ge(format!("{slug}-0")))
        .filter(company_former_slug::slug.lt(format!("{slug}-:")))
        .select(company_former_slug::slug);
    let mut found: Vec<String> = on_connection!(connection, open => query.load(open))?;
    found.extend(on_connection!(connection, open => former.load::<String>(open))?);
    Ok(found)
}

found_by! {
    /// Some companies, whole.
    companies: BulkCompany in company by id: i64
}

found_by! {
    /// The companies of some short names, whole.
    companies_by_slug: BulkCompany in company by slug: &str
}

found_by! {
    /// The companies of some Legal Entity Identifiers, whole.
    companies_by_lei: BulkCompany in company by lei: &str
}

found_by! {
    /// Some companies, to be changed.
    held companies_held: BulkCompany in company by id: i64
}

found_by! {
    /// The companies of some short names, to be changed.
    held companies_by_slug_held: BulkCompany in company by slug: &str
}

found_by! {
    /// The companies of some Legal Entity Identifiers, to be changed.
    held companies_by_lei_held: BulkCompany in company by lei: &str
}

read_after! {
    /// The companies behind a short name, in the order of short names.
    companies_after: BulkCompany in company by slug: &str
}

found_by! {
    /// The other names of some companies, whole.
    company_names_of: BulkCompanyName in company_name by company_id: i64
}

bulk_row! {
    /// A row of `company_relation`.
    RelationRow in company_relation {
        parent_id: i64,
        child_id: i64,
        kind: String,
        since: Option<NaiveDate>,
        until: Option<NaiveDate>,
        rule: Option<String>,
        form: Option<String>,
        status: Option<String>,
        registration_status: Option<String>,
        updated_on: Option<NaiveDate>,
        withdrawn_on: Option<NaiveDate>,
    }
}

found_by! {
    /// The relations of some companies to those above them.
    relations_of: RelationRow in company_relation by child_id: i64
}

bulk_row! {
    /// A row of `market`.
    MarketRow in market { company_id: i64, country: String, status: String }
}

found_by! {
    /// The markets of some companies.
    markets_of: MarketRow in market by company_id: i64
}

bulk_row! {
    /// A row of `rivalry`.
    RivalryRow in rivalry { company_id: i64, rival_id: i64 }
}

found_by! {
    /// The rivals of some companies.
    rivalries_of: RivalryRow in rivalry by company_id: i64
}

bulk_row! {
    /// A row of `observation`.
    ObservationRow in observation {
        company_id: i64,
        metric: String,
        value: i64,
        qualifier: String,
        unit: Option<String>,
        period: String,
        geography: Option<String>,
        source_id: i64,
    }
}

found_by! {
    /// The figures of some companies.
    observations_of: ObservationRow in observation by company_id: i64
}

/// The short names of some companies.
pub(crate) fn company_slugs(connection: &mut Connection, ids: &[i64]) -> Result<Vec<(i64, String)>, StoreError> {
    let mut found = Vec::new();
    for part in ids.chunks(KEYS_MAX) {
        let query = company::table.filter(company::id.eq_any(part)).select((company::id, company::slug));
        found.extend(on_connection!(connection, open => query.load::<(i64, String)>(open))?);
    }
    Ok(found)
}

/// A short name that a company had, or one that was merged into it.
#[derive(Debug, Clone, PartialEq, Eq, diesel::Queryable, diesel::Selectable, diesel::Insertable)]
#[diesel(table_name = crate::store::schema::company_former_slug, treat_none_as_default_value = false)]
pub(crate) struct FormerSlugRow {
    pub(crate) slug: String,
    pub(crate) company_id: i64,
}

bulk_insert! { FormerSlugRow in company_former_slug }

found_by! {
    /// The companies that some short names lead to, which are theirs no more.
    companies_formerly: FormerSlugRow in company_former_slug by slug: &str
}

found_by! {
    /// The short names that lead to some companies and are theirs no more.
    former_slugs_of: FormerSlugRow in company_former_slug by company_id: i64
}
