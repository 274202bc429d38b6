//! Documents and their expected answers, as files: `tests/documents/<group>/<name>.graphql` beside `<name>.json`.
//!
//! Each is asked of the starter data on both databases. A document without an expected answer gets the answer of SQLite
//! written beside it, to be read and committed, and fails this once. Variables stand in `<name>.variables.json`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use async_graphql::parser::types::{DocumentOperations, Selection};
use dealgraph::error::Code;
use dealgraph::ingest::load_starter;
use dealgraph::schema::{TypeDef, schema};
use dealgraph::store::IdMaker;

use crate::harness::{Harness, engine};

/// The documents, by path.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let mut found = Vec::new();
    for group in std::fs::read_dir(root).unwrap() {
        for file in std::fs::read_dir(group.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "graphql") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn variables(document: &Path) -> serde_json::Value {
    let path = document.with_extension("variables.json");
    std::fs::read_to_string(path).map_or_else(|_| serde_json::json!({}), |text| serde_json::from_str(&text).unwrap())
}

/// An answer with line breaks, for people who read it; the order of its keys stays.
fn pretty(bytes: &[u8]) -> String {
    let mut out = Vec::new();
    let mut from = serde_json::Deserializer::from_slice(bytes);
    let mut to = serde_json::Serializer::pretty(&mut out);
    serde_transcode::transcode(&mut from, &mut to).unwrap();
    out.push(b'\n');
    String::from_utf8(out).unwrap()
}

#[test]
fn each_document_has_its_expected_answer_on_both_databases() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut wrong = Vec::new();
    for store in Harness::databases() {
        load_starter(&mut store.connection(), &mut IdMaker::starting_at(1_790_000_000_000, 0)).unwrap();
        let engine = engine(&store);
        for document in documents() {
            let query = std::fs::read_to_string(&document).unwrap();
            let answer = pretty(&runtime.block_on(engine.ask(&query, None, &variables(&document))));
            let expected = document.with_extension("json");
            match std::fs::read_to_string(&expected) {
                Ok(text) if text == answer => {}
                Ok(_) => wrong.push(format!("{} on {}:\n{answer}", expected.display(), store.name())),
                Err(_) => {
                    std::fs::write(&expected, &answer).unwrap();
                    wrong.push(format!("{} was missing and is written: read it and commit it", expected.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_root_field_is_in_some_document() {
    let mut asked = BTreeSet::new();
    for document in documents() {
        let text = std::fs::read_to_string(document).unwrap();
        let parsed = async_graphql::parser::parse_query(text).unwrap();
        let operations: Vec<_> = match &parsed.operations {
            DocumentOperations::Single(operation) => vec![operation],
            DocumentOperations::Multiple(operations) => operations.values().collect(),
        };
        for operation in operations {
            for item in &operation.node.selection_set.node.items {
                if let Selection::Field(field) = &item.node {
                    asked.insert(field.node.name.node.to_string());
                }
            }
        }
    }
    let Some(TypeDef::Object { fields, .. }) = schema().get("Query") else { panic!("there is a root") };
    let missing: Vec<&String> = fields.keys().filter(|field| !asked.contains(*field)).collect();
    assert!(missing.is_empty(), "no document asks for {missing:?}");
}

#[test]
fn the_readme_shows_a_query_with_its_answer_and_every_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let block = |language: &str| {
        let start = readme.split(&format!("```{language}\n")).nth(1).unwrap();
        start.split("```").next().unwrap().to_owned()
    };
    let document = root.join("tests/documents/readme/first.graphql");
    assert_eq!(block("graphql"), std::fs::read_to_string(&document).unwrap());
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(json(&block("json")), json(&std::fs::read_to_string(document.with_extension("json")).unwrap()));
    for code in Code::ALL {
        let name = serde_json::to_string(&code).unwrap().replace('"', "`");
        assert!(readme.contains(&format!("| {name} |")), "README says nothing of {name}");
    }
}
