//! Imports and corrections of one thing: neither undoes the other unseen.

use std::path::PathBuf;
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use dealgraph::ingest::import::{ImportOptions, import};
use dealgraph::store::{Connection, IdMaker};
use serde_json::{Value, json};

use super::{Asked, URL, on_both};
use crate::changes::batch;
use crate::harness::{Harness, TestStore, texts};
use crate::mutations;

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

/// Begins to make a company and lets go as soon as somebody waits for that, or, on SQLite, for the file.
fn makes_in_between(store: &TestStore, slug: &str) -> impl FnOnce() + Send {
    let mut other = store.connection();
    let begin = if store.name() == "sqlite" { "BEGIN IMMEDIATE" } else { "BEGIN" };
    batch(&mut other, begin).expect("a transaction");
    let insert = format!(
        "INSERT INTO company (id, slug, name, name_folded) VALUES ({}, '{slug}', '{slug} Inc.', '{slug} inc.')",
        slug.len()
    );
    batch(&mut other, &insert).expect("a company");
    let mut watching = store.connection();
    move || {
        let waiting = "SELECT pid::text AS shown FROM pg_stat_activity WHERE datname = current_database() \
                       AND wait_event_type = 'Lock'";
        match watching {
            Connection::Sqlite(_) => sleep(Duration::from_millis(300)),
            Connection::Postgres(_) => {
                let begin = Instant::now();
                while texts(&mut watching, waiting).is_empty() {
                    assert!(begin.elapsed() < Duration::from_secs(60), "nobody waits for the company");
                    sleep(Duration::from_millis(5));
                }
            }
        }
        batch(&mut other, "COMMIT").expect("it is committed");
    }
}

#[test]
fn of_two_who_make_one_company_the_second_is_told() {
    on_both(|asked| {
        // So that the source is there which the line cites.
        asked.companies(&["other"]);
        let between = makes_in_between(&asked.store, "acme");
        let payload = scope(|scope| {
            scope.spawn(between);
            asked.mutate("companyRecord", "company { slug }", &mutations::company("acme"))
        });
        assert_eq!(payload["userErrors"][0]["code"], "TAKEN", "{}: {payload}", asked.store.name());

        let between = makes_in_between(&asked.store, "zenith");
        let line = json!({"company": {"slug": "zenith", "name": "zenith Inc.", "country": "FI", "citations": [URL]}});
        let options =
            ImportOptions { format: "deals".to_owned(), paths: vec![file(&line)], ..ImportOptions::default() };
        let mut connection = asked.store.connection();
        let mut run = || import(&mut connection, &mut IdMaker::new(7), &options, None);
        let first = scope(|scope| {
            scope.spawn(between);
            run()
        });
        // On SQLite the import has waited for the file, and found the company.
        assert_eq!(first.is_ok(), asked.store.name() == "sqlite");
        if let Err(error) = first {
            let said = error.to_string();
            assert!(said.contains("another write") && said.contains("run the import again"), "{said}");
        }
        run().expect("an import");
        let stands = asked.ask("{ company(slug: \"zenith\") { country } }", &Value::Null);
        assert_eq!(stands["data"]["company"]["country"], "FI", "{}", asked.store.name());
    });
}
