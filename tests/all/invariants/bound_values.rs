//! What users send reaches SQL only as bound values: the texts of statements do not depend on it, but for the size of a page.

use serde_json::{Value, json};

use super::Statements;
use crate::harness::{Harness, answer, texts};

const NASTY: &[&str] = &[
    "'",
    "''",
    "\"",
    "`",
    "\\",
    "\\'",
    "%",
    "_",
    "%_\\%",
    "?",
    "$1",
    "$$",
    ":name",
    "@name",
    ";",
    "--",
    "/* */",
    "' OR '1'='1",
    "' OR 1=1 --",
    "\"; DROP TABLE company; --",
    "'); DELETE FROM company; --",
    "x' UNION SELECT id FROM company --",
    "E'\\x27'",
    "null",
    "[1]",
    "{}",
    "{\"a\": [\"b\"]}",
    "1e999",
    "\n\r\t",
    "\u{1}\u{7f}",
    "ﬀ ẞ İ ı ς",
    "\u{200f}\u{202e}",
    "e\u{301}",
    "\u{10ffff}",
    "🦀",
];

/// Every place for a text, as a document with one variable.
const PLACES: &[&str] = &[
    "query ($t: String!) { company(slug: $t) { slug } }",
    "query ($t: String!) { companyByLei(lei: $t) { slug } }",
    "query ($t: String!) { companies(filter: {legalName: {eq: $t}}) { nodes { slug } totalCount } }",
    "query ($t: String!) { companies(filter: {legalName: {ne: $t}}) { nodes { slug } } }",
    "query ($t: String!) { companies(filter: {legalName: {in: [$t]}}) { nodes { slug } } }",
    "query ($t: String!) { companies(filter: {legalName: {notIn: [$t, \"x\"]}}) { nodes { slug } } }",
    "query ($t: String!) { companies(filter: {name: {lt: $t}}) { nodes { slug } } }",
    "query ($t: String!) { companies(filter: {name: {gte: $t}}) { nodes { slug } } }",
    "query ($t: String!) { companies(filter: {name: {contains: $t}}) { nodes { slug } } }",
    "query ($t: String!) { companies(filter: {name: {startsWith: $t}}) { nodes { slug } } }",
    "query ($t: String!) { companies(filter: {not: {agreements: {some: {title: {contains: $t}}}}}) { nodes { slug } } }",
    "query ($t: String!) { companies(filter: {names: {every: {name: {eq: $t}}}}) { nodes { slug } } }",
    "query ($t: String!) { companies { nodes { names(filter: {name: {eq: $t}}) { nodes { name } } } } }",
    "query ($t: String!) { citations(filter: {fact: {company: {slug: {eq: $t}}}}) { nodes { id } } }",
    "query ($t: String!) { companies(after: $t) { nodes { slug } } }",
    "query ($t: String!) { companies(before: $t) { nodes { slug } } }",
    "query ($t: ID!) { node(id: $t) { id } }",
    "query ($t: ID!) { nodes(ids: [$t]) { id } }",
    "query ($t: ID!) { companies(filter: {id: {eq: $t}}) { nodes { slug } } }",
    "query ($t: Date!) { companies(filter: {foundedOn: {eq: $t}}) { nodes { slug } } }",
    "query ($t: DateTime!) { citations(filter: {recordedAt: {lt: $t}}) { nodes { id } } }",
    "query ($t: Decimal!) { agreements(filter: {valueAmount: {gt: $t}}) { nodes { slug } } }",
    "query ($t: CompanyOrderField!) { companies(orderBy: [{field: $t}]) { nodes { slug } } }",
    "query ($t: MarketStatus!) { markets(filter: {status: {eq: $t}}) { nodes { id } } }",
];

/// The same document with the text written into it.
fn written_out(document: &str, text: &str) -> String {
    let (_, body) = document.split_once(") ").expect("the document has a variable");
    body.replace("$t", &Value::from(text).to_string())
}

#[test]
fn no_text_of_a_user_changes_a_statement() {
    for store in Harness::databases() {
        store.execute_batch("INSERT INTO company (id, slug, name, name_folded) VALUES (1, 'c', 'C', 'c')");
        let statements = Statements::default();
        let engine = statements.of(&store);
        for place in PLACES {
            let harmless = answer(&engine, place, &json!({ "t": "harmless" }));
            let expected = statements.take();
            assert!(harmless.starts_with("{\"data\"") != expected.is_empty(), "{place}: {harmless}");
            for text in NASTY {
                let answers = [
                    answer(&engine, place, &json!({ "t": text })),
                    answer(&engine, &written_out(place, text), &json!({})),
                ];
                let told = statements.take();
                let twice = [expected.clone(), expected.clone()].concat();
                assert_eq!(told, twice, "{}: {text:?} in {place}: {answers:?}", store.name());
            }
        }
        let companies = texts(&mut store.connection(), "SELECT slug AS shown FROM company");
        assert_eq!(companies, ["c"], "{}", store.name());
    }
}

#[test]
fn every_text_finds_the_row_that_has_it() {
    for store in Harness::databases() {
        for (index, text) in NASTY.iter().enumerate() {
            let quoted = text.replace('\'', "''");
            store.execute_batch(&format!(
                "INSERT INTO company (id, slug, name, name_folded, legal_name) VALUES ({}, 's{index}', 'n', 'n', '{quoted}')",
                index + 1
            ));
        }
        let engine = crate::harness::engine(&store);
        for operator in ["eq: $t", "in: [$t]"] {
            let document = format!(
                "query ($t: String!) {{ companies(filter: {{legalName: {{{operator}}}}}) {{ nodes {{ slug legalName }} }} }}"
            );
            for (index, text) in NASTY.iter().enumerate() {
                let found: Value =
                    serde_json::from_str(&answer(&*engine, &document, &json!({ "t": text }))).expect("JSON");
                let expected = json!([{ "slug": format!("s{index}"), "legalName": text }]);
                assert_eq!(found["data"]["companies"]["nodes"], expected, "{}: {text:?}: {found}", store.name());
            }
        }
    }
}

#[test]
fn a_text_with_nul_is_refused_before_any_statement() {
    for store in Harness::databases() {
        let statements = Statements::default();
        let engine = statements.of(&store);
        for place in PLACES {
            let refused = answer(&engine, place, &json!({ "t": "a\0b" }));
            assert!(refused.starts_with("{\"errors\""), "{place}: {refused}");
            assert_eq!(statements.take(), Vec::<String>::new(), "{}: {place}", store.name());
        }
    }
}
