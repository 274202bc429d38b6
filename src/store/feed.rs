//! Reading the change feed: the events of a subscription, and what is otherwise between two moments.

use crate::catalog::Kind;
use crate::catalog::entities::CHANGE;
use crate::plan::difference::{BoundDifferences, Differences};
use crate::plan::events::{EVENT_SHAPE, SEQ_SHAPE};
use crate::plan::predicate::Datum;
use crate::plan::{Bound, Connection, Level};
use crate::store::StoreError;
use crate::store::condition::{Conditions, conjuncts};
use crate::store::dialect::Dialect;
use crate::store::origin::Origin;
use crate::store::read::Reader;
use crate::store::rows::Rows;
use crate::store::source::{Columns, Sink, Source};
use crate::store::sql::Sql;
use crate::store::write;

impl<S: Source> Reader<'_, S> {
    /// A page of changes, each row by itself.
    pub(super) fn events(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let (Some(level), Some(Bound::Connection(args))) = (&connection.level, self.bound.get(connection.slot)) else {
            return Ok(());
        };
        let rows = self.level(level, Origin::All(args))?;
        let Some(group) = rows.groups.first() else { return Ok(()) };
        for place in 0..group.count {
            let written = |shape| {
                let mut out = Vec::new();
                write::rows(&mut out, level, self.bound, &rows, (shape, group, place..place + 1));
                out
            };
            let (event, seq) = (written(EVENT_SHAPE), written(SEQ_SHAPE));
            let seq = std::str::from_utf8(&seq).ok().and_then(|seq| seq.parse().ok());
            self.events.push((seq.ok_or_else(|| StoreError::Shape("a change without a number".to_owned()))?, event));
        }
        Ok(())
    }

    /// What is otherwise: of each thing that changed, what the first of its changes found and the last left.
    pub(super) fn differences(&mut self, plan: &Differences, out: &mut Vec<u8>) -> Result<(), StoreError> {
        let Some(Bound::Differences(args)) = self.bound.get(plan.slot) else { return Ok(()) };
        let mut ends = Ends::default();
        self.run(ends_of::<S::Dialect>(args), None, &mut ends)?;
        out.push(b'[');
        if !ends.last.is_empty() {
            let last = self.level(&plan.last, Origin::Keys(&ends.last))?;
            // What stood before stands between two pieces: with one, nobody asked for it.
            let is_asked = plan.last.shapes.len() > 1;
            let first = if is_asked { Some(self.level(&plan.first, Origin::Keys(&ends.first))?) } else { None };
            for place in 0..ends.last.len() {
                out.extend(if place > 0 { &b","[..] } else { b"" });
                for shape in 0..plan.last.shapes.len() {
                    if let Some(first) = first.as_ref().filter(|_| shape > 0) {
                        self.piece(&plan.first, first, (0, place), out);
                    }
                    self.piece(&plan.last, &last, (shape, place), out);
                }
            }
        }
        out.push(b']');
        Ok(())
    }

    /// A row of a level that was read by keys, in one of its shapes.
    fn piece(&self, level: &Level, rows: &Rows, (shape, place): (usize, usize), out: &mut Vec<u8>) {
        if let Some(group) = rows.groups.get(place).filter(|group| group.count > 0) {
            write::rows(out, level, self.bound, rows, (shape, group, 0..1));
        }
    }
}

/// The statement that gives the first and the last change of each thing, where they are not one another's undoing.
fn ends_of<D: Dialect>(args: &BoundDifferences) -> Sql {
    let mut sql = Sql::default();
    sql.push("SELECT f.\"id\", l.\"id\" FROM (SELECT min(a.\"id\") AS first_id, max(a.\"id\") AS last_id FROM ");
    sql.name(CHANGE.table);
    sql.push(" a WHERE ");
    Conditions::for_each().write_all::<D>(&mut sql, "a", &conjuncts(&args.filter));
    sql.push(" GROUP BY ");
    sql.column("a", "target_id");
    sql.push(") g JOIN ");
    sql.name(CHANGE.table);
    sql.push(" f ON f.\"id\" = g.first_id JOIN ");
    sql.name(CHANGE.table);
    sql.push(" l ON l.\"id\" = g.last_id WHERE f.\"before\" IS DISTINCT FROM l.\"after\" AND l.\"id\" > ");
    D::bind(&mut sql, &Datum::Integer(args.since));
    sql.push(" ORDER BY l.\"id\" LIMIT ");
    D::bind(&mut sql, &Datum::Integer(i64::from(args.size)));
    sql.push(D::AFTER_LIMIT);
    sql
}

/// The keys of the first and the last changes.
#[derive(Default)]
struct Ends {
    first: Vec<i64>,
    last: Vec<i64>,
}

impl Sink for Ends {
    fn row(&mut self, _parent: usize, row: &impl Columns) -> Result<(), StoreError> {
        if let (Some(first), Some(last)) = (row.integer(0, Kind::Key)?, row.integer(1, Kind::Key)?) {
            self.first.push(first);
            self.last.push(last);
        }
        Ok(())
    }
}
