//! The patents that declarations name: those that stand, and new ones.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::record::{Line, Record};
use crate::ingest::import::resolve::{Named, Patents};
use crate::ingest::import::{Desk, ImportError};
use crate::publication_number::PublicationNumber;
use crate::store::bulk::{BulkDeclaredPatent, BulkPatent};
use crate::text::fold;

/// The patents of a batch, by office.
pub(super) struct Publications {
    source_id: i64,
    offices: HashMap<String, Patents>,
}

impl Publications {
    pub(super) fn find(desk: &mut Desk<'_>, records: &[Record]) -> Result<Self, ImportError> {
        let mut numbers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for number in records.iter().flat_map(|record| &record.lines).filter_map(|line| line.number.as_ref()) {
            numbers.entry(&number.office).or_default().push(&number.number);
        }
        let mut offices = HashMap::new();
        for (office, numbers) in numbers {
            offices.insert(office.to_owned(), Patents::find(desk, office, numbers)?);
        }
        Ok(Self { source_id: desk.source()?, offices })
    }

    /// The patent of a line; none where its number cannot be read, or leads to several.
    pub(super) fn patent(
        &mut self,
        desk: &mut Desk<'_>,
        line: &Line,
        reference: &str,
    ) -> Result<Option<i64>, ImportError> {
        let Some(number) = &line.number else { return Ok(None) };
        let Some(patents) = self.offices.get_mut(&number.office) else { return Ok(None) };
        let kind = number.kind.as_deref();
        let slot = match (patents.of_kind(&number.number, kind), kind) {
            (Some(slot), _) => Some(slot),
            (None, Some(_)) => None,
            (None, None) => match patents.grant(&number.number) {
                Named::One(slot) => Some(slot),
                Named::Nothing => None,
                Named::Several => return Ok(None),
            },
        };
        let Some(slot) = slot else {
            let row = new_row(desk.ids.next_id(), self.source_id, number, &line.row, reference);
            let id = row.id;
            desk.touch(id);
            patents.place(row);
            return Ok(Some(id));
        };
        let is_changed = patents.rows.change(slot, |row| complete(row, number, &line.row));
        let id = patents.rows.row(slot).map(|row| row.id);
        if let (true, Some(id)) = (is_changed, id) {
            desk.touch(id);
        }
        Ok(id)
    }

    pub(super) fn store(self, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        self.offices.into_values().try_for_each(|patents| desk.put(patents.rows))
    }
}

/// Fills in what is not known of a patent.
fn complete(row: &mut BulkPatent, number: &PublicationNumber, said: &BulkDeclaredPatent) {
    if row.kind_code.is_none() && number.kind.is_some() {
        row.publication_number = number.to_string();
        row.kind_code.clone_from(&number.kind);
    }
    if row.title.is_none() {
        (row.title, row.title_folded) = title(said);
    }
    let (application_number, filed_on) = application(number, said);
    row.application_number = row.application_number.take().or(application_number);
    row.filed_on = row.filed_on.or(filed_on);
}

/// The application that led to a publication: that of its row, where the office is the same.
fn application(number: &PublicationNumber, said: &BulkDeclaredPatent) -> (Option<String>, Option<NaiveDate>) {
    if said.office.as_ref().is_none_or(|office| *office == number.office) {
        (said.application_number.clone().filter(|text| is_number(text)), said.filed_on)
    } else {
        (None, None)
    }
}

/// Whether a text is a number, and no word for an application that is pending.
fn is_number(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() >= 4
}

/// The title, where it is short enough for the index of titles.
fn title(said: &BulkDeclaredPatent) -> (Option<String>, Option<String>) {
    let title = said.title.clone().filter(|title| title.len() <= crate::ingest::import::value::INDEXED_BYTES_MAX);
    let folded = title.as_deref().map(fold);
    (title, folded)
}

fn new_row(
    id: i64,
    source_id: i64,
    number: &PublicationNumber,
    said: &BulkDeclaredPatent,
    reference: &str,
) -> BulkPatent {
    let (title, title_folded) = title(said);
    let (application_number, filed_on) = application(number, said);
    BulkPatent {
        id,
        publication_number: number.to_string(),
        office: number.office.clone(),
        number: number.number.clone(),
        kind_code: number.kind.clone(),
        title,
        title_folded,
        abstract_: None,
        owner_id: None,
        original_assignee: None,
        family_id: None,
        application_number,
        priority_on: None,
        filed_on,
        published_on: None,
        granted_on: None,
        expires_on: None,
        expires_basis: None,
        status: None,
        claims_count: None,
        source_id,
        source_record: Some(reference.to_owned()),
        term_extension_days: None,
    }
}
