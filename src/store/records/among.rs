//! Which rows stand under some of the names that an input speaks of: tables are too large to be read whole for one write.

use std::collections::HashMap;

use diesel::dsl::max;
use diesel::{ExpressionMethods as _, OptionalExtension as _, QueryDsl as _, RunQueryDsl as _};

use crate::store::bulk::KEYS_MAX;
use crate::store::schema::{citation, company, company_name, patent_transfer, statement};
use crate::store::{Connection, StoreError, on_connection};
use crate::text::fold;

/// The company of an LEI.
pub(crate) fn company_of_lei(connection: &mut Connection, lei: &str) -> Result<Option<i64>, StoreError> {
    Ok(on_connection!(connection, open =>
        company::table.filter(company::lei.eq(lei)).select(company::id).first(open).optional())?)
}

/// The short names of the companies of some spellings, by the folded spelling; one of several companies leads to none.
///
/// Legal names are not folded in the store: they are found as they are written.
pub(crate) fn companies_spelled(
    connection: &mut Connection,
    names: &[String],
) -> Result<HashMap<String, String>, StoreError> {
    let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
    let mut found: Vec<(String, String)> = Vec::new();
    for part in folded.chunks(KEYS_MAX) {
        found.extend(on_connection!(connection, open => company::table
            .filter(company::name_folded.eq_any(part))
            .select((company::name_folded, company::slug))
            .load::<(String, String)>(open))?);
        found.extend(on_connection!(connection, open => company_name::table
            .inner_join(company::table)
            .filter(company_name::name_folded.eq_any(part))
            .select((company_name::name_folded, company::slug))
            .load::<(String, String)>(open))?);
    }
    for part in names.chunks(KEYS_MAX) {
        let legal: Vec<(Option<String>, String)> = on_connection!(connection, open => company::table
            .filter(company::legal_name.eq_any(part))
            .select((company::legal_name, company::slug))
            .load(open))?;
        found.extend(legal.into_iter().filter_map(|(name, slug)| Some((fold(&name?), slug))));
    }
    let mut companies: HashMap<String, Option<String>> = HashMap::new();
    for (name, slug) in found {
        let known = companies.entry(name).or_insert_with(|| Some(slug.clone()));
        if known.as_ref() != Some(&slug) {
            *known = None;
        }
    }
    Ok(companies.into_iter().filter_map(|(name, slug)| Some((name, slug?))).collect())
}

/// The last place that a quote of a person has in a source; zero when there is none.
pub(crate) fn last_statement(connection: &mut Connection, person: i64, source: i64) -> Result<i32, StoreError> {
    let last: Option<i32> = on_connection!(connection, open => statement::table
        .filter(statement::person_id.eq(person))
        .filter(statement::source_id.eq(source))
        .select(max(statement::ordinal))
        .first(open))?;
    Ok(last.unwrap_or(0))
}

/// The last place that a transfer has in a source; zero when there is none.
pub(crate) fn last_transfer(connection: &mut Connection, source: i64) -> Result<i32, StoreError> {
    let last: Option<i32> = on_connection!(connection, open => patent_transfer::table
        .filter(patent_transfer::listed_by_id.eq(source))
        .select(max(patent_transfer::ordinal))
        .first(open))?;
    Ok(last.unwrap_or(0))
}

/// The sources that are cited for a fact, each with its last place.
pub(crate) fn cited(connection: &mut Connection, fact: i64) -> Result<Vec<(i64, i32)>, StoreError> {
    Ok(on_connection!(connection, open => citation::table
        .filter(citation::fact_id.eq(fact))
        .select((citation::source_id, citation::ordinal))
        .load(open))?)
}
