//! ETSI: the export of its register of declarations, in which companies say that patents may be essential to standards.
//!
//! A table of semicolons. A row is a publication, or several, for a document or a project, of a declaration. It becomes
//!
//! - the declaration, by its reference, with its day and the company that declares, found by the spelling of its name;
//! - the standards, by name: the document and the project;
//! - a declared patent for each publication of the row, with what the row says of licences.
//!
//! A publication whose number can be read is a patent: the one that stands, or a new one. One that cannot be read, such as
//! `PENDING1`, is kept as it is spelt, without a patent; so is one whose number, without a kind, leads to several. Absent dates
//! are written 1900-01-01. Families are counted by ETSI itself, and are not put into the patents'.
//!
//! A row is found again by what it is about: declaration, standard, disclosure, numbers, version and section. What it says
//! beyond that follows the newer edition; of one of which a later was read before, only what is missing comes in. What a newer
//! edition no longer holds stays: declarations are not taken back by being left out.

mod patents;
mod record;
mod rows;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::ingest::import::delimited;
use crate::ingest::import::input::Entry;
use crate::ingest::import::resolve::{AskedCompany, companies};
use crate::ingest::import::{DataSet, Desk, Fate, Format, ImportError, Input, Pass, Recognised, Rows};
use patents::Publications;
use record::{LAYOUT, REFERENCE, Record};
use rows::Standing;

/// See the module.
pub(crate) struct Etsi;

static DATA_SET: DataSet = DataSet { publisher: "ETSI", title: "ETSI IPR declarations (ISLD)" };

impl Format for Etsi {
    fn name(&self) -> &'static str {
        "etsi"
    }

    fn data_set(&self) -> &'static DataSet {
        &DATA_SET
    }

    fn recognise(&self, entry: &Entry) -> Recognised {
        // The names of a table that something else divides are one name, which holds all of them.
        let header = delimited::header(&entry.head, LAYOUT.delimiter);
        if !header.iter().any(|name| name.contains("IPRD_")) {
            let found = delimited::shown(&header);
            return Recognised::Unknown(format!("its columns are {found}, and none begins with IPRD_"));
        }
        match delimited::check(&entry.shown, &LAYOUT, &entry.head) {
            Ok(()) => Recognised::Pass(Box::new(Declarations)),
            Err(error) => Recognised::Fault(error),
        }
    }
}

/// See the module.
struct Declarations;

impl Pass for Declarations {
    type Record = Record;

    fn file_name(&self) -> &'static str {
        "ISLD-export.csv"
    }

    fn rank(&self) -> u8 {
        0
    }

    fn read(input: Input<'_>, rows: &mut Rows<Record>) -> Result<(), ImportError> {
        delimited::read(input, &LAYOUT, rows, record::read)
    }

    fn store(&mut self, records: Vec<Record>, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError> {
        let declarants = declarants(desk, &records)?;
        let mut publications = Publications::find(desk, &records)?;
        let mut standing = Standing::find(desk, &records)?;
        let mut fates = Vec::with_capacity(records.len());
        for record in records {
            let declarant = record.declarant.as_ref().and_then(|name| declarants.get(name)).copied();
            let mut fate = Fate::Unchanged;
            let standard = standing.standard(desk, record.standard.as_ref(), &mut fate);
            let project = standing.standard(desk, record.project.as_ref(), &mut fate);
            let declaration = standing.declaration(desk, &record, declarant, &mut fate);
            for mut line in record.lines {
                line.row.patent_id = publications.patent(desk, &line, &record.reference)?;
                line.row.standard_declaration_id = declaration;
                (line.row.standard_id, line.row.project_id) = (standard, project);
                if let Some(patent) = standing.declared(desk, line.row, &mut fate) {
                    desk.touch(patent);
                }
            }
            fates.push(fate);
        }
        publications.store(desk)?;
        standing.store(desk)?;
        Ok(fates)
    }
}

/// What a row says more is new or changed: the most of it counts.
fn add(fate: &mut Fate, other: Fate) {
    if *fate == Fate::Unchanged || other == Fate::Stored {
        *fate = other;
    }
}

/// The companies that records name as declarants.
fn declarants(desk: &mut Desk<'_>, records: &[Record]) -> Result<HashMap<String, i64>, ImportError> {
    let mut named: BTreeMap<&str, &str> = BTreeMap::new();
    for record in records {
        if let Some(name) = &record.declarant {
            named.entry(name).or_insert(&record.reference);
        }
    }
    let asked: Vec<AskedCompany> = named
        .iter()
        .map(|(name, reference)| AskedCompany {
            name: (*name).to_owned(),
            country: None,
            record: format!("{REFERENCE} {reference}"),
        })
        .collect();
    let found = companies(desk, &asked)?;
    Ok(asked.into_iter().map(|asked| asked.name).zip(found).collect())
}

/// Each once, in order.
fn distinct<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    names.into_iter().collect::<BTreeSet<_>>().into_iter().collect()
}
