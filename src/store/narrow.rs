//! A page of a whole table of which a filter along edges chooses the rows: which way they are looked for.
//!
//! Where many rows fit, walking along the order finds a page at once, and looking for all that fit would read much of the
//! table; where few fit, it is the other way round. No database knows beforehand which it is, but it can count: so it is
//! asked first how many rows each condition along an edge leaves, up to a bound. Where a condition names the one row whose
//! rows are kept in the page's order, as an area's agreements are, they are walked along, and a few tell how far.

mod along;

use crate::catalog::Entity;
use crate::plan::predicate::{Datum, Predicate, Quantifier};
use crate::plan::{BoundConnection, OrderStep};
use crate::store::condition::{Conditions, conjuncts};
use crate::store::dialect::Dialect;
use crate::store::sql::Sql;
use crate::store::statement::{limit, ordered_page, positions};

pub(super) use along::Along;

/// How many rows are looked at for each row of the page, where that is thought to be little.
const ROWS_LOOKED_AT: i64 = 128;

/// How many are counted for each row of the page before it is known whether one condition leaves that few.
const ROWS_COUNTED_FIRST: i64 = 8;

/// Conditions that are counted at most.
const COUNTED_MAX: usize = 3;

/// The columns with an index that serves an order of the whole table, besides natural keys and the default order.
const WALKED: &[(&str, &[&str])] =
    &[("agreement", &["title"]), ("patent", &["title", "filed_on", "granted_on", "published_on", "priority_on"])];

/// The columns that an index has behind the one of a to-one edge: a comparison with one narrows the edge's rows down further.
const BESIDE: &[(&str, &str, &str)] = &[("patent", "owner_id", "filed_on")];

/// Whether a page's filter goes along edges that may narrow the table down.
pub(super) fn is_along_edges(bound: &BoundConnection) -> bool {
    conjuncts(&bound.filter).into_iter().any(narrows)
}

/// The conditions of a page's filter of which one can narrow the table down; none where no index has the page's order.
pub(super) fn candidates<'a>(entity: &Entity, bound: &'a BoundConnection) -> Vec<&'a Predicate> {
    if !bound.order.first().is_some_and(|step| is_walked(entity, step)) {
        return Vec::new();
    }
    conjuncts(&bound.filter).into_iter().filter(|part| narrows(part)).take(COUNTED_MAX).collect()
}

/// Whether an index has an order of the whole table that begins with this step.
pub(super) fn is_walked(entity: &Entity, step: &OrderStep) -> bool {
    let is_default = entity.default_order.first().is_some_and(|(column, _)| *column == step.column);
    let is_natural = entity.lookups.iter().any(|lookup| lookup.column == step.column);
    let is_listed = WALKED.iter().any(|(table, columns)| *table == entity.table && columns.contains(&step.column));
    step.column == "id" || is_default || is_natural || is_listed
}

/// Which way the rows of a page are looked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way<'a> {
    /// Along the order of the whole table.
    Walked,
    /// Among those that a condition leaves.
    Listed(&'a Predicate),
    /// Along those of the one row that a condition names.
    Along(&'a Predicate),
}

fn narrows(part: &Predicate) -> bool {
    match part {
        Predicate::ToOne { condition, .. } => !condition.is_always(),
        Predicate::ToMany { quantifier: Quantifier::Some, .. } => true,
        _ => false,
    }
}

/// Up to how many rows a condition is held for narrow.
pub(super) fn bound_of(bound: &BoundConnection) -> i64 {
    (i64::from(bound.page.size) + 1).saturating_mul(ROWS_LOOKED_AT)
}

/// Up to how many rows all candidates are counted: where one leaves fewer, it does not matter how many more the others leave.
fn first_bound_of(bound: &BoundConnection) -> i64 {
    (i64::from(bound.page.size) + 1).saturating_mul(ROWS_COUNTED_FIRST)
}

/// The statement that counts what each candidate leaves: a column each, not counted beyond a number of rows. First they are
/// counted a little way, and the whole way only where none of them ends there.
pub(super) fn count<D: Dialect>(entity: &Entity, bound: &BoundConnection, candidates: &[&Predicate], most: i64) -> Sql {
    let mut sql = Sql::default();
    let least = first_bound_of(bound).min(most);
    let is_one = candidates.len() == 1;
    if !is_one {
        sql.push("WITH f AS MATERIALIZED (SELECT ");
        for (index, candidate) in candidates.iter().enumerate() {
            sql.push(if index == 0 { "" } else { ", " });
            counted::<D>(&mut sql, entity, bound, candidate, least);
            sql.push(&format!(" AS c{index}"));
        }
        sql.push(") ");
    }
    sql.push("SELECT ");
    for (index, candidate) in candidates.iter().enumerate() {
        sql.push(if index == 0 { "" } else { ", " });
        if is_one {
            counted::<D>(&mut sql, entity, bound, candidate, most);
            continue;
        }
        sql.push("CASE WHEN ");
        for other in 0..candidates.len() {
            sql.push(&format!("{}f.c{other} < ", if other == 0 { "" } else { " OR " }));
            D::bind(&mut sql, &Datum::Integer(least));
        }
        // What reached the bound leaves at least so many.
        sql.push(&format!(" THEN CASE WHEN f.c{index} < "));
        D::bind(&mut sql, &Datum::Integer(least));
        sql.push(&format!(" THEN f.c{index} ELSE "));
        D::bind(&mut sql, &Datum::Integer(most));
        sql.push(" END ELSE ");
        counted::<D>(&mut sql, entity, bound, candidate, most);
        sql.push(" END");
    }
    sql.push(if is_one { "" } else { " FROM f" });
    sql
}

/// What a page's filter compares that the index of a candidate's edge has too.
fn beside<'a>(entity: &Entity, bound: &'a BoundConnection, candidate: &Predicate) -> Vec<&'a Predicate> {
    let Predicate::ToOne { column: edge, .. } = candidate else { return Vec::new() };
    let is_beside = |part: &&Predicate| match part {
        Predicate::Compare(place, ..) => BESIDE.contains(&(entity.table, edge, place.column)),
        _ => false,
    };
    conjuncts(&bound.filter).into_iter().filter(is_beside).collect()
}

/// How many rows a candidate leaves, not counted beyond a number of them.
fn counted<D: Dialect>(sql: &mut Sql, entity: &Entity, bound: &BoundConnection, candidate: &Predicate, most: i64) {
    sql.push("(SELECT count(*) FROM (SELECT 1 FROM ");
    Conditions::for_each().left_by::<D>(sql, entity, candidate, &beside(entity, bound, candidate));
    limit::<D>(sql, most);
    sql.push(") c)");
}

/// The candidate from which the rows are found with the least work, if it leaves fewer than so many. Those of an edge to one lie
/// beside one another in an index; those of an edge to many are looked up one by one.
pub(super) fn narrowest<'a>(candidates: &[&'a Predicate], counts: &[i64], most: i64) -> Option<&'a Predicate> {
    let counted = candidates.iter().zip(counts).filter(|(_, count)| **count < most);
    let work = |candidate: &Predicate, count: i64| match candidate {
        Predicate::ToMany { .. } => count.saturating_mul(2),
        _ => count,
    };
    counted.min_by_key(|(candidate, count)| work(candidate, **count)).map(|(candidate, _)| *candidate)
}

/// A page behind `FROM`, with its rows as `a`.
pub(super) fn page<D: Dialect>(sql: &mut Sql, entity: &Entity, bound: &BoundConnection, way: Way<'_>) {
    match way {
        Way::Listed(part) => listed::<D>(sql, entity, bound, part),
        Way::Along(part) => {
            if let Some(along) = Along::of(entity, bound, part) {
                along.page::<D>(sql, entity, bound);
            }
        }
        Way::Walked => {
            sql.name(entity.table);
            sql.push(" a WHERE ");
            Conditions::for_each().write_all::<D>(sql, "a", &conjuncts(&bound.filter));
            positions::<D>(sql, "a", bound, " AND ");
            ordered_page::<D>(sql, "a", entity, bound);
        }
    }
}

/// A page of the rows that one condition leaves.
fn listed<D: Dialect>(sql: &mut Sql, entity: &Entity, bound: &BoundConnection, narrowest: &Predicate) {
    let mut conditions = Conditions::new();
    let ordered: Vec<&str> = bound.order.iter().map(|step| step.column).collect();
    sql.push("(SELECT ");
    sql.columns("a", &ordered);
    sql.push(" FROM ");
    sql.name(entity.table);
    sql.push(" a WHERE ");
    conditions.write_listed::<D>(sql, "a", narrowest);
    for part in conjuncts(&bound.filter) {
        if !std::ptr::eq(part, narrowest) {
            sql.push(" AND ");
            conditions.write::<D>(sql, "a", part);
        }
    }
    positions::<D>(sql, "a", bound, " AND ");
    sql.push(D::AS_A_WHOLE);
    sql.push(") a");
    ordered_page::<D>(sql, "a", entity, bound);
}

/// The rows of all pages, as `hits`, with the columns of their order.
pub(super) fn hits<D: Dialect>(sql: &mut Sql, entity: &Entity, bound: &BoundConnection) {
    let ordered: Vec<&str> = bound.order.iter().map(|step| step.column).collect();
    sql.push("WITH hits AS MATERIALIZED (SELECT ");
    sql.columns("a", &ordered);
    sql.push(" FROM ");
    sql.name(entity.table);
    sql.push(" a WHERE ");
    Conditions::new().write_driving::<D>(sql, "a", &conjuncts(&bound.filter));
    sql.push(") ");
}
