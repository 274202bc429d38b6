//! Patents, and what they cite.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use super::{Export, ExportError, PAGE, Slugs, day, grouped, words};
use crate::ingest::deals::{AssigneeItem, CitesLine, Line, PatentLine, Short, SymbolItem};
use crate::store::bulk::{
    AT_PUBLICATION, BulkAssignee, BulkClassification, BulkPatent, all_assignees_of, areas_of, citations_of,
    classifications_of, links_to_sources, locations, office_after, patents_behind,
};

/// Does something with all patents, some at a time, by office and number. Publications under one number are together, the
/// one whose kind is not known last: the others are not taken for it when they are read.
fn pages<'a>(
    export: &mut Export<'a>,
    write: impl Fn(&mut Export<'a>, Vec<BulkPatent>) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let mut office = String::new();
    while let Some(next) = office_after(export.connection, &office)? {
        office = next;
        let mut last = String::new();
        loop {
            let mut rows = patents_behind(export.connection, &office, &last, PAGE)?;
            let Some(end) = rows.last().map(|row| row.number.clone()) else { break };
            // Others under the last number may be on the next page.
            let is_full = i64::try_from(rows.len()).is_ok_and(|count| count == PAGE);
            if is_full && rows.iter().any(|row| row.number != end) {
                rows.retain(|row| row.number != end);
            }
            last.clone_from(&rows.last().map_or(end, |row| row.number.clone()));
            rows.sort_by_cached_key(|row| (row.number.clone(), row.kind_code.is_none(), row.kind_code.clone()));
            write(export, rows)?;
        }
    }
    Ok(())
}

pub(super) fn write(export: &mut Export<'_>) -> Result<(), ExportError> {
    pages(export, write_page)
}

fn write_page(export: &mut Export<'_>, rows: Vec<BulkPatent>) -> Result<(), ExportError> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let assignees = all_assignees_of(export.connection, &ids)?;
    let slugs = export.companies(assignees.iter().filter_map(|row| row.company_id))?;
    let places = super::distinct(assignees.iter().filter_map(|row| row.location_id));
    let places = locations(export.connection, &places)?;
    let places: HashMap<i64, String> = places.into_iter().map(|row| (row.id, row.code)).collect();
    let mut assignees = grouped(assignees, |row| row.patent_id);
    let mut symbols = grouped(classifications_of(export.connection, &ids)?, |row| row.patent_id);
    let mut areas = grouped(areas_of(export.connection, &ids)?, |link| link.patent_id);
    let mut sources = grouped(links_to_sources(export.connection, &ids)?, |link| link.patent_id);
    let mut cited = export.citations(ids.into_iter())?;
    for row in rows {
        let symbols = symbols.remove(&row.id).unwrap_or_default();
        let areas = areas.remove(&row.id).unwrap_or_default();
        let mut others: Vec<i64> =
            sources.remove(&row.id).unwrap_or_default().into_iter().map(|link| link.source_id).collect();
        others.sort_by_key(|source| export.source_place(*source));
        let assignees = assignees.remove(&row.id).unwrap_or_default();
        let line = PatentLine {
            areas: areas_said(export, &symbols, &areas.into_iter().map(|link| link.area_id).collect()),
            assignees: assignee_items(export, row.source_id, assignees, &slugs, &places),
            cpc: symbol_items(&symbols, "CPC"),
            ipc: symbol_items(&symbols, "IPC"),
            sources: others.into_iter().map(|source| export.source(source)).collect(),
            citations: cited.of(row.id),
            ..bare(export, row)
        };
        export.line(&Line::Patent(Box::new(line)))?;
    }
    Ok(())
}

/// The line of a patent without its lists.
fn bare(export: &Export<'_>, row: BulkPatent) -> PatentLine {
    PatentLine {
        number: row.publication_number,
        source: export.source(row.source_id),
        source_record: row.source_record,
        title: row.title,
        r#abstract: row.abstract_,
        family_id: row.family_id,
        application_number: row.application_number,
        priority_on: day(row.priority_on),
        filed_on: day(row.filed_on),
        published_on: day(row.published_on),
        granted_on: day(row.granted_on),
        expires_on: day(row.expires_on),
        expires_basis: row.expires_basis.filter(|basis| basis != "STATED"),
        term_extension_days: row.term_extension_days,
        status: row.status,
        claims_count: row.claims_count,
        original_assignee: row.original_assignee,
        areas: None,
        assignees: Vec::new(),
        cpc: Vec::new(),
        ipc: Vec::new(),
        sources: Vec::new(),
        citations: Vec::new(),
    }
}

/// The areas of a patent, unless they are those that its symbols lead to.
fn areas_said(export: &Export<'_>, symbols: &[BulkClassification], areas: &BTreeSet<i64>) -> Option<Vec<String>> {
    let leads = |row: &BulkClassification| {
        let found = export.prefixes.iter().filter(|(prefix, _)| row.symbol.starts_with(prefix));
        found.map(|(_, area)| *area).collect::<Vec<_>>()
    };
    let derived: BTreeSet<i64> = symbols.iter().flat_map(leads).collect();
    let mut slugs: Vec<String> = areas.iter().map(|area| export.area(*area)).collect();
    slugs.sort();
    (derived != *areas).then_some(slugs)
}

fn assignee_items(
    export: &Export<'_>,
    source_id: i64,
    mut rows: Vec<BulkAssignee>,
    slugs: &Slugs,
    places: &HashMap<i64, String>,
) -> Vec<AssigneeItem> {
    rows.sort_by_cached_key(|row| (Reverse(row.named.clone()), row.ordinal));
    let mut counted = HashMap::new();
    rows.into_iter()
        .map(|row| AssigneeItem {
            ordinal: words::said(row.ordinal, counted.entry(row.named.clone()).or_default()),
            name: row.name,
            named: Some(row.named).filter(|named| named != AT_PUBLICATION),
            company: row.company_id.map(|company| slugs.company(company)),
            stated_on: day(row.stated_on),
            location: row.location_id.and_then(|place| places.get(&place).cloned()),
            source: (row.source_id != source_id).then(|| export.source(row.source_id)),
        })
        .collect()
}

fn symbol_items(rows: &[BulkClassification], scheme: &str) -> Vec<Short<SymbolItem>> {
    let mut rows: Vec<&BulkClassification> = rows.iter().filter(|row| row.scheme == scheme).collect();
    rows.sort_by_key(|row| (row.ordinal, &row.symbol));
    let mut counted = 0;
    rows.into_iter()
        .map(|row| {
            let symbol = row.symbol.clone();
            match words::said(row.ordinal, &mut counted) {
                None => Short::Text(symbol),
                Some(ordinal) => Short::Object(SymbolItem { symbol, ordinal }),
            }
        })
        .collect()
}

/// What patents cite, when all of them are there.
pub(super) fn write_citations(export: &mut Export<'_>) -> Result<(), ExportError> {
    pages(export, |export, rows| {
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let links = citations_of(export.connection, &ids)?;
        let numbers = export.numbers(links.iter().map(|link| link.cited_id))?;
        let mut links = grouped(links, |link| link.citing_id);
        for row in rows {
            let Some(links) = links.remove(&row.id) else { continue };
            let mut cited: Vec<String> =
                links.iter().map(|link| numbers.get(&link.cited_id).cloned().unwrap_or_default()).collect();
            cited.sort();
            export.line(&Line::Cites(CitesLine { patent: row.publication_number, cited }))?;
        }
        Ok(())
    })
}
