//! People, their offices and their quotes into rows.

use std::collections::HashMap;

use crate::ingest::IngestError;
use crate::ingest::format::{AppointmentItem, Line, PersonLine, StatementItem};
use crate::ingest::load::evidence::reported;
use crate::ingest::load::plan::Plan;
use crate::ingest::place::Place;
use crate::store::records::{AppointmentRow, FactKind, PersonRow, StatementRow};
use crate::text::fold;

/// Places a person with offices and quotes.
pub(super) fn place(plan: &mut Plan<'_>, line: &Line<'_, PersonLine>) -> Result<(), IngestError> {
    let (at, person) = (line.place(), &line.content);
    let row = PersonRow {
        id: plan.ids.next_id(),
        slug: at.slug("slug", &person.slug)?,
        name: at.text("name", &person.name)?,
        name_folded: fold(&person.name),
        description: at.optional_text("description", person.description.as_deref())?,
    };
    let id = at.once("slug", &person.slug, plan.people.place(row))?;
    plan.cite(at, FactKind::Person, id, &person.citations)?;
    person.appointments.iter().try_for_each(|appointment| place_appointment(plan, at, id, appointment))?;
    let mut ordinals: HashMap<&str, i32> = HashMap::new();
    for statement in &person.statements {
        let ordinal = ordinals.entry(&statement.source).or_default();
        *ordinal = ordinal.saturating_add(1);
        place_statement(plan, at, id, *ordinal, statement)?;
    }
    Ok(())
}

fn place_appointment(
    plan: &mut Plan<'_>,
    at: Place<'_>,
    person_id: i64,
    item: &AppointmentItem,
) -> Result<(), IngestError> {
    let row = AppointmentRow {
        id: plan.ids.next_id(),
        person_id,
        company_id: plan.company(at, "appointments.company", &item.company)?,
        title: at.text("appointments.title", &item.title)?,
        since: at.day("appointments.since", item.since.as_deref())?,
        until: at.day("appointments.until", item.until.as_deref())?,
    };
    let id = at.once("appointments.title", &item.title, plan.appointments.place(row))?;
    plan.cite(at, FactKind::Appointment, id, &item.citations)
}

/// Places a quote; gives its id.
pub(super) fn place_statement(
    plan: &mut Plan<'_>,
    at: Place<'_>,
    person_id: i64,
    ordinal: i32,
    item: &StatementItem,
) -> Result<i64, IngestError> {
    let (agreement_id, company_id) = subject(plan, at, item)?;
    let row = StatementRow {
        id: plan.ids.next_id(),
        person_id,
        source_id: plan.source(at, "statements.source", &item.source)?,
        ordinal,
        quote: at.text("statements.quote", &item.quote)?,
        quote_folded: fold(&item.quote),
        said_on: at.day("statements.saidOn", item.said_on.as_deref())?,
        agreement_id,
        company_id,
    };
    let id = at.once("statements.quote", &item.quote, plan.statements.place(row))?;
    plan.cite(at, FactKind::Statement, id, &reported(&item.citations, &item.source))?;
    Ok(id)
}

fn subject(plan: &Plan<'_>, at: Place<'_>, item: &StatementItem) -> Result<(Option<i64>, Option<i64>), IngestError> {
    match (item.agreement.as_deref(), item.company.as_deref()) {
        (Some(slug), None) => Ok((Some(plan.agreement(at, "statements.agreement", slug)?), None)),
        (None, Some(slug)) => Ok((None, Some(plan.company(at, "statements.company", slug)?))),
        _ => Err(at.wrong("statements", &item.quote, "either an `agreement` or a `company` that it is about")),
    }
}
