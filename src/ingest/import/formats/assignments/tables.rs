//! The research data set: five tables of commas that refer to one another by `rf_id`, which is the reel, and the frame in four digits.
//!
//! Each table is a pass of its own over the records of the store, so that a table of any size is read in bounded memory and in
//! any order of its rows. `assignment` goes first: it says which records stand as this data set states them. The rows of the
//! other tables change these and no others; of a newer version of a record they come in anew.

use chrono::NaiveDate;

use super::conveyance::class_given;
use super::documents;
use super::record::{ASSIGNEE, ASSIGNOR, Party, Property, Publication, Recording, day, name, place, prose};
use super::register::{Led, Register};
use super::{RESEARCH, Resolved, header, parties};
use crate::ingest::import::delimited::{self, Fields, Layout};
use crate::ingest::import::input::Entry;
use crate::ingest::import::{AnyPass, DataSet, Desk, Fate, ImportError, Input, Pass, Problem, Recognised, Rows, Slot};

pub(super) const RANK: u8 = 3;

const fn layout(columns: &'static [&'static str], optional: &'static [&'static str]) -> Layout {
    Layout { delimiter: b',', columns, optional }
}

/// A table: its name, its columns, and the pass that reads it.
struct Table {
    name: &'static str,
    layout: &'static Layout,
    pass: fn() -> Box<dyn AnyPass>,
}

static TABLES: &[Table] = &[
    Table { name: "assignment", layout: &RECORDS, pass: || Box::new(Records) },
    Table { name: "assignment_conveyance", layout: &CLASSES, pass: || Box::new(Classes) },
    Table { name: "assignor", layout: &ASSIGNORS, pass: || Box::new(Parties::<false>) },
    Table { name: "assignee", layout: &ASSIGNEES, pass: || Box::new(Parties::<true>) },
    Table { name: "documentid", layout: &DOCUMENTS, pass: || Box::new(Documents) },
];

static RECORDS: Layout = layout(&["rf_id", "convey_text", "record_dt"], &["last_update_dt", "purge_in"]);
static CLASSES: Layout = layout(&["rf_id", "convey_ty"], &[]);
static ASSIGNORS: Layout = layout(&["rf_id", "or_name", "exec_dt"], &[]);
static ASSIGNEES: Layout = layout(&["rf_id", "ee_name"], &["ee_state", "ee_country"]);
static DOCUMENTS: Layout = layout(
    &["rf_id", "appno_doc_num", "pgpub_doc_num", "grant_doc_num"],
    &["title", "appno_date", "pgpub_date", "grant_date"],
);

/// What a table is, by its name or its columns.
pub(super) fn recognise(entry: &Entry) -> Recognised {
    let stem = entry.name.split('.').next().unwrap_or(&entry.name);
    let names = header(entry);
    let has = |column: &str| names.iter().any(|name| name.eq_ignore_ascii_case(column));
    if stem == "documentid_admin" || has("admin_appl_id_for_grant") {
        return Recognised::PassedOver("nothing of this table is stored");
    }
    if let Some(table) = TABLES.iter().find(|table| table.name == stem) {
        return match delimited::check(&entry.shown, table.layout, &entry.head) {
            Ok(()) => Recognised::Pass((table.pass)()),
            Err(error) => Recognised::Fault(error),
        };
    }
    if let Some(table) = TABLES.iter().find(|table| table.layout.columns.iter().all(|column| has(column))) {
        return Recognised::Pass((table.pass)());
    }
    let known: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
    Recognised::Unknown(format!(
        "it is neither XML nor JSON, and its columns are {}, which is none of the tables {}",
        delimited::shown(&names),
        known.join(", ")
    ))
}

/// The place of a record, by its number in the data set.
fn place_of(fields: &Fields<'_>) -> Result<String, Problem> {
    let id = fields.required("rf_id")?;
    match id.len().checked_sub(4).and_then(|at| id.split_at_checked(at)) {
        Some((reel, frame)) => place("rf_id", if reel.is_empty() { "0" } else { reel }, frame),
        None => {
            Err(Problem::new("rf_id", id, "it is no place in the register", "the reel, and the frame in four digits"))
        }
    }
}

fn day_of(fields: &Fields<'_>, column: &str) -> Result<Option<NaiveDate>, Problem> {
    day(column, fields.raw(column)?)
}

/// The refusal of a row whose record is not there.
fn nowhere(place: &str) -> Fate {
    let problem = "it refers to a record that is not in the store";
    Fate::Refused(Problem::new("rf_id", place, problem, "a record of `assignment` that was imported before"))
}

/// What the passes of the data set have in common.
macro_rules! pass_of {
    ($file:literal, $rank:literal, $record:ty, $layout:expr, $read:expr) => {
        type Record = $record;

        fn file_name(&self) -> &'static str {
            $file
        }

        fn data_set(&self) -> Option<&'static DataSet> {
            Some(&RESEARCH)
        }

        fn rank(&self) -> u8 {
            $rank
        }

        fn read(input: Input<'_>, rows: &mut Rows<$record>) -> Result<(), ImportError> {
            delimited::read(input, $layout, rows, $read)
        }
    };
}

/// `assignment`: the records.
struct Records;

impl Pass for Records {
    pass_of! { "assignment.csv", 2, Recording, &RECORDS, recording }

    fn store(&mut self, records: Vec<Recording>, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError> {
        super::store(desk, RANK, &records)
    }
}

fn recording(fields: &Fields<'_>) -> Result<Recording, Problem> {
    Ok(Recording {
        place: place_of(fields)?,
        text: prose("convey_text", fields.raw("convey_text")?)?.map(str::to_owned),
        recorded_on: day_of(fields, "record_dt")?,
        updated_on: day_of(fields, "last_update_dt")?,
        is_purged: fields.raw("purge_in")?.eq_ignore_ascii_case("Y"),
        parties: None,
        properties: None,
    })
}

/// Changes the records that rows lead to; the rows that lead nowhere are refused.
fn patch<R>(
    desk: &mut Desk<'_>,
    mut register: Register,
    rows: &[(String, R)],
    mut change: impl FnMut(&mut Desk<'_>, &mut Register, Slot, i64, &R) -> Fate,
) -> Result<Vec<Fate>, ImportError> {
    let mut fates = Vec::with_capacity(rows.len());
    for (place, row) in rows {
        let fate = match register.led(place) {
            Led::Nowhere => nowhere(place),
            Led::Elsewhere => Fate::Unchanged,
            Led::To(slot) => {
                let id = register.transfers.row(slot).map(|row| row.id).unwrap_or_default();
                let fate = change(desk, &mut register, slot, id, row);
                if !matches!(fate, Fate::Unchanged | Fate::Refused(_)) {
                    register.derive_again(desk, id);
                }
                fate
            }
        };
        fates.push(fate);
    }
    register.put(desk)?;
    Ok(fates)
}

fn find<R>(desk: &mut Desk<'_>, rows: &[(String, R)]) -> Result<Register, ImportError> {
    Register::find(desk, RANK, rows.iter().map(|(place, _)| &**place))?.with_parts(desk)
}

/// `assignment_conveyance`: the classes of the records.
struct Classes;

impl Pass for Classes {
    pass_of! { "assignment_conveyance.csv", 3, (String, String), &CLASSES, class }

    fn store(&mut self, rows: Vec<(String, String)>, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError> {
        let register = find(desk, &rows)?;
        patch(desk, register, &rows, |_, register, slot, _, class| {
            let text = register.transfers.row(slot).and_then(|row| row.conveyance_text.clone()).unwrap_or_default();
            let Some(given) = class_given(class, &text) else {
                let expected = "assignment, namechg, govern, merger, release, security, correct, other or missing";
                return Fate::Refused(Problem::new("convey_ty", class, "it is no class of the data set", expected));
            };
            Fate::updated_if(register.transfers.change(slot, |row| given.clone_into(&mut row.conveyance)))
        })
    }
}

fn class(fields: &Fields<'_>) -> Result<(String, String), Problem> {
    Ok((place_of(fields)?, fields.name("convey_ty")?.unwrap_or_default().to_owned()))
}

/// `assignor` and `assignee`: who conveys, and who receives.
struct Parties<const RECEIVE: bool>;

impl Pass for Parties<false> {
    pass_of! { "assignor.csv", 4, (String, Party), &ASSIGNORS, assignor }

    fn store(&mut self, rows: Vec<(String, Party)>, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError> {
        store_parties(desk, &rows)
    }
}

impl Pass for Parties<true> {
    pass_of! { "assignee.csv", 5, (String, Party), &ASSIGNEES, assignee }

    fn store(&mut self, rows: Vec<(String, Party)>, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError> {
        store_parties(desk, &rows)
    }
}

fn party(fields: &Fields<'_>, column: &str, role: &'static str) -> Result<(String, Party), Problem> {
    let refusal = || Problem::new(column, "", "nobody is named", "a name");
    let named = name(column, fields.raw(column)?)?.ok_or_else(refusal)?;
    Ok((place_of(fields)?, Party::new(named, role, None)))
}

fn assignor(fields: &Fields<'_>) -> Result<(String, Party), Problem> {
    let (place, party) = party(fields, "or_name", ASSIGNOR)?;
    Ok((place, Party { executed_on: day_of(fields, "exec_dt")?, ..party }))
}

fn assignee(fields: &Fields<'_>) -> Result<(String, Party), Problem> {
    let (place, party) = party(fields, "ee_name", ASSIGNEE)?;
    Ok((place, party.of_country(fields.name("ee_country")?, fields.name("ee_state")?)))
}

fn store_parties(desk: &mut Desk<'_>, rows: &[(String, Party)]) -> Result<Vec<Fate>, ImportError> {
    let register = find(desk, rows)?;
    let wanted = rows.iter().filter(|(place, _)| matches!(register.led(place), Led::To(_)));
    let companies = parties::resolve(desk, wanted.map(|(place, party)| (party, &**place)))?;
    let resolved = Resolved { companies, ..Resolved::default() };
    patch(desk, register, rows, |desk, register, slot, id, party| {
        let is_others = register.transfers.row(slot).is_some_and(Register::is_others);
        let fate = register.join(desk, id, party, &resolved, !is_others);
        register.settle_execution(slot);
        fate
    })
}

/// `documentid`: the applications, publications and grants that are conveyed.
struct Documents;

impl Pass for Documents {
    pass_of! { "documentid.csv", 6, (String, Property), &DOCUMENTS, document }

    fn store(&mut self, rows: Vec<(String, Property)>, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError> {
        let register = find(desk, &rows)?;
        let wanted = rows.iter().filter(|(place, _)| matches!(register.led(place), Led::To(_)));
        let patents = documents::resolve(desk, wanted.map(|(place, property)| (property, &**place)))?;
        patch(desk, register, &rows, |_, register, _, id, property| {
            let named = property.publications.iter().filter_map(|named| patents.get(&named.number).copied());
            Fate::stored_if(register.link(id, named))
        })
    }
}

fn document(fields: &Fields<'_>) -> Result<(String, Property), Problem> {
    let place = place_of(fields)?;
    let application = name("appno_doc_num", fields.raw("appno_doc_num")?)?;
    let mut property = Property {
        publications: Vec::new(),
        application: application.map(str::to_owned),
        filed_on: day_of(fields, "appno_date")?,
        title: name("title", fields.raw("title")?)?.map(str::to_owned),
    };
    let (mut column, mut found) = ("appno_doc_num", application.unwrap_or_default());
    for (number, date, is_grant) in [("pgpub_doc_num", "pgpub_date", false), ("grant_doc_num", "grant_date", true)] {
        let Some(text) = name(number, fields.raw(number)?)? else { continue };
        (column, found) = (number, text);
        property.publications.extend(Publication::new(text, None, day_of(fields, date)?, is_grant));
    }
    if property.publications.is_empty() {
        let problem = "it names no publication: patents are known by the numbers of publications and grants";
        return Err(Problem::new(column, found, problem, "the number of a publication or of a grant"));
    }
    Ok((place, property))
}
