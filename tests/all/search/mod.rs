//! Search: what is found first, pages, hostile texts, and an index that is right after any write.

mod index;

use std::path::Path;

use dealgraph::ingest::import::{ImportOptions, import};
use dealgraph::ingest::load_starter;
use dealgraph::store::{Connection, IdMaker};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::harness::{Ask, Harness, answer, engine};

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// The starter data, an import, and some companies in other scripts.
fn fill(connection: &mut Connection) {
    load_starter(connection, &mut IdMaker::starting_at(1_700_000_000_000, 1)).expect("the starter data");
    let options = ImportOptions {
        format: "patentsview".to_owned(),
        paths: vec![fixture("patentsview/first")],
        batch_rows: 2,
        ..ImportOptions::default()
    };
    import(connection, &mut IdMaker::starting_at(1_710_000_000_000, 2), &options, None).expect("an import");
    let options = ImportOptions {
        format: "deals".to_owned(),
        paths: vec![fixture("search/companies.jsonl")],
        strict: true,
        ..ImportOptions::default()
    };
    import(connection, &mut IdMaker::starting_at(1_720_000_000_000, 3), &options, None).expect("companies");
}

/// A filled store of each database.
fn on_each(test: impl Fn(&str, &dyn Ask, &mut Connection)) {
    for store in Harness::databases() {
        let mut connection = store.connection();
        fill(&mut connection);
        test(store.name(), &*engine(&store), &mut connection);
    }
}

const DOCUMENT: &str = "query($text: String!, $types: [SearchType!], $first: Int, $after: String) { \
    search(text: $text, types: $types, first: $first, after: $after) { pageInfo { hasNextPage hasPreviousPage endCursor } \
    edges { cursor score field fragment { text isMatch } node { __typename ... on Company { slug } ... on Person { slug } \
    ... on CooperationArea { slug } ... on Agreement { slug } ... on Patent { publicationNumber } } } } }";

fn search(engine: &dyn Ask, variables: &Value) -> Value {
    serde_json::from_str(&answer(engine, DOCUMENT, variables)).expect("JSON")
}

/// What was found, such as `company:nokia`.
fn keys(answer: &Value) -> Vec<String> {
    let edges = answer["data"]["search"]["edges"].as_array().unwrap_or_else(|| panic!("{answer}"));
    let key = |edge: &Value| {
        let node = &edge["node"];
        let key = node["slug"].as_str().or(node["publicationNumber"].as_str()).expect("a key");
        let kind = node["__typename"].as_str().expect("a type").to_lowercase();
        format!("{}:{key}", kind.trim_start_matches("cooperation"))
    };
    edges.iter().map(key).collect()
}

#[test]
fn each_query_of_the_list_finds_the_same_first_on_both_databases() {
    let list = std::fs::read_to_string(fixture("search/queries.tsv")).expect("a fixture");
    let queries: Vec<Vec<&str>> =
        list.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
    assert!(queries.len() >= 50, "{} queries", queries.len());
    on_each(|database, engine, _| {
        let mut wrong = Vec::new();
        for query in &queries {
            let [text, types, expected] = query[..] else { panic!("three columns: {query:?}") };
            let types = (!types.is_empty()).then(|| types.split(',').collect::<Vec<_>>());
            let answer = search(engine, &json!({ "text": text, "types": types, "first": 3 }));
            let found = keys(&answer);
            if found.first().map_or("-", String::as_str) != expected {
                wrong.push(format!("{database}: `{text}` finds {found:?}, not {expected}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

#[test]
fn pages_are_the_whole_cut_into_pieces() {
    on_each(|database, engine, _| {
        for text in ["nokia", "method", "s", "patent"] {
            let whole = keys(&search(engine, &json!({ "text": text, "first": 1000 })));
            assert!(whole.len() > 10, "{database}: {text} finds {whole:?}");
            let (mut walked, mut after) = (Vec::new(), Value::Null);
            loop {
                let answer = search(engine, &json!({ "text": text, "first": 7, "after": after }));
                let info = &answer["data"]["search"]["pageInfo"];
                assert_eq!(info["hasPreviousPage"], json!(!after.is_null()), "{database}: {text}");
                walked.extend(keys(&answer));
                after = info["endCursor"].clone();
                if info["hasNextPage"] == json!(false) {
                    break;
                }
            }
            assert_eq!(walked, whole, "{database}: {text}");
            let mut once = whole.clone();
            once.sort();
            once.dedup();
            assert_eq!(once.len(), whole.len(), "{database}: {text} finds something twice");
        }
        let cursor = search(engine, &json!({ "text": "nokia" }))["data"]["search"]["edges"][0]["cursor"].clone();
        for (text, types) in [("nokia x", Value::Null), ("nokia", json!(["PATENT"]))] {
            let refused = search(engine, &json!({ "text": text, "types": types, "after": cursor }));
            assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_CURSOR", "{database}: {refused}");
        }
    });
}

#[test]
fn what_asks_for_nothing_finds_nothing_and_what_is_too_long_is_refused() {
    on_each(|database, engine, _| {
        for text in ["", " \t\n", "\"*()&|!:<->", "…—·", "%_", "\u{301}"] {
            let answer = search(engine, &json!({ "text": text }));
            assert!(keys(&answer).is_empty(), "{database}: {text:?} finds {answer}");
            assert_eq!(answer["data"]["search"]["pageInfo"]["endCursor"], Value::Null);
        }
        assert!(keys(&search(engine, &json!({ "text": "nokia", "types": [] }))).is_empty());
        assert!(keys(&search(engine, &json!({ "text": "nokia", "first": 0 }))).is_empty());
        for text in ["x".repeat(257), "米".repeat(257)] {
            let answer = search(engine, &json!({ "text": text }));
            assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_INPUT", "{database}: {answer}");
        }
        for text in ["x ".repeat(128), "米".repeat(256)] {
            assert!(keys(&search(engine, &json!({ "text": text }))).is_empty(), "{database}");
        }
    });
}

#[test]
fn no_text_is_an_error() {
    on_each(|database, engine, _| {
        let words = "(nokia|AND|OR|NOT|NEAR|\\*|\"|'|\\(|\\)|:|&|!|<->|\\\\|-|\\^|\\{|\\}|\u{0}|10000001|米| |ß|\u{fdfa}|\u{301})";
        let text =
            prop_oneof![prop::string::string_regex(&format!("{words}{{0,12}}")).expect("a pattern"), any::<String>()];
        let mut runner =
            TestRunner::new(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() });
        let run = runner.run(&text, |text| {
            let text: String = text.chars().take(256).collect();
            let answer = search(engine, &json!({ "text": text }));
            // A null character is refused in every argument.
            let is_refused = text.contains('\0') && answer["errors"][0]["extensions"]["code"] == "BAD_INPUT";
            prop_assert!(answer["data"]["search"]["edges"].is_array() || is_refused, "{text:?}: {answer}");
            Ok(())
        });
        run.unwrap_or_else(|fault| panic!("{database}: {fault}"));
    });
}

#[test]
fn what_was_found_says_why() {
    on_each(|database, engine, _| {
        let why = |text: &str, types: &[&str]| {
            let answer = search(engine, &json!({ "text": text, "types": types, "first": 1 }));
            let edge = &answer["data"]["search"]["edges"][0];
            let piece = |piece: &Value| {
                let text = piece["text"].as_str().unwrap_or_default();
                if piece["isMatch"] == json!(true) { format!("[{text}]") } else { text.to_owned() }
            };
            let fragment: String = edge["fragment"].as_array().into_iter().flatten().map(piece).collect();
            format!("{} {fragment}", edge["field"].as_str().unwrap_or_default())
        };
        for (text, kind, expected) in [
            ("electrique gen", "COMPANY", "NAME Société [Électrique] de [Gen]ève"),
            ("xaiomi", "COMPANY", "NAME [Xiaomi]"),
            ("小米", "COMPANY", "OTHER_NAME [小米]"),
            ("nokia oyj", "COMPANY", "LEGAL_NAME [Nokia] [Oyj]"),
            ("chairman", "PERSON", "DESCRIPTION [Chairman] and CEO of Xiaomi."),
            ("10000001", "PATENT", "NUMBER [US10000001B2]"),
            ("whose arm", "PATENT", "ABSTRACT An antenna [whose] [arm] is folded.\nIt has two lines."),
        ] {
            assert_eq!(why(text, &[kind]), expected, "{database}: {text}");
        }
    });
}

#[test]
fn what_was_found_leads_on_as_everything_does() {
    const NESTED: &str = "{ search(text: \"nokia xiaomi\", types: [AGREEMENT], first: 1) { __typename nodes { __typename \
        ... on Node { id } ... on Agreement { title parties(first: 5) { totalCount nodes { company { slug agreements(first: 1) \
        { totalCount } } } } } } again: edges { n: node { ... on Fact { citations { totalCount } } } } } }";
    on_each(|database, engine, _| {
        let found: Value = serde_json::from_str(&answer(engine, NESTED, &json!({}))).expect("JSON");
        let node = &found["data"]["search"]["nodes"][0];
        assert!(node["parties"]["totalCount"].as_i64() > Some(1), "{database}: {found}");
        assert!(node["parties"]["nodes"][0]["company"]["agreements"]["totalCount"].as_i64() > Some(1), "{found}");
        assert!(found["data"]["search"]["again"][0]["n"]["citations"]["totalCount"].as_i64() > Some(0), "{found}");
    });
}

#[test]
fn the_price_counts_what_may_be_found() {
    on_each(|_, engine, _| {
        let document = "{ search(text: \"nokia\", first: 1000) { nodes { ... on Company { patents(first: 1000) { nodes { number } } } } } }";
        let refused: Value = serde_json::from_str(&answer(engine, document, &json!({}))).expect("JSON");
        assert_eq!(refused["errors"][0]["extensions"]["code"], "QUERY_TOO_DEAR", "{refused}");
    });
}
