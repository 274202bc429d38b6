//! Mutations that record something new: their inputs are lines of the data files' formats.

use serde_json::{Map, Value};

use crate::changes::Subject;
use crate::document::input::Input;
use crate::ingest::Fact;
use crate::ingest::format::{ObservationItem, PatentRecord, StatementItem};
use crate::mutation::error::{Fault, UserErrorCode};
use crate::mutation::{Desk, value};
use crate::store::records::touching;

/// The patents that an input names, as they are before they may have other owners.
fn named(desk: &mut Desk<'_>, input: &Input) -> Result<Vec<(i64, Option<String>)>, Fault> {
    let patents = touching::patents_named(desk.connection, &patents_of(input))?;
    desk.states(&patents)
}

/// An input whose citations are there, if none of them: so that their absence is found where all facts are checked.
fn with_citations(mut members: Map<String, Value>, lists: &[&str]) -> Map<String, Value> {
    let none = || Value::Array(Vec::new());
    members.entry("citations").or_insert_with(none);
    for list in lists {
        let Some(Value::Array(items)) = members.get_mut(*list) else { continue };
        for item in items.iter_mut().filter_map(Value::as_object_mut) {
            item.entry("citations").or_insert_with(none);
        }
    }
    members
}

/// `companyRecord`.
pub(super) fn company(desk: &mut Desk<'_>, input: &Input) -> Result<i64, Fault> {
    let mut members = with_citations(value::object(input), &["names", "relations", "markets", "rivals"]);
    let sources = value::list(&mut members, "sources")?;
    let line = Box::new(value::line(members)?);
    let done = desk.record(input, sources, Fact::Company(line))?;
    touching::index_company(desk.connection, done.id)?;
    desk.note_new(Subject::Company(done.id), true, &done.stored)?;
    Ok(done.id)
}

/// `agreementRecord`.
pub(super) fn agreement(desk: &mut Desk<'_>, input: &Input) -> Result<i64, Fault> {
    let mut members = with_citations(value::object(input), &[]);
    let sources = value::list(&mut members, "sources")?;
    let owned = named(desk, input)?;
    let line = Box::new(value::line(members)?);
    let done = desk.record(input, sources, Fact::Agreement(line))?;
    desk.note_new(Subject::Agreement(done.id), true, &done.stored)?;
    desk.note_derived(owned)?;
    Ok(done.id)
}

/// The publication numbers of the transfers of an input.
fn patents_of(input: &Input) -> Vec<String> {
    let transfers = if let Some(Input::List(items)) = input.field("transfers") { items.as_slice() } else { &[] };
    let listed = transfers.iter().chain([input]).filter_map(|item| item.field("patents"));
    let texts = listed.flat_map(|list| if let Input::List(items) = list { items.as_slice() } else { &[] });
    texts.filter_map(|text| if let Input::Text(text) = text { Some(text.clone()) } else { None }).collect()
}

/// `patentRecord`.
pub(super) fn patent(desk: &mut Desk<'_>, input: &Input) -> Result<i64, Fault> {
    let mut members = value::object(input);
    let sources = value::list(&mut members, "sources")?;
    let text = |name: &str| members.get(name).and_then(Value::as_str).map(str::to_owned);
    let joined = |name: &str, mark: &str| -> Result<Option<String>, Fault> {
        let Some(Value::Array(items)) = members.get(name) else { return Ok(None) };
        let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
        if let Some(wrong) = items.iter().find(|item| item.contains(';') || item.trim().is_empty()) {
            let message = format!("`{wrong}` is given where a text without a semicolon is expected.");
            return Err(Fault::at(UserErrorCode::BadValue, name, message));
        }
        Ok((!items.is_empty()).then(|| items.join(mark)))
    };
    let record = PatentRecord {
        publication_number: text("publicationNumber").unwrap_or_default(),
        title: text("title"),
        original_assignee: joined("originalAssignees", "; ")?,
        current_assignee: joined("currentAssignees", "; ")?,
        priority_on: text("priorityOn"),
        filed_on: text("filedOn"),
        published_on: text("publishedOn"),
        granted_on: text("grantedOn"),
        status: text("status"),
        cpc: joined("cpc", ";")?,
        ipc: joined("ipc", ";")?,
        source: text("source").unwrap_or_default(),
        source_record: text("sourceRecord"),
    };
    let done = desk.record(input, sources, Fact::Patent(Box::new(record)))?;
    desk.note_new(Subject::Patent(done.id), true, &done.stored)?;
    Ok(done.id)
}

/// `transferRecord`.
pub(super) fn transfer(desk: &mut Desk<'_>, input: &Input) -> Result<i64, Fault> {
    let mut members = value::object(input);
    let sources = value::list(&mut members, "sources")?;
    let owned = named(desk, input)?;
    let line = Box::new(value::line(members)?);
    let done = desk.record(input, sources, Fact::Transfer(line))?;
    desk.note_new(Subject::PatentTransfer(done.id), true, &done.stored)?;
    desk.note_derived(owned)?;
    Ok(done.id)
}

/// `areaRecord`.
pub(super) fn area(desk: &mut Desk<'_>, input: &Input) -> Result<i64, Fault> {
    let done = desk.record(input, Vec::new(), Fact::Area(value::line(value::object(input))?))?;
    touching::classify(desk.connection, done.id)?;
    desk.note_new(Subject::CooperationArea(done.id), true, &done.stored)?;
    Ok(done.id)
}

/// `statementAdd`.
pub(super) fn statement(desk: &mut Desk<'_>, input: &Input) -> Result<i64, Fault> {
    let mut members = value::object(input);
    let sources = value::list(&mut members, "sources")?;
    let person = value::text(input, "person").to_owned();
    members.remove("person");
    let item: StatementItem = value::line(members)?;
    if item.agreement.is_some() == item.company.is_some() {
        let message = "A statement is about either an `agreement` or a `company`.";
        return Err(Fault::at(UserErrorCode::BadValue, "agreement", message));
    }
    let done = desk.record(input, sources, Fact::Statement(person, item))?;
    let person = touching::person_of(desk.connection, done.id)?;
    desk.note_new(Subject::Person(person), false, &done.stored)?;
    Ok(done.id)
}

/// `observationAdd`.
pub(super) fn observation(desk: &mut Desk<'_>, input: &Input) -> Result<i64, Fault> {
    let mut members = value::object(input);
    let sources = value::list(&mut members, "sources")?;
    let company = value::text(input, "company").to_owned();
    members.remove("company");
    let item: ObservationItem = value::line(members)?;
    let done = desk.record(input, sources, Fact::Observation(company, item))?;
    let company = touching::company_of(desk.connection, done.id)?;
    desk.note_new(Subject::Company(company), false, &done.stored)?;
    Ok(done.id)
}
