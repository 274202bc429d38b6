//! `docs/deals-format.md` against the parser: its examples can be imported, and its tables name the fields that there are.

use std::collections::BTreeSet;
use std::path::Path;

use dealgraph::ingest::import::ImportOptions;
use serde_json::Value;

use crate::harness::Harness;

use super::super::on_each;
use super::{examples, file, options, run};

#[test]
fn the_examples_can_be_imported_and_stand_as_they_are() {
    on_each(|store, connection| {
        let path = file("page.jsonl", examples());
        let strict = ImportOptions { strict: true, ..options(&[path]) };
        let total = run(connection, &strict).unwrap_or_else(|error| panic!("{}: {error}", store.name())).total();
        assert_eq!((total.stored, total.rows, total.refused), (total.rows, 28, 0));
        let again = run(connection, &strict).expect("an import");
        assert_eq!((again.total().stored, again.total().unchanged), (0, 28), "{again}");
    });
}

/// The tables of the page: the heading or the words before each, and the names in its first column.
fn tables() -> Vec<(String, BTreeSet<String>)> {
    let page =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/deals-format.md")).expect("a page");
    let (mut tables, mut about, mut heading) = (Vec::new(), String::new(), String::new());
    let mut names = BTreeSet::new();
    for line in page.lines().chain([""]) {
        if let Some(cells) = line.strip_prefix("| ") {
            let first = cells.split(" | ").next().unwrap_or_default();
            names.extend(first.split('`').skip(1).step_by(2).map(str::to_owned));
        } else if !line.starts_with('|') {
            if !names.is_empty() {
                tables.push((about.clone(), std::mem::take(&mut names)));
                about.clone_from(&heading);
            }
            if let Some(text) = line.strip_prefix('#') {
                heading = text.trim_start_matches('#').trim().replace('`', "");
                about.clone_from(&heading);
            }
            let item = line.strip_prefix("Items of `").and_then(|rest| rest.split('`').next());
            if let Some(item) = item {
                about = format!("{heading}.{item}");
            } else if line.starts_with("A party is") {
                about = format!("{heading}.assignors");
            }
        }
    }
    tables
}

/// The fields that the parser knows at a place of a line: those of an object with a field that there is not.
fn known(kind: &str, item: Option<&str>) -> BTreeSet<String> {
    let unknown = serde_json::json!({ "?": 1 });
    let object = match item {
        None => unknown,
        Some(item) => serde_json::json!({ item: [unknown] }),
    };
    let store = Harness::sqlite();
    let path = file("fields.jsonl", serde_json::json!({ kind: object }).to_string());
    let report = Harness::folder().join("report.jsonl");
    let options = ImportOptions { report: Some(report.clone()), ..options(&[path]) };
    run(&mut store.connection(), &options).expect("an import");
    let refused: Value = serde_json::from_str(&std::fs::read_to_string(report).expect("a report")).expect("JSON");
    assert_eq!(refused["column"], "?", "{refused}");
    let expected = refused["expected"].as_str().expect("the names");
    expected.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn its_tables_name_the_fields_that_there_are() {
    let tables = tables();
    assert_eq!(tables.len(), 29, "{tables:#?}");
    for (about, names) in tables {
        let known = match (about.as_str(), about.split_once('.')) {
            ("Citations", _) => known("rivalry", Some("citations")),
            (_, Some((kind, item))) => known(kind, Some(item)),
            (kind, None) => known(kind, None),
        };
        assert_eq!(names, known, "the fields of {about}");
    }
}

#[test]
fn its_examples_have_every_field_of_its_tables() {
    let mut found: BTreeSet<String> = BTreeSet::new();
    fn names(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| {
                found.insert(name.clone());
                names(value, found);
            }),
            Value::Array(items) => items.iter().for_each(|item| names(item, found)),
            _ => {}
        }
    }
    for line in examples().lines() {
        names(&serde_json::from_str(line).expect("JSON"), &mut found);
    }
    for (about, fields) in tables() {
        let missing: Vec<_> = fields.difference(&found).collect();
        assert!(missing.is_empty(), "{about}: no example has {missing:?}");
    }
}
