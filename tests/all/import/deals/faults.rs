//! What is wrong with a line is said with file, line, field, value and what was expected; the others are stored.

use dealgraph::ingest::import::ImportOptions;
use serde_json::Value;

use crate::harness::Harness;

use super::super::on_each;
use super::super::whole::whole;
use super::{file, options, run};

const BASE: &str = r#"{"source": {"publisher": "Example", "url": "https://example.org/a"}}
{"company": {"slug": "one", "name": "One", "citations": ["https://example.org/a"]}}
{"company": {"slug": "two", "name": "Two", "citations": ["https://example.org/a"]}}
"#;

/// Lines, each with the column, and words of what is wrong, found or expected.
const CASES: &[(&str, &str, &str)] = &[
    (r#"{"agreement": {"slug": "a"}}"#, "title", "missing field `title`"),
    (r#"{"agreement": {"slug": "a", "titel": "A"}}"#, "titel", "Did you mean `title`?"),
    (r#"{"agrement": {"slug": "a"}}"#, "agrement", "Did you mean `agreement`?"),
    (r#"{"slug": "a"}"#, "slug", "unknown variant `slug`"),
    (r#"{"company": {"slug": "x"}, "person": {}}"#, "name", "missing field"),
    (r#"{"company": "one"}"#, "", "invalid type"),
    (r#"[1]"#, "", "at column"),
    (r#"{"company": {"slug": "#, "", "EOF while parsing"),
    (r#"{"area": {"slug": "a", "slug": "b", "name": "A"}}"#, "slug", "duplicate field"),
    (
        r#"{"agreement": {"slug": "a", "title": "A", "status": "ANNOUNCED", "citations": []}}"#,
        "citations",
        "nothing supports the fact",
    ),
    (r#"{"company": {"slug": "three", "name": "Three"}}"#, "citations", "at least one source"),
    (
        r#"{"agreement": {"slug": "a", "title": "A", "status": "SIGNED", "citations": ["https://example.org/a"]}}"#,
        "status",
        "one of ANNOUNCED, IN_FORCE",
    ),
    (
        r#"{"agreement": {"slug": "a", "title": "A", "status": "ANNOUNCED", "citations": ["https://example.org/b"]}}"#,
        "citations.source",
        "a source that is not in the store",
    ),
    (
        r#"{"agreement": {"slug": "a", "title": "A", "status": "ANNOUNCED", "announcedOn": "2017-02-30", "citations": ["https://example.org/a"]}}"#,
        "announcedOn",
        "2017-02-30",
    ),
    (
        r#"{"agreement": {"slug": "a", "title": "A", "status": "ANNOUNCED", "value": {"amount": "1", "currency": "usd"}, "citations": ["https://example.org/a"]}}"#,
        "value.currency",
        "a currency",
    ),
    (
        r#"{"agreement": {"slug": "a", "title": "A", "status": "ANNOUNCED", "value": {"amount": "-1", "currency": "USD"}, "citations": ["https://example.org/a"]}}"#,
        "value.amount",
        "not negative",
    ),
    (
        r#"{"agreement": {"slug": "a", "title": "A", "status": "ANNOUNCED", "parties": [{"company": "three", "role": "LICENSOR"}], "citations": ["https://example.org/a"]}}"#,
        "parties.company",
        "three",
    ),
    (
        r#"{"agreement": {"slug": "a", "title": "A", "status": "ANNOUNCED", "grants": [{"licensor": "one", "licensee": "one"}], "citations": ["https://example.org/a"]}}"#,
        "grants.licensee",
        "another company",
    ),
    (
        r#"{"agreement": {"slug": "a", "title": "A", "status": "ANNOUNCED", "areas": ["none"], "citations": ["https://example.org/a"]}}"#,
        "areas",
        "an area that is not in the store",
    ),
    (
        r#"{"agreement": {"slug": "a", "title": "A", "status": "ANNOUNCED", "transfers": [{"conveyance": "ASSIGNMENT", "assignors": ["one"], "assignees": ["two"], "patents": ["US1"]}], "citations": ["https://example.org/a"]}}"#,
        "patents",
        "a patent that is not in the store",
    ),
    (
        r#"{"agreement": {"slug": "a", "title": "A", "status": "ANNOUNCED", "parties": [{"company": "one", "role": "AGENT"}, {"company": "one", "role": "AGENT"}], "citations": ["https://example.org/a"]}}"#,
        "parties.role",
        "it stands twice on the line",
    ),
    (
        "{\"agreement\": {\"slug\": \"a\", \"title\": \"A\\u0000\", \"status\": \"ANNOUNCED\", \"citations\": [\"https://example.org/a\"]}}",
        "title",
        "NUL",
    ),
    (
        r#"{"company": {"slug": "Three", "name": "Three", "citations": ["https://example.org/a"]}}"#,
        "slug",
        "lower-case",
    ),
    (
        r#"{"company": {"slug": "three", "name": "Three", "lei": "5299", "citations": ["https://example.org/a"]}}"#,
        "lei",
        "20 capital letters",
    ),
    (
        r#"{"company": {"slug": "three", "name": "Three", "citations": [{"source": "https://example.org/a", "claimValue": "x"}]}}"#,
        "citations.claimValue",
        "`claimField`",
    ),
    (
        r#"{"company": {"slug": "three", "name": "Three", "citations": [{"source": "https://example.org/a", "recordedAt": "today"}]}}"#,
        "citations.recordedAt",
        "a moment",
    ),
    (r#"{"source": {"publisher": "A", "url": "example.org"}}"#, "url", "http"),
    (r#"{"patent": {"number": "nothing", "source": "https://example.org/a"}}"#, "number", "office, number and kind"),
    (
        r#"{"patent": {"number": "US7", "source": "https://example.org/a", "cpc": ["H04W 4/70"]}}"#,
        "cpc",
        "without blanks",
    ),
    (
        r#"{"patent": {"number": "US7", "source": "https://example.org/a", "expiresBasis": "STATED"}}"#,
        "expiresBasis",
        "`expiresOn`",
    ),
    (r#"{"cites": {"patent": "US5", "cited": []}}"#, "patent", "a patent that is not in the store"),
    (
        r#"{"transfer": {"conveyance": "ASSIGNMENT", "assignors": ["one"], "assignees": ["two"], "citations": ["https://example.org/a"]}}"#,
        "listedBy",
        "`reelFrame`",
    ),
    (
        r#"{"transfer": {"conveyance": "ASSIGNMENT", "reelFrame": "1/1", "citations": ["https://example.org/a"]}}"#,
        "assignors",
        "somebody",
    ),
    (
        r#"{"transfer": {"conveyance": "ASSIGNMENT", "reelFrame": "1/1", "assignors": [{"individual": "A", "company": "one"}], "citations": ["https://example.org/a"]}}"#,
        "assignors",
        "either",
    ),
    (
        r#"{"person": {"slug": "p", "name": "P", "citations": ["https://example.org/a"], "statements": [{"source": "https://example.org/a", "quote": "Q"}]}}"#,
        "statements",
        "either an `agreement` or a `company`",
    ),
    (
        r#"{"rivalry": {"company": "one", "rival": "one", "citations": ["https://example.org/a"]}}"#,
        "rival",
        "another company",
    ),
    (
        r#"{"nameMatch": {"spelling": "O", "company": "one", "speltLike": "One", "score": 101, "doubt": "SLIPS", "decision": "OPEN"}}"#,
        "score",
        "100",
    ),
    (
        r#"{"rivalry": {"company": {"name": "New Company Ltd"}, "rival": "none", "citations": ["https://example.org/a"]}}"#,
        "rival",
        "none",
    ),
];

#[test]
fn each_fault_has_its_place_and_leaves_nothing_of_its_line() {
    let text: String = BASE.to_owned() + &CASES.iter().map(|(line, ..)| format!("{line}\n")).collect::<String>();
    let path = file("deals.jsonl", text);
    let base = file("deals.jsonl", BASE);
    on_each(|store, connection| {
        run(connection, &options(std::slice::from_ref(&base))).expect("an import");
        let before = whole(connection);
        let report = Harness::folder().join("report.jsonl");
        let options = ImportOptions { report: Some(report.clone()), ..options(std::slice::from_ref(&path)) };
        let summary = run(connection, &options).expect("an import");
        let total = summary.total();
        assert_eq!((total.unchanged, total.refused), (3, CASES.len() as u64), "{}: {summary}", store.name());
        assert!(whole(connection) == before, "{}: a refused line left something", store.name());
        let report = std::fs::read_to_string(report).expect("a report");
        for (place, (told, (line, column, words))) in report.lines().zip(CASES).enumerate() {
            let refused: Value = serde_json::from_str(told).expect("JSON");
            assert_eq!(refused["line"], place + 4, "{told}");
            assert_eq!(refused["column"], *column, "{line}: {told}");
            assert!(told.replace("\\\"", "\"").contains(words), "{line}: {told}\nlacks: {words}");
        }
    });
}

#[test]
fn strict_stops_at_the_first_fault_with_nothing_written() {
    let path = file("deals.jsonl", BASE.to_owned() + "{\"company\": {\"slug\": \"x\"}}\n");
    on_each(|store, connection| {
        let before = whole(connection);
        let strict = ImportOptions { strict: true, ..options(std::slice::from_ref(&path)) };
        let said = run(connection, &strict).expect_err("a fault").to_string();
        assert!(said.starts_with("deals.jsonl, line 4, column `name`: missing field `name`"), "{said}");
        assert!(whole(connection) == before, "{}: something was written", store.name());
    });
}

#[test]
fn what_is_not_of_the_format_is_named() {
    let path = file("entities.csv", "Name,Country\n");
    let long =
        file("long.jsonl", format!("{BASE}{{\"source\": {{\"publisher\": \"{}\"}}}}", "x".repeat(17 * 1024 * 1024)));
    on_each(|_, connection| {
        let said = run(connection, &options(std::slice::from_ref(&path))).expect_err("a fault").to_string();
        assert!(said.contains("entities.csv is not a file of deals: its first line begins with `Name,Count"), "{said}");
        let said = run(connection, &options(std::slice::from_ref(&long))).expect_err("a fault").to_string();
        assert!(said.contains("line 4 is longer than 16 MiB"), "{said}");
    });
}

#[test]
fn a_source_that_a_text_does_not_tell_from_others_is_named_at_length() {
    let twice = r#"{"source": {"publisher": "Registry", "title": "Notice", "publishedOn": "2017"}}
{"source": {"publisher": "Registry", "title": "Notice", "publishedOn": "2018-03"}}
{"company": {"slug": "x", "name": "X", "citations": ["Registry — Notice"]}}
{"company": {"slug": "x", "name": "X", "citations": [{"source": {"publisher": "Registry", "title": "Notice", "publishedOn": "2018-03"}}]}}
"#;
    let path = file("deals.jsonl", twice);
    on_each(|store, connection| {
        let summary = run(connection, &options(std::slice::from_ref(&path))).expect("an import");
        assert_eq!((summary.total().stored, summary.total().refused), (3, 1), "{}: {summary}", store.name());
        assert_eq!(summary.reasons[0].2, "it refers to several sources");
    });
}

#[test]
fn a_transfer_that_is_two_is_refused() {
    let lines = r#"{"transfer": {"conveyance": "ASSIGNMENT", "reelFrame": "000001/0001", "assignors": ["one"], "assignees": ["two"], "citations": ["https://example.org/a"]}}
{"transfer": {"conveyance": "ASSIGNMENT", "listedBy": "https://example.org/a", "assignors": ["one"], "assignees": ["two"]}}
{"transfer": {"conveyance": "ASSIGNMENT", "listedBy": "https://example.org/a", "reelFrame": "000001/0001", "assignors": ["one"], "assignees": ["two"]}}
{"transfer": {"conveyance": "ASSIGNMENT", "listedBy": "https://example.org/a", "ordinal": 2, "reelFrame": "000001/0001", "assignors": ["one"], "assignees": ["two"]}}
"#;
    let path = file("deals.jsonl", BASE.to_owned() + lines);
    on_each(|store, connection| {
        let summary = run(connection, &options(std::slice::from_ref(&path))).expect("an import");
        assert_eq!((summary.total().stored, summary.total().refused), (6, 1), "{}: {summary}", store.name());
        assert!(summary.reasons[0].2.contains("several rows of `patent_transfer`"), "{summary}");
    });
}
