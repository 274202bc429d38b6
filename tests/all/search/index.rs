//! The index after writes is the index from scratch.

use dealgraph::ingest::import::{ImportOptions, import};
use dealgraph::store::search::{is_missing, rebuild};
use dealgraph::store::{Connection, IdMaker};
use serde_json::json;

use super::{fixture, keys, on_each, search};
use crate::harness::{Harness, engine, refusal, texts};

/// All that the index holds, sorted.
fn index(connection: &mut Connection) -> Vec<String> {
    const SHARED: [&str; 3] = [
        "SELECT kind || '|' || id || '|' || entity_id || '|' || name || '|' || fingerprint AS shown FROM search_entry",
        "SELECT kind || '|' || word || '|' || entries AS shown FROM search_word",
        "SELECT key || '|' || word AS shown FROM search_near",
    ];
    let mut lines: Vec<String> = SHARED.iter().flat_map(|query| texts(connection, query)).collect();
    if let Connection::Postgres(_) = connection {
        let words = "SELECT e.kind || '|' || e.id || '|' || w.lexeme AS shown FROM search_entry e, unnest(e.words) w";
        lines.extend(texts(connection, words));
    } else {
        for kind in ["company", "area", "person", "agreement", "patent"] {
            let words = format!("temp.words_of_{kind}");
            let from = format!("'main', 'search_text_{kind}', 'instance'");
            refusal(
                connection,
                &format!("DROP TABLE IF EXISTS {words}; CREATE VIRTUAL TABLE {words} USING fts5vocab({from})"),
            );
            let kind = kind.to_uppercase();
            lines.extend(texts(connection, &format!("SELECT '{kind}|' || doc || '|' || term AS shown FROM {words}")));
        }
    }
    lines.sort();
    lines
}

#[test]
fn the_index_after_writes_is_the_index_from_scratch() {
    on_each(|database, _, connection| {
        for folder in ["patentsview/newer", "patentsview/first", "patentsview/newer"] {
            let options = ImportOptions {
                format: "patentsview".to_owned(),
                paths: vec![fixture(folder)],
                edition: Some("2024-03-31".to_owned()),
                batch_rows: 2,
                ..ImportOptions::default()
            };
            import(connection, &mut IdMaker::new(5), &options, None).expect("an import");
            let written = index(connection);
            assert!(written.len() > 10_000, "{database}: {}", written.len());
            rebuild(connection).expect("an index");
            let made = index(connection);
            let differ = |a: &[String], b: &[String]| -> Vec<String> {
                a.iter().filter(|line| b.binary_search(line).is_err()).take(5).cloned().collect()
            };
            assert!(written == made, "{database}: {:?} {:?}", differ(&written, &made), differ(&made, &written));
        }
    });
}

#[test]
fn what_an_import_changed_is_found_by_its_new_words_only() {
    on_each(|database, engine, connection| {
        let found = |text: &str| keys(&search(engine, &json!({ "text": text, "types": ["PATENT"] })));
        assert!(found("later one").is_empty());
        let options = ImportOptions {
            format: "patentsview".to_owned(),
            paths: vec![fixture("patentsview/newer")],
            edition: Some("2024-03-31".to_owned()),
            ..ImportOptions::default()
        };
        import(connection, &mut IdMaker::new(5), &options, None).expect("an import");
        assert_eq!(found("later one"), ["patent:US10000004B2"], "{database}");
        assert_eq!(found("antenna folded arm"), ["patent:US10000001B2"], "{database}");
    });
}

#[test]
fn a_store_that_was_filled_before_is_indexed() {
    for store in Harness::databases() {
        let mut connection = store.connection();
        assert!(!is_missing(&mut connection).expect("an answer"), "an empty store needs no index");
        store.execute_batch(
            "INSERT INTO company (id, slug, name, name_folded) VALUES (7, 'old', 'Old Harbour', 'old harbour')",
        );
        assert!(is_missing(&mut connection).expect("an answer"));
        let engine = engine(&store);
        assert!(keys(&search(&*engine, &json!({ "text": "old harbour" }))).is_empty());
        assert_eq!(rebuild(&mut connection).expect("an index"), 1);
        assert!(!is_missing(&mut connection).expect("an answer"));
        assert_eq!(keys(&search(&*engine, &json!({ "text": "old harbor" }))), ["company:old"]);
    }
}
