//! Statements in the SQL of each database: where they differ, and nowhere else.

use diesel::pg::Pg;
use diesel::sqlite::Sqlite;

use crate::catalog::Direction;
use crate::plan::OrderStep;
use crate::plan::predicate::Datum;
use crate::store::sql::{BindValues, Sql};

/// What differs between the databases.
pub(super) trait Dialect: BindValues {
    /// Begins a transaction that reads one snapshot.
    const BEGIN_READ: &'static str;
    /// What the first key of a list is counted as.
    const FIRST_ORDINAL: i64;
    /// The key of a list, and its place in the list, as `keys_from` names them.
    const KEY: &'static str;
    /// See `KEY`.
    const ORDINAL: &'static str;

    /// `FROM` a list of keys.
    fn keys_from(sql: &mut Sql, keys: &[i64]);
    /// Joins, to each key, the rows that a page of it holds, as `t0`: `page` writes the statement of a page, whose rows
    /// are `a`, with the columns that it is told.
    fn join_page(sql: &mut Sql, table: &str, columns: &[&str], page: impl FnOnce(&mut Sql));
    /// A column is one of the values of a list.
    fn one_of(sql: &mut Sql, column: impl FnOnce(&mut Sql), values: &[Datum]);
    /// Where nulls come, if the database has to be told.
    fn nulls(step: &OrderStep, direction: Direction) -> &'static str;
}

impl Dialect for Pg {
    const BEGIN_READ: &'static str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    const FIRST_ORDINAL: i64 = 1;
    const KEY: &'static str = "u.k";
    const ORDINAL: &'static str = "u.o";

    fn keys_from(sql: &mut Sql, keys: &[i64]) {
        sql.push("unnest(");
        Self::bind_keys(sql, keys);
        sql.push(") WITH ORDINALITY u(k, o)");
    }

    fn join_page(sql: &mut Sql, table: &str, columns: &[&str], page: impl FnOnce(&mut Sql)) {
        sql.push(" CROSS JOIN LATERAL (SELECT ");
        for (index, column) in columns.iter().enumerate() {
            sql.push(if index == 0 { "" } else { ", " });
            sql.column("a", column);
        }
        sql.push(" FROM ");
        sql.name(table);
        sql.push(" a");
        page(sql);
        sql.push(") t0");
    }

    fn one_of(sql: &mut Sql, column: impl FnOnce(&mut Sql), values: &[Datum]) {
        column(sql);
        sql.push(" = ANY(");
        Self::bind_list(sql, values);
        sql.push(")");
    }

    /// PostgreSQL holds null for greater than everything, as we do.
    fn nulls(_step: &OrderStep, _direction: Direction) -> &'static str {
        ""
    }
}

impl Dialect for Sqlite {
    const BEGIN_READ: &'static str = "BEGIN DEFERRED";
    const FIRST_ORDINAL: i64 = 0;
    const KEY: &'static str = "j.value";
    const ORDINAL: &'static str = "j.key";

    fn keys_from(sql: &mut Sql, keys: &[i64]) {
        sql.push("json_each(");
        Self::bind_keys(sql, keys);
        sql.push(") j");
    }

    /// `CROSS JOIN` keeps SQLite from turning the loops around.
    fn join_page(sql: &mut Sql, table: &str, _columns: &[&str], page: impl FnOnce(&mut Sql)) {
        sql.push(" CROSS JOIN ");
        sql.name(table);
        sql.push(" t0 ON t0.\"id\" IN (SELECT a.\"id\" FROM ");
        sql.name(table);
        sql.push(" a");
        page(sql);
        sql.push(")");
    }

    fn one_of(sql: &mut Sql, column: impl FnOnce(&mut Sql), values: &[Datum]) {
        column(sql);
        sql.push(" IN (SELECT value FROM json_each(");
        Self::bind_list(sql, values);
        sql.push("))");
    }

    fn nulls(step: &OrderStep, direction: Direction) -> &'static str {
        match (step.is_nullable, direction) {
            (false, _) => "",
            (true, Direction::Asc) => " NULLS LAST",
            (true, Direction::Desc) => " NULLS FIRST",
        }
    }
}
