//! Corrections of companies.

use crate::changes::{ChangeKind, Subject};
use crate::document::input::Input;
use crate::ingest::deals::CompanyLine;
use crate::ingest::import::company_row;
use crate::mutation::error::{Fault, UserErrorCode};
use crate::mutation::update::{check_not_null, cite, evidence, given, stale};
use crate::mutation::{Desk, value};
use crate::store::bulk::{companies_by_slug, companies_formerly};
use crate::store::records::correct::{CompanyChange, correct_company, seen_company};
use crate::store::records::{FactKind, among, touching};

/// The company of a slug, or of one that leads to it.
pub(super) fn found(desk: &mut Desk<'_>, field: &str, slug: &str) -> Result<i64, Fault> {
    let mut found: Vec<i64> = companies_by_slug(desk.connection, &[slug])?.into_iter().map(|row| row.id).collect();
    found.extend(companies_formerly(desk.connection, &[slug])?.into_iter().map(|row| row.company_id));
    let shown: String = slug.chars().take(80).collect();
    let missing = || Fault::at(UserErrorCode::NotFound, field, format!("There is no company `{shown}`."));
    found.first().copied().ok_or_else(missing)
}

/// `companyUpdate`.
pub(super) fn update(desk: &mut Desk<'_>, input: &Input) -> Result<i64, Fault> {
    let id = found(desk, "slug", value::text(input, "slug"))?;
    let (name, present) = seen_company(desk.connection, id)?;
    let seen = value::number(input, "version");
    if seen != present {
        return Err(stale("version", seen, present, id));
    }
    check_not_null(input, "name")?;
    let mut members = value::object(input);
    let (citations, sources) = evidence(&mut members)?;
    members.remove("version");
    members.entry("name").or_insert_with(|| name.into());
    let line: CompanyLine = value::line(members)?;
    let row = company_row(&line).map_err(|problem| Fault::of_problem(&problem, input))?;
    if let Some(lei) = &row.lei
        && among::company_of_lei(desk.connection, lei)?.is_some_and(|other| other != id)
    {
        return Err(Fault::at(UserErrorCode::Taken, "lei", format!("Another company has the LEI {lei}.")));
    }
    let subject = Subject::Company(id);
    let before = desk.state(subject)?;
    let change = CompanyChange {
        name: given(input, "name", row.name),
        name_folded: given(input, "name", row.name_folded),
        legal_name: given(input, "legalName", row.legal_name),
        lei: given(input, "lei", row.lei),
        country: given(input, "country", row.country),
        city: given(input, "city", row.city),
        founded_on: given(input, "foundedOn", row.founded_on),
        dissolved_on: given(input, "dissolvedOn", row.dissolved_on),
        website: given(input, "website", row.website),
        description: given(input, "description", row.description),
        version: seen.saturating_add(1),
    };
    if !correct_company(desk.connection, id, seen, &change)? {
        return Err(stale("version", seen, seen_company(desk.connection, id)?.1, id));
    }
    touching::index_company(desk.connection, id)?;
    desk.note_change(ChangeKind::Updated, subject, before)?;
    cite(desk, input, subject, (FactKind::Company, citations, sources))?;
    Ok(id)
}
