//! The reference: answers a request over rows held in memory, written from the semantics, without SQL and without the
//! plan.
//!
//! It takes valid requests only; on anything else it panics. The parser is async-graphql's, the rest is its own.

mod as_of;
#[cfg(test)]
mod cases;
mod collect;
mod execute;
mod filter;
mod ids;
mod input;
mod order;
mod page;

use async_graphql::parser::types::{DocumentOperations, OperationDefinition};
use serde_json::Value as Json;

use crate::value::Rows;
pub use filter::edge_rows;
pub use ids::encode as id;
pub use order::Order;

/// An answer.
pub struct Answer {
    /// The response.
    pub bytes: Vec<u8>,
    /// How many rows stand in it.
    pub rows: usize,
}

/// Answers a request.
pub fn answer(rows: &Rows, query: &str, operation: Option<&str>, variables: &Json) -> Answer {
    let document = async_graphql::parser::parse_query(query).unwrap_or_else(|error| panic!("{error}:\n{query}"));
    let operation = choose(&document.operations, operation);
    let request = collect::Request {
        fragments: &document.fragments,
        variables: input::variables(&operation.variable_definitions, variables),
    };
    execute::execute(rows, &request, &operation.selection_set.node)
}

fn choose<'a>(operations: &'a DocumentOperations, name: Option<&str>) -> &'a OperationDefinition {
    match operations {
        DocumentOperations::Single(operation) => &operation.node,
        DocumentOperations::Multiple(named) => match name {
            Some(name) => &named[name].node,
            None => &named.values().next().filter(|_| named.len() == 1).expect("one of several must be named").node,
        },
    }
}
