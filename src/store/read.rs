//! Running a plan: a statement a level, all in one snapshot, and the response written from what they gave.

mod choose;
mod search;

use std::time::{Duration, Instant};

use crate::plan::publication::WantedNumber;
use crate::plan::{Bound, BoundConnection, Bounds, Connection, Level, Plan, RootBody, cursor};
use crate::store::dialect::Dialect;
use crate::store::origin::{self, Origin, Selected};
use crate::store::rows::{ChildRows, Rows};
use crate::store::sort::{self, Sort};
use crate::store::source::{Sink, Source};
use crate::store::sql::Sql;
use crate::store::statement;
use crate::store::taken::{Among, TakenRows, TakenTotals};
use crate::store::write::{self, Read};
use crate::store::{Observer, StoreError};
use crate::store::{narrow, nulls};

/// Bytes to spare around a value, for what stands before and behind it in the response.
const ROOM_AROUND: usize = 256;

/// What a run is told besides its plan.
pub(super) struct Context<'a> {
    /// When it must be over.
    pub(super) deadline: Instant,
    /// How many steps of SQLite's machine it may take.
    pub(super) steps: u64,
    /// Who is told of each statement.
    pub(super) observer: Option<&'a Observer>,
    /// Whether it is read within a transaction that is open already.
    pub(super) is_within: bool,
}

/// What was read for a plan.
#[derive(Debug, Default)]
pub struct Answer {
    /// The value of each root field, in the plan's order; empty for those of introspection.
    pub values: Vec<Vec<u8>>,
    /// Whether the only value stands behind the plan's lead.
    pub is_led: bool,
    /// How many rows were read, of all levels together.
    pub rows: usize,
    /// How long it took to nest the levels into one another once they were read.
    pub writing: Duration,
    /// The root fields whose number several publications fit.
    pub ambiguous: Vec<Ambiguous>,
    /// The events of a subscription, each with the number of its change.
    pub events: Vec<(i64, Vec<u8>)>,
}

/// A root field whose number several publications fit; its value is null.
#[derive(Debug)]
pub struct Ambiguous {
    /// Which root field of the plan.
    pub root: usize,
    /// The slot of its argument.
    pub slot: usize,
    /// The number as it was written.
    pub text: String,
    /// The publications, by number, up to 20.
    pub candidates: Vec<String>,
    /// Whether there are more.
    pub has_more: bool,
}

/// Runs a plan on a connection.
///
/// # Errors
/// A statement failed, or reading took too long.
pub(super) fn run<S: Source>(
    source: &mut S,
    plan: &Plan,
    bound: &Bounds,
    context: Context<'_>,
) -> Result<Answer, StoreError> {
    source.limit(context.deadline, context.steps);
    // One statement is its own snapshot.
    let needs_transaction =
        !context.is_within && (plan.levels_max() > 1 || plan.roots.iter().any(|root| takes_several(&root.body, bound)));
    if needs_transaction {
        source.batch(S::Dialect::BEGIN_READ)?;
    }
    let lead = plan.lead();
    let is_led = lead.is_some();
    let mut out = lead.map_or_else(Vec::new, String::into_bytes);
    let mut reader =
        Reader { source, bound, context, rows: 0, writing: Duration::ZERO, ambiguous: Vec::new(), events: Vec::new() };
    let mut values = Vec::with_capacity(plan.roots.len());
    for (index, root) in plan.roots.iter().enumerate() {
        reader.root(index, &root.body, &mut out)?;
        values.push(std::mem::take(&mut out));
    }
    let Reader { rows, writing, ambiguous, events, source, .. } = reader;
    if needs_transaction {
        source.batch("COMMIT")?;
    }
    Ok(Answer { values, is_led, rows, writing, ambiguous, events })
}

/// Whether a page can take more than one statement.
fn takes_several(body: &RootBody, bound: &Bounds) -> bool {
    let RootBody::Connection(connection) = body else { return false };
    match bound.get(connection.slot) {
        Some(Bound::Connection(args)) => {
            connection.level.is_some()
                && (nulls::around(args).is_some() || !narrow::candidates(connection.entity, args).is_empty())
        }
        _ => false,
    }
}

/// The value of a root field that needs no reading: empty where it is introspection's or a mutation's.
#[must_use]
pub fn without_reading(body: &RootBody) -> Vec<u8> {
    if let RootBody::TypeName(name) = body { format!("\"{name}\"").into_bytes() } else { Vec::new() }
}

pub(super) struct Reader<'a, S> {
    source: &'a mut S,
    pub(super) bound: &'a Bounds,
    context: Context<'a>,
    rows: usize,
    writing: Duration,
    ambiguous: Vec<Ambiguous>,
    pub(super) events: Vec<(i64, Vec<u8>)>,
}

impl<S: Source> Reader<'_, S> {
    /// Writes the value of a root field.
    fn root(&mut self, index: usize, body: &RootBody, out: &mut Vec<u8>) -> Result<(), StoreError> {
        match body {
            RootBody::TypeName(_) | RootBody::Introspection | RootBody::Payload(_) => {
                out.extend(without_reading(body));
            }
            RootBody::Events(connection) => self.events(connection)?,
            RootBody::Differences(differences) => self.differences(differences, out)?,
            RootBody::Connection(connection) => {
                let mut read = ChildRows::default();
                if let Some(Bound::Connection(args)) = self.bound.get(connection.slot) {
                    self.connection(connection, Origin::All(args), &mut read)?;
                }
                let total = read.totals.first().copied().unwrap_or(0);
                let start = Instant::now();
                out.reserve(read.rows.as_ref().map_or(0, Rows::size) + ROOM_AROUND);
                let read = Read { rows: read.rows.as_ref(), total, group: 0 };
                write::connection(out, connection, self.bound, read);
                self.writing += start.elapsed();
            }
            RootBody::Lookup { slot, level } => {
                let rows = match self.bound.get(*slot) {
                    Some(Bound::Key(lookup, key)) => Some(self.level(level, Origin::Key(lookup, key))?),
                    Some(Bound::Number(wanted)) => self.numbered((index, *slot), level, wanted)?,
                    _ => None,
                };
                let start = Instant::now();
                out.reserve(rows.as_ref().map_or(0, Rows::size) + ROOM_AROUND);
                self.single(level, rows.as_ref(), 0, out);
                self.writing += start.elapsed();
            }
            RootBody::Search(search) => self.search(search, out)?,
            RootBody::Nodes { slot, is_list, arms } => self.nodes(*slot, *is_list, arms, out)?,
        }
        Ok(())
    }

    /// The row that a publication number means, with what is below it; none where several fit: then nothing below is read.
    fn numbered(
        &mut self,
        (root, slot): (usize, usize),
        level: &Level,
        wanted: &WantedNumber,
    ) -> Result<Option<Rows>, StoreError> {
        let mut rows = self.rows(level, Origin::Number(wanted))?;
        let mut candidates = wanted.meant(std::mem::take(&mut rows.numbers));
        if candidates.len() > 1 {
            let shown = usize::try_from(origin::CANDIDATES_MAX).unwrap_or(usize::MAX);
            let has_more = candidates.len() > shown;
            candidates.truncate(shown);
            self.ambiguous.push(Ambiguous { root, slot, text: wanted.text.clone(), candidates, has_more });
            return Ok(None);
        }
        self.below(level, &mut rows)?;
        Ok(Some(rows))
    }

    /// The row of a group that holds one row or none.
    fn single(&self, level: &Level, rows: Option<&Rows>, group: usize, out: &mut Vec<u8>) {
        match rows.and_then(|rows| Some((rows, rows.groups.get(group)?))) {
            Some((rows, group)) if group.count > 0 => write::rows(out, level, self.bound, rows, (0, group, 0..1)),
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
        let mut total = None;
        if let Some(level) = &plan.level {
            let origin = self.chosen(level, origin, plan.counts)?;
            let rows = self.level(level, origin)?;
            total = rows.total;
            read.rows = Some(rows);
        }
        if plan.counts {
            // A page without rows does not tell.
            read.totals = total.map_or_else(|| self.totals(plan, origin), |total| Ok(vec![total]))?;
        }
        Ok(())
    }

    /// The rows of a level and, below them, of its to-many edges. An edge without parents runs no statement.
    pub(super) fn level(&mut self, level: &Level, origin: Origin<'_>) -> Result<Rows, StoreError> {
        let mut rows = self.rows(level, origin)?;
        self.below(level, &mut rows)?;
        Ok(rows)
    }

    fn below(&mut self, level: &Level, rows: &mut Rows) -> Result<(), StoreError> {
        for (child, read) in level.children.iter().zip(&mut rows.children) {
            let Some(Bound::Connection(args)) = self.bound.get(child.connection.slot) else { continue };
            if !read.keys.is_empty() {
                let keys = std::mem::take(&mut read.keys);
                let reach = args.reach.unwrap_or(&child.edge.reach);
                self.connection(&child.connection, Origin::Along(reach, &keys, args), read)?;
            }
        }
        Ok(())
    }

    /// Runs a statement, and tells of it.
    pub(super) fn run(&mut self, sql: Sql, parents: Option<&[i64]>, sink: &mut impl Sink) -> Result<(), StoreError> {
        self.run_sorted(sql, parents, None, sink)
    }

    /// The same, of a statement whose rows may come in no order.
    fn run_sorted(
        &mut self,
        sql: Sql,
        parents: Option<&[i64]>,
        sort: Option<&Sort>,
        sink: &mut impl Sink,
    ) -> Result<(), StoreError> {
        if let Some(observer) = self.context.observer {
            observer(&sql.shape());
        }
        if Instant::now() > self.context.deadline {
            return Err(StoreError::Timeout);
        }
        self.source.read(sql, parents, sort, sink)
    }

    fn rows(&mut self, level: &Level, origin: Origin<'_>) -> Result<Rows, StoreError> {
        // The connection that writes sorts nothing by itself.
        let is_sorted = !self.context.is_within && sort::is_needed::<S::Dialect>(level.entity, &origin);
        let selected = Selected::new(level, &origin, is_sorted);
        let of_part = |part: &BoundConnection| statement::of_level::<S::Dialect>(level, &Origin::All(part), &selected);
        let bound = origin.connection();
        let mut taken = TakenRows {
            rows: Rows::new(level, origin.keys().map_or(1, <[i64]>::len)),
            level,
            selected: &selected,
            fingerprint: bound
                .filter(|_| level.has_cursors)
                .map_or(0, |bound| cursor::fingerprint(level.entity, &bound.order)),
            limit: origin.rows_max(),
            count: 0,
            left: Vec::new(),
            deadline: self.context.deadline,
        };
        let parts = if let Origin::All(bound) = origin { nulls::around(bound) } else { None };
        if let Some([values, mut nulls]) = parts {
            self.run(of_part(&values), None, &mut taken)?;
            if let Some(left) = taken.has_room() {
                nulls.page.size = left;
                self.run(of_part(&nulls), None, &mut taken)?;
            }
        } else if let Origin::Along(reach, keys, bound) = origin
            && is_sorted
        {
            let sort = Sort::new(level, bound, &selected.order);
            let parents = (reach, keys.len(), bound);
            let sql = statement::of_unsorted::<S::Dialect>(level, parents, &selected, sort.rows_max);
            self.run_sorted(sql, Some(keys), Some(&sort), &mut taken)?;
            let left = std::mem::take(&mut taken.left);
            if !left.is_empty() {
                let keys: Vec<i64> = left.iter().filter_map(|place| keys.get(*place)).copied().collect();
                let sql = statement::of_level::<S::Dialect>(level, &Origin::Along(reach, &keys, bound), &selected);
                self.run(sql, Some(&keys), &mut Among { places: &left, sink: &mut taken })?;
            }
        } else {
            self.run(statement::of_level::<S::Dialect>(level, &origin, &selected), origin.keys(), &mut taken)?;
        }
        self.rows += taken.count;
        Ok(taken.rows)
    }

    fn totals(&mut self, plan: &Connection, origin: Origin<'_>) -> Result<Vec<i64>, StoreError> {
        let sql = statement::of_total::<S::Dialect>(plan.entity, &origin);
        let mut taken = TakenTotals { totals: vec![0; origin.keys().map_or(1, <[i64]>::len)] };
        self.run(sql, origin.keys(), &mut taken)?;
        Ok(taken.totals)
    }
}
