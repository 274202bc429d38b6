//! GraphQL over HTTP, as others understand its specification.

use crate::harness::http::Running;
use crate::harness::{Harness, tools};

#[test]
fn every_audit_of_graphql_over_http_passes() {
    let store = Harness::sqlite();
    let server = Running::start(&store, &[]);
    let printed = tools::node("protocol/audit.mjs", &[&server.url()]);
    let passed: u32 = printed.split(' ').next().unwrap().parse().unwrap();
    assert!(passed >= 60, "there are audits: {printed}");
}
