//! The tables that a database really has.

use std::collections::BTreeMap;

use dealgraph::store::Connection;

use crate::harness::texts;

/// A column.
#[derive(Debug)]
pub(super) struct Column {
    /// The type, in lower case, as the database names it.
    pub(super) ty: String,
    pub(super) nullable: bool,
    /// How text is compared, where the database says so.
    pub(super) collation: String,
}

/// An index that is not made by a primary key.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Index {
    pub(super) unique: bool,
    /// The columns with their direction; of an expression, its function and its column.
    pub(super) columns: Vec<String>,
    pub(super) condition: String,
}

/// A foreign key of one column.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ForeignKey {
    pub(super) column: String,
    pub(super) table: String,
    pub(super) target: String,
}

/// A table.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) columns: BTreeMap<String, Column>,
    pub(super) key: Vec<String>,
    pub(super) foreign: Vec<ForeignKey>,
    pub(super) indexes: BTreeMap<String, Index>,
    /// The text of its checks, or of the whole table.
    pub(super) checks: String,
}

/// The tables of a database, but for diesel's own, and for the words of search: SQLite has virtual tables of them, PostgreSQL
/// a column and its indexes.
pub(super) fn tables(connection: &mut Connection) -> BTreeMap<String, Table> {
    let queries = match connection {
        Connection::Sqlite(_) => &SQLITE,
        Connection::Postgres(_) => &POSTGRES,
    };
    let mut tables = BTreeMap::new();
    for name in texts(connection, queries.tables) {
        let mut ask = |query: &str| -> Vec<Vec<String>> {
            let rows = texts(connection, &query.replace("{table}", &name));
            rows.iter().map(|row| row.split('|').map(str::to_owned).collect()).collect()
        };
        let mut table = Table::default();
        for row in ask(queries.columns) {
            let [column, ty, nullable, collation] = &row[..] else { panic!("four parts: {row:?}") };
            let read = Column { ty: ty.to_lowercase(), nullable: nullable == "1", collation: collation.clone() };
            table.columns.insert(column.clone(), read);
        }
        table.key = ask(queries.key).concat();
        for row in ask(queries.foreign) {
            let [column, table_name, target] = &row[..] else { panic!("three parts: {row:?}") };
            let (column, target) = (column.clone(), target.clone());
            table.foreign.push(ForeignKey { column, table: table_name.clone(), target });
        }
        table.foreign.sort();
        let defined = ask(queries.indexes).into_iter().map(|row| row.join("|"));
        table.indexes = defined.map(|text| index(&text)).collect();
        table.checks = ask(queries.checks).into_iter().map(|row| row.join("|")).collect::<Vec<_>>().join("\n");
        tables.insert(name, table);
    }
    tables
}

struct Queries {
    tables: &'static str,
    columns: &'static str,
    key: &'static str,
    foreign: &'static str,
    indexes: &'static str,
    checks: &'static str,
}

const SQLITE: Queries = Queries {
    tables: "SELECT name AS shown FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' \
             AND name NOT LIKE 'search\\_text\\_%' ESCAPE '\\' ORDER BY 1",
    columns: "SELECT name || '|' || type || '|' || (1 - \"notnull\") || '|' AS shown FROM pragma_table_xinfo('{table}')",
    key: "SELECT name AS shown FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk",
    foreign: "SELECT \"from\" || '|' || \"table\" || '|' || \"to\" AS shown FROM pragma_foreign_key_list('{table}')",
    indexes: "SELECT sql AS shown FROM sqlite_schema WHERE type = 'index' AND tbl_name = '{table}' AND sql IS NOT NULL",
    checks: "SELECT sql AS shown FROM sqlite_schema WHERE type = 'table' AND name = '{table}'",
};

const POSTGRES: Queries = Queries {
    tables: "SELECT relname::text AS shown FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' \
             AND relname NOT LIKE '\\_\\_diesel%' ORDER BY relname",
    columns: "SELECT a.attname || '|' || format_type(a.atttypid, a.atttypmod) || '|' \
              || CASE WHEN a.attnotnull THEN 0 ELSE 1 END || '|' || coalesce(c.collname, '') AS shown \
              FROM pg_attribute a LEFT JOIN pg_collation c ON c.oid = a.attcollation \
              WHERE a.attrelid = 'public.{table}'::regclass AND a.attnum > 0 AND NOT a.attisdropped \
              AND a.atttypid <> 'tsvector'::regtype ORDER BY a.attnum",
    key: "SELECT a.attname::text AS shown FROM pg_constraint k CROSS JOIN LATERAL unnest(k.conkey) WITH ORDINALITY u(n, o) \
          JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n \
          WHERE k.conrelid = 'public.{table}'::regclass AND k.contype = 'p' ORDER BY u.o",
    foreign: "SELECT a.attname || '|' || t.relname || '|' || b.attname AS shown FROM pg_constraint k \
              JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1] \
              JOIN pg_class t ON t.oid = k.confrelid \
              JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1] \
              WHERE k.conrelid = 'public.{table}'::regclass AND k.contype = 'f' AND cardinality(k.conkey) = 1",
    indexes: "SELECT pg_get_indexdef(indexrelid) AS shown FROM pg_index \
              WHERE indrelid = 'public.{table}'::regclass AND NOT indisprimary \
              AND pg_get_indexdef(indexrelid) NOT LIKE '% USING gin %'",
    checks: "SELECT pg_get_constraintdef(oid) AS shown FROM pg_constraint \
             WHERE conrelid = 'public.{table}'::regclass AND contype = 'c' ORDER BY conname",
};

/// Reads `CREATE [UNIQUE] INDEX name ON table [USING btree] (column, …) [WHERE condition]`.
fn index(text: &str) -> (String, Index) {
    let text = text.to_lowercase().replace('"', "");
    let (head, rest) = text.split_once('(').expect("an index has columns");
    let mut depth = 1;
    let is_end = |letter: char| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        depth == 0
    };
    let end = rest.find(is_end).expect("the list of columns ends");
    let name = head.split(" index ").nth(1).and_then(|rest| rest.split(' ').next()).expect("an index has a name");
    let condition = rest[end + 1..].trim().trim_start_matches("where ").trim_matches(['(', ')']).to_owned();
    let index = Index { unique: head.starts_with("create unique"), columns: columns(&rest[..end]), condition };
    (name.to_owned(), index)
}

/// `a, coalesce(b, ''), c desc` as `a`, `coalesce(b)`, `c desc`: the databases write other constants.
fn columns(list: &str) -> Vec<String> {
    let mut columns = vec![String::new()];
    let mut depth = 0;
    let mut is_constant = false;
    for letter in list.chars() {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        match letter {
            ',' if depth == 0 => columns.push(String::new()),
            ',' => is_constant = true,
            _ if is_constant && depth > 0 => {}
            _ => {
                is_constant = false;
                columns.last_mut().expect("there is one").push(letter);
            }
        }
    }
    columns.into_iter().map(|column| column.trim().to_owned()).collect()
}
