//! A name that the schema does not know is answered with the one that was meant.

use serde_json::{Value, json};

use crate::harness::{Harness, engine};

/// The messages of the errors that a request gets.
fn messages(requests: &[(&str, Value)]) -> Vec<String> {
    let store = Harness::sqlite();
    let engine = engine(&store);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let ask = |(query, variables): &(&str, Value)| {
        let body: Value = serde_json::from_slice(&runtime.block_on(engine.ask(query, None, variables))).unwrap();
        let errors = body["errors"].as_array().unwrap_or_else(|| panic!("{query}: {body}")).iter();
        errors.map(|error| error["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(" | ")
    };
    requests.iter().map(ask).collect()
}

#[test]
fn an_unknown_name_in_a_document_gets_the_names_that_may_be_meant() {
    let cases = [
        (
            "{ companys { totalCount } }",
            "Query has no field `companys`. Did you mean `company`, `companies` or `companyNames`?",
        ),
        ("{ companies { nodes { nme } } }", "Company has no field `nme`. Did you mean `name`"),
        ("{ companies(frist: 1) { totalCount } }", "`companies` has no argument `frist`. Did you mean `first`"),
        (
            "{ companies(filter: {not: {slag: {eq: \"a\"}}}) { totalCount } }",
            "`filter.not` has no field `slag`: it is a CompanyFilter. Did you mean `slug`",
        ),
        (
            "{ companies(orderBy: {field: NOME}) { totalCount } }",
            "`orderBy.field` is a CompanyOrderField, which has no `NOME`. Did you mean `NAME`",
        ),
        (
            "query ($o: [CompanyOrder!] = [{field: nam}]) { companies(orderBy: $o) { totalCount } }",
            "`$o.field` is a CompanyOrderField, which has no `nam`. Did you mean `NAME`",
        ),
        ("{ nodes(ids: []) { ... on Compny { name } } }", "There is no type `Compny`. Did you mean `Company`?"),
        (
            "query ($f: CompnyFilter) { companies(filter: $f) { totalCount } }",
            "There is no type `CompnyFilter`. Did you mean `CompanyFilter`,",
        ),
    ];
    let requests: Vec<(&str, Value)> = cases.iter().map(|(query, _)| (*query, json!({}))).collect();
    for (message, (query, expected)) in messages(&requests).iter().zip(cases) {
        assert!(message.starts_with(expected), "{query}: {message}\ninstead of: {expected}");
        assert!(!message.contains('|'), "{query}: one mistake is one error: {message}");
    }
}

#[test]
fn an_unknown_name_in_a_variable_gets_the_names_that_may_be_meant() {
    let filter = "query ($f: CompanyFilter) { companies(filter: $f) { totalCount } }";
    let order = "query ($o: [CompanyOrder!]) { companies(orderBy: $o) { totalCount } }";
    let cases = [
        (filter, json!({"f": {"slag": {"eq": "a"}}}), "Did you mean `slug`?"),
        (filter, json!({"f": {"name": {"start_with": "a"}}}), "Did you mean `startsWith`?"),
        (order, json!({"o": [{"field": "foundedOn"}]}), "Did you mean `FOUNDED_ON`?"),
        (order, json!({"o": {"field": "NAME", "direction": "desc"}}), "Did you mean `DESC`"),
    ];
    let requests: Vec<(&str, Value)> = cases.iter().map(|(query, variables, _)| (*query, variables.clone())).collect();
    for (message, (_, variables, expected)) in messages(&requests).iter().zip(cases) {
        assert!(message.contains(expected), "{variables}: {message}\ninstead of: {expected}");
    }
}

#[test]
fn all_mistakes_are_told_at_once_and_no_more_than_a_few() {
    let several = "{ companys { totalCount } companies(frist: 1) { nodes { nme } } }";
    let many = format!("{{ {} }}", (0..100).map(|number| format!("wrong{number} ")).collect::<String>());
    let told = messages(&[(several, json!({})), (many.as_str(), json!({}))]);
    assert_eq!(told.iter().map(|text| text.split('|').count()).collect::<Vec<_>>(), [3, 5], "{told:?}");
}
