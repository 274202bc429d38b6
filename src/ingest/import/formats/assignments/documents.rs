//! The patents that records name: found by their numbers, completed, or made.

use std::collections::HashMap;

use super::record::{OFFICE, Property, Publication};
use crate::ingest::import::resolve::Patents;
use crate::ingest::import::{Desk, ImportError};
use crate::store::bulk::BulkPatent;
use crate::text::fold;

/// The ids of the publications of properties, by number. What the store lacks of them is filled in, and cites the file; what
/// it has stays, since records spell titles in several ways.
pub(super) fn resolve<'p>(
    desk: &mut Desk<'_>,
    properties: impl IntoIterator<Item = (&'p Property, &'p str)>,
) -> Result<HashMap<String, i64>, ImportError> {
    let properties: Vec<(&Property, &str)> = properties.into_iter().collect();
    if properties.is_empty() {
        return Ok(HashMap::new());
    }
    let numbers = properties.iter().flat_map(|(property, _)| &property.publications).map(|named| &*named.number);
    let mut patents = Patents::find(desk, OFFICE, numbers)?;
    let source_id = desk.source()?;
    let mut ids = HashMap::new();
    for (property, place) in properties {
        for named in &property.publications {
            let id = match patents.named(&named.number, named.kind.as_deref()) {
                Some(slot) => {
                    let before = patents.rows.row(slot).cloned();
                    let is_changed = patents.rows.change(slot, |row| complete(row, property, named));
                    let id = patents.rows.row(slot).map(|row| row.id);
                    if let (true, Some(id)) = (is_changed, id) {
                        desk.touch(id);
                        if before.as_ref().map(days) != patents.rows.row(slot).map(days) {
                            desk.title_days(id);
                        }
                    }
                    id
                }
                None => {
                    let mut row = bare(desk.ids.next_id(), named, source_id, place);
                    complete(&mut row, property, named);
                    desk.touch(row.id);
                    let id = row.id;
                    patents.place(row);
                    Some(id)
                }
            };
            ids.extend(id.map(|id| (named.number.clone(), id)));
        }
    }
    desk.put(patents.rows)?;
    Ok(ids)
}

type Days = [Option<chrono::NaiveDate>; 3];

fn days(row: &BulkPatent) -> Days {
    [row.filed_on, row.published_on, row.granted_on]
}

fn bare(id: i64, named: &Publication, source_id: i64, place: &str) -> BulkPatent {
    BulkPatent {
        id,
        publication_number: format!("{OFFICE}{}", named.number),
        office: OFFICE.to_owned(),
        number: named.number.clone(),
        kind_code: None,
        title: None,
        title_folded: None,
        abstract_: None,
        owner_id: None,
        original_assignee: None,
        family_id: None,
        application_number: None,
        priority_on: None,
        filed_on: None,
        published_on: None,
        granted_on: None,
        expires_on: None,
        expires_basis: None,
        status: None,
        claims_count: None,
        source_id,
        source_record: Some(format!("reel/frame {place}")),
        term_extension_days: None,
    }
}

/// Fills in what is missing.
fn complete(row: &mut BulkPatent, property: &Property, named: &Publication) {
    if let (None, Some(kind)) = (&row.kind_code, &named.kind) {
        row.publication_number = format!("{OFFICE}{}{kind}", row.number);
        row.kind_code = Some(kind.clone());
    }
    if let (None, Some(title)) = (&row.title, &property.title) {
        row.title_folded = Some(fold(title));
        row.title = Some(title.clone());
    }
    row.application_number = row.application_number.take().or_else(|| property.application.clone());
    row.filed_on = row.filed_on.or(property.filed_on);
    row.published_on = row.published_on.or(named.on);
    let status = if named.is_grant { "GRANTED" } else { "APPLICATION" };
    if named.is_grant {
        row.granted_on = row.granted_on.or(named.on);
    }
    row.status = row.status.take().or_else(|| Some(status.to_owned()));
}
