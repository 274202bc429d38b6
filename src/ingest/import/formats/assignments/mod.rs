//! The register of assignments of the United States Patent and Trademark Office: its daily and annual XML, the research data
//! set's five tables, and the answers of its Open Data Portal; told apart by what they hold.
//!
//! A record, told by its reel and frame, becomes a transfer with its parties, natural persons and patents, whichever file it
//! is from; [`register`] says which version of it stands. A patent that the store lacks is made of what the record says of it,
//! without a kind: the register gives all grants `B1` or `B2`, whatever they are. What has no number of a publication is
//! counted, and nothing else.

mod conveyance;
mod country;
mod documents;
mod parties;
mod person;
mod portal;
mod record;
mod register;
mod tables;
mod watched;
mod xml;

use std::collections::HashMap;

use crate::ingest::import::delimited;
use crate::ingest::import::input::Entry;
use crate::ingest::import::{DataSet, Desk, Fate, Format, ImportError, Recognised};
use record::Recording;
use register::Register;

/// See the module.
pub(crate) struct Assignments;

/// The daily and annual files.
static XML: DataSet = DataSet { publisher: "USPTO Assignment Recordation Branch", title: "Patent assignment XML" };
/// The research data set.
static RESEARCH: DataSet =
    DataSet { publisher: "USPTO Office of the Chief Economist", title: "Patent Assignment Dataset" };
/// The portal.
static PORTAL: DataSet = DataSet { publisher: "USPTO Open Data Portal", title: "Patent assignments" };

/// The data sets of the register, each with its rank: of two versions of one day, that of the higher one stands.
static DATA_SETS: &[(u8, &DataSet)] = &[(portal::RANK, &PORTAL), (xml::RANK, &XML), (tables::RANK, &RESEARCH)];

impl Format for Assignments {
    fn name(&self) -> &'static str {
        "uspto-assignments"
    }

    fn data_set(&self) -> &'static DataSet {
        &XML
    }

    fn recognise(&self, entry: &Entry) -> Recognised {
        let text = String::from_utf8_lossy(&entry.head);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        match text.chars().next() {
            Some('<') => xml::recognise(entry, text),
            Some('{' | '[') => portal::recognise(text),
            None if entry.head.is_empty() => {
                let problem = "it is empty".to_owned();
                Recognised::Fault(ImportError::File { file: entry.shown.clone(), problem })
            }
            _ => tables::recognise(entry),
        }
    }

    fn edition(&self, entry: &Entry) -> Option<String> {
        xml::edition(&String::from_utf8_lossy(&entry.head))
    }
}

/// What the names and numbers of records lead to.
#[derive(Default)]
struct Resolved {
    companies: HashMap<String, i64>,
    patents: HashMap<String, i64>,
}

/// Stores whole records, as the XML and the portal state them.
fn store(desk: &mut Desk<'_>, rank: u8, records: &[Recording]) -> Result<Vec<Fate>, ImportError> {
    let places = records.iter().map(|record| &*record.place);
    let mut register = Register::find(desk, rank, places)?.with_parts(desk)?;
    let wanted: Vec<&Recording> = records.iter().filter(|record| register.may_change(record)).collect();
    let properties =
        wanted.iter().flat_map(|record| record.properties.iter().flatten().map(|property| (property, &*record.place)));
    let resolved =
        Resolved { companies: parties::of_records(desk, &wanted)?, patents: documents::resolve(desk, properties)? };
    let fates = records.iter().map(|record| register.apply(desk, record, &resolved)).collect::<Result<_, _>>()?;
    register.put(desk)?;
    Ok(fates)
}

/// The names of the columns of a table of commas, in its first bytes.
fn header(entry: &Entry) -> Vec<String> {
    delimited::header(&entry.head, b',')
}
