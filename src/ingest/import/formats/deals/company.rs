//! Companies, with their other names, markets and figures.

mod former;

use std::collections::HashSet;

use super::evidence::{self, Cited};
use super::field;
use super::refs::{Asked, Refs};
use super::run::{Kind, Maker};
use super::sheet::{Change, Sheet};
use crate::catalog::closed::{COMPANY_NAME_KIND, MARKET_STATUS, QUALIFIER};
use crate::ingest::deals::{CompanyLine, MarketItem, NameItem, ObservationItem};
use crate::ingest::import::{Desk, ImportError, Problem};
use crate::store::bulk::{
    BulkCompany, BulkCompanyName, CompanyKey, MarketRow, ObservationRow, citations_of_facts, companies_by_lei_held,
    companies_by_slug_held, company_names_of, markets_of, observations_of,
};
use crate::store::names::add_keys;
use crate::store::records::{CitationRow, FactKind};
use crate::text::fold;
use former::Former;

/// Bytes of a text that shares an index with others.
const SHARED_BYTES_MAX: usize = 800;

pub(super) struct CompanyRows {
    company: BulkCompany,
    cited: Vec<Cited>,
    names: Vec<(BulkCompanyName, Vec<Cited>)>,
    markets: Vec<(MarketRow, Vec<Cited>)>,
    observations: Vec<(ObservationRow, Vec<Cited>)>,
    former_slugs: Vec<String>,
}

pub(super) struct Sheets {
    companies: Sheet<BulkCompany>,
    names: Sheet<BulkCompanyName>,
    markets: Sheet<MarketRow>,
    observations: Sheet<ObservationRow>,
    citations: Sheet<CitationRow>,
    former: Former,
    /// Names by which companies are to be found from now on.
    spellings: Vec<(i64, String)>,
}

impl Kind for Box<CompanyLine> {
    type Rows = CompanyRows;
    type Sheets = Sheets;

    fn record(&self) -> String {
        format!("company {}", self.slug)
    }

    fn refer(&self, asked: &mut Asked) {
        evidence::refer(&self.citations, asked);
        self.names.iter().for_each(|item| evidence::refer(&item.citations, asked));
        self.markets.iter().for_each(|item| evidence::refer(&item.citations, asked));
        self.observations.iter().for_each(|item| refer(item, asked));
    }

    fn rows(&self, refs: &Refs) -> Result<CompanyRows, Problem> {
        let (mut names, mut markets, mut figures) = (HashSet::new(), HashSet::new(), HashSet::new());
        Ok(CompanyRows {
            company: company(self)?,
            cited: evidence::own(refs, &self.citations)?,
            names: field::each("names", &self.names, |_, item| name(refs, item, &mut names))?,
            markets: field::each("markets", &self.markets, |_, item| market(refs, item, &mut markets))?,
            observations: field::each("observations", &self.observations, |_, item| {
                observation(refs, item, &mut figures)
            })?,
            former_slugs: former::slugs(self)?,
        })
    }

    fn find(rows: &[Result<CompanyRows, Problem>], desk: &mut Desk<'_>) -> Result<Sheets, ImportError> {
        let companies = || rows.iter().flatten().map(|rows| &rows.company);
        let former = rows.iter().flatten().flat_map(|rows| &rows.former_slugs);
        let slugs: Vec<&str> = companies().map(|row| &row.slug).chain(former).map(String::as_str).collect();
        let leis: Vec<&str> = companies().filter_map(|row| row.lei.as_deref()).collect();
        let mut found = companies_by_slug_held(desk.connection, &slugs)?;
        found.extend(companies_by_lei_held(desk.connection, &leis)?);
        let ids: Vec<i64> = found.iter().map(|row| row.id).collect();
        let names = company_names_of(desk.connection, &ids)?;
        let markets = markets_of(desk.connection, &ids)?;
        let observations = observations_of(desk.connection, &ids)?;
        let mut facts = ids;
        facts.extend(names.iter().map(|row| row.id));
        facts.extend(markets.iter().map(|row| row.id));
        facts.extend(observations.iter().map(|row| row.id));
        Ok(Sheets {
            companies: Sheet::of(found),
            names: Sheet::of(names),
            markets: Sheet::of(markets),
            observations: Sheet::of(observations),
            citations: Sheet::of(citations_of_facts(desk.connection, &facts)?),
            former: Former::find(desk, &slugs)?,
            spellings: Vec::new(),
        })
    }

    fn put(rows: CompanyRows, sheets: &mut Sheets, maker: &mut Maker<'_>) -> Result<(Change, Change), Problem> {
        if let Some(id) = sheets.former.joined(&sheets.companies, &rows.company) {
            // What was recorded of it is that other company's now, of which the line does not speak.
            maker.aliases.insert(rows.company.slug, id);
            return Ok((Change::Same, Change::Same));
        }
        sheets.former.check(&sheets.companies, &rows.company, &rows.former_slugs)?;
        let (id, own) = put_company(rows.company, sheets, maker)?;
        let mut inside = sheets.former.put(id, rows.former_slugs);
        let citations = &mut sheets.citations;
        inside = inside.max(evidence::put(citations, maker, FactKind::Company, id, rows.cited)?);
        for (row, cited) in rows.names {
            let name = row.name.clone();
            let (fact, change) = sheets.names.put(maker.ids, BulkCompanyName { company_id: id, ..row })?;
            if change == Change::New {
                sheets.spellings.push((id, name));
            }
            inside = inside.max(change).max(evidence::put(citations, maker, FactKind::CompanyName, fact, cited)?);
        }
        for (row, cited) in rows.markets {
            let (fact, change) = sheets.markets.put(maker.ids, MarketRow { company_id: id, ..row })?;
            inside = inside.max(change).max(evidence::put(citations, maker, FactKind::Market, fact, cited)?);
        }
        for (row, cited) in rows.observations {
            let (fact, change) = sheets.observations.put(maker.ids, ObservationRow { company_id: id, ..row })?;
            inside = inside.max(change).max(evidence::put(citations, maker, FactKind::Observation, fact, cited)?);
        }
        Ok((own, inside))
    }

    fn store(sheets: Sheets, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        sheets.companies.store(desk)?;
        sheets.former.store(desk)?;
        sheets.names.store(desk)?;
        sheets.markets.store(desk)?;
        sheets.observations.store(desk)?;
        sheets.citations.store(desk)?;
        add_keys(desk.connection, sheets.spellings.iter().map(|(id, name)| (*id, name.as_str())))?;
        Ok(())
    }
}

/// Asks for all that a figure refers to.
pub(super) fn refer(item: &ObservationItem, asked: &mut Asked) {
    asked.source(&item.source);
    evidence::refer(&item.citations, asked);
}

/// Puts a company; one that is known by its LEI keeps its short name, and the one of the line leads to it.
fn put_company(mut row: BulkCompany, sheets: &mut Sheets, maker: &mut Maker<'_>) -> Result<(i64, Change), Problem> {
    let by_lei = row.lei.clone().and_then(|lei| sheets.companies.find(&CompanyKey::Lei(lei)));
    let by_slug = sheets.companies.find(&CompanyKey::Slug(row.slug.clone()));
    if let (Some(one), Some(other)) = (by_lei, by_slug)
        && one.id != other.id
    {
        let found = row.lei.unwrap_or_default();
        let problem = format!("the company `{}` has this LEI", one.slug);
        return Err(Problem::new("lei", &found, problem, format!("the LEI of `{}`", other.slug)));
    }
    let mut alias = None;
    if let (Some(found), None) = (by_lei, by_slug) {
        alias = Some((std::mem::replace(&mut row.slug, found.slug.clone()), found.id));
    }
    maker.aliases.extend(alias);
    let names: Vec<String> = std::iter::once(row.name.clone()).chain(row.legal_name.clone()).collect();
    let (id, change) = sheets.companies.put(maker.ids, row)?;
    if change != Change::Same {
        sheets.spellings.extend(names.into_iter().map(|name| (id, name)));
    }
    Ok((id, change))
}

/// The row of a company, its values checked.
pub(super) fn company(line: &CompanyLine) -> Result<BulkCompany, Problem> {
    Ok(BulkCompany {
        id: 0,
        slug: field::slug("slug", &line.slug)?,
        lei: field::optional(line.lei.as_ref(), |text| field::lei("lei", text))?,
        name: field::name("name", &line.name)?,
        name_folded: fold(&line.name),
        legal_name: field::optional(line.legal_name.as_ref(), |text| field::name("legalName", text))?,
        country: field::optional(line.country.as_ref(), |text| field::code("country", text, 2, field::COUNTRY))?,
        city: field::optional(line.city.as_ref(), |text| field::name("city", text))?,
        founded_on: field::optional(line.founded_on.as_ref(), |text| field::day("foundedOn", text))?,
        dissolved_on: field::optional(line.dissolved_on.as_ref(), |text| field::day("dissolvedOn", text))?,
        website: field::optional(line.website.as_ref(), |text| field::name("website", text))?,
        description: field::optional(line.description.as_ref(), |text| field::prose("description", text))?,
    })
}

fn name(refs: &Refs, item: &NameItem, seen: &mut HashSet<String>) -> Result<(BulkCompanyName, Vec<Cited>), Problem> {
    field::once("names.name", &item.name, item.name.clone(), seen)?;
    let row = BulkCompanyName {
        id: 0,
        company_id: 0,
        name: field::name("names.name", &item.name)?,
        name_folded: fold(&item.name),
        kind: field::closed("names.kind", &item.kind, &COMPANY_NAME_KIND)?,
        used_from: field::optional(item.used_from.as_ref(), |text| field::day("names.usedFrom", text))?,
        used_until: field::optional(item.used_until.as_ref(), |text| field::day("names.usedUntil", text))?,
        language: field::optional(item.language.as_ref(), |text| field::name("names.language", text))?,
    };
    Ok((row, evidence::own(refs, &item.citations)?))
}

fn market(refs: &Refs, item: &MarketItem, seen: &mut HashSet<String>) -> Result<(MarketRow, Vec<Cited>), Problem> {
    field::once("markets.country", &item.country, item.country.clone(), seen)?;
    let row = MarketRow {
        id: 0,
        company_id: 0,
        country: field::code("markets.country", &item.country, 2, field::COUNTRY)?,
        status: field::closed("markets.status", &item.status, &MARKET_STATUS)?,
    };
    Ok((row, evidence::own(refs, &item.citations)?))
}

pub(super) fn observation(
    refs: &Refs,
    item: &ObservationItem,
    seen: &mut HashSet<(String, String, i64)>,
) -> Result<(ObservationRow, Vec<Cited>), Problem> {
    let source_id = refs.source("observations.source", &item.source)?;
    field::once("observations.metric", &item.metric, (item.metric.clone(), item.period.clone(), source_id), seen)?;
    for (name, text) in [("observations.metric", &item.metric), ("observations.period", &item.period)] {
        if text.len() > SHARED_BYTES_MAX {
            return Err(field::wrong(name, text, format!("at most {SHARED_BYTES_MAX} bytes")));
        }
    }
    let row = ObservationRow {
        id: 0,
        company_id: 0,
        metric: field::slug("observations.metric", &item.metric)?,
        value: field::decimal("observations.value", &item.value, 4)?,
        qualifier: field::closed("observations.qualifier", &item.qualifier, &QUALIFIER)?,
        unit: field::optional(item.unit.as_ref(), |text| field::prose("observations.unit", text))?,
        period: field::name("observations.period", &item.period)?,
        geography: field::optional(item.geography.as_ref(), |text| field::prose("observations.geography", text))?,
        source_id,
    };
    Ok((row, evidence::reported(refs, &item.citations, &item.source)?))
}
