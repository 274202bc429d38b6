//! Answers that are given again: a write stores its answer with what it wrote, under the key that its client chose.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::{ExpressionMethods as _, Insertable, QueryDsl as _, RunQueryDsl as _};

use crate::store::records::Moment;
use crate::store::schema::idempotency_key;
use crate::store::{Connection, StoreError, on_connection};

/// How long an answer is kept.
const KEPT: TimeDelta = TimeDelta::hours(24);
/// Expired answers that a write clears away, so that none of them has to clear many.
const CLEARED: i64 = 20;

/// A request that may come again.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    /// Whose it is: the keys of others are others.
    pub(crate) actor: String,
    /// What the client calls it.
    pub(crate) name: String,
    /// What the request is, so that another one under the same key is noticed.
    pub(crate) request_hash: String,
}

/// What is known of a key.
#[derive(Debug)]
pub(crate) enum Claim {
    /// Nothing: the request is to be run, and its answer stored in the same transaction.
    New(i64),
    /// The request was run; its answer.
    Answered(String),
    /// It came with another request.
    Reused,
}

#[derive(Insertable)]
#[diesel(table_name = idempotency_key)]
struct NewKey<'a> {
    id: i64,
    actor: &'a str,
    name: &'a str,
    request_hash: &'a str,
    expires_at: Moment,
}

/// Claims a key for a transaction. Where another one has claimed it and not ended yet, this waits for its end.
pub(crate) fn claim(connection: &mut Connection, key: &Key, id: i64, now: NaiveDateTime) -> Result<Claim, StoreError> {
    use idempotency_key::{actor, answer, expires_at, name, request_hash, table};
    let own = || table.filter(actor.eq(&key.actor)).filter(name.eq(&key.name));
    clear(connection, now)?;
    on_connection!(connection, open => diesel::delete(own().filter(expires_at.le(Moment(now)))).execute(open))?;
    let row = NewKey {
        id,
        actor: &key.actor,
        name: &key.name,
        request_hash: &key.request_hash,
        expires_at: Moment(now + KEPT),
    };
    let stored = on_connection!(connection, open =>
        diesel::insert_into(table).values(&row).on_conflict_do_nothing().execute(open))?;
    if stored == 1 {
        return Ok(Claim::New(id));
    }
    let (hash, known): (String, Option<String>) =
        on_connection!(connection, open => own().select((request_hash, answer)).first(open))?;
    match known {
        Some(known) if hash == key.request_hash => Ok(Claim::Answered(known)),
        Some(_) => Ok(Claim::Reused),
        None => Err(StoreError::Shape("a key without an answer".to_owned())),
    }
}

/// Stores the answer of a claimed key.
pub(crate) fn keep(connection: &mut Connection, id: i64, text: &str) -> Result<(), StoreError> {
    use idempotency_key::{answer, table};
    on_connection!(connection, open =>
        diesel::update(table.find(id)).set(answer.eq(Some(text))).execute(open))?;
    Ok(())
}

/// Clears some expired answers away; those that another transaction clears are left to it.
fn clear(connection: &mut Connection, now: NaiveDateTime) -> Result<(), StoreError> {
    use idempotency_key::{expires_at, id, table};
    let expired = table.filter(expires_at.le(Moment(now))).select(id).order(expires_at).limit(CLEARED);
    let expired: Vec<i64> = match connection {
        Connection::Sqlite(open) => expired.load(open)?,
        Connection::Postgres(open) => expired.for_update().skip_locked().load(open)?,
    };
    if !expired.is_empty() {
        on_connection!(connection, open => diesel::delete(table.filter(id.eq_any(&expired))).execute(open))?;
    }
    Ok(())
}
