//! A page of a whole table of which a filter along edges chooses the rows: the first rows of the order are looked at, and
//! if they hold the page, nothing else is.
//!
//! Where many rows fit, walking along the order finds a page at once, and looking for all that fit would read much of the
//! table; where few fit, it is the other way round. No database knows beforehand which it is. So the statement holds both
//! ways: a walk of bounded length, and the look for all, which begins only when the walk has found too few.

use crate::catalog::Entity;
use crate::plan::predicate::{Datum, Predicate};
use crate::plan::{BoundConnection, OrderStep};
use crate::store::condition::{Conditions, conjuncts};
use crate::store::dialect::Dialect;
use crate::store::sql::Sql;
use crate::store::statement::{order, positions};

/// How many rows of the order are looked at for each row of the page.
const ROWS_LOOKED_AT: i64 = 128;

/// The columns with an index that serves an order of the whole table, besides natural keys and the default order.
const WALKED: &[(&str, &[&str])] =
    &[("agreement", &["title"]), ("patent", &["title", "filed_on", "granted_on", "published_on", "priority_on"])];

/// Whether a page of the whole table is looked for in both ways: its filter goes along edges, and an index has its order.
pub(super) fn is_wanted(entity: &Entity, bound: &BoundConnection) -> bool {
    conjuncts(&bound.filter).into_iter().any(goes_along_edges)
        && bound.order.first().is_some_and(|step| is_walked(entity, step))
}

fn is_walked(entity: &Entity, step: &OrderStep) -> bool {
    let is_default = entity.default_order.first().is_some_and(|(column, _)| *column == step.column);
    let is_natural = entity.lookups.iter().any(|lookup| lookup.column == step.column);
    let is_listed = WALKED.iter().any(|(table, columns)| *table == entity.table && columns.contains(&step.column));
    step.column == "id" || is_default || is_natural || is_listed
}

fn goes_along_edges(predicate: &Predicate) -> bool {
    match predicate {
        Predicate::And(parts) | Predicate::Or(parts) => parts.iter().any(goes_along_edges),
        Predicate::Not(inner) => goes_along_edges(inner),
        Predicate::ToOne { .. } | Predicate::ToMany { .. } | Predicate::Linked { .. } => true,
        Predicate::Compare(..) | Predicate::In { .. } | Predicate::IsNull(..) | Predicate::Matches { .. } => false,
    }
}

/// The columns of a row that a condition looks at.
fn add_columns<'a>(predicate: &'a Predicate, columns: &mut Vec<&'a str>) {
    match predicate {
        Predicate::And(parts) | Predicate::Or(parts) => parts.iter().for_each(|part| add_columns(part, columns)),
        Predicate::Not(inner) => add_columns(inner, columns),
        Predicate::Compare(place, ..) | Predicate::In { place, .. } => add(columns, place.column),
        Predicate::IsNull(column, _) | Predicate::Matches { column, .. } | Predicate::ToOne { column, .. } => {
            add(columns, column);
        }
        Predicate::ToMany { .. } | Predicate::Linked { .. } => add(columns, "id"),
    }
}

fn add<'a>(columns: &mut Vec<&'a str>, column: &'a str) {
    if !columns.contains(&column) {
        columns.push(column);
    }
}

/// `FROM` the page, as `p`, which has the columns of the order; what is selected is joined to it by key.
pub(super) fn from_window<D: Dialect>(sql: &mut Sql, entity: &Entity, bound: &BoundConnection) {
    let ordered: Vec<&str> = bound.order.iter().map(|step| step.column).collect();
    let rows = i64::from(bound.page.size) + 1;
    sql.push("(WITH w AS MATERIALIZED (SELECT ");
    sql.columns("a", &ordered);
    walk::<D>(sql, entity, bound, &ordered, rows);
    sql.push(") SELECT ");
    sql.columns("w", &ordered);
    sql.push(" FROM w WHERE (SELECT count(*) FROM w) >= ");
    D::bind(sql, &Datum::Integer(rows));
    sql.push(" UNION ALL SELECT ");
    sql.columns("f", &ordered);
    sql.push(" FROM (SELECT ");
    sql.columns("a", &ordered);
    all_that_fit::<D>(sql, entity, bound, &ordered, rows);
    sql.push(") f) p");
}

/// The rows that fit among the first ones of the order.
fn walk<D: Dialect>(sql: &mut Sql, entity: &Entity, bound: &BoundConnection, ordered: &[&str], rows: i64) {
    let (beyond, own): (Vec<&Predicate>, Vec<&Predicate>) =
        conjuncts(&bound.filter).into_iter().partition(|part| goes_along_edges(part));
    let mut columns = ordered.to_vec();
    beyond.iter().for_each(|part| add_columns(part, &mut columns));
    sql.push(" FROM (SELECT ");
    sql.columns("a", &columns);
    sql.push(" FROM ");
    sql.name(entity.table);
    sql.push(" a");
    let mut before = " WHERE ";
    let mut conditions = Conditions::for_each();
    for part in own {
        sql.push(before);
        conditions.write::<D>(sql, "a", part);
        before = " AND ";
    }
    positions::<D>(sql, "a", bound, before);
    limited::<D>(sql, entity, bound, rows.saturating_mul(ROWS_LOOKED_AT));
    sql.push(") a");
    let mut before = " WHERE ";
    for part in beyond {
        sql.push(before);
        conditions.write::<D>(sql, "a", part);
        before = " AND ";
    }
    limited::<D>(sql, entity, bound, rows);
}

/// The first of all rows that fit, if the walk has not found enough.
fn all_that_fit<D: Dialect>(sql: &mut Sql, entity: &Entity, bound: &BoundConnection, ordered: &[&str], rows: i64) {
    sql.push(" FROM (SELECT ");
    sql.columns("a", ordered);
    sql.push(" FROM (SELECT 1 WHERE (SELECT count(*) FROM w) < ");
    D::bind(sql, &Datum::Integer(rows));
    sql.push(") g CROSS JOIN ");
    sql.name(entity.table);
    sql.push(" a WHERE ");
    Conditions::new().write_driving::<D>(sql, "a", &conjuncts(&bound.filter));
    positions::<D>(sql, "a", bound, " AND ");
    sql.push(D::AS_A_WHOLE);
    sql.push(") a");
    limited::<D>(sql, entity, bound, rows);
}

fn limited<D: Dialect>(sql: &mut Sql, entity: &Entity, bound: &BoundConnection, rows: i64) {
    sql.push(" ORDER BY ");
    order::<D>(sql, "a", entity, bound);
    sql.push(" LIMIT ");
    D::bind(sql, &Datum::Integer(rows));
    sql.push(D::AFTER_LIMIT);
}
