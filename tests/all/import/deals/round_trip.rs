//! Export, import and export again: the same store and the same bytes, on each database and from one to the other.

use dealgraph::ingest::export::export_deals;
use dealgraph::ingest::import::ImportOptions;
use dealgraph::ingest::load_starter;
use dealgraph::store::{Connection, IdMaker};

use crate::harness::{Harness, TestStore, texts};

use super::super::whole::{APART, REGISTERS, assert_same, whole};
use super::super::{fixture, options as patentsview};
use super::{examples, file, imported, options, run};

fn exported(connection: &mut Connection) -> String {
    let mut out = Vec::new();
    let lines = export_deals(connection, &mut out).expect("an export");
    let text = String::from_utf8(out).expect("UTF-8");
    assert_eq!(u64::try_from(text.lines().count()).expect("a count"), lines);
    text
}

/// What importers and people can leave behind that is easy to lose.
const AWKWARD: &str = r#"{"source": {"publisher": "A — B", "title": "C"}}
{"source": {"publisher": "A", "title": "B — C"}}
{"source": {"publisher": "Bare"}}
{"company": {"slug": "awkward", "name": "\" \\ 株式会社", "citations": ["Bare"]}}
{"patent": {"number": "EP1234567A1", "source": "Bare", "cpc": ["H04W4/70"], "areas": []}}
{"patent": {"number": "EP1234567B1", "source": "Bare"}}
{"patent": {"number": "EP1234567", "source": "Bare"}}
{"transfer": {"conveyance": "ASSIGNMENT", "listedBy": {"publisher": "A", "title": "B — C"}, "assignors": ["awkward"], "assignees": [{"individual": "Z. Person"}], "patents": ["EP1234567B1"]}}
{"transfer": {"conveyance": "ASSIGNMENT", "listedBy": {"publisher": "A — B", "title": "C"}, "assignors": ["awkward"], "assignees": ["page-two"], "patents": ["EP1234567B1"]}}
{"transfer": {"conveyance": "ASSIGNMENT", "reelFrame": "000001/0001", "assignors": [{"individual": "Y. Person"}], "assignees": [], "patents": ["EP1234567A1"], "citations": ["Bare"]}}
"#;

/// A store with the starter data, tables of another format, and a line of each kind with all of its fields.
fn filled(store: &TestStore) {
    let mut connection = store.connection();
    let connection = &mut connection;
    load_starter(connection, &mut IdMaker::starting_at(1_700_000_000_000, 1)).expect("the starter data");
    run(connection, &patentsview(&[fixture("patentsview/first")])).expect("an import");
    run(connection, &patentsview(&[fixture("patentsview/newer")])).expect("an import");
    let summary = imported(connection, &(examples() + AWKWARD));
    assert_eq!(summary.total().refused, 0, "{summary}");
}

#[test]
fn an_export_is_the_same_store_again_on_each_database_and_across() {
    let first = Harness::databases();
    first.iter().for_each(filled);
    let exports: Vec<String> = first.iter().map(|store| exported(&mut store.connection())).collect();
    assert!(exports[0] == exports[1], "the databases export other bytes");
    let expected = whole(&mut first[0].connection());
    assert_same(&expected, &whole(&mut first[1].connection()), "the databases hold other rows");
    let path = file("store.jsonl", &exports[0]);
    for store in Harness::databases() {
        let connection = &mut store.connection();
        let strict = ImportOptions { strict: true, batch_rows: 100, ..options(std::slice::from_ref(&path)) };
        let summary = run(connection, &strict).unwrap_or_else(|error| panic!("{}: {error}", store.name()));
        assert_eq!(summary.total().stored, summary.total().rows, "{summary}");
        assert_same(&expected, &whole(connection), store.name());
        assert!(exported(connection) == exports[0], "{}: another export", store.name());
        let again = run(connection, &strict).expect("an import");
        assert_eq!(again.total().stored, 0, "{}: {again}", store.name());
    }
}

#[test]
fn every_table_of_facts_has_rows_in_what_is_compared() {
    let store = Harness::sqlite();
    filled(&store);
    let rows = whole(&mut store.connection());
    let tables = "SELECT name AS shown FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'";
    let empty: Vec<String> = texts(&mut store.connection(), tables)
        .into_iter()
        .filter(|table| !APART.iter().any(|apart| table.starts_with(apart)) && !REGISTERS.contains(&table.as_str()))
        .filter(|table| !rows.iter().any(|row| row.starts_with(&format!("{table} "))))
        .collect();
    assert!(empty.is_empty(), "nothing is compared of {empty:?}");
}
