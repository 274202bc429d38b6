//! Export, import and export again: the same store and the same bytes, on each database and from one to the other.

use std::path::PathBuf;

use dealgraph::access::Role;
use dealgraph::ingest::export::export_deals;
use dealgraph::ingest::import::ImportOptions;
use dealgraph::ingest::load_starter;
use dealgraph::store::{Connection, IdMaker};
use serde_json::json;

use crate::harness::{Harness, TestStore, config, engine_with, texts};
use crate::mutations::{bytes, request};

use super::super::register::{self, Made, made};
use super::super::whole::{APART, assert_same, whole};
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

/// Files of registers, by format.
const REGISTERS: &[(&str, &[&str])] =
    &[("gleif", &["gleif/first"]), ("gleif", &["gleif/newer"]), ("etsi", &["etsi/first"]), ("etsi", &["etsi/newer"])];

/// A record of the chain that the register took back.
fn purged() -> Made {
    Made { updated: "20240301", purged: true, ..made((51500, 1), "20200110") }
}

/// Joins two companies: the short name of one leads to the other from then on.
fn joined(store: &TestStore) {
    let merge = "mutation($input: CompanyMergeInput!) { companyMerge(input: $input) { userErrors { message } } }";
    let input = json!({"slug": "page-two", "version": 1, "other": "page-three", "otherVersion": 1});
    let engine = engine_with(store, &config(&store.url, &[]));
    let answer = bytes(&engine, &request(Role::Admin, merge, &input));
    assert_eq!(answer, r#"{"data":{"companyMerge":{"userErrors":[]}}}"#, "{}", store.name());
}

/// A store with the starter data, files of the other formats, and a line of each kind with all of its fields.
fn filled(store: &TestStore) {
    let mut connection = store.connection();
    let connection = &mut connection;
    load_starter(connection, &mut IdMaker::starting_at(1_700_000_000_000, 1)).expect("the starter data");
    run(connection, &patentsview(&[fixture("patentsview/first")])).expect("an import");
    run(connection, &patentsview(&[fixture("patentsview/newer")])).expect("an import");
    for (format, paths) in REGISTERS {
        let paths: Vec<PathBuf> = paths.iter().map(|path| fixture(path)).collect();
        let options = ImportOptions { format: (*format).to_owned(), ..patentsview(&paths) };
        assert!(run(connection, &options).expect("an import").total().stored > 0, "{format}");
    }
    for (name, records) in [("ad20240101.xml", register::chain()), ("ad20240301.xml", vec![purged()])] {
        let path = file(name, register::xml(&name[2..10], &records));
        assert!(run(connection, &register::options(&[path])).expect("an import").total().stored > 0, "{name}");
    }
    let summary = imported(connection, &(examples() + AWKWARD));
    assert_eq!(summary.total().refused, 0, "{summary}");
}

#[test]
fn an_export_is_the_same_store_again_on_each_database_and_across() {
    let first = Harness::databases();
    first.iter().for_each(filled);
    let exports: Vec<String> = first.iter().map(|store| exported(&mut store.connection())).collect();
    let other = exports[0].lines().zip(exports[1].lines()).find(|(one, other)| one != other);
    assert!(exports[0] == exports[1], "the databases export other bytes: {other:#?}");
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
fn companies_that_were_joined_are_one_again_under_both_short_names() {
    for store in Harness::databases() {
        imported(&mut store.connection(), &examples());
        joined(&store);
        let (expected, export) = (whole(&mut store.connection()), exported(&mut store.connection()));
        for other in Harness::databases() {
            let connection = &mut other.connection();
            let strict = ImportOptions { strict: true, ..options(&[file("store.jsonl", &export)]) };
            run(connection, &strict).unwrap_or_else(|error| panic!("{} to {}: {error}", store.name(), other.name()));
            assert_same(&expected, &whole(connection), &format!("{} to {}", store.name(), other.name()));
            assert!(exported(connection) == export, "{} to {}: another export", store.name(), other.name());
            let by_either = r#"{"rivalry": {"company": "page-one", "rival": "page-three", "citations": ["https://gazette.example/agree"]}}
{"rivalry": {"company": "page-one", "rival": "page-two", "citations": ["https://gazette.example/agree"]}}
{"company": {"slug": "page-three", "name": "Three", "citations": ["https://gazette.example/agree"]}}
{"company": {"slug": "page-one", "name": "One", "citations": ["https://gazette.example/agree"], "formerSlugs": ["page-three"]}}
{"company": {"slug": "page-one", "name": "One", "citations": ["https://gazette.example/agree"], "formerSlugs": ["page-two"]}}
"#;
            let summary = imported(connection, by_either);
            let total = summary.total();
            assert_eq!(
                (total.stored, total.unchanged, total.refused),
                (1, 2, 2),
                "what was joined is left as it is: {summary}"
            );
            for problem in ["it leads to another company", "has this short name"] {
                assert!(summary.reasons.iter().any(|reason| reason.2.contains(problem)), "{problem}: {summary}");
            }
        }
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
        .filter(|table| !APART.iter().any(|apart| table.starts_with(apart)))
        .filter(|table| !rows.iter().any(|row| row.starts_with(&format!("{table} "))))
        .collect();
    assert!(empty.is_empty(), "nothing is compared of {empty:?}");
}
