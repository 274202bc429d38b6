//! Pages along a link that no table has in their order, for all parents at once: whichever way, all links of a parent are read,
//! and to join and sort them together costs a third of a page for each parent.

use super::{is_unique, joins, order, ordered_link, positions};
use crate::catalog::{Entity, Link, Reach};
use crate::plan::predicate::Datum;
use crate::plan::{BoundConnection, Level};
use crate::store::condition::Conditions;
use crate::store::dialect::{Dialect, Parents};
use crate::store::origin::Origin;
use crate::store::sql::Sql;

/// The place of a row's parent.
pub(super) const ORDINAL: &str = "t0.o";

/// The link whose rows are joined: it leads from one row to another once at most. Another order than the entity's own is left
/// to a page for each parent, which keeps no more rows than it has.
pub(super) fn joined<'r>(entity: &Entity, reach: &'r Reach, bound: &BoundConnection) -> Option<&'r Link> {
    let Reach::Through { link, .. } = reach else { return None };
    let is_apt = is_unique(link) && bound.is_in_own_order(entity) && ordered_link(reach, entity, bound).is_none();
    is_apt.then_some(link)
}

/// Whether the rows of a level come from such a link.
pub(super) fn are_joined(entity: &Entity, origin: &Origin<'_>) -> bool {
    matches!(origin, Origin::Along(reach, _, bound) if joined(entity, reach, bound).is_some())
}

/// `FROM` the rows of all parents, each with its place among its parent's, as `t0`.
pub(super) fn from_links<D: Dialect>(
    sql: &mut Sql,
    level: &Level,
    link: &Link,
    (parents, keys): (Parents, &[i64]),
    bound: &BoundConnection,
    columns: &[&str],
) {
    sql.push("(SELECT ");
    sql.push(parents.ordinal);
    sql.push(", ");
    sql.columns("a", columns);
    sql.push(", row_number() OVER (PARTITION BY ");
    sql.push(parents.ordinal);
    sql.push(" ORDER BY ");
    order::<D>(sql, "a", level.entity, bound);
    sql.push(") AS n FROM ");
    (parents.from)(sql, keys);
    sql.push(" JOIN ");
    sql.name(link.table);
    sql.push(" l ON ");
    sql.column("l", link.near);
    sql.push(" = ");
    sql.push(parents.key);
    sql.push(" JOIN ");
    sql.name(level.entity.table);
    sql.push(" a ON a.\"id\" = ");
    sql.column("l", link.far);
    let mut before = " WHERE ";
    if !bound.filter.is_always() {
        sql.push(before);
        Conditions::new().write::<D>(sql, "a", &bound.filter);
        before = " AND ";
    }
    positions::<D>(sql, "a", bound, before);
    sql.push(") t0");
    joins(sql, level);
    sql.push(" WHERE t0.n <= ");
    D::bind(sql, &Datum::Integer(i64::from(bound.page.size) + 1));
    sql.push(" ORDER BY ");
    sql.push(ORDINAL);
    sql.push(", ");
    order::<D>(sql, "t0", level.entity, bound);
}
