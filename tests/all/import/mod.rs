//! Importing open data: what becomes of its rows, twice, in a newer edition, when it is killed, and when files are broken.

mod assignments;
mod bad_input;
mod bad_records;
mod command;
mod deals;
mod editions;
mod etsi;
mod full_disk;
mod gleif;
mod kill;
mod many_names;
mod older_names;
mod patentsview;
mod register;
mod state;
mod whole;

use std::path::{Path, PathBuf};

use dealgraph::ingest::import::{ImportError, ImportOptions, ImportSummary, import};
use dealgraph::ingest::{derive_ownership, load_starter};
use dealgraph::store::{Connection, IdMaker};

use crate::harness::{Harness, TestStore};
pub(super) use state::state;

/// A folder of fixtures.
pub(super) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// What is imported: paths of PatentsView, with batches so small that there are several.
fn options(paths: &[PathBuf]) -> ImportOptions {
    ImportOptions {
        format: "patentsview".to_owned(),
        paths: paths.to_vec(),
        edition: Some("2023-03-30".to_owned()),
        batch_rows: 2,
        ..ImportOptions::default()
    }
}

fn run(connection: &mut Connection, options: &ImportOptions) -> Result<ImportSummary, ImportError> {
    let recorded_at = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).and_then(|day| day.and_hms_opt(0, 0, 0));
    let summary = import(connection, &mut IdMaker::new(3), options, recorded_at);
    if let Ok(summary) = &summary {
        assert_accounted(summary);
    }
    summary
}

/// Rows in are rows stored, unchanged and refused, in each file and in all.
fn assert_accounted(summary: &ImportSummary) {
    for file in summary.files.iter().chain([&summary.total()]) {
        assert_eq!(file.rows, file.stored + file.unchanged + file.refused, "{file:?}");
        assert!(file.updated <= file.stored, "{file:?}");
    }
}

/// What an import derived is what follows from the store from scratch.
fn assert_derived(store: &TestStore, connection: &mut Connection) {
    let before = state(connection);
    let done = derive_ownership(connection, &mut IdMaker::new(4)).expect("it is derived");
    assert_eq!((done.stored, done.removed, done.owners_changed), (0, 0, 0), "{}", store.name());
    assert!(state(connection) == before, "{}: deriving from scratch changes something", store.name());
}

/// A file in a folder of its own.
fn file(name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = Harness::folder().join(name);
    std::fs::write(&path, content).expect("a file");
    path
}

/// A table of tabs with a line of names.
fn table(names: &[&str], rows: &[&[&str]]) -> String {
    let line = |fields: &[&str]| {
        let quoted: Vec<String> = fields.iter().map(|field| format!("\"{}\"", field.replace('"', "\"\""))).collect();
        quoted.join("\t") + "\n"
    };
    let mut table = line(names);
    rows.iter().for_each(|row| table += &line(row));
    table
}

/// Runs a test on a store of each database that holds the starter data.
fn on_each(test: impl Fn(&TestStore, &mut Connection)) {
    for store in Harness::databases() {
        let mut connection = store.connection();
        load_starter(&mut connection, &mut IdMaker::starting_at(1_700_000_000_000, 1)).expect("the starter data");
        test(&store, &mut connection);
    }
}

/// The lines of a state that an import brought.
fn brought(before: &[String], after: &[String]) -> Vec<String> {
    after.iter().filter(|line| !before.contains(line)).cloned().collect()
}

/// Holds lines against a file of fixtures; where they differ, the file is written for review.
fn golden(store: &TestStore, name: &str, lines: &[String]) {
    let expected = std::fs::read_to_string(fixture(name)).unwrap_or_default();
    let found = lines.join("\n") + "\n";
    if found != expected {
        std::fs::write(fixture(name), &found).expect("a file");
        panic!("{}: {name} was not what the fixtures become; it is written: review its difference", store.name());
    }
}
