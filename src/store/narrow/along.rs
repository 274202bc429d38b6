//! Pages along the rows of one row that a condition names: an area's agreements, which a table has in their order.

use crate::catalog::{Entity, Reach, in_order};
use crate::plan::BoundConnection;
use crate::plan::predicate::{Datum, Predicate, Quantifier};
use crate::store::condition::{Conditions, conjuncts, is_of_one};
use crate::store::dialect::Dialect;
use crate::store::sql::Sql;
use crate::store::statement::{limit, order, ordered_page, positions};

/// As few rows as these are walked along without a look.
const FEW: i64 = 512;

/// How many rows are looked at to tell how far it is to the end of a page.
const LOOKED_AT: i64 = 64;

/// As many of them as fit the filter tell that it is not far; no more are looked for.
const ENOUGH: i64 = 4;

/// A condition that names one row, whose rows are kept in the page's order.
pub(in crate::store) struct Along<'a> {
    /// The condition.
    pub(in crate::store) part: &'a Predicate,
    /// The table that has them in order, and its column with the key of the one row.
    table: &'static str,
    near: &'static str,
    /// What the one row is, and the condition on it.
    target: &'static Entity,
    condition: &'a Predicate,
    /// The filter's other conditions.
    rest: Vec<&'a Predicate>,
}

impl<'a> Along<'a> {
    /// A condition of a page's filter, if it is such a one.
    pub(in crate::store) fn of(entity: &Entity, bound: &'a BoundConnection, part: &'a Predicate) -> Option<Self> {
        let Predicate::ToMany { reach, target, quantifier: Quantifier::Some, condition } = part else { return None };
        let (table, near, target, condition) = match reach {
            Reach::Through { link, .. } => (link.table, link.far, *target, &**condition),
            _ => match conjuncts(condition).as_slice() {
                [Predicate::ToOne { column, target: there, condition }] => {
                    (target.table, *column, *there, &**condition)
                }
                _ => return None,
            },
        };
        let condition = conjuncts(condition).into_iter().next().filter(|_| conjuncts(condition).len() == 1)?;
        let table = in_order(table, near).filter(|_| bound.is_in_own_order(entity) && is_of_one(target, condition))?;
        let rest = conjuncts(&bound.filter).into_iter().filter(|other| !std::ptr::eq(*other, part)).collect();
        Some(Self { part, table, near, target, condition, rest })
    }

    /// Whether the other conditions ask of a row for nothing but its key: then the row need not be read for them.
    fn is_by_key(&self) -> bool {
        self.rest.iter().all(|part| matches!(part, Predicate::ToMany { .. }))
    }

    /// The page, behind `FROM`, with its rows as `a`.
    pub(super) fn page<D: Dialect>(&self, sql: &mut Sql, entity: &Entity, bound: &BoundConnection) {
        let mut conditions = if D::FORESEES { Conditions::new() } else { Conditions::for_each() };
        let ordered = if self.is_by_key() { "a" } else { "l" };
        sql.name(self.table);
        sql.push(" ");
        sql.push(ordered);
        self.joined::<D>(sql, entity);
        sql.push(" WHERE ");
        self.of_the_one::<D>(sql, ordered, &mut conditions);
        self.fits::<D>(sql, " AND ", &mut conditions);
        positions::<D>(sql, ordered, bound, " AND ");
        ordered_page::<D>(sql, ordered, entity, bound);
    }

    /// The statement that looks at the first rows: how many of them fit the filter, as far as is counted; none where there are
    /// few rows at all.
    pub(in crate::store) fn look<D: Dialect>(&self, entity: &Entity, bound: &BoundConnection) -> Sql {
        let (mut sql, mut conditions) = (Sql::default(), Conditions::for_each());
        let first_rows = |sql: &mut Sql, conditions: &mut Conditions, most: i64| {
            sql.push("(SELECT l.\"id\" FROM ");
            sql.name(self.table);
            sql.push(" l WHERE ");
            self.of_the_one::<D>(sql, "l", conditions);
            positions::<D>(sql, "l", bound, " AND ");
            sql.push(" ORDER BY ");
            order::<D>(sql, "l", entity, bound);
            limit::<D>(sql, most);
            sql.push(")");
        };
        sql.push("SELECT CASE WHEN (SELECT count(*) FROM ");
        first_rows(&mut sql, &mut conditions, FEW);
        sql.push(" c) = ");
        D::bind(&mut sql, &Datum::Integer(FEW));
        sql.push(" THEN (SELECT count(*) FROM (SELECT 1 FROM ");
        first_rows(&mut sql, &mut conditions, LOOKED_AT);
        sql.push(if self.is_by_key() { " a" } else { " l" });
        self.joined::<D>(&mut sql, entity);
        self.fits::<D>(&mut sql, " WHERE ", &mut conditions);
        limit::<D>(&mut sql, ENOUGH);
        sql.push(") c) END");
        sql
    }

    /// How many rows are to be looked at for a page, as far as a look tells; none where that is little.
    pub(in crate::store) fn rows_ahead(bound: &BoundConnection, fit: Option<i64>) -> Option<i64> {
        let fit = fit.filter(|fit| *fit < ENOUGH)?;
        Some((i64::from(bound.page.size) + 1).saturating_mul(LOOKED_AT) / fit.max(1))
    }

    /// What is read of a row where more than its key is asked for.
    fn joined<D: Dialect>(&self, sql: &mut Sql, entity: &Entity) {
        if !self.is_by_key() {
            sql.push(D::JOIN_ON);
            sql.name(entity.table);
            sql.push(" a ON a.\"id\" = l.\"id\"");
        }
    }

    fn of_the_one<D: Dialect>(&self, sql: &mut Sql, alias: &str, conditions: &mut Conditions) {
        conditions.by_key::<D>(sql, (alias, self.near), self.target, self.condition);
    }

    fn fits<D: Dialect>(&self, sql: &mut Sql, mut before: &'static str, conditions: &mut Conditions) {
        for part in &self.rest {
            sql.push(before);
            conditions.write::<D>(sql, "a", part);
            before = " AND ";
        }
    }
}
