//! A read sees one snapshot, whatever is written between its statements.

use std::sync::atomic::{AtomicUsize, Ordering};

use dealgraph::store::{Access, Connection, StoreUrl};
use serde_json::Value;

use super::{fill, observed};
use crate::harness::{Harness, TestStore, answer, engine, refusal};

const READ: &str = "{ companies { totalCount nodes { slug name agreements { totalCount nodes { slug title \
    areas { nodes { slug } } } } } } area(slug: \"iot\") { agreements { totalCount } } }";

/// A new company in an agreement, a new name, a link that is gone: each would show in another statement of the read.
const WRITE: &str = "BEGIN; INSERT INTO company (id, slug, name, name_folded) VALUES (900, 'new', 'New', 'new'); \
    INSERT INTO agreement (id, slug, title, title_folded, status) VALUES (900, 'new', 'New', 'new', 'ANNOUNCED'); \
    INSERT INTO agreement_party (id, agreement_id, company_id, role) VALUES (900, 900, 1, 'PARTNER'); \
    INSERT INTO agreement_area (agreement_id, area_id) VALUES (900, 1); \
    UPDATE agreement SET title = 'Other', title_folded = 'other'; DELETE FROM agreement_area WHERE area_id = 2; COMMIT";

/// Reads while somebody writes before the second statement.
fn read_during_a_write(store: &TestStore) -> String {
    let url = StoreUrl::parse(&store.url).expect("the harness makes valid addresses");
    let told = AtomicUsize::new(0);
    let engine = observed(store, move |_| {
        if told.fetch_add(1, Ordering::Relaxed) == 1 {
            let mut other = Connection::open(&url, Access::Write).expect("another connection opens");
            assert_eq!(refusal(&mut other, WRITE), None, "the write is not held up by the read");
        }
    });
    answer(&engine, READ, &Value::Null)
}

#[test]
fn a_write_between_two_statements_shows_only_in_the_next_read() {
    for store in Harness::databases() {
        fill(&store, 2);
        let before = answer(&*engine(&store), READ, &Value::Null);
        assert!(before.starts_with("{\"data\":{"), "{before}");
        assert_eq!(read_during_a_write(&store), before, "{}: the answer is torn", store.name());
        let after = answer(&*engine(&store), READ, &Value::Null);
        assert_ne!(after, before, "{}", store.name());
        assert!(
            after.contains("\"totalCount\":3,") && after.contains("\"Other\"") && !after.contains("v2x"),
            "{after}"
        );
    }
}

#[test]
fn a_connection_that_read_a_snapshot_sees_what_came_later() {
    for store in Harness::databases() {
        fill(&store, 2);
        let engine = engine(&store);
        let before = answer(&*engine, READ, &Value::Null);
        assert_eq!(refusal(&mut store.connection(), WRITE), None);
        let after = answer(&*engine, READ, &Value::Null);
        assert_ne!(after, before, "{}", store.name());
    }
}
