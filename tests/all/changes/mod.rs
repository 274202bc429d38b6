//! The change feed: every write leaves its changes, they become visible in their order, and what they say can be asked for.

mod asking;
mod command;
mod order;
mod recording;

use dealgraph::changes::{Actor, Change, ChangeKind, Changes, Subject};
use dealgraph::store::{Connection, StoreError};
use diesel::connection::SimpleConnection as _;

use crate::harness::texts;

/// Stores a company and records it, within a write transaction.
fn company(connection: &mut Connection, changes: &mut Changes, id: i64) -> Result<(), StoreError> {
    batch(
        connection,
        &format!("INSERT INTO company (id, slug, name, name_folded) VALUES ({id}, 'c{id}', 'C {id}', 'c {id}')"),
    )?;
    let after = format!("{{\"slug\":\"c{id}\"}}");
    changes.record(Change::of(ChangeKind::Recorded, Subject::Company(id), None, Some(after)));
    Ok(())
}

/// Stores and records a company in a transaction of its own.
pub fn record_company(connection: &mut Connection, id: i64) {
    let written = connection.write(&Actor::named("test"), |connection, changes| company(connection, changes, id));
    written.unwrap_or_else(|error: StoreError| panic!("company {id} is written: {error}"));
}

pub fn batch(connection: &mut Connection, sql: &str) -> Result<(), StoreError> {
    match connection {
        Connection::Sqlite(open) => open.batch_execute(sql)?,
        Connection::Postgres(open) => open.batch_execute(sql)?,
    }
    Ok(())
}

/// The feed, a line each: number, actor, kind, and what stands now.
fn feed(connection: &mut Connection) -> Vec<String> {
    let query =
        "SELECT seq || ' ' || actor || ' ' || kind || ' ' || coalesce(after, '-') AS shown FROM change ORDER BY id";
    texts(connection, query)
}
