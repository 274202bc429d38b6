//! The statement that counts, for all rows or for those of each parent.

use super::{filter, rows_from};
use crate::catalog::Entity;
use crate::plan::predicate::Predicate;
use crate::store::condition::{Conditions, conjuncts};
use crate::store::dialect::Dialect;
use crate::store::origin::Origin;
use crate::store::sql::Sql;

/// The statement of totals: one for all, or one for each parent, zero included.
pub(in crate::store) fn of_total<D: Dialect>(entity: &Entity, origin: &Origin<'_>) -> Sql {
    let mut sql = Sql::default();
    let always = Predicate::always();
    let condition = origin.connection().map_or(&always, |bound| &bound.filter);
    match origin {
        Origin::Along(reach, keys, _) => {
            let counted = |sql: &mut Sql| {
                sql.push("SELECT count(*) FROM ");
                rows_from::<D>(sql, "a", entity, Some(reach), None);
                filter::<D>(sql, " WHERE ", "a", Some(reach), condition, None);
            };
            let Some(parents) = D::PARENTS else {
                counted(&mut sql);
                return sql;
            };
            sql.push("SELECT ");
            sql.push(parents.ordinal);
            sql.push(", (");
            counted(&mut sql);
            sql.push(") FROM ");
            (parents.from)(&mut sql, keys);
        }
        _ => {
            sql.push("SELECT count(*) FROM ");
            rows_from::<D>(&mut sql, "a", entity, None, None);
            let all = conjuncts(condition);
            if !all.is_empty() {
                sql.push(" WHERE ");
                Conditions::new().write_driving::<D>(&mut sql, "a", &all);
            }
        }
    }
    sql
}
