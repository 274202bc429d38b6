//! Rows along an edge that come in no order, and are sorted where they are read.
//!
//! SQLite is given many parents at once where all rows of each are wanted anyway: to run a statement anew for a parent costs
//! as much as a row or two. Where what is joined bounds the rows of a parent, it has a limit, and a run of its own.

use super::{filter, joins, limit, select};
use crate::catalog::Reach;
use crate::plan::{BoundConnection, Level};
use crate::store::dialect::Dialect;
use crate::store::origin::Selected;
use crate::store::sql::Sql;

/// How many parents a statement has room for: few sizes, since each is a statement that is kept prepared.
const ROOMS: [usize; 3] = [4, 16, 64];

/// The statement of a level along an edge whose rows come in no order, for one of so many parents, or for as many as it has
/// signs for: then the key of a row's parent is its last column. One row more than `rows_max` tells that a parent has more.
pub(in crate::store) fn of_unsorted<D: Dialect>(
    level: &Level,
    (reach, parents, bound): (&Reach, usize, &BoundConnection),
    selected: &Selected,
    rows_max: Option<usize>,
) -> Sql {
    let mut sql = Sql::default();
    let together = rows_max.is_none() && parents > 1 && !bound.filter.names_parent();
    if together {
        let [.., most] = ROOMS;
        sql.push("WITH k(\"id\") AS (VALUES ");
        sql.parents(ROOMS.into_iter().find(|room| *room >= parents).unwrap_or(most));
        sql.push(") ");
    }
    sql.push("SELECT ");
    select(&mut sql, selected);
    sql.push(if together { ", k.\"id\" FROM k CROSS JOIN " } else { " FROM " });
    let near = match reach {
        Reach::Through { link, .. } => {
            sql.name(link.table);
            sql.push(" l CROSS JOIN ");
            Some(("l", link.near))
        }
        Reach::Many { column, .. } | Reach::One { column, .. } => Some(("t0", *column)),
        Reach::OneOf(_) => None,
    };
    sql.name(level.entity.table);
    sql.push(" t0");
    if let Reach::Through { link, .. } = reach {
        sql.push(" ON t0.\"id\" = l.");
        sql.name(link.far);
    }
    joins(&mut sql, level);
    sql.push(" WHERE ");
    match near {
        Some((alias, column)) => {
            sql.column(alias, column);
            sql.push(" = ");
            if together { sql.push("k.\"id\"") } else { D::parent(&mut sql) }
        }
        None => sql.push("FALSE"),
    }
    filter::<D>(&mut sql, " AND ", "t0", None, &bound.filter, Some(bound));
    if let Some(most) = rows_max {
        limit::<D>(&mut sql, i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1));
    }
    sql
}
