//! Statements in the SQL of each database: where they differ, and nowhere else.

use diesel::pg::Pg;
use diesel::sqlite::Sqlite;

use crate::catalog::Direction;
use crate::plan::OrderStep;
use crate::plan::predicate::Datum;
use crate::store::search::FindWords;
use crate::store::sql::{BindValues, Sql};

/// The columns of a page's own table that are needed outside of it.
pub(super) struct PageColumns<'a> {
    /// All of them.
    pub(super) all: Vec<&'a str>,
    /// Those of the order; the key is among them.
    pub(super) ordered: Vec<&'a str>,
}

/// A list of parents, as a statement names it.
#[derive(Clone, Copy)]
pub(super) struct Parents {
    /// The key at hand.
    pub(super) key: &'static str,
    /// Its place in the list, from one.
    pub(super) ordinal: &'static str,
    /// `FROM` the list.
    pub(super) from: fn(&mut Sql, &[i64]),
}

/// What differs between the databases.
pub(super) trait Dialect: FindWords {
    /// Begins a transaction that reads one snapshot.
    const BEGIN_READ: &'static str;
    /// How a level's statement reaches all of its parents at once; none where it is run for each of them, since the database
    /// is in this process and has no `LATERAL`.
    const PARENTS: Option<Parents>;
    /// What follows a bound `LIMIT`. SQLite plans by the value of a bare `?` there, and so prepares the statement anew
    /// each time that one is bound; by that of an expression it cannot.
    const AFTER_LIMIT: &'static str;
    /// Whether the limit of a page that an index gives in its order stands in the text. PostgreSQL makes a new plan for each
    /// value of a bound one, since a plan for any value would have to do for a tenth of the table; of such a page no value
    /// changes the plan. Its size is part of the statement then, and small pages are planned for their first rows: what is
    /// joined to them is read by key.
    const LIMITS_IN_TEXT: bool;
    /// Whether the rows along a link are read from the link on. Where a table is small, SQLite reads it whole rather
    /// than by key, and asks `IN (SELECT … the parent's)` again for each of its rows.
    const LINK_FIRST: bool;

    /// Joins a table behind another one, whose rows come first.
    const JOIN_ON: &'static str;
    /// Whether the database foresees how many rows a condition leaves, by the value that is bound: PostgreSQL keeps statistics
    /// and plans by them. SQLite has to be asked first.
    const FORESEES: bool;
    /// Whether a condition along an edge is written as a list of keys where it may narrow a table down. PostgreSQL turns
    /// `EXISTS` around by itself; SQLite asks it for each row, but walks an index along a list.
    const LISTS_DRIVE: bool;
    /// Ends a subquery of `EXISTS` that is to be asked for each row. PostgreSQL would rather make a list of all rows that it
    /// holds for, even where few are asked.
    const FOR_EACH: &'static str;
    /// Whether what is joined to rows is read as they come in an index's order. PostgreSQL may read the other table whole.
    const JOINS_AS_IT_GOES: bool;
    /// Ends a subquery that is to be read as a whole: the order outside of it shall not choose how.
    const AS_A_WHOLE: &'static str;
    /// What a list of keys from a subquery stands between. PostgreSQL walks an index along an array; a subquery it may
    /// as well join to a whole table.
    const KEYS_OF: [&'static str; 2];

    /// `FROM` one page, as `t0`: `page` writes the statement of the page behind `FROM`, with its rows as `a`. Gives the
    /// alias that holds the columns of the order.
    fn from_page(sql: &mut Sql, table: &str, columns: &PageColumns<'_>, page: impl FnOnce(&mut Sql)) -> &'static str;
    /// The key of the parent at hand.
    fn parent(sql: &mut Sql) {
        match Self::PARENTS {
            Some(parents) => sql.push(parents.key),
            None => sql.parent(),
        }
    }
    /// A column is one of the values of a list.
    fn one_of(sql: &mut Sql, column: impl FnOnce(&mut Sql), values: &[Datum]);
    /// Where nulls come, if the database has to be told.
    fn nulls(step: &OrderStep, direction: Direction) -> &'static str;
}

fn unnested(sql: &mut Sql, keys: &[i64]) {
    sql.push("unnest(");
    sql.keys(keys);
    sql.push(") WITH ORDINALITY u(k, o)");
}

impl Dialect for Pg {
    const BEGIN_READ: &'static str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    const PARENTS: Option<Parents> = Some(Parents { key: "u.k", ordinal: "u.o", from: unnested });
    const KEYS_OF: [&'static str; 2] = [" = ANY(ARRAY(", "))"];
    const JOINS_AS_IT_GOES: bool = false;
    const AFTER_LIMIT: &'static str = "";
    const LIMITS_IN_TEXT: bool = true;
    const LINK_FIRST: bool = false;
    const JOIN_ON: &'static str = " JOIN ";
    const FORESEES: bool = true;
    const LISTS_DRIVE: bool = false;
    const FOR_EACH: &'static str = " OFFSET 0";
    const AS_A_WHOLE: &'static str = " OFFSET 0";

    fn from_page(sql: &mut Sql, _table: &str, columns: &PageColumns<'_>, page: impl FnOnce(&mut Sql)) -> &'static str {
        sql.push("(SELECT ");
        sql.columns("a", &columns.all);
        sql.push(" FROM ");
        page(sql);
        sql.push(") t0");
        "t0"
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
    const PARENTS: Option<Parents> = None;
    const KEYS_OF: [&'static str; 2] = [" IN (", ")"];
    const JOINS_AS_IT_GOES: bool = true;
    const AFTER_LIMIT: &'static str = " + 0";
    const LIMITS_IN_TEXT: bool = false;
    const LINK_FIRST: bool = true;
    const JOIN_ON: &'static str = " CROSS JOIN ";
    const FORESEES: bool = false;
    const LISTS_DRIVE: bool = true;
    const FOR_EACH: &'static str = "";
    const AS_A_WHOLE: &'static str = " LIMIT -1";

    /// The page holds only what orders it, so that no wide rows are copied; the rest is read by key.
    fn from_page(sql: &mut Sql, table: &str, columns: &PageColumns<'_>, page: impl FnOnce(&mut Sql)) -> &'static str {
        sql.push("(SELECT ");
        sql.columns("a", &columns.ordered);
        sql.push(" FROM ");
        page(sql);
        sql.push(") p CROSS JOIN ");
        sql.name(table);
        sql.push(" t0 ON t0.\"id\" = p.\"id\"");
        "p"
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
