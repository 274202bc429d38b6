//! The change feed on its way in: numbers that become visible in their order, and what a row looked like.

use std::time::{Duration, Instant};

use chrono::{NaiveDateTime, Utc};
use diesel::RunQueryDsl as _;
use diesel::sql_types::{BigInt, Timestamp};

use crate::catalog::{Entity, Kind, Reach};
use crate::changes::{Change, Changes, Subject};
use crate::plan::{Bound, Bounds, Column, Join, Level, Op, Plan, Root, RootBody, ids};
use crate::store::postgres::Postgres;
use crate::store::read::{self, Answer, Context};
use crate::store::records::{Moment, record};
use crate::store::written::Written;
use crate::store::{Connection, StoreError, on_connection};

/// The channel on which PostgreSQL rings when a transaction with changes commits.
pub(crate) const CHANNEL: &str = "dealgraph_change";

/// How long a read within a write transaction may take.
const READ_TIME_MAX: Duration = Duration::from_secs(60);

record! {
    /// A row of `change`.
    ChangeRow in change {
        id: i64,
        seq: i64,
        recorded_at: Moment,
        actor: String,
        kind: &'static str,
        company_id: Option<i64>,
        person_id: Option<i64>,
        agreement_id: Option<i64>,
        patent_id: Option<i64>,
        patent_transfer_id: Option<i64>,
        cooperation_area_id: Option<i64>,
        source_id: Option<i64>,
        fact_type: Option<&'static str>,
        target_id: Option<String>,
        before: Option<String>,
        after: Option<String>,
    }
}

/// The numbers that a transaction took.
#[derive(diesel::QueryableByName)]
struct Taken {
    #[diesel(sql_type = BigInt)]
    last_seq: i64,
    #[diesel(sql_type = Timestamp)]
    recorded_at: NaiveDateTime,
}

/// The moment never runs back: two servers' clocks may differ, and the order of numbers is to be that of moments too.
const TAKE: [&str; 2] = [
    "UPDATE change_counter SET last_seq = last_seq + ?, recorded_at = max(recorded_at, ?) \
        WHERE id = 1 RETURNING last_seq, recorded_at",
    "UPDATE change_counter SET last_seq = last_seq + $1, recorded_at = greatest(recorded_at, $2) \
        WHERE id = 1 RETURNING last_seq, recorded_at",
];

#[expect(clippy::disallowed_methods, reason = "this is the store, and the values are bound")]
fn take(connection: &mut Connection, count: i64) -> Result<Taken, StoreError> {
    let text = if matches!(connection, Connection::Sqlite(_)) { TAKE[0] } else { TAKE[1] };
    let now = Moment(Utc::now().naive_utc());
    let taken = on_connection!(connection, open => diesel::sql_query(text)
        .bind::<BigInt, _>(count)
        .bind::<Timestamp, _>(now)
        .get_result::<Taken>(open))?;
    Ok(taken)
}

/// Writes the changes of a transaction into the feed, as the last thing before its commit.
///
/// Whoever takes numbers holds the counter's lock until its commit, so nobody with a larger number commits before it.
///
/// # Errors
/// The transaction wrote and nothing was recorded of it; or what the database says.
pub(super) fn settle(connection: &mut Connection, changes: Changes, since: &Written) -> Result<(), StoreError> {
    if changes.made.is_empty() {
        if !changes.may_be_none && since.is_more_now(connection)? {
            return Err(StoreError::Unrecorded);
        }
        return Ok(());
    }
    if matches!(connection, Connection::Postgres(_)) {
        connection.batch(&format!("NOTIFY {CHANNEL}"))?;
    }
    let count = i64::try_from(changes.made.len()).map_err(|error| StoreError::Shape(error.to_string()))?;
    let taken = take(connection, count)?;
    let mut seq = taken.last_seq - count;
    let mut rows = Vec::with_capacity(changes.made.len());
    for change in changes.made {
        seq += 1;
        rows.push(row(seq, taken.recorded_at, changes.actor.name(), change));
    }
    ChangeRow::insert_all(connection, &rows)
}

fn row(seq: i64, recorded_at: NaiveDateTime, actor: &str, change: Change) -> ChangeRow {
    let (fact_type, fact_id) = change.fact.unzip();
    let of_subject = |subject: Subject| {
        let (entity, key) = subject.row();
        ids::encode(entity, key)
    };
    let target_id = fact_id.or_else(|| change.subject.filter(|_| !change.is_counted).map(of_subject));
    let mut row = ChangeRow {
        id: seq,
        seq,
        recorded_at: Moment(recorded_at),
        actor: actor.to_owned(),
        kind: change.kind.name(),
        company_id: None,
        person_id: None,
        agreement_id: None,
        patent_id: None,
        patent_transfer_id: None,
        cooperation_area_id: None,
        source_id: None,
        fact_type,
        target_id,
        before: change.before,
        after: change.after,
    };
    match change.subject {
        None => {}
        Some(Subject::Company(id)) => row.company_id = Some(id),
        Some(Subject::Person(id)) => row.person_id = Some(id),
        Some(Subject::Agreement(id)) => row.agreement_id = Some(id),
        Some(Subject::Patent(id)) => row.patent_id = Some(id),
        Some(Subject::PatentTransfer(id)) => row.patent_transfer_id = Some(id),
        Some(Subject::CooperationArea(id)) => row.cooperation_area_id = Some(id),
        Some(Subject::Source(id)) => row.source_id = Some(id),
    }
    row
}

/// Runs a plan on a connection, within its transaction if it has one open: what the transaction wrote is seen.
///
/// # Errors
/// A statement failed.
pub fn read_within(connection: &mut Connection, plan: &Plan, bound: &Bounds) -> Result<Answer, StoreError> {
    let context =
        Context { deadline: Instant::now() + READ_TIME_MAX, steps: u64::MAX, observer: None, is_within: true };
    match connection {
        Connection::Sqlite(open) => read::run(open, plan, bound, context),
        Connection::Postgres(open) => {
            let mut prepared = std::collections::HashSet::new();
            read::run(&mut Postgres { open, prepared: &mut prepared }, plan, bound, context)
        }
    }
}

/// A row as the feed keeps it: JSON of all the fields that the API has of it, in the API's own form, with its id and the
/// ids of what its edges to one lead to. Nothing when there is no such row.
///
/// # Errors
/// A statement failed.
pub fn snapshot(connection: &mut Connection, entity: &'static Entity, key: i64) -> Result<Option<String>, StoreError> {
    let body = RootBody::Nodes { slot: 0, is_list: false, arms: vec![whole(entity)] };
    let plan = Plan { roots: vec![Root { key: "node".to_owned(), body }], slots: Vec::new(), depth: 1, size: 1 };
    let answer = read_within(connection, &plan, &Bounds::of(vec![Bound::Ids(vec![(entity, key)])]))?;
    let text = answer.values.into_iter().next().unwrap_or_default();
    let text = String::from_utf8(text).map_err(|error| StoreError::Shape(error.to_string()))?;
    Ok((text != "null").then_some(text))
}

/// A level that reads all of a row.
fn whole(entity: &'static Entity) -> Level {
    let mut columns = vec![Column { alias: 0, name: "id", kind: Kind::Key }];
    let mut ops = vec![Op::Text("{\"id\":".to_owned()), Op::Id(0, entity)];
    for field in entity.fields {
        columns.push(Column { alias: 0, name: field.column, kind: field.kind });
        ops.push(Op::Text(format!(",\"{}\":", field.name())));
        ops.push(Op::Value(columns.len() - 1, field.kind));
    }
    let mut lead = |column: &'static str, target: &'static Entity| {
        columns.push(Column { alias: 0, name: column, kind: Kind::Key });
        let place = columns.len() - 1;
        (place, vec![Op::Text("{\"id\":".to_owned()), Op::Id(place, target), Op::Text("}".to_owned())])
    };
    for edge in entity.edges {
        let led = match &edge.reach {
            Reach::One { column, target, .. } => {
                let (place, body) = lead(column, target);
                Op::Object(place, body)
            }
            Reach::OneOf(set) => Op::OneOf(set.arms.iter().map(|(column, target)| lead(column, target)).collect()),
            Reach::Many { .. } | Reach::Through { .. } => continue,
        };
        ops.push(Op::Text(format!(",\"{}\":", edge.field_name())));
        ops.push(led);
    }
    ops.push(Op::Text("}".to_owned()));
    let joins: Vec<Join> = Vec::new();
    Level { entity, columns, joins, shapes: vec![ops], children: Vec::new(), has_cursors: false }
}
