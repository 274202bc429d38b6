//! People with their offices and quotes.

use std::collections::{HashMap, HashSet};

use super::evidence::{self, Cited};
use super::field;
use super::refs::{Asked, Refs};
use super::run::{Kind, Maker};
use super::sheet::{Change, Sheet};
use crate::ingest::deals::{AppointmentItem, PersonLine, StatementItem};
use crate::ingest::import::{Desk, ImportError, Problem};
use crate::store::bulk::{
    AppointmentRow, PersonRow, StatementRow, appointments_of, citations_of_facts, people_by_slug, statements_of,
};
use crate::store::records::{CitationRow, FactKind};
use crate::text::fold;

pub(super) struct PersonRows {
    person: PersonRow,
    cited: Vec<Cited>,
    appointments: Vec<(AppointmentRow, Vec<Cited>)>,
    statements: Vec<(StatementRow, Vec<Cited>)>,
}

pub(super) struct Sheets {
    people: Sheet<PersonRow>,
    appointments: Sheet<AppointmentRow>,
    statements: Sheet<StatementRow>,
    citations: Sheet<CitationRow>,
}

impl Kind for PersonLine {
    type Rows = PersonRows;
    type Sheets = Sheets;

    fn record(&self) -> String {
        format!("person {}", self.slug)
    }

    fn refer(&self, asked: &mut Asked) {
        evidence::refer(&self.citations, asked);
        for item in &self.appointments {
            asked.company(&item.company);
            evidence::refer(&item.citations, asked);
        }
        self.statements.iter().for_each(|item| refer(item, asked));
    }

    fn rows(&self, refs: &Refs) -> Result<PersonRows, Problem> {
        let mut held = HashSet::new();
        let person = PersonRow {
            id: 0,
            slug: field::slug("slug", &self.slug)?,
            name: field::name("name", &self.name)?,
            name_folded: fold(&self.name),
            description: field::optional(self.description.as_ref(), |text| field::prose("description", text))?,
        };
        Ok(PersonRows {
            person,
            cited: evidence::own(refs, &self.citations)?,
            appointments: field::each("appointments", &self.appointments, |_, item| {
                appointment(refs, item, &mut held)
            })?,
            statements: statements(refs, &self.statements)?,
        })
    }

    fn find(rows: &[Result<PersonRows, Problem>], desk: &mut Desk<'_>) -> Result<Sheets, ImportError> {
        let slugs: Vec<&str> = rows.iter().flatten().map(|rows| &*rows.person.slug).collect();
        let people = people_by_slug(desk.connection, &slugs)?;
        let ids: Vec<i64> = people.iter().map(|row| row.id).collect();
        let appointments = appointments_of(desk.connection, &ids)?;
        let statements = statements_of(desk.connection, &ids)?;
        let mut facts = ids;
        facts.extend(appointments.iter().map(|row| row.id));
        facts.extend(statements.iter().map(|row| row.id));
        Ok(Sheets {
            people: Sheet::of(people),
            appointments: Sheet::of(appointments),
            statements: Sheet::of(statements),
            citations: Sheet::of(citations_of_facts(desk.connection, &facts)?),
        })
    }

    fn put(rows: PersonRows, sheets: &mut Sheets, maker: &mut Maker<'_>) -> Result<(Change, Change), Problem> {
        let (id, own) = sheets.people.put(maker.ids, rows.person)?;
        let citations = &mut sheets.citations;
        let mut inside = evidence::put(citations, maker, FactKind::Person, id, rows.cited)?;
        for (row, cited) in rows.appointments {
            let (fact, change) = sheets.appointments.put(maker.ids, AppointmentRow { person_id: id, ..row })?;
            inside = inside.max(change).max(evidence::put(citations, maker, FactKind::Appointment, fact, cited)?);
        }
        for (row, cited) in rows.statements {
            let row = StatementRow { person_id: id, ..row };
            // What a quote is about is one thing: another takes the place of the first.
            let key = (id, row.source_id, row.ordinal);
            let is_about = |row: &StatementRow| (row.agreement_id, row.company_id);
            let (fact, change) = match sheets.statements.find(&key).filter(|found| is_about(found) != is_about(&row)) {
                Some(found) => (found.id, sheets.statements.replace(&key, row)),
                None => sheets.statements.put(maker.ids, row)?,
            };
            inside = inside.max(change).max(evidence::put(citations, maker, FactKind::Statement, fact, cited)?);
        }
        Ok((own, inside))
    }

    fn store(sheets: Sheets, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        sheets.people.store(desk)?;
        sheets.appointments.store(desk)?;
        sheets.statements.store(desk)?;
        sheets.citations.store(desk)
    }
}

/// Asks for all that a quote refers to.
pub(super) fn refer(item: &StatementItem, asked: &mut Asked) {
    asked.source(&item.source);
    item.agreement.iter().for_each(|slug| asked.agreement(slug));
    item.company.iter().for_each(|company| asked.company(company));
    evidence::refer(&item.citations, asked);
}

type Appointed = (AppointmentRow, Vec<Cited>);

fn appointment(
    refs: &Refs,
    item: &AppointmentItem,
    seen: &mut HashSet<(i64, String, Option<chrono::NaiveDate>)>,
) -> Result<Appointed, Problem> {
    let row = AppointmentRow {
        id: 0,
        person_id: 0,
        company_id: refs.company("appointments.company", &item.company)?,
        title: field::name("appointments.title", &item.title)?,
        since: field::optional(item.since.as_ref(), |text| field::day("appointments.since", text))?,
        until: field::optional(item.until.as_ref(), |text| field::day("appointments.until", text))?,
    };
    field::once("appointments.title", &item.title, (row.company_id, row.title.clone(), row.since), seen)?;
    Ok((row, evidence::own(refs, &item.citations)?))
}

/// The rows of quotes whose person is not known yet.
pub(super) fn statements(refs: &Refs, items: &[StatementItem]) -> Result<Vec<(StatementRow, Vec<Cited>)>, Problem> {
    let mut places: HashMap<i64, usize> = HashMap::new();
    let mut seen = HashSet::new();
    let mut rows = Vec::with_capacity(items.len());
    for item in items {
        let source_id = refs.source("statements.source", &item.source)?;
        let index = places.entry(source_id).or_default();
        let ordinal = field::place("statements.ordinal", item.ordinal, *index)?;
        *index += 1;
        field::once("statements.ordinal", &ordinal.to_string(), (source_id, ordinal), &mut seen)?;
        let (agreement_id, company_id) = match (&item.agreement, &item.company) {
            (Some(slug), None) => (Some(refs.agreement("statements.agreement", slug)?), None),
            (None, Some(company)) => (None, Some(refs.company("statements.company", company)?)),
            _ => {
                let expected = "either an `agreement` or a `company` that it is about";
                return Err(field::wrong("statements", &item.quote, expected));
            }
        };
        let row = StatementRow {
            id: 0,
            person_id: 0,
            source_id,
            ordinal,
            quote: field::prose("statements.quote", &item.quote)?,
            quote_folded: fold(&item.quote),
            said_on: field::optional(item.said_on.as_ref(), |text| field::day("statements.saidOn", text))?,
            agreement_id,
            company_id,
        };
        rows.push((row, evidence::reported(refs, &item.citations, &item.source)?));
    }
    Ok(rows)
}
