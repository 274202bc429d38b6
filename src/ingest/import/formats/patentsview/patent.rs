//! `g_patent`: the patents themselves.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::{OFFICE, amend, layout, number, take, term};
use crate::ingest::import::delimited::{self, Fields, Layout};
use crate::ingest::import::resolve::Patents;
use crate::ingest::import::{Desk, Fate, ImportError, Input, Pass, Problem, Rows};
use crate::store::bulk::BulkPatent;
use crate::text::fold;

pub(super) const NAME: &str = "g_patent";
pub(super) static LAYOUT: Layout =
    layout(&["patent_id", "patent_date", "patent_title", "wipo_kind"], &["num_claims", "withdrawn"]);

/// A row of the table.
pub(super) struct Record {
    id: String,
    number: String,
    kind: Option<String>,
    title: Option<String>,
    title_folded: Option<String>,
    granted_on: Option<NaiveDate>,
    status: &'static str,
    claims: Option<i32>,
}

/// See the module.
#[derive(Default)]
pub(super) struct PatentTable {
    own: Option<HashSet<i64>>,
}

impl Pass for PatentTable {
    type Record = Record;

    fn file_name(&self) -> &'static str {
        "g_patent.tsv"
    }

    fn rank(&self) -> u8 {
        1
    }

    fn read(input: Input<'_>, rows: &mut Rows<Record>) -> Result<(), ImportError> {
        delimited::read(input, &LAYOUT, rows, record)
    }

    fn store(&mut self, records: Vec<Record>, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError> {
        let source = desk.source()?;
        let own = match &self.own {
            Some(own) => own,
            None => self.own.insert(desk.own_sources()?),
        };
        let mut patents = Patents::find(desk, OFFICE, records.iter().map(|record| &*record.number))?;
        let mut fates = Vec::with_capacity(records.len());
        for record in records {
            let Some(slot) = patents.of_kind(&record.number, record.kind.as_deref()) else {
                let row = new_row(desk.ids.next_id(), source, record);
                desk.touch(row.id);
                patents.place(row);
                fates.push(Fate::Stored);
                continue;
            };
            fates.push(amend(desk, &mut patents, slot, |row| update(row, record, source, own)));
        }
        desk.put(patents.rows)?;
        Ok(fates)
    }
}

fn record(fields: &Fields<'_>) -> Result<Record, Problem> {
    let title = fields.name("patent_title")?;
    Ok(Record {
        id: fields.required("patent_id")?.to_owned(),
        number: number(fields, "patent_id")?,
        kind: kind(fields)?,
        title: title.map(str::to_owned),
        title_folded: title.map(fold),
        granted_on: fields.day("patent_date")?,
        status: if fields.flag("withdrawn")? { "WITHDRAWN" } else { "GRANTED" },
        claims: fields.count("num_claims")?,
    })
}

fn kind(fields: &Fields<'_>) -> Result<Option<String>, Problem> {
    let Some(kind) = fields.name("wipo_kind")? else { return Ok(None) };
    let is_kind = match kind.as_bytes() {
        [letter] => letter.is_ascii_uppercase(),
        [letter, digit] => letter.is_ascii_uppercase() && digit.is_ascii_digit(),
        _ => false,
    };
    let refusal = || Problem::new("wipo_kind", kind, "it is no kind code", "a letter, and a digit where there is one");
    is_kind.then(|| Some(kind.to_owned())).ok_or_else(refusal)
}

fn publication_number(number: &str, kind: Option<&str>) -> String {
    format!("{OFFICE}{number}{}", kind.unwrap_or_default())
}

fn new_row(id: i64, source_id: i64, record: Record) -> BulkPatent {
    BulkPatent {
        id,
        publication_number: publication_number(&record.number, record.kind.as_deref()),
        office: OFFICE.to_owned(),
        number: record.number,
        kind_code: record.kind,
        title: record.title,
        title_folded: record.title_folded,
        abstract_: None,
        owner_id: None,
        original_assignee: None,
        family_id: None,
        application_number: None,
        priority_on: None,
        filed_on: None,
        published_on: record.granted_on,
        granted_on: record.granted_on,
        expires_on: None,
        expires_basis: None,
        status: Some(record.status.to_owned()),
        claims_count: record.claims,
        source_id,
        source_record: Some(record.id),
        term_extension_days: None,
    }
}

/// Takes over what the record says: all of it where the patent came from this data set, else what is missing.
fn update(row: &mut BulkPatent, record: Record, source: i64, own: &HashSet<i64>) {
    let is_own = own.contains(&row.source_id);
    let before = row.clone();
    if row.kind_code.is_none() && record.kind.is_some() {
        row.publication_number = publication_number(&record.number, record.kind.as_deref());
        row.kind_code = record.kind;
    }
    take(&mut row.granted_on, record.granted_on, is_own);
    take(&mut row.published_on, record.granted_on, is_own);
    take(&mut row.claims_count, record.claims, is_own);
    if is_own || row.title.is_none() {
        take(&mut row.title_folded, record.title_folded, is_own);
        take(&mut row.title, record.title, is_own);
    }
    take(&mut row.status, Some(record.status.to_owned()), is_own);
    term::estimate(row, is_own);
    if is_own && *row != before {
        row.source_id = source;
        row.source_record = Some(record.id);
    }
}
