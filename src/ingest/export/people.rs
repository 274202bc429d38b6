//! People with their offices and quotes, and the matches of names that they decide.

use std::collections::HashMap;

use super::{Export, ExportError, PAGE, day, grouped, words};
use crate::ingest::deals::{AppointmentItem, Line, NameMatchLine, PersonLine, StatementItem};
use crate::store::bulk::{PersonRow, agreements, appointments_of, candidates_after, people_after, statements_of};

pub(super) fn write(export: &mut Export<'_>) -> Result<(), ExportError> {
    let mut last = String::new();
    loop {
        let rows = people_after(export.connection, &last, PAGE)?;
        let Some(end) = rows.last() else { return Ok(()) };
        last.clone_from(&end.slug);
        write_page(export, rows)?;
    }
}

fn write_page(export: &mut Export<'_>, rows: Vec<PersonRow>) -> Result<(), ExportError> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut appointments = appointments_of(export.connection, &ids)?;
    let mut statements = statements_of(export.connection, &ids)?;
    let of_statements = statements.iter().filter_map(|row| row.company_id);
    let slugs = export.companies(appointments.iter().map(|row| row.company_id).chain(of_statements))?;
    let about = super::distinct(statements.iter().filter_map(|row| row.agreement_id));
    let about = agreements(export.connection, &about)?;
    let about: HashMap<i64, String> = about.into_iter().map(|row| (row.id, row.slug)).collect();
    let facts = ids.into_iter().chain(appointments.iter().map(|row| row.id));
    let mut cited = export.citations(facts.chain(statements.iter().map(|row| row.id)))?;
    appointments.sort_by_cached_key(|row| (slugs.slug(row.company_id), row.title.clone(), row.since));
    statements.sort_by_key(|row| (export.source_place(row.source_id), row.ordinal));
    let mut appointments = grouped(appointments, |row| row.person_id);
    let mut statements = grouped(statements, |row| row.person_id);
    for row in rows {
        let appointments = appointments.remove(&row.id).unwrap_or_default().into_iter().map(|row| AppointmentItem {
            company: slugs.company(row.company_id),
            title: row.title,
            since: day(row.since),
            until: day(row.until),
            citations: cited.of(row.id),
        });
        let appointments = appointments.collect();
        let mut counted = HashMap::new();
        let statements = statements.remove(&row.id).unwrap_or_default().into_iter().map(|row| StatementItem {
            source: export.source(row.source_id),
            quote: row.quote,
            ordinal: words::said(row.ordinal, counted.entry(row.source_id).or_default()),
            said_on: day(row.said_on),
            agreement: row.agreement_id.and_then(|id| about.get(&id).cloned()),
            company: row.company_id.map(|company| slugs.company(company)),
            citations: cited.of(row.id),
        });
        let statements = statements.collect();
        let citations = cited.of(row.id);
        let (slug, name, description) = (row.slug, row.name, row.description);
        export.line(&Line::Person(PersonLine { slug, name, description, citations, appointments, statements }))?;
    }
    Ok(())
}

pub(super) fn write_name_matches(export: &mut Export<'_>) -> Result<(), ExportError> {
    let mut last = i64::MIN;
    loop {
        let rows = candidates_after(export.connection, last, PAGE)?;
        let Some(end) = rows.last() else { return Ok(()) };
        last = end.id;
        let slugs = export.companies(rows.iter().map(|row| row.company_id))?;
        for row in rows {
            export.line(&Line::NameMatch(NameMatchLine {
                spelling: row.spelling,
                company: slugs.company(row.company_id),
                spelt_like: row.spelt_like,
                score: row.score,
                doubt: row.doubt,
                decision: row.decision,
            }))?;
        }
    }
}
