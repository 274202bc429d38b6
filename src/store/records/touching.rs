//! What else a write touches: names that lead to a company, areas that follow from symbols, and whom a fact is about.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _};

use crate::publication_number::PublicationNumber;
use crate::store::bulk::{BulkCompanyName, BulkRow as _, PatentAreaLink, patent_keys};
use crate::store::names::{add_keys, names_of_company};
use crate::store::records::{CitationRow, Claim, FactKind, Moment};
use crate::store::schema::{area_prefix, company_name, observation, patent_area, patent_classification, statement};
use crate::store::{Connection, IdMaker, StoreError, on_connection};
use crate::text::fold;

/// The patents that some publication numbers can mean.
pub(crate) fn patents_named(connection: &mut Connection, texts: &[String]) -> Result<Vec<i64>, StoreError> {
    let mut numbers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for number in texts.iter().filter_map(|text| PublicationNumber::parse(text)) {
        numbers.entry(number.office).or_default().insert(number.number);
    }
    let mut found = Vec::new();
    for (office, numbers) in &numbers {
        let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
        found.extend(patent_keys(connection, office, &numbers)?.into_iter().map(|key| key.id));
    }
    Ok(found)
}

/// Stores the keys by which the names of a company are found.
pub(crate) fn index_company(connection: &mut Connection, company: i64) -> Result<(), StoreError> {
    let names = names_of_company(connection, company)?;
    add_keys(connection, names.iter().map(|name| (company, name.as_str())))
}

/// Puts the patents into an area whose symbols begin with one of its prefixes.
pub(crate) fn classify(connection: &mut Connection, area: i64) -> Result<usize, StoreError> {
    let prefixes: Vec<String> = on_connection!(connection, open => area_prefix::table
        .filter(area_prefix::area_id.eq(area))
        .select(area_prefix::prefix)
        .load(open))?;
    let mut patents: Vec<i64> = Vec::new();
    for prefix in prefixes {
        // Symbols are of ASCII, so that what begins with a prefix stands from it up to it with the last letter behind.
        let end = format!("{prefix}\u{7f}");
        let found: Vec<i64> = on_connection!(connection, open => patent_classification::table
            .filter(patent_classification::symbol.ge(&prefix))
            .filter(patent_classification::symbol.lt(&end))
            .select(patent_classification::patent_id)
            .distinct()
            .load(open))?;
        patents.extend(found);
    }
    patents.sort_unstable();
    patents.dedup();
    let standing: Vec<i64> = on_connection!(connection, open => patent_area::table
        .filter(patent_area::area_id.eq(area))
        .select(patent_area::patent_id)
        .load(open))?;
    let rows: Vec<PatentAreaLink> = patents
        .into_iter()
        .filter(|patent| !standing.contains(patent))
        .map(|patent_id| PatentAreaLink { patent_id, area_id: area })
        .collect();
    PatentAreaLink::insert(connection, &rows)?;
    Ok(rows.len())
}

/// Who said a statement.
pub(crate) fn person_of(connection: &mut Connection, id: i64) -> Result<i64, StoreError> {
    Ok(on_connection!(connection, open =>
        statement::table.filter(statement::id.eq(id)).select(statement::person_id).first(open))?)
}

/// Whom a figure is about.
pub(crate) fn company_of(connection: &mut Connection, id: i64) -> Result<i64, StoreError> {
    Ok(on_connection!(connection, open =>
        observation::table.filter(observation::id.eq(id)).select(observation::company_id).first(open))?)
}

/// Adds a spelling of a company, unless it or the one that becomes one with it has it, on the evidence of some sources.
pub(crate) fn add_spelling(
    connection: &mut Connection,
    ids: &mut IdMaker,
    (company, other): (i64, i64),
    name: &str,
    sources: &[(i64, i32)],
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let known = names_of_company(connection, company)?;
    let other_names: Vec<String> = on_connection!(connection, open => company_name::table
        .filter(company_name::company_id.eq(other))
        .select(company_name::name)
        .load(open))?;
    if known.iter().chain(&other_names).any(|known| known == name) {
        return Ok(());
    }
    let row = BulkCompanyName {
        id: ids.next_id(),
        company_id: company,
        name: name.to_owned(),
        name_folded: fold(name),
        kind: "RECORDED".to_owned(),
        used_from: None,
        used_until: None,
        language: None,
    };
    let fact = row.id;
    BulkCompanyName::insert(connection, &[row])?;
    let mut sources: Vec<i64> = sources.iter().map(|(source, _)| *source).collect();
    sources.dedup();
    let claim = |source_id| Claim {
        source_id,
        ordinal: 1,
        quote: None,
        quote_folded: None,
        claim_field: None,
        claim_value: None,
        confidence: "MEDIUM".to_owned(),
        recorded_at: Moment(now),
        record: None,
    };
    let rows: Vec<CitationRow> = sources
        .into_iter()
        .map(|source| CitationRow::of(ids.next_id(), FactKind::CompanyName, fact, claim(source)))
        .collect();
    CitationRow::insert(connection, &rows)
}
