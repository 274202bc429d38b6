//! Conditions in SQL. A comparison with null is unknown to SQL and false to us: a negation asks `IS NOT TRUE`.

mod there;

use crate::catalog::{Entity, Link, Reach};
use crate::plan::predicate::{Datum, Operator, Predicate, Quantifier};
use crate::store::dialect::Dialect;
use crate::store::sql::Sql;
use there::led_by;

/// Writes conditions; numbers the tables of subqueries.
pub(super) struct Conditions {
    subqueries: usize,
    /// Whether what is along an edge is asked for each row at hand, since they are few.
    for_each: bool,
}

/// The conditions that must all hold.
pub(super) fn conjuncts(predicate: &Predicate) -> Vec<&Predicate> {
    match predicate {
        Predicate::And(parts) => parts.iter().flat_map(conjuncts).collect(),
        other => vec![other],
    }
}

impl Conditions {
    pub(super) fn new() -> Self {
        Self { subqueries: 0, for_each: false }
    }

    /// For conditions on rows that are few.
    pub(super) fn for_each() -> Self {
        Self { subqueries: 0, for_each: true }
    }

    /// Ends `EXISTS`, or a list.
    fn end<D: Dialect>(&self, sql: &mut Sql, listed: bool) {
        let [_, behind_list] = D::KEYS_OF;
        sql.push(if self.for_each && !listed { D::FOR_EACH } else { "" });
        sql.push(if listed { behind_list } else { ")" });
    }

    /// Writes conditions that must all hold.
    pub(super) fn write_all<D: Dialect>(&mut self, sql: &mut Sql, alias: &str, all: &[&Predicate]) {
        for (index, part) in all.iter().enumerate() {
            sql.push(if index == 0 { "" } else { " AND " });
            self.write::<D>(sql, alias, part);
        }
    }

    /// Writes a condition along an edge as a list of keys.
    pub(super) fn write_listed<D: Dialect>(&mut self, sql: &mut Sql, alias: &str, part: &Predicate) {
        match part {
            Predicate::ToOne { column, target, condition } => {
                self.along_one::<D>(sql, (alias, column), target, condition, true);
            }
            Predicate::ToMany { reach, target, quantifier, condition } => {
                self.along_many::<D>(sql, alias, (reach, target), (*quantifier, condition), true);
            }
            part => self.write::<D>(sql, alias, part),
        }
    }

    /// Writes conditions that must all hold on the rows of an alias, where nothing else narrows the rows down: those
    /// along edges may do it, where the database has to be told.
    pub(super) fn write_driving<D: Dialect>(&mut self, sql: &mut Sql, alias: &str, all: &[&Predicate]) {
        let one = all.iter().position(|part| matches!(part, Predicate::ToOne { .. }));
        let driving = one.or_else(|| driving_many(all)).filter(|_| D::LISTS_DRIVE);
        for (index, part) in all.iter().enumerate() {
            sql.push(if index == 0 { "" } else { " AND " });
            match part {
                Predicate::ToOne { column, target, condition } if D::LISTS_DRIVE => {
                    self.along_one::<D>(sql, (alias, column), target, condition, true);
                }
                Predicate::ToMany { reach, target, quantifier, condition } if driving == Some(index) => {
                    self.along_many::<D>(sql, alias, (reach, target), (*quantifier, condition), true);
                }
                part => self.write::<D>(sql, alias, part),
            }
        }
    }

    /// Writes a condition on the rows of an alias.
    pub(super) fn write<D: Dialect>(&mut self, sql: &mut Sql, alias: &str, predicate: &Predicate) {
        match predicate {
            Predicate::And(all) => self.joined::<D>(sql, alias, all, " AND ", "TRUE"),
            Predicate::Or(any) => self.joined::<D>(sql, alias, any, " OR ", "FALSE"),
            Predicate::Not(inner) => self.negated::<D>(sql, alias, inner),
            Predicate::Compare(place, operator, value) => {
                sql.column(alias, place.column);
                sql.push(sign(*operator));
                D::bind(sql, value);
            }
            Predicate::In { place, values, negated } => one_of::<D>(sql, alias, place.column, values, *negated),
            Predicate::IsNull(column, is_null) => {
                sql.column(alias, column);
                sql.push(if *is_null { " IS NULL" } else { " IS NOT NULL" });
            }
            Predicate::Matches { column, text, at_start } => {
                sql.column(alias, column);
                sql.push(" LIKE ");
                D::bind(sql, &Datum::Text(like_pattern(text, *at_start)));
                sql.push(" ESCAPE '\\'");
            }
            Predicate::ToOne { column, target, condition } => {
                self.along_one::<D>(sql, (alias, column), target, condition, false);
            }
            Predicate::ToMany { reach, target, quantifier, condition } => {
                self.along_many::<D>(sql, alias, (reach, target), (*quantifier, condition), false);
            }
            Predicate::Linked { link, condition } => self.linked::<D>(sql, alias, link, condition),
        }
    }

    fn joined<D: Dialect>(&mut self, sql: &mut Sql, alias: &str, parts: &[Predicate], with: &str, none: &str) {
        if parts.is_empty() {
            return sql.push(none);
        }
        for (index, part) in parts.iter().enumerate() {
            sql.push(if index == 0 { "(" } else { with });
            self.write::<D>(sql, alias, part);
        }
        sql.push(")");
    }

    fn negated<D: Dialect>(&mut self, sql: &mut Sql, alias: &str, inner: &Predicate) {
        sql.push("((");
        self.write::<D>(sql, alias, inner);
        sql.push(") IS NOT TRUE)");
    }

    fn next_alias(&mut self) -> String {
        self.subqueries += 1;
        format!("f{}", self.subqueries)
    }

    /// A row along a to-one edge, asked for each row; or, when it is `listed`, from a list of all that satisfy the
    /// condition.
    fn along_one<D: Dialect>(
        &mut self,
        sql: &mut Sql,
        (alias, column): (&str, &str),
        target: &Entity,
        condition: &Predicate,
        listed: bool,
    ) {
        if settles(target, condition) {
            return self.by_key::<D>(sql, (alias, column), target, condition);
        }
        let there = self.next_alias();
        if listed {
            sql.column(alias, column);
            let [before_list, _] = D::KEYS_OF;
            sql.push(before_list);
            sql.push(&format!("SELECT {there}.\"id\" FROM "));
        } else {
            sql.push("EXISTS (SELECT 1 FROM ");
        }
        sql.name(target.table);
        sql.push(&format!(" {there} WHERE "));
        if !listed {
            sql.push(&format!("{there}.\"id\" = "));
            sql.column(alias, column);
            sql.push(" AND ");
        }
        self.write::<D>(sql, &there, condition);
        self.end::<D>(sql, listed);
    }

    /// A condition that `settles` which key it is, on the column that holds the key.
    pub(super) fn by_key<D: Dialect>(
        &mut self,
        sql: &mut Sql,
        (alias, column): (&str, &str),
        target: &Entity,
        condition: &Predicate,
    ) {
        match condition {
            Predicate::In { values, .. } => one_of::<D>(sql, alias, column, values, false),
            condition if condition.is_always() => {
                sql.column(alias, column);
                sql.push(" IS NOT NULL");
            }
            condition => {
                let there = self.next_alias();
                sql.column(alias, column);
                sql.push(&format!(" = (SELECT {there}.\"id\" FROM "));
                sql.name(target.table);
                sql.push(&format!(" {there} WHERE "));
                self.write::<D>(sql, &there, condition);
                sql.push(")");
            }
        }
    }

    fn linked<D: Dialect>(&mut self, sql: &mut Sql, alias: &str, link: &Link, condition: &Predicate) {
        let there = self.next_alias();
        sql.push("EXISTS (SELECT 1 FROM ");
        sql.name(link.table);
        sql.push(&format!(" {there} WHERE "));
        sql.column(&there, link.near);
        sql.push(" = ");
        D::parent(sql);
        sql.push(" AND ");
        sql.column(&there, link.far);
        sql.push(&format!(" = {alias}.\"id\" AND "));
        self.write::<D>(sql, &there, condition);
        sql.push(")");
    }

    /// Rows along a to-many edge, asked for each row; or, when it is `listed`, from a list of all that have one.
    fn along_many<D: Dialect>(
        &mut self,
        sql: &mut Sql,
        alias: &str,
        (reach, target): (&Reach, &Entity),
        (quantifier, condition): (Quantifier, &Predicate),
        listed: bool,
    ) {
        let there = self.next_alias();
        let link = if let Reach::Through { link, .. } = reach { Some(link) } else { None };
        let from = if link.is_some() { format!("l{there}") } else { there.clone() };
        let near = match reach {
            Reach::Many { column, .. } => column,
            _ => link.map_or("id", |link| link.near),
        };
        if listed {
            let [before_list, _] = D::KEYS_OF;
            sql.push(&format!("{alias}.\"id\"{before_list}SELECT "));
            sql.column(&from, near);
            if quantifier == Quantifier::Some {
                sql.push(" FROM ");
                self.rows_there::<D>(sql, &there, (reach, target), condition);
                return self.end::<D>(sql, true);
            }
        } else {
            sql.push(if quantifier == Quantifier::Some { "EXISTS (SELECT 1" } else { "NOT EXISTS (SELECT 1" });
        }
        sql.push(" FROM ");
        sql.name(link.map_or(target.table, |link| link.table));
        sql.push(&format!(" {from}"));
        // A link says which key it leads to: what is there is looked at only where that does not settle it.
        let far = link.filter(|_| quantifier != Quantifier::Every && settles(target, condition)).map(|link| link.far);
        if let Some(link) = link.filter(|_| far.is_none()) {
            sql.push(" JOIN ");
            sql.name(target.table);
            sql.push(&format!(" {there} ON {there}.\"id\" = "));
            sql.column(&from, link.far);
        }
        let is_led = quantifier == Quantifier::Some && link.is_none();
        let led = conjuncts(condition).into_iter().find_map(led_by).filter(|_| is_led);
        let beyond = led.map(|(_, column, target, _)| self.joined_to::<D>(sql, (&from, column), target));
        sql.push(" WHERE ");
        if !listed {
            sql.column(&from, near);
            sql.push(&format!(" = {alias}.\"id\" AND "));
        }
        if let (Some((part, _, _, beyond_it)), Some(beyond)) = (led, beyond) {
            self.write::<D>(sql, &beyond, beyond_it);
            self.write_others::<D>(sql, &there, &conjuncts(condition), part);
            return self.end::<D>(sql, listed);
        }
        match far {
            Some(far) => self.by_key::<D>(sql, (&from, far), target, condition),
            None if quantifier == Quantifier::Every => self.negated::<D>(sql, &there, condition),
            None => self.write::<D>(sql, &there, condition),
        }
        self.end::<D>(sql, listed);
    }
}

/// Whether a condition on what a key leads to says which one row that is.
pub(super) fn is_of_one(target: &Entity, condition: &Predicate) -> bool {
    matches!(condition, Predicate::Compare(..)) && settles(target, condition)
}

/// Whether a condition on what a key leads to says which keys those are.
fn settles(target: &Entity, condition: &Predicate) -> bool {
    match condition {
        Predicate::In { place, negated: false, .. } => place.column == "id",
        Predicate::Compare(place, Operator::Equal, _) => {
            target.lookups.iter().any(|lookup| lookup.column == place.column)
        }
        condition => condition.is_always(),
    }
}

/// The condition along a to-many edge that narrows down best, as far as its form tells: one that says which row there is
/// meant, else any.
fn driving_many(all: &[&Predicate]) -> Option<usize> {
    let is_some = |part: &&Predicate| matches!(part, Predicate::ToMany { quantifier: Quantifier::Some, .. });
    let is_settled = |part: &&Predicate| match part {
        Predicate::ToMany { target, quantifier: Quantifier::Some, condition, .. } => settles(target, condition),
        _ => false,
    };
    all.iter().position(is_settled).or_else(|| all.iter().position(is_some))
}

/// An empty list has no type of its own to compare with: nothing is one of it, and whatever is not null is none of it.
fn one_of<D: Dialect>(sql: &mut Sql, alias: &str, column: &str, values: &[Datum], negated: bool) {
    sql.push("(");
    if negated {
        sql.column(alias, column);
        sql.push(" IS NOT NULL");
    }
    match (values.is_empty(), negated) {
        (true, true) => {}
        (true, false) => sql.push("FALSE"),
        (false, negated) => {
            sql.push(if negated { " AND NOT (" } else { "" });
            D::one_of(sql, |sql| sql.column(alias, column), values);
            sql.push(if negated { ")" } else { "" });
        }
    }
    sql.push(")");
}

fn sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Equal => " = ",
        Operator::NotEqual => " <> ",
        Operator::Less => " < ",
        Operator::LessOrEqual => " <= ",
        Operator::Greater => " > ",
        Operator::GreaterOrEqual => " >= ",
    }
}

/// The pattern of `LIKE` for a text whose signs are all plain.
fn like_pattern(text: &str, at_start: bool) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    if !at_start {
        pattern.push('%');
    }
    for sign in text.chars() {
        if matches!(sign, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(sign);
    }
    pattern.push('%');
    pattern
}
