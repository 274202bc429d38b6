//! Writing the whole store as lines of Dealgraph's own format: some rows of a table at a time, within one snapshot.
//!
//! The order is that of natural keys, so that the same facts give the same bytes, whoever recorded them and when. Transfers
//! are in the order in which they were recorded, since that decides between those of one day. What is derived is not
//! written: it is derived again.

mod agreements;
mod companies;
mod evidence;
mod patents;
mod people;
mod registers;
mod sources;
mod transfers;
mod words;

use std::collections::HashMap;
use std::io::Write;

use chrono::NaiveDate;

use crate::ingest::deals::{CompanyRef, Line, Short, SourceRef};
use crate::store::{Connection, StoreError, bulk};

/// Rows that are read at once.
const PAGE: i64 = 500;

/// Why an export stops.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The store.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// What is written to.
    #[error("the export cannot be written: {0}")]
    Write(#[from] std::io::Error),
}

impl From<diesel::result::Error> for ExportError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Store(StoreError::Statement(error))
    }
}

/// Writes all that is recorded in a store as lines of the format `deals`; says how many.
///
/// # Errors
/// What the database says, or what is written to.
pub fn export_deals(connection: &mut Connection, out: &mut dyn Write) -> Result<u64, ExportError> {
    connection.snapshot(|connection| {
        let mut export = Export::begin(connection, out)?;
        sources::write(&mut export)?;
        sources::write_areas(&mut export)?;
        sources::write_locations(&mut export)?;
        companies::write(&mut export)?;
        companies::write_ties(&mut export)?;
        registers::write_entities(&mut export)?;
        patents::write(&mut export)?;
        patents::write_citations(&mut export)?;
        registers::write_standards(&mut export)?;
        registers::write_declarations(&mut export)?;
        registers::write_declared(&mut export)?;
        agreements::write(&mut export)?;
        transfers::write(&mut export)?;
        registers::write_purged(&mut export)?;
        people::write(&mut export)?;
        people::write_name_matches(&mut export)?;
        export.out.flush()?;
        Ok(export.lines)
    })
}

/// An export under way.
struct Export<'a> {
    connection: &'a mut Connection,
    out: &'a mut dyn Write,
    lines: u64,
    /// How lines name each source, and its place in the order of sources.
    sources: HashMap<i64, (SourceRef, usize)>,
    areas: HashMap<i64, String>,
    /// The classification prefixes of all areas, with the area of each.
    prefixes: Vec<(String, i64)>,
}

impl<'a> Export<'a> {
    fn begin(connection: &'a mut Connection, out: &'a mut dyn Write) -> Result<Self, ExportError> {
        let sources = sources::references(bulk::all_sources(connection)?);
        let areas = bulk::all_areas(connection)?.into_iter().map(|row| (row.id, row.slug)).collect();
        let prefixes = bulk::area_prefixes(connection)?;
        Ok(Self { connection, out, lines: 0, sources, areas, prefixes })
    }

    fn line(&mut self, line: &Line) -> Result<(), ExportError> {
        serde_json::to_writer(&mut *self.out, line).map_err(std::io::Error::from)?;
        self.out.write_all(b"\n")?;
        self.lines += 1;
        Ok(())
    }

    /// How lines name a source.
    fn source(&self, id: i64) -> SourceRef {
        self.sources.get(&id).map_or_else(|| Short::Text(String::new()), |(source, _)| source.clone())
    }

    /// The place of a source in the order of sources.
    fn source_place(&self, id: i64) -> usize {
        self.sources.get(&id).map_or(usize::MAX, |(_, place)| *place)
    }

    fn area(&self, id: i64) -> String {
        self.areas.get(&id).cloned().unwrap_or_default()
    }

    /// The short names of some companies.
    fn companies(&mut self, ids: impl Iterator<Item = i64>) -> Result<Slugs, ExportError> {
        Ok(Slugs(bulk::company_slugs(self.connection, &distinct(ids))?.into_iter().collect()))
    }

    /// The publication numbers of some patents.
    fn numbers(&mut self, ids: impl Iterator<Item = i64>) -> Result<HashMap<i64, String>, ExportError> {
        Ok(bulk::publication_numbers(self.connection, &distinct(ids))?.into_iter().collect())
    }
}

/// The short names of companies.
struct Slugs(HashMap<i64, String>);

impl Slugs {
    fn slug(&self, id: i64) -> String {
        self.0.get(&id).cloned().unwrap_or_default()
    }

    fn company(&self, id: i64) -> CompanyRef {
        Short::Text(self.slug(id))
    }
}

fn distinct(ids: impl Iterator<Item = i64>) -> Vec<i64> {
    let ids: std::collections::BTreeSet<i64> = ids.collect();
    ids.into_iter().collect()
}

/// Rows by the row that they belong to.
fn grouped<R>(rows: Vec<R>, of: impl Fn(&R) -> i64) -> HashMap<i64, Vec<R>> {
    let mut groups: HashMap<i64, Vec<R>> = HashMap::new();
    for row in rows {
        groups.entry(of(&row)).or_default().push(row);
    }
    groups
}

fn day(day: Option<NaiveDate>) -> Option<String> {
    day.map(|day| day.to_string())
}
