//! The statement of a level, and of a total.

use crate::catalog::{Entity, Kind, Link, Reach};
use crate::plan::predicate::{Datum, Predicate};
use crate::plan::publication::WantedNumber;
use crate::plan::{BoundConnection, Column, Level, OrderStep};
use crate::store::condition::{Conditions, write_position};
use crate::store::dialect::{Dialect, PageColumns};
use crate::store::sql::Sql;

/// The column by which publications are told from one another.
const NUMBER: &str = "publication_number";

/// Publications at most that are listed where several fit a number.
pub(super) const CANDIDATES_MAX: i64 = 20;

/// Where the rows of a level come from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Origin<'a> {
    /// A page of all rows.
    All(&'a BoundConnection),
    /// A page along an edge, for each of these parents.
    Along(&'static Reach, &'a [i64], &'a BoundConnection),
    /// The row of a natural key.
    Key(&'static str, &'a Datum),
    /// The rows that a publication number can mean: those under just that number first.
    Number(&'a WantedNumber),
    /// The rows of these keys.
    Keys(&'a [i64]),
}

impl<'a> Origin<'a> {
    /// The parents, or the keys; none where rows have no such place.
    pub(super) fn keys(&self) -> Option<&'a [i64]> {
        match self {
            Self::Along(_, keys, _) | Self::Keys(keys) => Some(keys),
            Self::All(_) | Self::Key(..) | Self::Number(_) => None,
        }
    }

    pub(super) fn connection(&self) -> Option<&'a BoundConnection> {
        match self {
            Self::All(bound) | Self::Along(_, _, bound) => Some(bound),
            Self::Key(..) | Self::Number(_) | Self::Keys(_) => None,
        }
    }

    /// How many rows of each list are written; the others only tell that there are more.
    pub(super) fn rows_max(&self) -> Option<usize> {
        match self {
            Self::Number(_) => Some(1),
            other => other.connection().map(|bound| usize::try_from(bound.page.size).unwrap_or(usize::MAX)),
        }
    }
}

/// What a level's statement selects: the plan's columns, then those of the order that only cursors need.
pub(super) struct Selected {
    pub(super) columns: Vec<Column>,
    /// The places of the order's columns, for cursors.
    pub(super) order: Vec<usize>,
    /// The place of the publication number, where it has to tell the rows found from one another.
    pub(super) number: Option<usize>,
}

impl Selected {
    pub(super) fn new(level: &Level, origin: &Origin<'_>) -> Self {
        let mut selected = Self { columns: level.columns.clone(), order: Vec::new(), number: None };
        if matches!(origin, Origin::Number(_)) {
            selected.number = Some(selected.columns.len());
            selected.columns.push(Column { alias: 0, name: NUMBER, kind: Kind::Text });
        }
        let steps = origin.connection().filter(|_| level.has_cursors).map(|bound| bound.order.as_slice());
        for step in steps.unwrap_or_default() {
            let found = selected.columns.iter().position(|column| column.alias == 0 && column.name == step.column);
            selected.order.push(found.unwrap_or_else(|| {
                selected.columns.push(Column { alias: 0, name: step.column, kind: step.kind });
                selected.columns.len() - 1
            }));
        }
        // A statement selects something, even where only the number of rows matters.
        if selected.columns.is_empty() {
            selected.columns.push(Column { alias: 0, name: "id", kind: Kind::Key });
        }
        selected
    }
}

/// The statement of a level.
pub(super) fn of_level<D: Dialect>(level: &Level, origin: &Origin<'_>, selected: &Selected) -> Sql {
    let mut sql = Sql::default();
    sql.push("SELECT ");
    if origin.keys().is_some() {
        sql.push(D::ORDINAL);
        sql.push(", ");
    }
    for (index, column) in selected.columns.iter().enumerate() {
        sql.push(if index == 0 { "" } else { ", " });
        sql.column(&format!("t{}", column.alias), column.name);
    }
    sql.push(" FROM ");
    match origin {
        Origin::All(bound) => from_all::<D>(&mut sql, level, bound, selected),
        Origin::Along(reach, keys, bound) => from_along::<D>(&mut sql, level, reach, keys, bound, selected),
        Origin::Key(column, value) => {
            sql.name(level.entity.table);
            sql.push(" t0");
            joins(&mut sql, level);
            sql.push(" WHERE ");
            sql.column("t0", column);
            sql.push(" = ");
            D::bind(&mut sql, value);
        }
        Origin::Number(wanted) => from_number::<D>(&mut sql, level, wanted),
        Origin::Keys(keys) => {
            D::keys_from(&mut sql, keys);
            sql.push(" CROSS JOIN ");
            sql.name(level.entity.table);
            sql.push(" t0");
            joins(&mut sql, level);
            sql.push(" WHERE t0.\"id\" = ");
            sql.push(D::KEY);
            sql.push(" ORDER BY ");
            sql.push(D::ORDINAL);
        }
    }
    sql
}

/// Rows that fit a publication number are few: what an office published under one.
fn from_number<D: Dialect>(sql: &mut Sql, level: &Level, wanted: &WantedNumber) {
    sql.name(level.entity.table);
    sql.push(" t0");
    joins(sql, level);
    sql.push(" WHERE ");
    Conditions::new().write::<D>(sql, "t0", &wanted.fits);
    let exact: Vec<Datum> = wanted.exact.iter().cloned().map(Datum::Text).collect();
    sql.push(" ORDER BY (");
    D::one_of(sql, |sql| sql.column("t0", NUMBER), &exact);
    sql.push(") DESC, ");
    sql.column("t0", NUMBER);
    sql.push(" LIMIT ");
    sql.integer(CANDIDATES_MAX + 1);
    sql.push(D::AFTER_LIMIT);
}

fn from_all<D: Dialect>(sql: &mut Sql, level: &Level, bound: &BoundConnection, selected: &Selected) {
    let has_joins = level.joins.iter().any(|join| join.is_used);
    if !has_joins {
        sql.name(level.entity.table);
        sql.push(" t0");
        cut::<D>(sql, "t0", level.entity, None, bound);
        return;
    }
    // The page is cut before anything is joined to it.
    let columns = page_columns(level, bound, selected);
    let ordered = D::from_page(sql, level.entity.table, &columns, |sql| page::<D>(sql, level.entity, None, bound));
    joins(sql, level);
    sql.push(" ORDER BY ");
    order::<D>(sql, ordered, level.entity, bound);
}

fn from_along<D: Dialect>(
    sql: &mut Sql,
    level: &Level,
    reach: &Reach,
    keys: &[i64],
    bound: &BoundConnection,
    selected: &Selected,
) {
    D::keys_from(sql, keys);
    let columns = page_columns(level, bound, selected);
    D::join_page(sql, level.entity.table, &columns, |sql| page::<D>(sql, level.entity, Some(reach), bound));
    joins(sql, level);
    sql.push(" ORDER BY ");
    sql.push(D::ORDINAL);
    sql.push(", ");
    order::<D>(sql, "t0", level.entity, bound);
}

/// The columns of the level's own table that are needed outside its page.
fn page_columns<'a>(level: &'a Level, bound: &'a BoundConnection, selected: &'a Selected) -> PageColumns<'a> {
    let shown = selected.columns.iter().filter(|column| column.alias == 0).map(|column| column.name);
    let joined = level.joins.iter().filter(|join| join.is_used && join.from == 0).map(|join| join.column);
    let ordered: Vec<&str> = bound.order.iter().map(|step| step.column).collect();
    let mut all: Vec<&str> = Vec::new();
    for column in shown.chain(joined).chain(ordered.iter().copied()) {
        if !all.contains(&column) {
            all.push(column);
        }
    }
    PageColumns { all, ordered }
}

/// To-one edges: each finds one row or none, and never turns the order of the loops around.
fn joins(sql: &mut Sql, level: &Level) {
    for (index, join) in level.joins.iter().enumerate().filter(|(_, join)| join.is_used) {
        let alias = format!("t{}", index + 1);
        sql.push(" LEFT JOIN ");
        sql.name(join.entity.table);
        sql.push(&format!(" {alias} ON {alias}.\"id\" = "));
        sql.column(&format!("t{}", join.from), join.column);
    }
}

/// A page from `FROM` on, with its rows as `a`.
fn page<D: Dialect>(sql: &mut Sql, entity: &Entity, reach: Option<&Reach>, bound: &BoundConnection) {
    rows_from::<D>(sql, entity, reach);
    cut::<D>(sql, "a", entity, reach, bound);
}

/// `FROM` the rows of an entity, as `a`; with what makes them a parent's where that stands there.
fn rows_from<D: Dialect>(sql: &mut Sql, entity: &Entity, reach: Option<&Reach>) {
    sql.push(" FROM ");
    if let Some(Reach::Through { link, .. }) = reach.filter(|_| D::LINK_FIRST) {
        sql.push("(SELECT DISTINCT l.");
        sql.name(link.far);
        sql.push(" AS \"id\"");
        link_rows::<D>(sql, link);
        sql.push(") l CROSS JOIN ");
        sql.name(entity.table);
        return sql.push(" a ON a.\"id\" = l.\"id\"");
    }
    sql.name(entity.table);
    sql.push(" a");
}

/// The rows of a link that belong to the parent at hand, as `l`.
fn link_rows<D: Dialect>(sql: &mut Sql, link: &Link) {
    sql.push(" FROM ");
    sql.name(link.table);
    sql.push(" l WHERE l.");
    sql.name(link.near);
    sql.push(" = ");
    sql.push(D::KEY);
}

/// `WHERE … ORDER BY … LIMIT`: one row more than the page tells whether there is another page.
fn cut<D: Dialect>(sql: &mut Sql, alias: &str, entity: &Entity, reach: Option<&Reach>, bound: &BoundConnection) {
    filter::<D>(sql, alias, reach, &bound.filter, Some(bound));
    sql.push(" ORDER BY ");
    order::<D>(sql, alias, entity, bound);
    sql.push(" LIMIT ");
    sql.integer(i64::from(bound.page.size) + 1);
    sql.push(D::AFTER_LIMIT);
}

fn filter<D: Dialect>(
    sql: &mut Sql,
    alias: &str,
    reach: Option<&Reach>,
    condition: &Predicate,
    positions: Option<&BoundConnection>,
) {
    let mut before = " WHERE ";
    if let Some(reach) = reach.filter(|reach| !(D::LINK_FIRST && matches!(reach, Reach::Through { .. }))) {
        sql.push(before);
        belongs::<D>(sql, alias, reach);
        before = " AND ";
    }
    if !condition.is_always() {
        sql.push(before);
        Conditions::new().write::<D>(sql, alias, condition);
        before = " AND ";
    }
    let Some(bound) = positions else { return };
    for (values, after) in [(&bound.page.after, true), (&bound.page.before, false)] {
        if let Some(values) = values {
            sql.push(before);
            write_position::<D>(sql, alias, &bound.order, values, after);
            before = " AND ";
        }
    }
}

/// That a row belongs to the parent at hand.
fn belongs<D: Dialect>(sql: &mut Sql, alias: &str, reach: &Reach) {
    match reach {
        Reach::Through { link, .. } => {
            sql.column(alias, "id");
            sql.push(" IN (SELECT l.");
            sql.name(link.far);
            link_rows::<D>(sql, link);
            sql.push(")");
        }
        Reach::Many { column, .. } | Reach::One { column, .. } => {
            sql.column(alias, column);
            sql.push(" = ");
            sql.push(D::KEY);
        }
        Reach::OneOf(_) => sql.push("FALSE"),
    }
}

/// The steps of an order, up to one that no two rows share: its index is the order then, where PostgreSQL would sort
/// again by what follows.
fn order<D: Dialect>(sql: &mut Sql, alias: &str, entity: &Entity, bound: &BoundConnection) {
    for (index, step) in bound.order.iter().enumerate() {
        sql.push(if index == 0 { "" } else { ", " });
        order_step::<D>(sql, alias, step, bound.page.is_backward);
        if !step.is_nullable && entity.lookups.iter().any(|lookup| lookup.column == step.column) {
            break;
        }
    }
}

fn order_step<D: Dialect>(sql: &mut Sql, alias: &str, step: &OrderStep, is_backward: bool) {
    use crate::catalog::Direction;
    let direction = if is_backward { step.direction.reversed() } else { step.direction };
    sql.column(alias, step.column);
    sql.push(if direction == Direction::Desc { " DESC" } else { "" });
    sql.push(D::nulls(step, direction));
}

/// The statement of totals: one for all, or one for each parent, zero included.
pub(super) fn of_total<D: Dialect>(entity: &Entity, origin: &Origin<'_>) -> Sql {
    let mut sql = Sql::default();
    let always = Predicate::always();
    let condition = origin.connection().map_or(&always, |bound| &bound.filter);
    match origin {
        Origin::Along(reach, keys, _) => {
            sql.push("SELECT ");
            sql.push(D::ORDINAL);
            sql.push(", (SELECT count(*)");
            rows_from::<D>(&mut sql, entity, Some(reach));
            filter::<D>(&mut sql, "a", Some(reach), condition, None);
            sql.push(") FROM ");
            D::keys_from(&mut sql, keys);
        }
        _ => {
            sql.push("SELECT count(*)");
            rows_from::<D>(&mut sql, entity, None);
            filter::<D>(&mut sql, "a", None, condition, None);
        }
    }
    sql
}
