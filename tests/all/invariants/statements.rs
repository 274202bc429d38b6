//! How many statements a read takes: fixed by its plan, not by the data.

use std::sync::Arc;

use dealgraph::document::{Checker, input};
use dealgraph::plan::Plan;
use dealgraph::prepared::Texts;
use dealgraph::schema::schema;
use serde_json::{Value, json};

use super::{Statements, fill};
use crate::harness::{Harness, answer, config, engine};

const NESTED: &str = "query q2($n: Int) { companies(first: $n) { nodes { id slug name agreements(first: 10) { nodes { \
    slug title parties(first: 10) { nodes { role company { slug name } } } areas(first: 5) { nodes { slug name } } } } } } }";

#[test]
fn a_nested_read_takes_as_many_statements_for_two_companies_as_for_two_hundred() {
    for store in Harness::databases() {
        fill(&store, 200);
        let statements = Statements::default();
        let engine = statements.of(&store);
        for companies in [2, 20, 200] {
            let answer: Value =
                serde_json::from_str(&answer(&engine, NESTED, &json!({ "n": companies }))).expect("JSON");
            let read = answer["data"]["companies"]["nodes"].as_array().map(Vec::len);
            assert_eq!(read, Some(companies), "{}: {answer}", store.name());
            let last = &answer["data"]["companies"]["nodes"][companies - 1]["agreements"]["nodes"];
            assert_eq!(last[9]["parties"]["nodes"].as_array().map(Vec::len), Some(2), "{}: {last}", store.name());
            let told = statements.take();
            assert_eq!(told.len(), 4, "{} with {companies} companies: {told:#?}", store.name());
        }
    }
}

/// The plan of a document.
fn plan(text: &str, variables: &Value) -> Arc<Plan> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let size = config("sqlite:unused", &[]).engine_options().size;
    let texts = Texts::default();
    let prepared = runtime.block_on(texts.get(text, &Checker::new(size))).expect("the document is right");
    let (name, operation) = prepared.document.operation(None).expect("there is one operation");
    let variables = variables.as_object().cloned().unwrap_or_default();
    let types = prepared.document.variable_types(operation);
    let variables = input::variables(schema(), (&operation.node, types), &variables).expect("the variables are right");
    texts.plan(text, &prepared, (name, operation), &variables).expect("it can be planned")
}

/// A document, the statements of its plan at most, and those that it takes of the data here.
const DOCUMENTS: &[(&str, usize, usize)] = &[
    ("{ __typename }", 0, 0),
    ("{ __schema { queryType { name } } }", 0, 0),
    ("{ companies { nodes { slug } } }", 1, 1),
    ("{ companies { pageInfo { hasNextPage endCursor } } }", 1, 1),
    ("{ companies { totalCount } }", 1, 1),
    ("{ companies { totalCount edges { cursor node { slug } } } }", 2, 2),
    ("{ companies { __typename } }", 0, 0),
    ("{ agreementParties { nodes { company { name } agreement { title } } } }", 1, 1),
    ("{ company(slug: \"c1\") { name } }", 1, 1),
    ("{ company(slug: \"c1\") { agreements { nodes { slug } } } }", 2, 2),
    ("{ patent(publicationNumber: \"8,566,251\") { number } }", 1, 1),
    ("{ patent(publicationNumber: \"EP 1 234 567\") { number citations { totalCount } } }", 2, 1),
    ("{ company(slug: \"nobody\") { agreements { totalCount nodes { slug } } } }", 3, 1),
    ("{ company(slug: \"c1\") { name } agreement(slug: \"a10\") { title } }", 2, 2),
    ("{ companies { nodes { agreements { totalCount } } } }", 2, 2),
    ("{ companies { nodes { agreements { totalCount nodes { slug } } } } }", 3, 3),
    (
        "{ companies { nodes { a: agreements(first: 1) { nodes { slug } } b: agreements(last: 1) { nodes { slug } } } } }",
        3,
        3,
    ),
    (
        "{ companies(filter: {slug: {eq: \"no\"}}) { nodes { agreements { nodes { parties { nodes { role } } } } } } }",
        4,
        1,
    ),
    ("{ agreements(filter: {areas: {some: {slug: {eq: \"no\"}}}}) { nodes { title } } }", 3, 1),
    ("{ agreements(filter: {parties: {some: {company: {country: {eq: \"US\"}}}}}) { nodes { title } } }", 3, 2),
    (
        "{ agreements(filter: {parties: {some: {company: {slug: {eq: \"c1\"}}}}}) { nodes { parties { nodes { role } } } } }",
        4,
        2,
    ),
    (
        "{ companies { nodes { patents { nodes { classifications { nodes { symbol } } areas { nodes { slug } } } } } } }",
        4,
        2,
    ),
    ("{ citations { nodes { fact { __typename id ... on Company { slug } } source { publisher } } } }", 1, 1),
    ("query ($no: Boolean = true) { companies { nodes { slug agreements @skip(if: $no) { nodes { slug } } } } }", 1, 1),
    ("query ($no: Boolean = true) { companies @skip(if: $no) { nodes { slug } } __typename }", 0, 0),
    ("query ($id: ID!) { node(id: $id) { ... on Company { slug agreements { nodes { slug } } } } }", 34, 2),
    ("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", 33, 2),
    ("query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Fact { citations { totalCount } } } }", 48, 4),
    ("{ search(text: \"nobody\") { nodes { __typename } } }", 31, 3),
    ("{ search(text: \"nobody\") { edges { cursor field } } }", 26, 3),
    ("{ search(text: \" \") { nodes { ... on Company { agreements { totalCount } } } } }", 32, 0),
];

#[test]
fn a_read_takes_no_more_statements_than_its_plan_says() {
    for store in Harness::databases() {
        fill(&store, 3);
        let ids = answer(
            &*engine(&store),
            "{ companies(first: 2) { nodes { id } } agreement(slug: \"a10\") { id } }",
            &Value::Null,
        );
        let ids: Value = serde_json::from_str(&ids).expect("JSON");
        let companies = &ids["data"]["companies"]["nodes"];
        let ids = [&companies[0]["id"], &ids["data"]["agreement"]["id"], &companies[1]["id"]];
        let statements = Statements::default();
        let engine = statements.of(&store);
        for (document, max, taken) in DOCUMENTS {
            let mut variables = serde_json::Map::new();
            if document.contains("$id:") {
                variables.insert("id".to_owned(), ids[0].clone());
            }
            if document.contains("$ids:") {
                variables.insert("ids".to_owned(), json!(ids));
            }
            let variables = Value::Object(variables);
            let answer = answer(&engine, document, &variables);
            assert!(answer.starts_with("{\"data\":{"), "{document}: {answer}");
            let told = statements.take();
            assert_eq!(told.len(), *taken, "{}: {document}: {told:#?}", store.name());
            assert_eq!(plan(document, &variables).statements_max(), *max, "{document}");
        }
    }
}
