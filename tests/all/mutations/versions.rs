//! Imports and corrections of one thing: neither undoes the other unseen.

use std::path::PathBuf;
use std::thread::{scope, sleep};
use std::time::Duration;

use dealgraph::ingest::import::{ImportOptions, import};
use dealgraph::store::{Connection, IdMaker};
use serde_json::{Value, json};

use super::{Asked, URL, on_both};
use crate::changes::batch;
use crate::harness::{Harness, texts};

fn file(line: &Value) -> PathBuf {
    let path = Harness::folder().join("deals.jsonl");
    std::fs::write(&path, line.to_string()).expect("a file");
    path
}

fn imported(connection: &mut Connection, line: &Value) {
    let options = ImportOptions {
        format: "deals".to_owned(),
        paths: vec![file(line)],
        batch_rows: 3,
        ..ImportOptions::default()
    };
    let summary = import(connection, &mut IdMaker::new(7), &options, None).expect("an import");
    assert_eq!(summary.total().refused, 0, "{summary}");
}

fn company(website: &str) -> Value {
    json!({"company": {"slug": "acme", "name": "acme Inc.", "website": website, "citations": [URL]}})
}

fn version(asked: &Asked) -> Value {
    asked.ask("{ company(slug: \"acme\") { version } }", &Value::Null)["data"]["company"]["version"].clone()
}

/// A correction on top of a version: its error, if any, and what stands then.
fn corrected(asked: &Asked, version: i32) -> (String, Value) {
    let input = json!({"slug": "acme", "version": version, "city": "Oulu", "citations": [{"source": URL}]});
    let payload = asked.mutate("companyUpdate", "company { version city website }", &input);
    (payload["userErrors"][0]["code"].as_str().unwrap_or_default().to_owned(), payload["company"].clone())
}

#[test]
fn who_saw_a_thing_before_an_import_changed_it_corrects_it_no_more() {
    on_both(|asked| {
        asked.companies(&["acme"]);
        let mut connection = asked.store.connection();
        assert_eq!(version(asked), 1);
        imported(&mut connection, &company("https://acme.example"));
        assert_eq!(version(asked), 2, "{}: the import changed it", asked.store.name());
        imported(&mut connection, &company("https://acme.example"));
        assert_eq!(version(asked), 2, "{}: the import changed nothing", asked.store.name());
        let (code, stands) = corrected(asked, 1);
        let expected = json!({"version": 2, "city": null, "website": "https://acme.example"});
        assert_eq!((code.as_str(), stands), ("CONFLICT", expected), "{}", asked.store.name());
        assert_eq!(corrected(asked, 2).0, "", "{}", asked.store.name());

        let deal = json!({"slug": "deal", "title": "A deal", "status": "ANNOUNCED", "citations": [{"source": URL}]});
        asked.done("agreementRecord", "agreement { version }", &deal);
        let newer = json!({"agreement": {"slug": "deal", "title": "A deal", "status": "IN_FORCE", "citations": [URL]}});
        imported(&mut connection, &newer);
        let stale = json!({"slug": "deal", "version": 1, "status": "EXPIRED", "citations": [{"source": URL}]});
        let payload = asked.mutate("agreementUpdate", "agreement { version status }", &stale);
        assert_eq!(payload["userErrors"][0]["code"], "CONFLICT", "{}: {payload}", asked.store.name());
        assert_eq!(payload["agreement"], json!({"version": 2, "status": "IN_FORCE"}), "{}", asked.store.name());
    });
}

/// An import reads rows, compares them and puts them back: what is corrected in between stays.
#[test]
fn what_is_corrected_while_an_import_looks_at_it_is_not_put_back() {
    on_both(|asked| {
        asked.companies(&["acme"]);
        let mut editor = asked.store.connection();
        let begin = if asked.store.name() == "sqlite" { "BEGIN IMMEDIATE" } else { "BEGIN" };
        batch(&mut editor, begin).expect("a transaction");
        batch(&mut editor, "UPDATE company SET city = 'Oulu', version = version + 1").expect("a correction");
        scope(|scope| {
            let importing = scope.spawn(|| imported(&mut asked.store.connection(), &company("https://acme.example")));
            sleep(Duration::from_millis(700));
            batch(&mut editor, "COMMIT").expect("it is committed");
            importing.join().expect("the import ends");
        });
        let stands =
            "SELECT coalesce(city, '-') || ' ' || coalesce(website, '-') || ' ' || version AS shown FROM company";
        assert_eq!(texts(&mut editor, stands), ["Oulu https://acme.example 3"], "{}", asked.store.name());
    });
}
