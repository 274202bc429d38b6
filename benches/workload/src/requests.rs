//! The requests of a query on a store, each with the length of its answer.

use crate::load::{self, Shot};
use crate::queries::Query;
use crate::store::{Server, Store};
use crate::{Fault, check};

/// At both servers, Dealgraph first; their answers are equal.
pub async fn of_both(query: &Query, store: &Store, servers: &[Server; 2]) -> Result<[Vec<Shot>; 2], Fault> {
    check::shots(query, &query.spread(&store.texts(query.starts)?), [servers[0].port, servers[1].port]).await
}

/// At Dealgraph alone.
pub async fn of_dealgraph(query: &Query, store: &Store, server: &Server) -> Result<Vec<Shot>, Fault> {
    let starts = query.spread(&store.texts(query.starts)?);
    load::shots(server.port, starts.iter().map(|start| query.to_dealgraph(start)).collect()).await
}

/// A document without variables as a request to Dealgraph.
pub fn of_document(document: &str) -> Vec<u8> {
    let body = serde_json::json!({ "query": document }).to_string();
    format!(
        "POST /graphql HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
