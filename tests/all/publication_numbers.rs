//! `patent(publicationNumber:)` in any spelling: what is found, what several publications fit, what is refused.

use serde_json::{Value, json};

use crate::harness::{Harness, TestStore, answer, engine};

/// Publications: office, number and kind, which is empty where it is not known.
const PATENTS: &[(&str, &str, &str)] = &[
    ("US", "8566251", "B2"),
    ("US", "8566251", "C1"),
    ("US", "1234567", ""),
    ("US", "1234567", "A"),
    ("EP", "1234567", "A1"),
    ("EP", "1234567", "B1"),
    ("EP", "1234567", "B9"),
    ("EP", "7654321", "A1"),
    ("US", "D939807", "S1"),
    ("US", "RE35312", "E1"),
    ("US", "20170123456", "A1"),
    ("WO", "2017123456", "A1"),
    ("WO", "1993012990", ""),
    ("CN", "104618449", "A"),
    ("JP", "H07123456", "A"),
    ("JP", "H0712345", "B2"),
    ("KR", "20150012345", "A"),
    ("KR", "101234567", "B1"),
    ("DE", "102010012345", "A1"),
    ("GB", "2123456", "A"),
    ("FR", "2854321", "A1"),
];

fn fill(store: &TestStore) {
    let row = |(index, (office, number, kind)): (usize, &(&str, &str, &str))| {
        let code = if kind.is_empty() { "NULL".to_owned() } else { format!("'{kind}'") };
        format!("({}, '{office}{number}{kind}', '{office}', '{number}', {code}, 1)", index + 1)
    };
    let rows: Vec<String> = PATENTS.iter().enumerate().map(row).collect();
    store.execute_batch(&format!(
        "INSERT INTO source (id, publisher, publisher_folded) VALUES (1, 'Register', 'register'); \
         INSERT INTO patent (id, publication_number, office, number, kind_code, source_id) VALUES {}",
        rows.join(", ")
    ));
}

const ASK: &str = "query ($n: String!) { patent(publicationNumber: $n) { publicationNumber } }";

#[test]
fn each_spelling_finds_its_publication_on_both_databases() {
    let cases: &[(&str, &[&str])] = &[
        (
            "US8566251B2",
            &["US8566251B2", "US-8566251-B2", "US 8,566,251 B2", "us8566251b", "8566251B2", "ＵＳ8566251 Ｂ２"],
        ),
        // What stands without a kind is meant by the number alone, and by a kind that nothing else has.
        ("US1234567", &["US1234567", "US 1,234,567", "US1234567B2", "1234567"]),
        ("US1234567A", &["US1234567A", "US-A-1234567"]),
        ("EP1234567A1", &["EP 1 234 567 A1", "EP-A1-1234567", "EP1234567A"]),
        ("EP7654321A1", &["7654321", "EP 7 654 321", "EP7654321A"]),
        ("USD939807S1", &["D0939807", "D939,807", "US D939807 S1", "US939807S1"]),
        ("USRE35312E1", &["RE35,312", "Re. 35312"]),
        ("US20170123456A1", &["2017/0123456", "20170123456", "US2017123456A1", "US20170123456A1"]),
        ("WO2017123456A1", &["WO2017/123456", "WO 17/123456", "2017/123456", "WO2017123456A1"]),
        ("WO1993012990", &["WO 93/12990", "WO9312990A1", "WO1993012990"]),
        ("CN104618449A", &["CN104618449A", "CN 104618449", "104618449"]),
        ("JPH07123456A", &["特開平7-123456", "JP H07-123456", "JP-A-7-123456", "JP07123456A"]),
        ("JPH0712345B2", &["特公平7-12345", "JPH0712345"]),
        ("KR20150012345A", &["KR 10-2015-0012345", "10-2015-0012345"]),
        ("KR101234567B1", &["KR 10-1234567", "KR101234567B1"]),
        ("DE102010012345A1", &["DE 10 2010 012 345 A1", "DE102010012345"]),
        ("GB2123456A", &["GB 2 123 456 A", "GB-A-2123456"]),
        ("FR2854321A1", &["FR 2 854 321", "FR2854321A1"]),
    ];
    for store in Harness::databases() {
        fill(&store);
        let engine = engine(&store);
        for (expected, spellings) in cases {
            for text in *spellings {
                let answer = answer(&*engine, ASK, &json!({ "n": text }));
                let wanted = format!(r#"{{"data":{{"patent":{{"publicationNumber":"{expected}"}}}}}}"#);
                assert_eq!(answer, wanted, "{text} on {}", store.name());
            }
        }
        for text in ["US 7,000,000", "US8566251A1", "EP1234567C", "WO 17/000001", "XX123"] {
            let answer = answer(&*engine, ASK, &json!({ "n": text }));
            assert_eq!(answer, r#"{"data":{"patent":null}}"#, "{text} on {}", store.name());
        }
    }
}

#[test]
fn a_number_that_several_publications_fit_is_an_error_of_its_field() {
    let cases: &[(&str, &[&str])] = &[
        ("US 8,566,251", &["US8566251B2", "US8566251C1"]),
        ("EP 1 234 567", &["EP1234567A1", "EP1234567B1", "EP1234567B9"]),
        ("EP1234567B", &["EP1234567B1", "EP1234567B9"]),
    ];
    for store in Harness::databases() {
        fill(&store);
        let engine = engine(&store);
        for (text, candidates) in cases {
            let query = "query ($n: String!) { a: patent(publicationNumber: $n) { title citations { totalCount } }
                b: patent(publicationNumber: \"GB2123456\") { number } }";
            let answer = answer(&*engine, query, &json!({ "n": text }));
            let found: Value = serde_json::from_str(&answer).unwrap();
            let expected = json!({
                "errors": [{
                    "message": format!("Several publications fit `{text}`: {}. Ask for one of them.", candidates.join(", ")),
                    "locations": [{ "line": 1, "column": 23 }],
                    "path": ["a"],
                    "extensions": { "code": "AMBIGUOUS_NUMBER", "candidates": candidates },
                }],
                "data": { "a": null, "b": { "number": "2123456" } },
            });
            assert_eq!(found, expected, "{text} on {}", store.name());
        }
    }
}

#[test]
fn of_many_candidates_some_are_listed() {
    for store in Harness::databases() {
        let row = |n: usize| {
            format!("({n}, 'EP1234567{0}{1}', 'EP', '1234567', '{0}{1}', 1)", ["A", "B", "C"][n / 10], n % 10)
        };
        let rows: Vec<String> = (1..30).map(row).collect();
        store.execute_batch(&format!(
            "INSERT INTO source (id, publisher, publisher_folded) VALUES (1, 'Register', 'register'); \
             INSERT INTO patent (id, publication_number, office, number, kind_code, source_id) VALUES {}",
            rows.join(", ")
        ));
        let found: Value = serde_json::from_str(&answer(&*engine(&store), ASK, &json!({ "n": "EP 1234567" }))).unwrap();
        let error = &found["errors"][0];
        assert_eq!(error["extensions"]["candidates"].as_array().map(Vec::len), Some(20), "{found}");
        assert!(error["message"].as_str().unwrap().contains(" and others. Ask"), "{found}");
    }
}

#[test]
fn what_is_no_publication_number_is_refused_before_any_statement() {
    let cases = [
        ("hello", "`publicationNumber`: `hello` is not a publication number: an office, its number and perhaps a kind"),
        ("", "`publicationNumber`: `` is not a publication number"),
        ("US123BB", "`publicationNumber`: `US123BB` is not a publication number"),
        (
            "US 15/994,759",
            "`publicationNumber`: `US 15/994,759` is the number of an application, not of a publication.",
        ),
        (
            "ZL 02803734.1",
            "`publicationNumber`: `ZL 02803734.1` is no number of its office: its check digit does not fit.",
        ),
        (
            "DE 10 2007 004 488.8",
            "`publicationNumber`: `DE 10 2007 004 488.8` is no number of its office: its check digit",
        ),
        ("FR 04 12345", "`publicationNumber`: `FR 04 12345` is the number of an application, not of a publication."),
        (
            "FR0412345",
            "`publicationNumber`: `FR0412345` is ambiguous: it can be the publication FR412345, or the application 04 12345",
        ),
    ];
    for store in Harness::databases() {
        let engine = engine(&store);
        for (text, message) in cases {
            let found: Value = serde_json::from_str(&answer(&*engine, ASK, &json!({ "n": text }))).unwrap();
            assert_eq!(found.get("data"), None, "{found}");
            let error = &found["errors"][0];
            assert_eq!(error["extensions"]["code"], "BAD_INPUT", "{found}");
            assert!(error["message"].as_str().unwrap().starts_with(message), "{found}");
        }
    }
}

/// A filter compares what is stored: it orders and searches by text, and a text is what it is.
#[test]
fn a_filter_takes_the_canonical_form_only() {
    let store = Harness::sqlite();
    fill(&store);
    let engine = engine(&store);
    let count = |text: &str| {
        let query = "query ($n: String!) { patents(filter: {publicationNumber: {eq: $n}}) { totalCount } }";
        answer(&*engine, query, &json!({ "n": text }))
    };
    assert!(count("US8566251B2").contains("\"totalCount\":1"));
    assert!(count("US 8,566,251 B2").contains("\"totalCount\":0"));
}
