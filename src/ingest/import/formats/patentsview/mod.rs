//! PatentsView: tables of the granted patents of the United States, `g_*.tsv`.
//!
//! Tables are of tabs, with the names of columns and texts in quotes; columns are found by name, in any order. Each table
//! is a pass of its own, and any of them may be there or not: what refers to a patent that is not in the store is refused,
//! and comes in when the table is imported again after `g_patent`. A table's rows may be in any order.
//!
//! A field that another publisher's source gave a patent is left as it is; what is empty is filled in. So does an edition of
//! which a later one was read before: what stands is newer, and only what is missing comes in.
//!
//! An edition is whole, but takes nothing away: a patent, a symbol or a citation that a newer one no longer holds stays, with
//! the file that said it. What was withdrawn is said by its row (`withdrawn`).

mod abstracts;
mod application;
mod assignee;
mod citation;
mod cpc;
mod location;
mod patent;
mod term;

use crate::ingest::import::delimited::{self, Fields, Layout};
use crate::ingest::import::input::Entry;
use crate::ingest::import::resolve::Patents;
use crate::ingest::import::{AnyPass, DataSet, Desk, Fate, Format, ImportError, Problem, Recognised, Slot};
use crate::publication_number::PublicationNumber;
use crate::store::bulk::BulkPatent;

/// The office of all of its patents.
const OFFICE: &str = "US";

/// See the module.
pub(crate) struct PatentsView;

static DATA_SET: DataSet = DataSet { publisher: "USPTO PatentsView", title: "PatentsView granted patents" };

/// A table: its name, its columns, and the pass that reads it.
struct Table {
    name: &'static str,
    layout: &'static Layout,
    pass: fn() -> Box<dyn AnyPass>,
}

static TABLES: &[Table] = &[
    Table { name: location::NAME, layout: &location::LAYOUT, pass: || Box::new(location::Locations) },
    Table { name: patent::NAME, layout: &patent::LAYOUT, pass: || Box::new(patent::PatentTable::default()) },
    Table { name: application::NAME, layout: &application::LAYOUT, pass: || Box::new(application::Applications) },
    Table { name: term::NAME, layout: &term::LAYOUT, pass: || Box::new(term::Terms) },
    Table { name: abstracts::NAME, layout: &abstracts::LAYOUT, pass: || Box::new(abstracts::Abstracts) },
    Table { name: assignee::NAME, layout: &assignee::LAYOUT, pass: || Box::new(assignee::Assignees) },
    Table { name: cpc::NAME, layout: &cpc::LAYOUT, pass: || Box::new(cpc::Classes::default()) },
    Table { name: citation::NAME, layout: &citation::LAYOUT, pass: || Box::new(citation::Citations) },
];

/// A layout of a table of tabs.
const fn layout(columns: &'static [&'static str], optional: &'static [&'static str]) -> Layout {
    Layout { delimiter: b'\t', columns, optional }
}

impl Format for PatentsView {
    fn name(&self) -> &'static str {
        "patentsview"
    }

    fn data_set(&self) -> &'static DataSet {
        &DATA_SET
    }

    fn recognise(&self, entry: &Entry) -> Recognised {
        let stem = entry.name.split('.').next().unwrap_or(&entry.name);
        let header = delimited::header(&entry.head, b'\t');
        let holds = |table: &&Table| {
            table.layout.columns.iter().all(|column| header.iter().any(|name| name.eq_ignore_ascii_case(column)))
        };
        let named = TABLES.iter().find(|table| table.name == stem);
        if let Some(table) = named {
            return match delimited::check(&entry.shown, table.layout, &entry.head) {
                Ok(()) => Recognised::Pass((table.pass)()),
                Err(error) => Recognised::Fault(error),
            };
        }
        if stem.starts_with("g_") || stem.starts_with("pg_") {
            return Recognised::PassedOver("nothing of this table is stored");
        }
        if let Some(table) = TABLES.iter().find(holds) {
            return Recognised::Pass((table.pass)());
        }
        let known: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
        let known = known.join(", ");
        Recognised::Unknown(format!(
            "its columns are {}, which is none of the tables {known}",
            delimited::shown(&header)
        ))
    }
}

/// The number of a patent within its office, canonical: `11554343`, `D939807`, `RE49123`.
fn number(fields: &Fields<'_>, column: &str) -> Result<String, Problem> {
    let text = fields.required(column)?;
    let refused = |problem: String| Problem::new(column, text, problem, "a patent number such as 11554343 or D939807");
    let mut readings =
        PublicationNumber::readings_at(OFFICE, text).map_err(|fault| refused(format!("it is {fault}")))?;
    match (readings.pop(), readings.is_empty()) {
        (Some(reading), true) => Ok(reading.number),
        _ => Err(refused("it can be read in several ways".to_owned())),
    }
}

/// Changes the grants that records name: `change` is told whether the patent came from this data set.
fn patch<R>(
    desk: &mut Desk<'_>,
    records: Vec<R>,
    number: impl Fn(&R) -> &str,
    mut change: impl FnMut(&mut BulkPatent, R, bool),
) -> Result<Vec<Fate>, ImportError> {
    let own = desk.own_sources()?;
    let mut patents = Patents::find(desk, OFFICE, records.iter().map(&number))?;
    let mut fates = Vec::with_capacity(records.len());
    for record in records {
        let slot = match patents.grant(number(&record)).one("patent_id", number(&record)) {
            Ok(slot) => slot,
            Err(problem) => {
                fates.push(Fate::Refused(problem));
                continue;
            }
        };
        fates.push(amend(desk, &mut patents, slot, |row| {
            let is_own = own.contains(&row.source_id);
            change(row, record, is_own);
        }));
    }
    desk.put(patents.rows)?;
    Ok(fates)
}

/// Changes a patent; one that is another now cites the file, and is derived again where a day of its is another.
fn amend(desk: &mut Desk<'_>, patents: &mut Patents, slot: Slot, change: impl FnOnce(&mut BulkPatent)) -> Fate {
    let days = |row: &BulkPatent| (row.filed_on, row.priority_on, row.published_on, row.granted_on, row.source_id);
    let before = patents.rows.row(slot).map(days);
    let is_changed = patents.rows.change(slot, change);
    if let (true, Some(row)) = (is_changed, patents.rows.row(slot)) {
        desk.touch(row.id);
        if before != Some(days(row)) {
            desk.title_days(row.id);
        }
    }
    Fate::updated_if(is_changed)
}

/// Puts a new value in the place of an absent one, or of any where that is allowed; an absent one replaces none.
fn take<T>(value: &mut Option<T>, new: Option<T>, may_replace: bool) {
    if new.is_some() && (may_replace || value.is_none()) {
        *value = new;
    }
}
