//! The rows that a condition along an edge leaves, behind `FROM`, to be listed or counted from what is there.

use super::{Conditions, conjuncts, settles};
use crate::catalog::{Entity, Reach};
use crate::plan::predicate::{Predicate, Quantifier};
use crate::store::dialect::Dialect;
use crate::store::sql::Sql;

/// A condition on what a column leads to, with the column, what is there, and what is asked of it; unless it says which row
/// that is.
pub(super) fn led_by(part: &Predicate) -> Option<(&Predicate, &'static str, &'static Entity, &Predicate)> {
    match part {
        Predicate::ToOne { column, target, condition } if !settles(target, condition) => {
            Some((part, column, target, condition))
        }
        _ => None,
    }
}

impl Conditions {
    /// Writes, behind `FROM`, what a condition along an edge leaves of a table, or the links that lead there; along an edge to
    /// one, of the rows for which what stands beside it holds.
    pub(in crate::store) fn left_by<D: Dialect>(
        &mut self,
        sql: &mut Sql,
        entity: &Entity,
        part: &Predicate,
        beside: &[&Predicate],
    ) {
        if let Predicate::ToMany { reach, target, quantifier: Quantifier::Some, condition } = part {
            let there = self.next_alias();
            return self.rows_there::<D>(sql, &there, (reach, target), condition);
        }
        let here = self.next_alias();
        let parts: Vec<&Predicate> = [part].iter().chain(beside).copied().collect();
        self.rows_of::<D>(sql, entity, &here, &parts);
    }

    /// Writes, behind `FROM`, the rows along a to-many edge for which a condition holds, or the links that lead to them.
    pub(super) fn rows_there<D: Dialect>(
        &mut self,
        sql: &mut Sql,
        there: &str,
        (reach, target): (&Reach, &Entity),
        condition: &Predicate,
    ) {
        let Reach::Through { link, .. } = reach else {
            return self.rows_of::<D>(sql, target, there, &conjuncts(condition));
        };
        let from = format!("l{there}");
        if settles(target, condition) {
            sql.name(link.table);
            sql.push(&format!(" {from} WHERE "));
            return self.by_key::<D>(sql, (&from, link.far), target, condition);
        }
        self.led_to::<D>(sql, (link.table, &from, link.far), (target, there), condition);
    }

    /// Writes, behind `FROM`, rows for which conditions hold: found from where an edge to one leads, if one of them is on that.
    fn rows_of<D: Dialect>(&mut self, sql: &mut Sql, entity: &Entity, here: &str, parts: &[&Predicate]) {
        let Some((led, column, target, condition)) = parts.iter().copied().find_map(led_by) else {
            sql.name(entity.table);
            sql.push(&format!(" {here} WHERE "));
            sql.push(if parts.is_empty() { "TRUE" } else { "" });
            return self.write_all::<D>(sql, here, parts);
        };
        let there = self.next_alias();
        self.led_to::<D>(sql, (entity.table, here, column), (target, &there), condition);
        self.write_others::<D>(sql, here, parts, led);
    }

    /// Writes the other conditions on the rows of an alias, behind one that stands there.
    pub(super) fn write_others<D: Dialect>(
        &mut self,
        sql: &mut Sql,
        alias: &str,
        parts: &[&Predicate],
        but: &Predicate,
    ) {
        for part in parts.iter().filter(|part| !std::ptr::eq(**part, but)) {
            sql.push(" AND ");
            self.write::<D>(sql, alias, part);
        }
    }

    /// Joins the row that a column leads to; gives its alias.
    pub(super) fn joined_to<D: Dialect>(
        &mut self,
        sql: &mut Sql,
        (from, column): (&str, &str),
        target: &Entity,
    ) -> String {
        let there = self.next_alias();
        sql.push(D::JOIN_ON);
        sql.name(target.table);
        sql.push(&format!(" {there} ON {there}.\"id\" = "));
        sql.column(from, column);
        there
    }

    /// Writes, behind `FROM`, the rows of a table whose column leads to rows for which a condition holds. SQLite goes from one
    /// to the other, so that it need not make a list of all that are there before it gives the first.
    fn led_to<D: Dialect>(
        &mut self,
        sql: &mut Sql,
        (table, here, column): (&str, &str, &str),
        (target, there): (&Entity, &str),
        condition: &Predicate,
    ) {
        if D::LISTS_DRIVE {
            sql.name(target.table);
            sql.push(&format!(" {there} CROSS JOIN "));
            sql.name(table);
            sql.push(&format!(" {here} ON "));
            sql.column(here, column);
            sql.push(&format!(" = {there}.\"id\" WHERE "));
            return self.write::<D>(sql, there, condition);
        }
        let [before, behind] = D::KEYS_OF;
        sql.name(table);
        sql.push(&format!(" {here} WHERE "));
        sql.column(here, column);
        sql.push(before);
        sql.push(&format!("SELECT {there}.\"id\" FROM "));
        sql.name(target.table);
        sql.push(&format!(" {there} WHERE "));
        self.write::<D>(sql, there, condition);
        sql.push(behind);
    }
}
