//! An answer is the same to the byte, however often its text was seen, and on whichever database.

use serde_json::{Value, json};

use super::{Statements, fill};
use crate::harness::{Harness, answer, engine};

fn documents() -> Vec<(&'static str, Value)> {
    let plain = [
        "{ companies { nodes { slug name country agreements(first: 2) { totalCount nodes { slug areas { nodes { slug } } } } } } }",
        "{ companies(orderBy: [{field: NAME, direction: DESC}], first: 2) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }",
        "{ b: company(slug: \"c2\") { ...F } a: company(slug: \"c1\") { ...F name } } fragment F on Company { slug __typename }",
        "{ agreementParties(last: 3) { nodes { role agreement { title } company { name } } } }",
        "{ __schema { queryType { name } } company(slug: \"c1\") { name } __typename }",
        "{ __type(name: \"Company\") { name kind } }",
        "{ company(slug: \"nobody\") { name } }",
        "{ companies(filter: {or: [{name: {contains: \"PANY 2\"}}, {agreements: {none: {}}}]}) { nodes { slug } } }",
        // Faults of the document.
        "",
        "{",
        "{ companies { nodes { slug } }",
        "{ nothing }",
        "{ companies { nodes { nothing } } }",
        "{ companies }",
        "{ company { slug } }",
        "{ company(slug: 5) { slug } }",
        "{ companies { nodes { x: slug x: name } } }",
        "{ ...F } fragment F on Query { ...F }",
        "{ companies(orderBy: [{field: \"NAME\"}]) { nodes { slug } } }",
        "query A { __typename } query B { __typename }",
        "mutation { nothing }",
        "subscription { nothing }",
        "query ($x: Nothing) { companies(first: $x) { nodes { slug } } }",
        "query ($n: Int!) { companies(first: $n) { nodes { slug } } }",
        // Faults of an argument.
        "{ companies(first: -1) { nodes { slug } } }",
        "{ companies(first: 2000) { nodes { slug } } }",
        "{ companies(first: 1, last: 1) { nodes { slug } } }",
        "{ companies(after: \"nonsense\") { nodes { slug } } }",
        "{ companies(filter: {slug: {eq: null}}) { nodes { slug } } }",
        "{ node(id: \"nonsense\") { id } }",
        "{ companies(first: 1000) { nodes { agreements(first: 1000) { nodes { slug } } } } }",
        "{ companies(first: 99999999999) { nodes { slug } } }",
        "{ companies(filter: {foundedOn: {eq: \"2020-02-30\"}}) { nodes { slug } } }",
    ];
    let with_size = "query ($n: Int!, $no: Boolean = false) { companies(first: $n) @skip(if: $no) { nodes { slug } } }";
    let mut documents: Vec<(&str, Value)> = plain.into_iter().map(|text| (text, json!({}))).collect();
    documents.extend([
        (with_size, json!({ "n": 2 })),
        (with_size, json!({ "n": 1, "no": true })),
        (with_size, json!({ "n": 2, "no": false })),
        (with_size, json!({ "n": "2" })),
        (with_size, json!({ "n": null })),
        (with_size, json!({ "n": 2.5 })),
        (with_size, json!({ "n": 1, "no": "true" })),
        (with_size, json!({})),
        (with_size, json!({ "n": 2, "unknown": 1 })),
    ]);
    documents.extend(with_variables());
    documents
}

/// Constants beside variables, and variables that are a whole argument, a part of one, or have a default.
fn with_variables() -> Vec<(&'static str, Value)> {
    let beside = "query ($n: Int!) { companies(first: $n, filter: {slug: {in: [\"c3\", \"c1\"]}}, \
        orderBy: [{field: NAME, direction: DESC}]) { nodes { slug } } }";
    let bad = "query ($n: Int!) { companies(first: $n, filter: {foundedOn: {eq: \"2020-02-30\"}}) { nodes { slug } } }";
    let whole = "query ($f: CompanyFilter = {slug: {eq: \"c2\"}}, $o: [CompanyOrder!], $s: String) { \
        all: companies(filter: $f, orderBy: $o) { nodes { slug } } \
        part: companies(filter: {slug: {gt: $s}, not: $f}, orderBy: [{field: ID}]) { nodes { slug } } }";
    vec![
        (beside, json!({ "n": 2 })),
        (beside, json!({ "n": 1 })),
        (beside, json!({ "n": "1" })),
        (bad, json!({ "n": 1 })),
        (bad, json!({ "n": -1 })),
        (whole, json!({ "s": "c1" })),
        (whole, json!({ "f": null, "s": "c1" })),
        (whole, json!({ "f": { "slug": { "in": ["c1", "c2"] } }, "o": { "field": "NAME", "direction": "DESC" } })),
        (whole, json!({ "f": { "slug": { "in": "c3" } }, "o": [{ "field": "NAME" }, { "field": "SLUG" }], "s": null })),
        (whole, json!({ "f": { "slug": { "in": ["c1", null] } } })),
        (whole, json!({ "f": { "slug": { "nothing": "c1" } } })),
        (whole, json!({ "f": [], "o": [] })),
        (whole, json!({ "o": [{ "field": "NOTHING" }] })),
        (whole, json!({ "o": [{ "field": "NAME", "direction": 1 }] })),
    ]
}

#[test]
fn cold_and_warm_answers_are_equal_to_the_byte() {
    let mut of_databases = Vec::new();
    for store in Harness::databases() {
        fill(&store, 3);
        let (used, other) = (engine(&store), engine(&store));
        let mut answers = Vec::new();
        for (document, variables) in documents() {
            let cold = answer(&*used, document, &variables);
            let is_answer = serde_json::from_str::<Value>(&cold)
                .is_ok_and(|answer| answer.get("data").is_some() != answer.get("errors").is_some());
            assert!(is_answer, "either data or errors: {document}: {cold}");
            for _ in 0..2 {
                assert_eq!(answer(&*used, document, &variables), cold, "{}: {document} {variables}", store.name());
            }
            answers.push(cold);
        }
        for ((document, variables), known) in documents().into_iter().zip(&answers).rev() {
            assert_eq!(&answer(&*other, document, &variables), known, "{}: {document} {variables}", store.name());
        }
        of_databases.push(answers);
    }
    for ((document, variables), (one, other)) in documents().iter().zip(of_databases[0].iter().zip(&of_databases[1])) {
        assert_eq!(one, other, "{document} {variables}");
    }
}

#[test]
fn what_is_refused_runs_no_statement() {
    for store in Harness::databases() {
        let statements = Statements::default();
        let engine = statements.of(&store);
        for (document, variables) in documents() {
            let answer = answer(&engine, document, &variables);
            let told = statements.take();
            assert!(answer.starts_with("{\"data\"") || told.is_empty(), "{document} {variables}: {answer}: {told:#?}");
        }
    }
}
