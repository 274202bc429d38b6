//! Mutations that record something new: their inputs are lines of the `deals` format, or nearly so.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::changes::Subject;
use crate::document::input::Input;
use crate::ingest::deals::{
    AssigneeItem, ObservationItem, PatentLine, RelationLine, RivalryLine, Short, StatementItem,
};
use crate::ingest::import::Fact;
use crate::mutation::error::{Fault, UserErrorCode};
use crate::mutation::{Desk, value};
use crate::store::records::{among, touching};
use crate::text::fold;

/// The patents that an input names, as they are before they may have other owners.
fn named(desk: &mut Desk<'_>, input: &Input) -> Result<Vec<(i64, Option<String>)>, Fault> {
    let patents = touching::patents_named(desk.connection, &patents_of(input))?;
    desk.states(&patents)
}

/// Items of an input as lines that tie the company of the input to another, which each names in a field of its own.
fn ties<T: DeserializeOwned>(
    members: &mut Map<String, Value>,
    list: &str,
    (company, other): (&str, Option<&str>),
) -> Result<Vec<T>, Fault> {
    let mut items: Vec<Map<String, Value>> = value::list(members, list)?;
    for item in &mut items {
        if let Some(named) = other.and_then(|other| Some((other, item.remove("company")?))) {
            item.insert(named.0.to_owned(), named.1);
        }
        item.insert("company".to_owned(), company.into());
    }
    items.into_iter().map(value::line).collect()
}

/// `companyRecord`.
pub(super) fn company(desk: &mut Desk<'_>, input: &Input) -> Result<i64, Fault> {
    let mut members = value::object(input);
    let sources = value::list(&mut members, "sources")?;
    let slug = value::text(input, "slug");
    let relations: Vec<RelationLine> = ties(&mut members, "relations", (slug, None))?;
    let rivals: Vec<RivalryLine> = ties(&mut members, "rivals", (slug, Some("rival")))?;
    let fact = Fact::Company(Box::new(value::line(members)?), relations, rivals);
    let done = desk.record(input, sources, fact).map_err(|fault| fault.named("rival", "company"))?;
    desk.note_new(Subject::Company(done.id), true, &done.stored)?;
    Ok(done.id)
}

/// `agreementRecord`.
pub(super) fn agreement(desk: &mut Desk<'_>, input: &Input) -> Result<i64, Fault> {
    let mut members = value::object(input);
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

/// The assignees of a list of an input, with the company of each that has its name.
fn assignees(desk: &mut Desk<'_>, input: &Input, (list, named): (&str, &str)) -> Result<Vec<AssigneeItem>, Fault> {
    let Some(Input::List(items)) = input.field(list) else { return Ok(Vec::new()) };
    let texts = items.iter().filter_map(|item| if let Input::Text(text) = item { Some(text.clone()) } else { None });
    let names: Vec<String> = texts.collect();
    if let Some(wrong) = names.iter().find(|name| name.contains(';') || name.trim().is_empty()) {
        let message = format!("`{wrong}` is given where a name without a semicolon is expected.");
        return Err(Fault::at(UserErrorCode::BadValue, list, message));
    }
    let companies = among::companies_spelled(desk.connection, &names)?;
    let item = |name: String| AssigneeItem {
        company: companies.get(&fold(&name)).cloned().map(Short::Text),
        name,
        named: Some(named.to_owned()),
        ordinal: None,
        stated_on: None,
        location: None,
        source: None,
    };
    Ok(names.into_iter().map(item).collect())
}

/// `patentRecord`.
pub(super) fn patent(desk: &mut Desk<'_>, input: &Input) -> Result<i64, Fault> {
    let mut members = value::object(input);
    let sources = value::list(&mut members, "sources")?;
    let original = assignees(desk, input, ("originalAssignees", "AT_PUBLICATION"))?;
    let current = assignees(desk, input, ("currentAssignees", "AT_PRESENT"))?;
    members.remove("originalAssignees");
    members.remove("currentAssignees");
    if let Some(number) = members.remove("publicationNumber") {
        members.insert("number".to_owned(), number);
    }
    let mut line: PatentLine = value::line(members)?;
    let spelled: Vec<&str> = original.iter().map(|item| item.name.as_str()).collect();
    line.original_assignee = (!spelled.is_empty()).then(|| spelled.join("; "));
    line.assignees = original.into_iter().chain(current).collect();
    let fact = Fact::Patent(Box::new(line));
    let done = desk.record(input, sources, fact).map_err(|fault| fault.named("number", "publicationNumber"))?;
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
