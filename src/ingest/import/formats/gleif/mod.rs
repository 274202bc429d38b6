//! GLEIF: the register of Legal Entity Identifiers, as its golden copies and deltas in CSV.
//!
//! | kind of file | becomes |
//! |---|---|
//! | level 1, LEI-CDF | companies with their LEI, names and seats; a record each; successors as relations |
//! | level 2, RR-CDF | direct and ultimate parents by accounting consolidation, and head offices of branches, as relations |
//! | reporting exceptions | why no parent of a company is stated |
//!
//! - A company is found by its LEI; else by its name, where the resolver is sure of it, its country fits and it has no LEI
//!   yet; else it is a new one. Funds, branches and what is no longer registered are never joined by name.
//! - Level 1 goes first. A relationship or an exception of an LEI that no company has is refused: only level 1 says who that
//!   is. With `--only-known` it is left out, as are the entities that are no company of the store; they are counted.
//! - Relationships of funds (manager, umbrella, feeder) say nothing of who controls a company, and are left out.
//! - A record that was changed on an earlier day than the one that stands changes nothing, so that editions may come in any
//!   order. What a delta file says to be deleted gets the day on which it was withdrawn.
//! - Of a company that stood before, only what is not known is filled in; what a former record filled in follows the newer.

mod exceptions;
mod level1;
mod names;
mod relationships;
mod successors;

use chrono::NaiveDate;

use crate::ingest::import::delimited::{self, Fields, Layout};
use crate::ingest::import::input::Entry;
use crate::ingest::import::{AnyPass, DataSet, Format, Problem, Recognised};

/// See the module.
pub(crate) struct Gleif;

static DATA_SET: DataSet = DataSet { publisher: "GLEIF", title: "GLEIF golden copy" };

/// A kind of file: how its columns begin, those that it needs, and the pass that reads it.
struct Kind {
    prefix: &'static str,
    layout: &'static Layout,
    pass: fn() -> Box<dyn AnyPass>,
}

static KINDS: &[Kind] = &[
    Kind { prefix: "Relationship.", layout: &relationships::LAYOUT, pass: || Box::new(relationships::Relationships) },
    Kind { prefix: "Exception.", layout: &exceptions::LAYOUT, pass: || Box::new(exceptions::Exceptions) },
    Kind { prefix: "Entity.", layout: &level1::LAYOUT, pass: || Box::new(level1::Entities) },
];

/// A layout of commas.
const fn layout(columns: &'static [&'static str], optional: &'static [&'static str]) -> Layout {
    Layout { delimiter: b',', columns, optional }
}

impl Format for Gleif {
    fn name(&self) -> &'static str {
        "gleif"
    }

    fn data_set(&self) -> &'static DataSet {
        &DATA_SET
    }

    fn recognise(&self, entry: &Entry) -> Recognised {
        // The names of a table that something else divides are one name, which begins or goes on as those do.
        let header = delimited::header(&entry.head, b',');
        let is_of = |kind: &&Kind| header.iter().any(|name| name.contains(kind.prefix));
        let Some(kind) = KINDS.iter().find(is_of) else {
            return Recognised::Unknown(format!(
                "its columns are {}, which are those of neither level 1, level 2 nor reporting exceptions",
                delimited::shown(&header)
            ));
        };
        match delimited::check(&entry.shown, kind.layout, &entry.head) {
            Ok(()) => Recognised::Pass((kind.pass)()),
            Err(error) => Recognised::Fault(error),
        }
    }

    fn takes_only_known(&self) -> bool {
        true
    }

    /// Golden copies begin with their day: `20250930-0800-gleif-goldencopy-lei2-golden-copy.csv`.
    fn edition(&self, entry: &Entry) -> Option<String> {
        let (day, _) = entry.name.split_once('-')?;
        let day = NaiveDate::parse_from_str(day, "%Y%m%d").ok().filter(|_| day.len() == 8)?;
        Some(day.format("%Y-%m-%d").to_string())
    }
}

/// An LEI that has to be there.
fn lei(fields: &Fields<'_>, column: &str) -> Result<String, Problem> {
    let text = fields.required(column)?;
    if is_lei(text) {
        return Ok(text.to_ascii_uppercase());
    }
    Err(Problem::new(column, text, "it is no Legal Entity Identifier", "20 letters and digits"))
}

fn is_lei(text: &str) -> bool {
    text.len() == 20 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// A text of the record's own.
fn owned(fields: &Fields<'_>, column: &str) -> Result<Option<String>, Problem> {
    Ok(fields.name(column)?.map(str::to_owned))
}

/// Whether what stands was changed on a later day than what a record says, or withdrawn after it.
fn is_newer(standing: (Option<NaiveDate>, Option<NaiveDate>), updated_on: Option<NaiveDate>) -> bool {
    let later = |one: Option<NaiveDate>| one.zip(updated_on).is_some_and(|(one, other)| one > other);
    later(standing.0) || later(standing.1)
}

/// What is left out of files whose company the store does not have.
const NO_COMPANY: &str = "what is of no company of the store";
/// What is left out of delta files.
const NOT_STORED: &str = "a record that was deleted before it was stored";

/// Why a record of an LEI that no company has is refused.
fn unknown_lei(column: &str, lei: &str) -> Problem {
    Problem::new(column, lei, "no company of the store has this LEI", "an LEI that a level-1 file brought before")
}
