//! The statement of a level, and of a total.

mod in_order;
mod links;
mod lookup;
mod total;
mod unsorted;

use crate::catalog::{Direction, ENTITIES, Entity, Link, Reach};
use crate::plan::predicate::{Datum, Predicate};
use crate::plan::{BoundConnection, Level, OrderStep};
use crate::store::condition::{Conditions, conjuncts};
use crate::store::dialect::{Dialect, PageColumns, Parents};
use crate::store::narrow::{self, Way};
use crate::store::origin::{Origin, Selected};
use crate::store::position::write_position;
use crate::store::sql::Sql;

pub(super) use in_order::ordered_link;
pub(super) use total::of_total;
pub(super) use unsorted::of_unsorted;

/// Rows of a page whose joined rows are surely read by key rather than by reading a whole table.
const FEW: u32 = 128;

/// The statement of a level.
pub(super) fn of_level<D: Dialect>(level: &Level, origin: &Origin<'_>, selected: &Selected) -> Sql {
    let mut sql = Sql::default();
    if let Origin::Counted(bound) = origin {
        narrow::hits::<D>(&mut sql, level.entity, bound);
    }
    sql.push("SELECT ");
    let parents = origin.keys().and(D::PARENTS);
    if let Some(parents) = parents {
        sql.push(if links::are_joined(level.entity, origin) { links::ORDINAL } else { parents.ordinal });
        sql.push(", ");
    }
    select(&mut sql, selected);
    sql.push(" FROM ");
    match origin {
        Origin::All(bound) => from_page::<D>(&mut sql, level, None, bound, selected),
        Origin::Counted(bound) => {
            sql.push("(SELECT ");
            sql.columns("h", &bound.order.iter().map(|step| step.column).collect::<Vec<_>>());
            sql.push(" FROM hits h");
            positions::<D>(&mut sql, "h", bound, " WHERE ");
            ordered_page::<D>(&mut sql, "h", level.entity, bound);
            sql.push(") p");
            of_keys::<D>(&mut sql, level, bound);
        }
        Origin::Chosen(bound, way) => from_chosen::<D>(&mut sql, level, bound, *way),
        Origin::Along(reach, keys, bound) => match parents {
            Some(parents) => from_parents::<D>(&mut sql, level, reach, (parents, keys), bound, selected),
            None => from_page::<D>(&mut sql, level, Some(reach), bound, selected),
        },
        Origin::Key(lookup, value) => lookup::from_key::<D>(&mut sql, level, lookup, value),
        Origin::Number(wanted) => lookup::from_number::<D>(&mut sql, level, wanted),
        Origin::Keys(keys) => {
            if let Some(parents) = parents {
                (parents.from)(&mut sql, keys);
                sql.push(" CROSS JOIN ");
            }
            sql.name(level.entity.table);
            sql.push(" t0");
            joins(&mut sql, level);
            sql.push(" WHERE t0.\"id\" = ");
            D::parent(&mut sql);
            if let Some(parents) = parents {
                sql.push(" ORDER BY ");
                sql.push(parents.ordinal);
            }
        }
    }
    sql
}

fn select(sql: &mut Sql, selected: &Selected) {
    for (index, column) in selected.columns.iter().enumerate() {
        sql.push(if index == 0 { "" } else { ", " });
        sql.table_column(column.alias, column.name);
    }
    sql.push(if selected.total.is_some() { ", (SELECT count(*) FROM hits)" } else { "" });
}

/// `FROM` a page that a filter along edges chooses: its keys, then what is selected of them.
fn from_chosen<D: Dialect>(sql: &mut Sql, level: &Level, bound: &BoundConnection, way: Way<'_>) {
    let ordered: Vec<&str> = bound.order.iter().map(|step| step.column).collect();
    sql.push("(SELECT ");
    sql.columns("a", &ordered);
    sql.push(" FROM ");
    narrow::page::<D>(sql, level.entity, bound, way);
    sql.push(") p");
    of_keys::<D>(sql, level, bound);
}

/// `FROM` a page of all rows, or of the rows of the parent at hand.
fn from_page<D: Dialect>(
    sql: &mut Sql,
    level: &Level,
    reach: Option<&Reach>,
    bound: &BoundConnection,
    selected: &Selected,
) {
    let is_by_index = is_cut_by_an_index(level.entity, reach, bound);
    if !level.has_joins() || (D::JOINS_AS_IT_GOES && is_by_index) {
        rows_from::<D>(sql, "t0", level.entity, reach, Some(bound));
        joins(sql, level);
        return cut::<D>(sql, "t0", level.entity, reach, bound);
    }
    // The page is cut before anything is joined to it.
    let columns = page_columns(level, bound, selected);
    let ordered = D::from_page(sql, level.entity.table, &columns, |sql| page::<D>(sql, level.entity, reach, bound));
    joins(sql, level);
    sql.push(" ORDER BY ");
    order::<D>(sql, ordered, level.entity, bound);
    if D::LIMITS_IN_TEXT && is_by_index && bound.page.size <= FEW {
        // It cuts nothing: of a limit that it does not know, PostgreSQL thinks that it leaves a tenth.
        limit::<D>(sql, rows_of(bound));
    }
}

/// Whether an index gives the rows of a page in their order, so that what is joined to a row is read for the page alone:
/// the entity's own order, or another with an index, and no filter but one on what the order begins with.
fn is_cut_by_an_index(entity: &Entity, reach: Option<&Reach>, bound: &BoundConnection) -> bool {
    let Some(first) = bound.order.first() else { return false };
    if reach.is_some_and(|reach| ordered_link(reach, entity, bound).is_some()) {
        return true;
    }
    let is_plain = conjuncts(&bound.filter).into_iter().all(|part| match part {
        Predicate::Compare(place, ..) => reach.is_none() && first.column == place.column,
        Predicate::IsNull(column, _) => reach.is_none() && first.column == *column,
        _ => false,
    });
    let is_indexed = bound.is_in_own_order(entity) || (reach.is_none() && narrow::is_walked(entity, first));
    is_indexed && is_plain && !matches!(reach, Some(Reach::Through { .. }))
}

/// A page for each parent, all at once.
fn from_parents<D: Dialect>(
    sql: &mut Sql,
    level: &Level,
    reach: &Reach,
    (parents, keys): (Parents, &[i64]),
    bound: &BoundConnection,
    selected: &Selected,
) {
    let columns = page_columns(level, bound, selected);
    if let Some(link) = links::joined(level.entity, reach, bound) {
        return links::from_links::<D>(sql, level, link, (parents, keys), bound, &columns.all);
    }
    (parents.from)(sql, keys);
    sql.push(" CROSS JOIN LATERAL (SELECT ");
    sql.columns("a", &columns.all);
    sql.push(" FROM ");
    page::<D>(sql, level.entity, Some(reach), bound);
    sql.push(") t0");
    joins(sql, level);
    sql.push(" ORDER BY ");
    sql.push(parents.ordinal);
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
        sql.push(" LEFT JOIN ");
        sql.name(join.entity.table);
        sql.push(" ");
        sql.table_alias(index + 1);
        sql.push(" ON ");
        sql.table_column(index + 1, "id");
        sql.push(" = ");
        sql.table_column(join.from, join.column);
    }
}

/// A page, behind `FROM`, with its rows as `a`.
fn page<D: Dialect>(sql: &mut Sql, entity: &Entity, reach: Option<&Reach>, bound: &BoundConnection) {
    rows_from::<D>(sql, "a", entity, reach, Some(bound));
    cut::<D>(sql, "a", entity, reach, bound);
}

/// The rows of an entity, behind `FROM`; with what makes them a parent's where that stands there.
fn rows_from<D: Dialect>(
    sql: &mut Sql,
    alias: &str,
    entity: &Entity,
    reach: Option<&Reach>,
    bound: Option<&BoundConnection>,
) {
    if let Some((_, table)) = bound.and_then(|bound| ordered_link(reach?, entity, bound)) {
        return in_order::rows_from::<D>(sql, alias, entity, table);
    }
    if let Some(Reach::Through { link, .. }) = reach.filter(|_| D::LINK_FIRST) {
        sql.push(if is_unique(link) { "(SELECT l." } else { "(SELECT DISTINCT l." });
        sql.name(link.far);
        sql.push(" AS \"id\"");
        link_rows::<D>(sql, link);
        sql.push(") l CROSS JOIN ");
        sql.name(entity.table);
        sql.push(" ");
        sql.push(alias);
        sql.push(" ON ");
        sql.column(alias, "id");
        return sql.push(" = l.\"id\"");
    }
    sql.name(entity.table);
    sql.push(" ");
    sql.push(alias);
}

/// Whether a link leads from one row to another once at most: a table that is nothing but a link has both keys as its own.
fn is_unique(link: &Link) -> bool {
    !ENTITIES.iter().any(|entity| entity.table == link.table)
}

/// The rows of a link that belong to the parent at hand, as `l`.
fn link_rows<D: Dialect>(sql: &mut Sql, link: &Link) {
    sql.push(" FROM ");
    sql.name(link.table);
    sql.push(" l WHERE l.");
    sql.name(link.near);
    sql.push(" = ");
    D::parent(sql);
}

/// `WHERE … ORDER BY … LIMIT`: one row more than the page tells whether there is another page.
fn cut<D: Dialect>(sql: &mut Sql, alias: &str, entity: &Entity, reach: Option<&Reach>, bound: &BoundConnection) {
    if let Some((link, _)) = reach.and_then(|reach| ordered_link(reach, entity, bound)) {
        return in_order::cut::<D>(sql, alias, entity, link, bound);
    }
    filter::<D>(sql, " WHERE ", alias, reach, &bound.filter, Some(bound));
    if D::LIMITS_IN_TEXT && reach.is_none() && is_cut_by_an_index(entity, reach, bound) {
        sql.push(" ORDER BY ");
        order::<D>(sql, alias, entity, bound);
        sql.push(" LIMIT ");
        return sql.integer(rows_of(bound));
    }
    ordered_page::<D>(sql, alias, entity, bound);
}

/// What is selected of a page that stands there as `p`, with its keys.
fn of_keys<D: Dialect>(sql: &mut Sql, level: &Level, bound: &BoundConnection) {
    sql.push(" CROSS JOIN ");
    sql.name(level.entity.table);
    sql.push(" t0");
    joins(sql, level);
    sql.push(" WHERE t0.\"id\" = p.\"id\" ORDER BY ");
    order::<D>(sql, "p", level.entity, bound);
}

/// `ORDER BY … LIMIT`.
pub(super) fn ordered_page<D: Dialect>(sql: &mut Sql, alias: &str, entity: &Entity, bound: &BoundConnection) {
    sql.push(" ORDER BY ");
    order::<D>(sql, alias, entity, bound);
    limit::<D>(sql, rows_of(bound));
}

/// One row more than the page holds.
fn rows_of(bound: &BoundConnection) -> i64 {
    i64::from(bound.page.size) + 1
}

pub(super) fn limit<D: Dialect>(sql: &mut Sql, most: i64) {
    sql.push(" LIMIT ");
    D::bind(sql, &Datum::Integer(most));
    sql.push(D::AFTER_LIMIT);
}

fn filter<D: Dialect>(
    sql: &mut Sql,
    mut before: &'static str,
    alias: &str,
    reach: Option<&Reach>,
    condition: &Predicate,
    positions: Option<&BoundConnection>,
) {
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
    if let Some(bound) = positions {
        self::positions::<D>(sql, alias, bound, before);
    }
}

/// That a row stands between the cursors of a page.
pub(super) fn positions<D: Dialect>(sql: &mut Sql, alias: &str, bound: &BoundConnection, mut before: &'static str) {
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
            D::parent(sql);
        }
        Reach::OneOf(_) => sql.push("FALSE"),
    }
}

/// The steps of an order, up to one that no two rows share: its index is the order then, where PostgreSQL would sort
/// again by what follows.
pub(super) fn order<D: Dialect>(sql: &mut Sql, alias: &str, entity: &Entity, bound: &BoundConnection) {
    for (index, step) in bound.order.iter().enumerate() {
        sql.push(if index == 0 { "" } else { ", " });
        order_step::<D>(sql, alias, step, bound.page.is_backward);
        if !step.is_nullable && entity.lookups.iter().any(|lookup| lookup.column == step.column) {
            break;
        }
    }
}

fn order_step<D: Dialect>(sql: &mut Sql, alias: &str, step: &OrderStep, is_backward: bool) {
    let direction = if is_backward { step.direction.reversed() } else { step.direction };
    sql.column(alias, step.column);
    sql.push(if direction == Direction::Desc { " DESC" } else { "" });
    sql.push(D::nulls(step, direction));
}
