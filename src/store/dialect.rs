//! Statements in the SQL of each database: where they differ, and nowhere else.

use diesel::pg::Pg;
use diesel::sqlite::Sqlite;

use crate::catalog::Direction;
use crate::plan::OrderStep;
use crate::plan::predicate::Datum;
use crate::store::sql::{BindValues, Sql};

/// The columns of a page's own table that are needed outside of it.
pub(super) struct PageColumns<'a> {
    /// All of them.
    pub(super) all: Vec<&'a str>,
    /// Those of the order; the key is among them.
    pub(super) ordered: Vec<&'a str>,
}

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
    /// What follows a bound `LIMIT`. SQLite plans by the value of a bare `?` there, and so prepares the statement anew
    /// each time that one is bound; by that of an expression it cannot.
    const AFTER_LIMIT: &'static str;
    /// Whether the rows along a link are read from the link on. Where a table is small, SQLite reads it whole rather
    /// than by key, and asks `IN (SELECT … the parent's)` again for each of its rows.
    const LINK_FIRST: bool;

    /// Whether a condition along an edge is written as a list of keys where it may narrow a table down. PostgreSQL turns
    /// `EXISTS` around by itself; SQLite asks it for each row, but walks an index along a list.
    const LISTS_DRIVE: bool;
    /// Ends a subquery of `EXISTS` that is to be asked for each row. PostgreSQL would rather make a list of all rows that it
    /// holds for, even where few are asked.
    const FOR_EACH: &'static str;
    /// Ends a subquery that is to be read as a whole: the order outside of it shall not choose how.
    const AS_A_WHOLE: &'static str;

    /// `FROM` one page, as `t0`: `page` writes the statement of the page from `FROM` on, with its rows as `a`. Gives the
    /// alias that holds the columns of the order.
    fn from_page(sql: &mut Sql, table: &str, columns: &PageColumns<'_>, page: impl FnOnce(&mut Sql)) -> &'static str;
    /// Joins, to each key, the rows that a page of it holds, as `t0`; `page` as above.
    fn join_page(sql: &mut Sql, table: &str, columns: &PageColumns<'_>, page: impl FnOnce(&mut Sql));
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
    const AFTER_LIMIT: &'static str = "";
    const LINK_FIRST: bool = false;
    const LISTS_DRIVE: bool = false;
    const FOR_EACH: &'static str = " OFFSET 0";
    const AS_A_WHOLE: &'static str = " OFFSET 0";

    fn keys_from(sql: &mut Sql, keys: &[i64]) {
        sql.push("unnest(");
        Self::bind_keys(sql, keys);
        sql.push(") WITH ORDINALITY u(k, o)");
    }

    fn from_page(sql: &mut Sql, _table: &str, columns: &PageColumns<'_>, page: impl FnOnce(&mut Sql)) -> &'static str {
        sql.push("(SELECT ");
        sql.columns("a", &columns.all);
        page(sql);
        sql.push(") t0");
        "t0"
    }

    fn join_page(sql: &mut Sql, _table: &str, columns: &PageColumns<'_>, page: impl FnOnce(&mut Sql)) {
        sql.push(" CROSS JOIN LATERAL (SELECT ");
        sql.columns("a", &columns.all);
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
    const AFTER_LIMIT: &'static str = " + 0";
    const LINK_FIRST: bool = true;
    const LISTS_DRIVE: bool = true;
    const FOR_EACH: &'static str = "";
    const AS_A_WHOLE: &'static str = " LIMIT -1";

    fn keys_from(sql: &mut Sql, keys: &[i64]) {
        sql.push("json_each(");
        Self::bind_keys(sql, keys);
        sql.push(") j");
    }

    /// The page holds only what orders it, so that no wide rows are copied; the rest is read by key.
    fn from_page(sql: &mut Sql, table: &str, columns: &PageColumns<'_>, page: impl FnOnce(&mut Sql)) -> &'static str {
        sql.push("(SELECT ");
        sql.columns("a", &columns.ordered);
        page(sql);
        sql.push(") p CROSS JOIN ");
        sql.name(table);
        sql.push(" t0 ON t0.\"id\" = p.\"id\"");
        "p"
    }

    /// SQLite has no `LATERAL`, but a function in `FROM` may depend on what stands before it: the keys of the page go
    /// through a list. `t0.id IN (SELECT …)` would do, but where the table is small it is asked for each of its rows.
    /// `CROSS JOIN` keeps SQLite from turning the loops around.
    fn join_page(sql: &mut Sql, table: &str, _columns: &PageColumns<'_>, page: impl FnOnce(&mut Sql)) {
        sql.push(" CROSS JOIN json_each((SELECT json_group_array(\"id\") FROM (SELECT a.\"id\"");
        page(sql);
        sql.push("))) p CROSS JOIN ");
        sql.name(table);
        sql.push(" t0 ON t0.\"id\" = p.value");
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
