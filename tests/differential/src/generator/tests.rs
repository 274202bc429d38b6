//! The generator's documents are valid.

use async_graphql::{EmptyMutation, EmptySubscription, Request, Schema, Variables};

use super::document;
use crate::rows::random_rows;

#[test]
fn documents_pass_validation() {
    let schema = Schema::build(dealgraph::schema::Query, EmptyMutation, EmptySubscription).finish();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let rows = random_rows(3);
    for seed in 0..400 {
        let document = document(&rows, seed);
        let mut request = Request::new(&document.query).variables(Variables::from_json(document.variables.clone()));
        request.operation_name = document.operation.clone();
        let response = runtime.block_on(schema.execute(request));
        let faults: Vec<_> = response.errors.iter().filter(|error| error.path.is_empty()).collect();
        assert!(faults.is_empty(), "seed {seed}: {faults:#?}\n{}\n{:#}", document.query, document.variables);
    }
}

#[test]
fn a_seed_gives_the_same_document_again() {
    let rows = random_rows(3);
    let (one, other) = (document(&rows, 5), document(&rows, 5));
    assert_eq!((one.query, one.variables), (other.query, other.variables));
}
