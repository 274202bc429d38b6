//! One thing recorded by hand: resolved and written as files are, but read no more of the store than it speaks of, and
//! refused where it stands already.

use std::collections::HashMap;

use chrono::NaiveDateTime;

use crate::ingest::format::{
    AgreementLine, AreaLine, CitationItem, CompanyLine, ListedTransferLine, ObservationItem, PatentRecord, SourceLine,
    StatementItem,
};
use crate::ingest::load::plan::Plan;
use crate::ingest::load::transfers::Belonging;
use crate::ingest::load::{agreements, areas, companies, evidence, patents, people, sources, transfers};
use crate::ingest::place::Place;
use crate::ingest::{IngestError, Wrong, derive_ownership_of};
use crate::publication_number::PublicationNumber;
use crate::store::records::{AgreementRow, CompanyRow, FactKind, Stored, among};
use crate::store::{Connection, IdMaker};

/// What is recorded.
#[derive(Debug, Clone)]
pub(crate) enum Fact {
    /// A company with what is said of it.
    Company(Box<CompanyLine>),
    /// An agreement with what is in it.
    Agreement(Box<AgreementLine>),
    /// A patent.
    Patent(Box<PatentRecord>),
    /// A transfer outside agreements; its place in its source is found.
    Transfer(Box<ListedTransferLine>),
    /// An area.
    Area(AreaLine),
    /// What a person, by slug, is quoted with.
    Statement(String, StatementItem),
    /// A figure about a company, by slug.
    Observation(String, ObservationItem),
    /// What sources say of a fact that stands: its kind and id.
    Evidence(FactKind, i64, Vec<CitationItem>),
}

/// What was stored.
#[derive(Debug)]
pub(crate) struct Recorded {
    /// The id of what was recorded; of evidence, that of the last citation.
    pub(crate) id: i64,
    /// The new rows of each table.
    pub(crate) stored: Vec<Stored>,
}

/// Records something within the transaction of the caller. `texts` are the texts of the input: any of them may name
/// something.
///
/// # Errors
/// A value is wrong, names nothing known, or stands already; or what the database says.
pub(crate) fn record(
    connection: &mut Connection,
    ids: &mut IdMaker,
    recorded_at: NaiveDateTime,
    (texts, new_sources): (&[String], Vec<SourceLine>),
    fact: Fact,
) -> Result<Recorded, IngestError> {
    let numbers = numbers(&fact);
    let mut plan = Plan::open_among(connection, ids, recorded_at, (&numbers, texts))?;
    let at = Place::default();
    for (index, content) in new_sources.into_iter().enumerate() {
        sources::place_at(&mut plan, at.item("sources", index), &content)?;
    }
    let id = place(connection, &mut plan, at, fact)?;
    let touched: Vec<i64> = std::mem::take(&mut plan.touched).into_iter().collect();
    let stored = plan.store(connection)?;
    derive_ownership_of(connection, ids, &touched)?;
    Ok(Recorded { id, stored })
}

fn numbers(fact: &Fact) -> Vec<String> {
    match fact {
        Fact::Agreement(line) => {
            let granted = line.grants.iter().flat_map(|item| &item.patents);
            patents::numbers(granted.chain(line.transfers.iter().flat_map(|item| &item.patents)))
        }
        Fact::Patent(line) => patents::numbers([&line.publication_number]),
        Fact::Transfer(line) => patents::numbers(&line.patents),
        _ => Vec::new(),
    }
}

/// Nothing, where what is to be recorded does not stand yet.
fn free(at: Place, standing: bool, field: &str, value: &str) -> Result<(), IngestError> {
    if standing { Err(at.fault(Wrong::Taken, field, value, "something that is not recorded yet")) } else { Ok(()) }
}

fn place(connection: &mut Connection, plan: &mut Plan<'_>, at: Place, fact: Fact) -> Result<i64, IngestError> {
    match fact {
        Fact::Company(line) => place_company(connection, plan, at, &line),
        Fact::Agreement(line) => place_agreement(connection, plan, at, &line),
        Fact::Patent(line) => place_patent(plan, at, &line),
        Fact::Transfer(line) => place_transfer(connection, plan, at, &line),
        Fact::Area(line) => {
            free(at, plan.areas.find(&(line.slug.clone(),)).is_some(), "slug", &line.slug)?;
            let slug = line.slug.clone();
            areas::place(plan, &line)?;
            plan.area(at, "slug", &slug)
        }
        Fact::Statement(person, item) => {
            let person = plan.person(at, "person", &person)?;
            let source = plan.source(at, "source", &item.source)?;
            let ordinal = among::last_statement(connection, person, source)?.saturating_add(1);
            people::place_statement(plan, at, person, ordinal, &item)
        }
        Fact::Observation(company, item) => {
            let company = plan.company(at, "company", &company)?;
            let source = plan.source(at, "source", &item.source)?;
            let standing = among::observations_of(connection, company)?;
            let key = (company, item.metric.clone(), item.period.clone(), source);
            free(at, standing.iter().any(|(_, known)| *known == key), "metric", &item.metric)?;
            companies::place_observation(plan, at, company, &item)
        }
        Fact::Evidence(kind, fact, citations) => {
            let mut ordinals: HashMap<i64, i32> = HashMap::new();
            for (source, ordinal) in among::cited(connection, fact)? {
                let last = ordinals.entry(source).or_default();
                *last = ordinal.max(*last);
            }
            let last = plan.cite_after(at, (kind, fact), &citations, ordinals)?;
            last.ok_or_else(|| at.fault(Wrong::NoEvidence, "citations", "[]", "at least one source"))
        }
    }
}

fn place_company(
    connection: &mut Connection,
    plan: &mut Plan<'_>,
    at: Place,
    line: &CompanyLine,
) -> Result<i64, IngestError> {
    free(at, plan.companies.find(&(line.slug.clone(),)).is_some(), "slug", &line.slug)?;
    if let Some(lei) = &line.lei {
        free(at, among::company_of_lei(connection, lei)?.is_some(), "lei", lei)?;
    }
    companies::place(plan, line)?;
    companies::place_relations(plan, line)?;
    plan.company(at, "slug", &line.slug)
}

fn place_agreement(
    connection: &mut Connection,
    plan: &mut Plan<'_>,
    at: Place,
    line: &AgreementLine,
) -> Result<i64, IngestError> {
    free(at, plan.agreements.find(&(line.slug.clone(),)).is_some(), "slug", &line.slug)?;
    let recorded: Vec<String> = line.transfers.iter().filter_map(|item| item.reel_frame.clone()).collect();
    if let Some(taken) = among::transfer_recorded_at(connection, &recorded)? {
        let index = line.transfers.iter().position(|item| item.reel_frame.as_ref() == Some(&taken));
        free(at.item("transfers", index.unwrap_or(0)), true, "transfers.reelFrame", &taken)?;
    }
    agreements::place(plan, line)?;
    plan.agreement(at, "slug", &line.slug)
}

fn place_patent(plan: &mut Plan<'_>, at: Place, line: &PatentRecord) -> Result<i64, IngestError> {
    let text = line.publication_number.clone();
    let number = PublicationNumber::parse(&text);
    let standing = number.is_some_and(|number| plan.publication(&number).is_some());
    free(at, standing, "publication_number", &text)?;
    let prefixes = plan.prefixes();
    patents::place(plan, &prefixes, line)?;
    plan.patent(at, "publication_number", &text)
}

fn place_transfer(
    connection: &mut Connection,
    plan: &mut Plan<'_>,
    at: Place,
    line: &ListedTransferLine,
) -> Result<i64, IngestError> {
    let source = plan.source(at, "listedBy", &line.listed_by)?;
    if let Some(place) = &line.reel_frame {
        let standing = among::transfer_recorded_at(connection, std::slice::from_ref(place))?;
        free(at, standing.is_some(), "reelFrame", place)?;
    }
    let ordinal = among::last_transfer(connection, source)?.saturating_add(1);
    let belonging = Belonging { agreement_id: None, listed_by_id: Some(source), ordinal };
    let citations = evidence::reported(&line.citations, &line.listed_by);
    transfers::place(plan, at, belonging, &line.item(), &citations)
}

/// The row of a company, its values checked.
pub(crate) fn company_row(id: i64, line: &CompanyLine) -> Result<CompanyRow, IngestError> {
    companies::row(id, Place::default(), line)
}

/// The row of an agreement, its values checked.
pub(crate) fn agreement_row(id: i64, line: &AgreementLine) -> Result<AgreementRow, IngestError> {
    agreements::row(id, Place::default(), line)
}
