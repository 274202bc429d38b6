//! Companies, and what ties them together.

use std::collections::HashMap;

use super::evidence::Citations;
use super::{Export, ExportError, PAGE, day, grouped, words};
use crate::ingest::deals::{CompanyLine, Line, MarketItem, NameItem, ObservationItem, RelationLine, RivalryLine};
use crate::store::bulk::{
    BulkCompany, BulkCompanyName, MarketRow, ObservationRow, companies_after, company_names_of, former_slugs_of,
    markets_of, observations_of, relations_of, rivalries_of,
};

/// Does something with all companies, some at a time, by their short names.
pub(super) fn pages<'a>(
    export: &mut Export<'a>,
    write: impl Fn(&mut Export<'a>, Vec<BulkCompany>) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let mut last = String::new();
    loop {
        let rows = companies_after(export.connection, &last, PAGE)?;
        let Some(end) = rows.last() else { return Ok(()) };
        last.clone_from(&end.slug);
        write(export, rows)?;
    }
}

pub(super) fn write(export: &mut Export<'_>) -> Result<(), ExportError> {
    pages(export, write_page)
}

fn write_page(export: &mut Export<'_>, rows: Vec<BulkCompany>) -> Result<(), ExportError> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let names = company_names_of(export.connection, &ids)?;
    let markets = markets_of(export.connection, &ids)?;
    let figures = observations_of(export.connection, &ids)?;
    let former_slugs = former_slugs_of(export.connection, &ids)?;
    let facts = ids.into_iter().chain(names.iter().map(|row| row.id)).chain(markets.iter().map(|row| row.id));
    let mut cited = export.citations(facts.chain(figures.iter().map(|row| row.id)))?;
    let mut names = grouped(names, |row| row.company_id);
    let mut former: HashMap<i64, Vec<String>> = HashMap::new();
    for row in former_slugs {
        former.entry(row.company_id).or_default().push(row.slug);
    }
    let mut markets = grouped(markets, |row| row.company_id);
    let mut figures = grouped(figures, |row| row.company_id);
    for row in rows {
        let names = name_items(names.remove(&row.id).unwrap_or_default(), &mut cited);
        let mut former_slugs = former.remove(&row.id).unwrap_or_default();
        former_slugs.sort();
        let markets = market_items(markets.remove(&row.id).unwrap_or_default(), &mut cited);
        let observations = figure_items(export, figures.remove(&row.id).unwrap_or_default(), &mut cited);
        export.line(&Line::Company(Box::new(CompanyLine {
            slug: row.slug,
            name: row.name,
            legal_name: row.legal_name,
            lei: row.lei,
            country: row.country,
            city: row.city,
            founded_on: day(row.founded_on),
            dissolved_on: day(row.dissolved_on),
            website: row.website,
            description: row.description,
            citations: cited.of(row.id),
            names,
            markets,
            observations,
            former_slugs,
        })))?;
    }
    Ok(())
}

fn name_items(mut rows: Vec<BulkCompanyName>, cited: &mut Citations) -> Vec<NameItem> {
    rows.sort_by(|one, other| one.name.cmp(&other.name));
    rows.into_iter()
        .map(|row| NameItem {
            name: row.name,
            kind: row.kind,
            used_from: day(row.used_from),
            used_until: day(row.used_until),
            language: row.language,
            citations: cited.of(row.id),
        })
        .collect()
}

fn market_items(mut rows: Vec<MarketRow>, cited: &mut Citations) -> Vec<MarketItem> {
    rows.sort_by(|one, other| one.country.cmp(&other.country));
    rows.into_iter()
        .map(|row| MarketItem { country: row.country, status: row.status, citations: cited.of(row.id) })
        .collect()
}

fn figure_items(export: &Export<'_>, mut rows: Vec<ObservationRow>, cited: &mut Citations) -> Vec<ObservationItem> {
    rows.sort_by_cached_key(|row| (row.metric.clone(), row.period.clone(), export.source_place(row.source_id)));
    rows.into_iter()
        .map(|row| ObservationItem {
            metric: row.metric,
            value: words::decimal(row.value, 4),
            qualifier: row.qualifier,
            period: row.period,
            source: export.source(row.source_id),
            unit: row.unit,
            geography: row.geography,
            citations: cited.of(row.id),
        })
        .collect()
}

/// The relations of all companies, then their rivals.
pub(super) fn write_ties(export: &mut Export<'_>) -> Result<(), ExportError> {
    pages(export, |export, rows| write_relations(export, &rows))?;
    pages(export, |export, rows| write_rivalries(export, &rows))
}

fn write_relations(export: &mut Export<'_>, rows: &[BulkCompany]) -> Result<(), ExportError> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut relations = relations_of(export.connection, &ids)?;
    let slugs = export.companies(relations.iter().flat_map(|row| [row.parent_id, row.child_id]))?;
    let mut cited = export.citations(relations.iter().map(|row| row.id))?;
    relations.sort_by_cached_key(|row| {
        (slugs.slug(row.child_id), slugs.slug(row.parent_id), row.kind.clone(), row.form.clone(), row.since)
    });
    for row in relations {
        export.line(&Line::Relation(RelationLine {
            company: slugs.company(row.child_id),
            parent: slugs.company(row.parent_id),
            kind: row.kind,
            since: day(row.since),
            until: day(row.until),
            rule: row.rule,
            form: row.form,
            status: row.status,
            registration_status: row.registration_status,
            updated_on: day(row.updated_on),
            withdrawn_on: day(row.withdrawn_on),
            citations: cited.of(row.id),
        }))?;
    }
    Ok(())
}

fn write_rivalries(export: &mut Export<'_>, rows: &[BulkCompany]) -> Result<(), ExportError> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut rivalries = rivalries_of(export.connection, &ids)?;
    let slugs = export.companies(rivalries.iter().flat_map(|row| [row.company_id, row.rival_id]))?;
    let mut cited = export.citations(rivalries.iter().map(|row| row.id))?;
    rivalries.sort_by_cached_key(|row| (slugs.slug(row.company_id), slugs.slug(row.rival_id)));
    for row in rivalries {
        export.line(&Line::Rivalry(RivalryLine {
            company: slugs.company(row.company_id),
            rival: slugs.company(row.rival_id),
            citations: cited.of(row.id),
        }))?;
    }
    Ok(())
}
