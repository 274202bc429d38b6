//! One thing that is recorded by hand: a line of the format, stored as lines of files are, but refused where what it is
//! about stands already.

use std::collections::HashSet;

use chrono::NaiveDateTime;

use super::refs::{Asked, Refs};
use super::run::{Kind, Maker, store};
use super::sheet::{Change, Sheet};
use super::tied::Facts;
use super::{agreement, company, evidence, person};
use crate::ingest::deals::{
    AgreementLine, AreaLine, Citation, CompanyLine, ObservationItem, PatentLine, RelationLine, RivalryLine, Short,
    SourceLine, SourceName, SourceRef, StatementItem, TransferLine,
};
use crate::ingest::import::{DataSet, Desk, Fate, Hand, ImportError, Problem, Wrong};
use crate::publication_number::PublicationNumber;
use crate::store::bulk::{
    AgreementRow, BulkCompany, ObservationRow, StatementRow, agreements_by_slug, areas_by_slug, citations_of_facts,
    companies_by_lei, companies_by_slug, companies_formerly, observations_of, patent_keys, people_by_slug,
    transfers_recorded,
};
use crate::store::records::{FactKind, among};
use crate::store::{Connection, IdMaker};

/// What no file cites: every fact that is recorded by hand names its own sources.
static DATA_SET: DataSet = DataSet { publisher: "Dealgraph", title: "Recorded by hand" };

/// What is recorded.
#[derive(Debug, Clone)]
pub(crate) enum Fact {
    /// A company with what is said of it, and what ties it to others.
    Company(Box<CompanyLine>, Vec<RelationLine>, Vec<RivalryLine>),
    /// An agreement with what is in it.
    Agreement(Box<AgreementLine>),
    /// A patent.
    Patent(Box<PatentLine>),
    /// A transfer outside agreements; its place in its source is found.
    Transfer(Box<TransferLine>),
    /// An area.
    Area(AreaLine),
    /// What a person, by slug, is quoted with.
    Statement(String, StatementItem),
    /// A figure about a company, by slug.
    Observation(String, ObservationItem),
    /// What sources say of a fact that stands: its kind and id.
    Evidence(FactKind, i64, Vec<Citation>),
}

/// What was stored.
#[derive(Debug)]
pub(crate) struct Recorded {
    /// The id of what was recorded; of evidence, that of the last citation.
    pub(crate) id: i64,
    /// The ids of the new rows of each table.
    pub(crate) stored: Vec<(&'static str, Vec<i64>)>,
}

/// Why nothing was recorded.
#[derive(Debug)]
pub(crate) enum RecordError {
    /// A value is wrong, names nothing known, or stands already.
    Refused(Box<Problem>),
    /// The store failed, or the import did.
    Failed(ImportError),
}

impl From<Problem> for RecordError {
    fn from(problem: Problem) -> Self {
        Self::Refused(Box::new(problem))
    }
}

impl<E: Into<ImportError>> From<E> for RecordError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Records something, with the sources that come with it, within the transaction of the caller.
///
/// # Errors
/// What is wrong with it, or what the store says; what was stored by then is for the caller to take back.
pub(crate) fn record(
    connection: &mut Connection,
    ids: &mut IdMaker,
    now: NaiveDateTime,
    sources: Vec<SourceLine>,
    fact: Fact,
) -> Result<Recorded, RecordError> {
    let mut hand = Hand::new(&DATA_SET);
    let mut desk = Desk::by_hand((connection, ids), now, &mut hand);
    let mut refs = Refs::default();
    new_sources(sources, &mut refs, &mut desk)?;
    let table = place(fact, &mut refs, &mut desk)?;
    desk.derive()?;
    let stored = desk.into_stored();
    let of_table = stored.iter().find(|(name, _)| *name == table).and_then(|(_, ids)| ids.last().copied());
    let id = of_table.ok_or_else(|| ImportError::Internal(format!("nothing was stored in `{table}`")))?;
    Ok(Recorded { id, stored })
}

/// Stores something, and says in which table it is.
fn place(fact: Fact, refs: &mut Refs, desk: &mut Desk<'_>) -> Result<&'static str, RecordError> {
    match fact {
        Fact::Company(line, relations, rivals) => {
            free_company(&line, desk)?;
            new_line(line, ("slug", |line| &line.slug), refs, desk)?;
            tie(&relations, "relations", refs, desk)?;
            tie(&rivals, "rivals", refs, desk)?;
            Ok("company")
        }
        Fact::Agreement(line) => {
            free_agreement(&line, desk)?;
            new_line(line, ("slug", |line| &line.slug), refs, desk)?;
            Ok("agreement")
        }
        Fact::Patent(line) => {
            free_patent(&line, desk)?;
            new_line(line, ("number", |line| &line.number), refs, desk)?;
            Ok("patent")
        }
        Fact::Transfer(line) => {
            let line = Box::new(placed(*line, refs, desk)?);
            new_line(line, ("reelFrame", |line| line.reel_frame.as_deref().unwrap_or_default()), refs, desk)?;
            Ok("patent_transfer")
        }
        Fact::Area(line) => {
            free("slug", &line.slug, !areas_by_slug(desk.connection, &[&line.slug])?.is_empty())?;
            new_line(line, ("slug", |line| &line.slug), refs, desk)?;
            Ok("cooperation_area")
        }
        Fact::Statement(person, item) => {
            state(&person, item, refs, desk)?;
            Ok("statement")
        }
        Fact::Observation(company, item) => {
            observe(&company, &item, refs, desk)?;
            Ok("observation")
        }
        Fact::Evidence(kind, fact, citations) => {
            support((kind, fact), &citations, refs, desk)?;
            Ok("citation")
        }
    }
}

/// The row of a company, its values checked.
pub(crate) fn company_row(line: &CompanyLine) -> Result<BulkCompany, Problem> {
    company::company(line)
}

/// The row of an agreement, its values checked.
pub(crate) fn agreement_row(line: &AgreementLine) -> Result<AgreementRow, Problem> {
    agreement::agreement(line)
}

/// Refuses a value that something stands under.
fn free(field: &str, value: &str, is_taken: bool) -> Result<(), Problem> {
    if !is_taken {
        return Ok(());
    }
    let problem = Problem::new(field, value, "it is recorded already", "something that is not recorded yet");
    Err(problem.of_kind(Wrong::Taken))
}

fn unknown(field: &str, value: &str, expected: &str) -> Problem {
    Problem::new(field, value, "it names nothing that is known", expected).of_kind(Wrong::Unknown)
}

/// Stores what comes as a line; another that stood was not to be changed by it.
fn new_line<K: Kind>(
    line: K,
    (field, value): (&str, fn(&K) -> &str),
    refs: &mut Refs,
    desk: &mut Desk<'_>,
) -> Result<(), RecordError> {
    let line = [line];
    match store(&line, refs, desk)?.pop() {
        Some(Fate::Stored) => Ok(()),
        Some(Fate::Refused(problem)) => Err(problem.into()),
        _ => Ok(free(field, line.iter().map(value).next().unwrap_or_default(), true)?),
    }
}

/// Stores what ties something new to others: each once.
fn tie<K: Kind>(lines: &[K], list: &'static str, refs: &mut Refs, desk: &mut Desk<'_>) -> Result<(), RecordError> {
    for (index, fate) in store(lines, refs, desk)?.into_iter().enumerate() {
        match fate {
            Fate::Stored => {}
            Fate::Refused(problem) => return Err(problem.within(list, index).into()),
            _ => {
                let problem = Problem::new("", "", "it is given twice", "each once").of_kind(Wrong::Repeated);
                return Err(problem.within(list, index).into());
            }
        }
    }
    Ok(())
}

/// How citations name a source.
fn reference(line: &SourceLine) -> SourceRef {
    match &line.url {
        Some(url) => Short::Text(url.clone()),
        None => Short::Object(SourceName {
            publisher: line.publisher.clone(),
            title: line.title.clone(),
            published_on: line.published_on.clone(),
        }),
    }
}

/// Stores the sources that do not stand; those that do are left as they are.
fn new_sources(lines: Vec<SourceLine>, refs: &mut Refs, desk: &mut Desk<'_>) -> Result<(), RecordError> {
    if lines.is_empty() {
        return Ok(());
    }
    let mut asked = Asked::default();
    lines.iter().for_each(|line| asked.source(&reference(line)));
    refs.find(asked, desk)?;
    let stands = |line: &SourceLine| refs.source("url", &reference(line)).is_ok();
    let (places, new): (Vec<usize>, Vec<SourceLine>) =
        lines.into_iter().enumerate().filter(|(_, line)| !stands(line)).unzip();
    refs.forget_sources();
    for (place, fate) in places.into_iter().zip(store(&new, refs, desk)?) {
        match fate {
            Fate::Refused(problem) => return Err(problem.within("sources", place).into()),
            Fate::Stored => {}
            _ => {
                let problem = Problem::new("url", "", "it is given twice", "each once").of_kind(Wrong::Repeated);
                return Err(problem.within("sources", place).into());
            }
        }
    }
    refs.forget_sources();
    Ok(())
}

fn free_company(line: &CompanyLine, desk: &mut Desk<'_>) -> Result<(), RecordError> {
    let slug = line.slug.as_str();
    let mut stands = !companies_by_slug(desk.connection, &[slug])?.is_empty();
    stands |= !companies_formerly(desk.connection, &[slug])?.is_empty();
    free("slug", slug, stands)?;
    if let Some(lei) = line.lei.as_deref() {
        free("lei", lei, !companies_by_lei(desk.connection, &[lei])?.is_empty())?;
    }
    Ok(())
}

fn free_agreement(line: &AgreementLine, desk: &mut Desk<'_>) -> Result<(), RecordError> {
    free("slug", &line.slug, !agreements_by_slug(desk.connection, &[&line.slug])?.is_empty())?;
    for (index, item) in line.transfers.iter().enumerate() {
        two_sided(item).map_err(|problem| problem.within("transfers", index))?;
    }
    let places: Vec<&str> = line.transfers.iter().filter_map(|item| item.reel_frame.as_deref()).collect();
    let taken = transfers_recorded(desk.connection, &places)?.into_iter().find_map(|row| row.reel_frame);
    if let Some(taken) = taken {
        let index = line.transfers.iter().position(|item| item.reel_frame.as_ref() == Some(&taken));
        let refused = free("transfers.reelFrame", &taken, true);
        refused.map_err(|problem| problem.within("transfers", index.unwrap_or_default()))?;
    }
    Ok(())
}

/// Refuses a transfer that names nobody on one of its sides: by hand, only companies are named.
fn two_sided(line: &TransferLine) -> Result<(), Problem> {
    let sides = [("assignors", &line.assignors), ("assignees", &line.assignees)];
    let missing = sides.into_iter().find(|(_, parties)| parties.is_empty());
    missing.map_or(Ok(()), |(side, _)| Err(Problem::new(side, "[]", "it names nobody", "at least one company")))
}

fn free_patent(line: &PatentLine, desk: &mut Desk<'_>) -> Result<(), RecordError> {
    let Some(number) = PublicationNumber::parse(&line.number) else { return Ok(()) };
    let known = patent_keys(desk.connection, &number.office, &[&number.number])?;
    let is_same = |kind: &Option<String>| *kind == number.kind || kind.is_none() || number.kind.is_none();
    Ok(free("number", &line.number, known.iter().any(|key| is_same(&key.kind_code)))?)
}

/// A transfer that a source lists, at the place behind the last one there.
fn placed(line: TransferLine, refs: &mut Refs, desk: &mut Desk<'_>) -> Result<TransferLine, RecordError> {
    let Some(source) = line.listed_by.clone() else {
        return Err(unknown("listedBy", "", "the source that lists the transfer").into());
    };
    two_sided(&line)?;
    let mut asked = Asked::default();
    asked.source(&source);
    refs.find(asked, desk)?;
    let listed_by = refs.source("listedBy", &source)?;
    if let Some(place) = line.reel_frame.as_deref() {
        free("reelFrame", place, !transfers_recorded(desk.connection, &[place])?.is_empty())?;
    }
    let ordinal = among::last_transfer(desk.connection, listed_by)?.saturating_add(1);
    Ok(TransferLine { ordinal: Some(ordinal), ..line })
}

/// Stores what a person is quoted with, behind what the same source quotes.
fn state(person: &str, item: StatementItem, refs: &mut Refs, desk: &mut Desk<'_>) -> Result<(), RecordError> {
    let found = people_by_slug(desk.connection, &[person])?.into_iter().next();
    let person_id = found.ok_or_else(|| unknown("person", person, "the short name of a known person"))?.id;
    let mut asked = Asked::default();
    person::refer(&item, &mut asked);
    refs.find(asked, desk)?;
    let source = refs.source("source", &item.source)?;
    let ordinal = among::last_statement(desk.connection, person_id, source)?.saturating_add(1);
    let item = StatementItem { ordinal: Some(ordinal), ..item };
    let rows = person::statements(refs, std::slice::from_ref(&item))?;
    let mut facts = Facts::of(Vec::new(), desk)?;
    let mut maker = Maker::of(refs, desk);
    for (row, cited) in rows {
        facts.put(&mut maker, FactKind::Statement, StatementRow { person_id, ..row }, cited)?;
    }
    Ok(facts.store(desk)?)
}

/// Stores a figure about a company, unless the source has reported one for that period.
fn observe(company: &str, item: &ObservationItem, refs: &mut Refs, desk: &mut Desk<'_>) -> Result<(), RecordError> {
    let reference = Short::Text(company.to_owned());
    let mut asked = Asked::default();
    asked.company(&reference);
    company::refer(item, &mut asked);
    refs.find(asked, desk)?;
    let company_id = refs.company("company", &reference)?;
    let (row, cited) = company::observation(refs, item, &mut HashSet::new())?;
    let mut facts = Facts::of(observations_of(desk.connection, &[company_id])?, desk)?;
    let mut maker = Maker::of(refs, desk);
    let (own, _) = facts.put(&mut maker, FactKind::Observation, ObservationRow { company_id, ..row }, cited)?;
    free("metric", &item.metric, own != Change::New)?;
    Ok(facts.store(desk)?)
}

/// Stores what sources say of a fact, behind what they say of it already.
fn support(
    fact: (FactKind, i64),
    citations: &[Citation],
    refs: &mut Refs,
    desk: &mut Desk<'_>,
) -> Result<(), RecordError> {
    let mut asked = Asked::default();
    evidence::refer(citations, &mut asked);
    refs.find(asked, desk)?;
    let cited = evidence::own(refs, citations)?;
    let standing = citations_of_facts(desk.connection, &[fact.1])?;
    let mut sheet = Sheet::default();
    evidence::add(&mut sheet, &mut Maker::of(refs, desk), fact, &standing, cited)?;
    Ok(sheet.store(desk)?)
}
