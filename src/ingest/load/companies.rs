//! Companies and what is said of them into rows.

use crate::catalog::closed::{COMPANY_NAME_KIND, COMPANY_RELATION_KIND, MARKET_STATUS, QUALIFIER, RELATION_RULE};
use crate::ingest::IngestError;
use crate::ingest::format::{CompanyLine, MarketItem, NameItem, ObservationItem, RelationItem, RivalItem};
use crate::ingest::load::evidence::reported;
use crate::ingest::load::plan::Plan;
use crate::ingest::place::Place;
use crate::store::records::{
    CompanyNameRow, CompanyRelationRow, CompanyRow, FactKind, MarketRow, ObservationRow, RivalryRow,
};
use crate::text::fold;

const COUNTRY: &str = "a country as two capital letters (ISO 3166-1)";
const OTHER_COMPANY: &str = "another company than the one of the line";

/// Places a company with its names, markets and figures.
pub(super) fn place(plan: &mut Plan<'_>, line: &CompanyLine) -> Result<(), IngestError> {
    let (at, company) = (Place::default(), line);
    let row = row(plan.ids.next_id(), at, company)?;
    let id = at.once("slug", &company.slug, plan.companies.place(row))?;
    plan.spellings.add(&company.name, id);
    company.legal_name.iter().for_each(|name| plan.spellings.add(name, id));
    plan.cite(at, FactKind::Company, id, &company.citations)?;
    each("names", &company.names, |at, name| place_name(plan, at, id, name), at)?;
    each("markets", &company.markets, |at, market| place_market(plan, at, id, market), at)?;
    each("observations", &company.observations, |at, item| place_observation(plan, at, id, item).map(drop), at)
}

/// Places what ties a company to others; all companies are placed by then.
pub(super) fn place_relations(plan: &mut Plan<'_>, line: &CompanyLine) -> Result<(), IngestError> {
    let (at, company) = (Place::default(), line);
    let id = plan.company(at, "slug", &company.slug)?;
    each("relations", &company.relations, |at, relation| place_relation(plan, at, id, relation), at)?;
    each("rivals", &company.rivals, |at, rival| place_rival(plan, at, id, rival), at)
}

/// Places the items of a list, each at its own place.
fn each<T>(
    list: &'static str,
    items: &[T],
    mut place: impl FnMut(Place, &T) -> Result<(), IngestError>,
    at: Place,
) -> Result<(), IngestError> {
    items.iter().enumerate().try_for_each(|(index, item)| place(at.item(list, index), item))
}

/// The row of a company, its values checked.
pub(super) fn row(id: i64, at: Place, company: &CompanyLine) -> Result<CompanyRow, IngestError> {
    if let Some(lei) = company.lei.as_deref().filter(|lei| lei.len() != 20 || !lei.is_ascii()) {
        return Err(at.wrong("lei", lei, "a Legal Entity Identifier of 20 characters"));
    }
    let country = company.country.as_deref();
    Ok(CompanyRow {
        id,
        slug: at.slug("slug", &company.slug)?,
        lei: at.optional_text("lei", company.lei.as_deref())?,
        name: at.text("name", &company.name)?,
        name_folded: fold(&company.name),
        legal_name: at.optional_text("legalName", company.legal_name.as_deref())?,
        country: country.map(|country| at.code("country", country, 2, COUNTRY)).transpose()?,
        city: at.optional_text("city", company.city.as_deref())?,
        founded_on: at.day("foundedOn", company.founded_on.as_deref())?,
        dissolved_on: at.day("dissolvedOn", company.dissolved_on.as_deref())?,
        website: at.optional_text("website", company.website.as_deref())?,
        description: at.optional_text("description", company.description.as_deref())?,
    })
}

fn place_name(plan: &mut Plan<'_>, at: Place, company_id: i64, item: &NameItem) -> Result<(), IngestError> {
    let row = CompanyNameRow {
        id: plan.ids.next_id(),
        company_id,
        name: at.text("names.name", &item.name)?,
        name_folded: fold(&item.name),
        kind: at.closed("names.kind", &item.kind, &COMPANY_NAME_KIND)?,
        used_from: at.day("names.usedFrom", item.used_from.as_deref())?,
        used_until: at.day("names.usedUntil", item.used_until.as_deref())?,
    };
    let id = at.once("names.name", &item.name, plan.company_names.place(row))?;
    plan.spellings.add(&item.name, company_id);
    plan.cite(at, FactKind::CompanyName, id, &item.citations)
}

fn place_market(plan: &mut Plan<'_>, at: Place, company_id: i64, item: &MarketItem) -> Result<(), IngestError> {
    let row = MarketRow {
        id: plan.ids.next_id(),
        company_id,
        country: at.code("markets.country", &item.country, 2, COUNTRY)?,
        status: at.closed("markets.status", &item.status, &MARKET_STATUS)?,
    };
    let id = at.once("markets.country", &item.country, plan.markets.place(row))?;
    plan.cite(at, FactKind::Market, id, &item.citations)
}

/// Places a figure; gives its id.
pub(super) fn place_observation(
    plan: &mut Plan<'_>,
    at: Place,
    company_id: i64,
    item: &ObservationItem,
) -> Result<i64, IngestError> {
    let row = ObservationRow {
        id: plan.ids.next_id(),
        company_id,
        metric: at.slug("observations.metric", &item.metric)?,
        value: at.decimal("observations.value", &item.value, 4)?,
        qualifier: at.closed("observations.qualifier", &item.qualifier, &QUALIFIER)?,
        unit: at.optional_text("observations.unit", item.unit.as_deref())?,
        period: at.text("observations.period", &item.period)?,
        geography: at.optional_text("observations.geography", item.geography.as_deref())?,
        source_id: plan.source(at, "observations.source", &item.source)?,
    };
    let id = at.once("observations.metric", &item.metric, plan.observations.place(row))?;
    plan.cite(at, FactKind::Observation, id, &reported(&item.citations, &item.source))?;
    Ok(id)
}

fn place_relation(plan: &mut Plan<'_>, at: Place, child_id: i64, item: &RelationItem) -> Result<(), IngestError> {
    let parent_id = plan.company(at, "relations.parent", &item.parent)?;
    if parent_id == child_id {
        return Err(at.wrong("relations.parent", &item.parent, OTHER_COMPANY));
    }
    let row = CompanyRelationRow {
        id: plan.ids.next_id(),
        parent_id,
        child_id,
        kind: at.closed("relations.kind", &item.kind, &COMPANY_RELATION_KIND)?.to_owned(),
        since: at.day("relations.since", item.since.as_deref())?,
        until: at.day("relations.until", item.until.as_deref())?,
        rule: at.optional_closed("relations.rule", item.rule.as_deref(), &RELATION_RULE)?,
    };
    let id = at.once("relations.parent", &item.parent, plan.company_relations.place(row))?;
    plan.cite(at, FactKind::CompanyRelation, id, &item.citations)
}

fn place_rival(plan: &mut Plan<'_>, at: Place, company_id: i64, item: &RivalItem) -> Result<(), IngestError> {
    let rival_id = plan.company(at, "rivals.company", &item.company)?;
    if rival_id == company_id {
        return Err(at.wrong("rivals.company", &item.company, OTHER_COMPANY));
    }
    let row = RivalryRow { id: plan.ids.next_id(), company_id, rival_id };
    let id = at.once("rivals.company", &item.company, plan.rivalries.place(row))?;
    plan.cite(at, FactKind::Rivalry, id, &item.citations)
}
