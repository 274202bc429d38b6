//! Patents, their classification, owner and areas into rows.

use std::collections::BTreeSet;

use crate::catalog::closed::PATENT_STATUS;
use crate::ingest::IngestError;
use crate::ingest::format::PatentRecord;
use crate::ingest::load::plan::Plan;
use crate::ingest::place::{Place, ordinal};
use crate::publication_number::PublicationNumber;
use crate::store::records::{PatentAreaRow, PatentAssigneeRow, PatentClassificationRow, PatentRow, Placed};
use crate::text::fold;

/// The numbers of some publications, without office and kind.
pub(super) fn numbers<'a>(texts: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    let numbers = texts.into_iter().filter_map(|text| Some(PublicationNumber::parse(text)?.number));
    numbers.collect::<BTreeSet<String>>().into_iter().collect()
}

/// Places a patent; one that stands keeps its classification and areas.
pub(super) fn place(plan: &mut Plan<'_>, prefixes: &[(String, i64)], line: &PatentRecord) -> Result<(), IngestError> {
    let (at, record) = (Place::default(), line);
    let text = &record.publication_number;
    let mut number = PublicationNumber::parse(text)
        .ok_or_else(|| at.wrong("publication_number", text, "office, number and kind, such as US8566251B2"))?;
    if let Some((kind, _)) = plan.publication(&number) {
        number.kind.clone_from(kind);
    }
    let row = row(plan, at, record, &number)?;
    let source_id = row.source_id;
    match plan.patents.place(row) {
        Placed::New(id) => {
            let known = plan.publications.entry((number.office, number.number)).or_default();
            known.push((number.kind, id));
            plan.touched.insert(id);
            place_assignees(plan, at, (id, source_id), record)?;
            place_symbols(plan, at, id, prefixes, record)
        }
        placed => at.once("publication_number", text, placed).map(|_| ()),
    }
}

fn row(
    plan: &mut Plan<'_>,
    at: Place,
    record: &PatentRecord,
    number: &PublicationNumber,
) -> Result<PatentRow, IngestError> {
    let title = at.optional_text("title", record.title.as_deref())?;
    let assignee = record.current_assignee.as_deref().or(record.original_assignee.as_deref());
    Ok(PatentRow {
        id: plan.ids.next_id(),
        publication_number: number.to_string(),
        office: number.office.clone(),
        number: number.number.clone(),
        kind_code: number.kind.clone(),
        title_folded: title.as_deref().map(fold),
        title,
        owner_id: assignee.and_then(|names| plan.spellings.sole(names)),
        original_assignee: at.optional_text("original_assignee", record.original_assignee.as_deref())?,
        priority_on: at.day("priority_on", record.priority_on.as_deref())?,
        filed_on: at.day("filed_on", record.filed_on.as_deref())?,
        published_on: at.day("published_on", record.published_on.as_deref())?,
        granted_on: at.day("granted_on", record.granted_on.as_deref())?,
        status: at.optional_closed("status", record.status.as_deref(), &PATENT_STATUS)?,
        source_id: plan.source(at, "source", &record.source)?,
        source_record: at.optional_text("source_record", record.source_record.as_deref())?,
    })
}

/// Who is named as an owner: the assignees at publication, and those at present where the source states any.
fn place_assignees(
    plan: &mut Plan<'_>,
    at: Place,
    (patent_id, source_id): (i64, i64),
    record: &PatentRecord,
) -> Result<(), IngestError> {
    for (field, named, names) in [
        ("original_assignee", "AT_PUBLICATION", record.original_assignee.as_deref()),
        ("current_assignee", "AT_PRESENT", record.current_assignee.as_deref()),
    ] {
        let names = names.into_iter().flat_map(|names| names.split(';')).map(str::trim);
        for (index, name) in names.filter(|name| !name.is_empty()).enumerate() {
            let row = PatentAssigneeRow {
                id: plan.ids.next_id(),
                patent_id,
                named: named.to_owned(),
                ordinal: ordinal(index),
                company_id: plan.spellings.sole(name),
                name: name.to_owned(),
                name_folded: fold(name),
                stated_on: None,
                source_id,
            };
            at.once(field, name, plan.patent_assignees.place(row))?;
        }
    }
    Ok(())
}

fn place_symbols(
    plan: &mut Plan<'_>,
    at: Place,
    patent_id: i64,
    prefixes: &[(String, i64)],
    record: &PatentRecord,
) -> Result<(), IngestError> {
    let mut areas = BTreeSet::new();
    for (field, scheme, symbols) in [("cpc", "CPC", record.cpc.as_deref()), ("ipc", "IPC", record.ipc.as_deref())] {
        for (index, symbol) in symbols.into_iter().flat_map(|symbols| symbols.split(';')).enumerate() {
            let row = PatentClassificationRow {
                id: plan.ids.next_id(),
                patent_id,
                scheme: scheme.to_owned(),
                symbol: symbol_text(at, field, symbol)?,
                ordinal: ordinal(index),
            };
            at.once(field, symbol, plan.patent_classifications.place(row))?;
            areas.extend(prefixes.iter().filter(|(prefix, _)| symbol.starts_with(prefix)).map(|(_, area)| *area));
        }
    }
    for area_id in areas {
        plan.patent_areas.place(PatentAreaRow { patent_id, area_id });
    }
    Ok(())
}

fn symbol_text(at: Place, field: &str, symbol: &str) -> Result<String, IngestError> {
    let fits = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'/';
    if symbol.len() < 4 || !symbol.bytes().all(fits) {
        return Err(at.wrong(field, symbol, "a classification symbol without blanks, such as H04W4/70"));
    }
    Ok(symbol.to_owned())
}
