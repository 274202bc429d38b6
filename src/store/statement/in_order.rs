//! Pages along a link that a table has in the page's order, as `l`.

use super::{ordered_page, positions};
use crate::catalog::{Entity, Link, Reach, in_order};
use crate::plan::BoundConnection;
use crate::store::condition::Conditions;
use crate::store::dialect::Dialect;
use crate::store::sql::Sql;

/// The link that an edge goes along, with the table that has its rows in the order of a page, if one has.
pub(in crate::store) fn ordered_link<'r>(
    reach: &'r Reach,
    entity: &Entity,
    bound: &BoundConnection,
) -> Option<(&'r Link, &'static str)> {
    let Reach::Through { link, .. } = reach else { return None };
    let table = in_order(link.table, link.near).filter(|_| bound.is_in_own_order(entity))?;
    Some((link, table))
}

/// The rows of the table with those of an entity, behind `FROM`.
pub(super) fn rows_from<D: Dialect>(sql: &mut Sql, alias: &str, entity: &Entity, table: &str) {
    sql.name(table);
    sql.push(" l");
    sql.push(D::JOIN_ON);
    sql.name(entity.table);
    sql.push(" ");
    sql.push(alias);
    sql.push(" ON ");
    sql.column(alias, "id");
    sql.push(" = l.\"id\"");
}

/// `WHERE … ORDER BY … LIMIT` of the parent at hand.
pub(super) fn cut<D: Dialect>(sql: &mut Sql, alias: &str, entity: &Entity, link: &Link, bound: &BoundConnection) {
    sql.push(" WHERE l.");
    sql.name(link.near);
    sql.push(" = ");
    D::parent(sql);
    if !bound.filter.is_always() {
        sql.push(" AND ");
        Conditions::for_each().write::<D>(sql, alias, &bound.filter);
    }
    positions::<D>(sql, "l", bound, " AND ");
    ordered_page::<D>(sql, "l", entity, bound);
}
