//! Running a plan: a statement a level, all in one snapshot, and the response written from what they gave.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::{Duration, Instant};

use diesel::connection::{LoadConnection, SimpleConnection};
use diesel::expression::QueryMetadata;
use diesel::query_builder::QueryFragment;
use diesel::sql_types::Untyped;

use crate::catalog::Kind;
use crate::plan::{Bound, Connection, Level, Plan, RootBody, cursor};
use crate::store::dialect::Dialect;
use crate::store::row::{self, DieselRow};
use crate::store::rows::{ChildRows, Rows, write_row};
use crate::store::sql::Sql;
use crate::store::statement::{self, Origin, Selected};
use crate::store::value::ReadValue;
use crate::store::write::{self, Read};
use crate::store::{Observer, StoreError};

/// How often, in rows, the clock is read.
const ROWS_BETWEEN_CLOCKS: usize = 256;

/// Bytes to spare around a value, for what stands before and behind it in the response.
const ROOM_AROUND: usize = 256;

/// A connection that plans can run on.
pub(super) trait Readable: LoadConnection + SimpleConnection {}
impl<C: LoadConnection + SimpleConnection> Readable for C {}

/// What a run is told besides its plan.
pub(super) struct Context<'a> {
    /// When it must be over.
    pub(super) deadline: Instant,
    /// Who is told of each statement.
    pub(super) observer: Option<&'a Observer>,
    /// The statements that the connection keeps prepared, as hashes of their texts.
    pub(super) prepared: &'a mut HashSet<u64>,
}

/// What was read for a plan.
#[derive(Debug, Default)]
pub struct Answer {
    /// The value of each root field, in the plan's order; empty for those of introspection.
    pub values: Vec<Vec<u8>>,
    /// How long it took to nest the levels into one another once they were read.
    pub writing: Duration,
}

/// Runs a plan on a connection.
///
/// # Errors
/// A statement failed, or reading took too long.
pub(super) fn run<C>(open: &mut C, plan: &Plan, bound: &[Bound], context: Context<'_>) -> Result<Answer, StoreError>
where
    C: Readable,
    C::Backend: Dialect + ReadValue + QueryMetadata<Untyped>,
    Sql: QueryFragment<C::Backend>,
{
    // One statement is its own snapshot.
    let needs_transaction = plan.statements_max() > 1;
    if needs_transaction {
        open.batch_execute(C::Backend::BEGIN_READ)?;
    }
    let mut reader = Reader { open, bound, context, writing: Duration::ZERO };
    let mut values = Vec::with_capacity(plan.roots.len());
    for root in &plan.roots {
        values.push(reader.root(&root.body)?);
    }
    let writing = reader.writing;
    if needs_transaction {
        reader.open.batch_execute("COMMIT")?;
    }
    Ok(Answer { values, writing })
}

/// The value of a root field that needs no store: empty where it is introspection's.
#[must_use]
pub fn without_reading(body: &RootBody) -> Vec<u8> {
    if matches!(body, RootBody::TypeName) { b"\"Query\"".to_vec() } else { Vec::new() }
}

struct Reader<'a, C> {
    open: &'a mut C,
    bound: &'a [Bound],
    context: Context<'a>,
    writing: Duration,
}

impl<'a, C> Reader<'a, C>
where
    C: Readable,
    C::Backend: Dialect + ReadValue + QueryMetadata<Untyped>,
    Sql: QueryFragment<C::Backend>,
{
    fn root(&mut self, body: &RootBody) -> Result<Vec<u8>, StoreError> {
        let mut out = Vec::new();
        match body {
            RootBody::TypeName | RootBody::Introspection => out = without_reading(body),
            RootBody::Connection(connection) => {
                let mut read = ChildRows::default();
                if let Some(Bound::Connection(args)) = self.bound.get(connection.slot) {
                    self.connection(connection, Origin::All(args), &mut read)?;
                }
                let total = read.totals.first().copied().unwrap_or(0);
                let start = Instant::now();
                out.reserve(read.rows.as_ref().map_or(0, Rows::size) + ROOM_AROUND);
                let read = Read { rows: read.rows.as_ref(), total, group: 0 };
                write::connection(&mut out, connection, self.bound, read);
                self.writing += start.elapsed();
            }
            RootBody::Lookup { slot, level } => {
                if let Some(Bound::Key(column, key)) = self.bound.get(*slot) {
                    let rows = self.level(level, Origin::Key(column, key))?;
                    let start = Instant::now();
                    self.single(level, Some(&rows), 0, &mut out);
                    self.writing += start.elapsed();
                }
            }
            RootBody::Nodes { slot, is_list, arms } => self.nodes(*slot, *is_list, arms, &mut out)?,
        }
        Ok(out)
    }

    /// The row of a group that holds one row or none.
    fn single(&self, level: &Level, rows: Option<&Rows>, group: usize, out: &mut Vec<u8>) {
        match rows.and_then(|rows| Some((rows, rows.groups.get(group)?))) {
            Some((rows, group)) if group.count > 0 => write::row(out, level, self.bound, rows, (0, group.start)),
            _ => out.extend(b"null"),
        }
    }

    /// One statement for each type among the ids; the answers in the order of the ids.
    fn nodes(&mut self, slot: usize, is_list: bool, arms: &[Level], out: &mut Vec<u8>) -> Result<(), StoreError> {
        let Some(Bound::Ids(ids)) = self.bound.get(slot) else { return Ok(()) };
        let mut keys: Vec<ChildRows> = arms.iter().map(|_| ChildRows::default()).collect();
        let mut places = Vec::with_capacity(ids.len());
        for (entity, key) in ids {
            let Some(arm) = arms.iter().position(|arm| arm.entity == *entity) else { continue };
            if let Some(keys) = keys.get_mut(arm) {
                places.push((arm, keys.group(*key)));
            }
        }
        for (arm, keys) in arms.iter().zip(&mut keys) {
            if !keys.keys.is_empty() {
                let wanted = std::mem::take(&mut keys.keys);
                keys.rows = Some(self.level(arm, Origin::Keys(&wanted))?);
            }
        }
        out.extend(if is_list { &b"["[..] } else { b"" });
        for (index, (arm, group)) in places.into_iter().enumerate() {
            out.extend(if index > 0 { &b","[..] } else { b"" });
            if let (Some(level), Some(keys)) = (arms.get(arm), keys.get(arm)) {
                self.single(level, keys.rows.as_ref(), group, out);
            }
        }
        out.extend(if is_list { &b"]"[..] } else { b"" });
        Ok(())
    }

    /// The rows and the totals of a connection, as far as they are asked for.
    fn connection(&mut self, plan: &Connection, origin: Origin<'_>, read: &mut ChildRows) -> Result<(), StoreError> {
        if let Some(level) = &plan.level {
            read.rows = Some(self.level(level, origin)?);
        }
        if plan.counts {
            read.totals = self.totals(plan, origin)?;
        }
        Ok(())
    }

    /// The rows of a level and, below them, of its to-many edges. An edge without parents runs no statement.
    fn level(&mut self, level: &Level, origin: Origin<'_>) -> Result<Rows, StoreError> {
        let mut rows = self.rows(level, origin)?;
        for (child, read) in level.children.iter().zip(&mut rows.children) {
            let Some(Bound::Connection(args)) = self.bound.get(child.connection.slot) else { continue };
            if !read.keys.is_empty() {
                let keys = std::mem::take(&mut read.keys);
                let reach = args.reach.unwrap_or(&child.edge.reach);
                self.connection(&child.connection, Origin::Along(reach, &keys, args), read)?;
            }
        }
        Ok(rows)
    }

    /// Tells of a statement that is about to run.
    fn announce(&mut self, sql: &Sql) -> Result<(), StoreError> {
        let shape = sql.shape();
        if let Some(observer) = self.context.observer {
            observer(&shape);
        }
        let mut hash = DefaultHasher::new();
        shape.hash(&mut hash);
        self.context.prepared.insert(hash.finish());
        self.check_deadline()
    }

    fn check_deadline(&self) -> Result<(), StoreError> {
        if Instant::now() > self.context.deadline { Err(StoreError::Timeout) } else { Ok(()) }
    }

    fn rows(&mut self, level: &Level, origin: Origin<'_>) -> Result<Rows, StoreError> {
        let selected = Selected::new(level, &origin);
        let sql = statement::of_level::<C::Backend>(level, &origin, &selected);
        self.announce(&sql)?;
        let bound = origin.connection();
        let fingerprint = bound.map_or(0, |bound| cursor::fingerprint(level.entity, &bound.order));
        let limit = bound.map(|bound| usize::try_from(bound.page.size).unwrap_or(usize::MAX));
        let is_grouped = origin.keys().is_some();
        let mut rows = Rows::new(level, origin.keys().map_or(1, <[i64]>::len));
        let mut count = 0usize;
        let deadline = self.context.deadline;
        for read in self.open.load(sql)? {
            let read = read?;
            let row = DieselRow::<_, C::Backend>::new(&read, &selected, usize::from(is_grouped), fingerprint);
            let group = if is_grouped { row::ordinal::<_, C::Backend>(&read)? } else { 0 };
            let Some(group) = rows.groups.get_mut(group) else {
                return Err(StoreError::Shape("a row of no parent".to_owned()));
            };
            if limit.is_some_and(|limit| group.count >= limit) {
                group.has_more = true;
                continue;
            }
            if group.count == 0 {
                group.start = count;
            }
            group.count += 1;
            write_row(&row, level, &mut rows)?;
            count += 1;
            if count == 1 {
                rows.reserve(limit.unwrap_or(1).saturating_mul(rows.groups.len()));
            }
            if count.is_multiple_of(ROWS_BETWEEN_CLOCKS) && Instant::now() > deadline {
                return Err(StoreError::Timeout);
            }
        }
        Ok(rows)
    }

    fn totals(&mut self, plan: &Connection, origin: Origin<'_>) -> Result<Vec<i64>, StoreError> {
        let sql = statement::of_total::<C::Backend>(plan.entity, &origin);
        self.announce(&sql)?;
        let is_grouped = origin.keys().is_some();
        let mut totals = vec![0; origin.keys().map_or(1, <[i64]>::len)];
        for read in self.open.load(sql)? {
            let read = read?;
            let group = if is_grouped { row::ordinal::<_, C::Backend>(&read)? } else { 0 };
            let total = row::integer::<_, C::Backend>(&read, usize::from(is_grouped), Kind::Int)?;
            if let (Some(place), Some(total)) = (totals.get_mut(group), total) {
                *place = total;
            }
        }
        Ok(totals)
    }
}
