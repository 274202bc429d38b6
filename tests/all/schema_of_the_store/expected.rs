//! The tables that diesel's schema and the catalogue speak of.

use std::collections::BTreeMap;

use dealgraph::catalog::Kind;

/// A value's type, on SQLite and on PostgreSQL.
pub(super) type Types = (&'static str, &'static str);

/// A column as diesel knows it: its types, and whether it can be null.
pub(super) type Column = (Types, bool);

/// How a kind of the catalogue is stored.
pub(super) fn of_kind(kind: Kind) -> Types {
    match kind {
        Kind::Text | Kind::Code(_) | Kind::Closed(_) | Kind::Json => ("text", "text"),
        Kind::Int => ("integer", "integer"),
        Kind::Decimal(_) | Kind::Key => ("integer", "bigint"),
        Kind::Boolean => ("integer", "boolean"),
        Kind::Date => ("text", "date"),
        Kind::DateTime => ("text", "timestamp without time zone"),
    }
}

fn of_diesel(name: &str) -> Types {
    match name {
        "BigInt" => ("integer", "bigint"),
        "Integer" => ("integer", "integer"),
        "Text" => ("text", "text"),
        "Bool" => ("integer", "boolean"),
        "Date" => ("text", "date"),
        "Timestamp" => ("text", "timestamp without time zone"),
        other => panic!("diesel's schema has a type that no table has: {other}"),
    }
}

/// A table of diesel's schema.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) key: Vec<String>,
    pub(super) columns: BTreeMap<String, Column>,
}

/// The tables of diesel's schema, from its text.
pub(super) fn diesel_tables() -> BTreeMap<String, Table> {
    let text = concat!(
        include_str!("../../../src/store/schema.rs"),
        include_str!("../../../src/store/schema/access.rs"),
        include_str!("../../../src/store/schema/changes.rs"),
        include_str!("../../../src/store/schema/in_order.rs"),
        include_str!("../../../src/store/schema/names.rs"),
        include_str!("../../../src/store/schema/ownership.rs"),
        include_str!("../../../src/store/schema/registers.rs"),
        include_str!("../../../src/store/schema/search.rs"),
    );
    let mut tables = BTreeMap::new();
    for block in text.split("diesel::table! {").skip(1) {
        let (head, body) = block.split_once(") {").expect("a table has columns");
        let (name, key) = head.split_once('(').expect("a table has a key");
        let mut table =
            Table { key: key.split(',').map(|column| column.trim().to_owned()).collect(), ..Table::default() };
        let mut renamed = None;
        for line in body.lines().map(str::trim).take_while(|line| *line != "}") {
            if let Some(rest) = line.strip_prefix("#[sql_name = \"") {
                renamed = rest.strip_suffix("\"]").map(str::to_owned);
            } else if let Some((column, ty)) = line.trim_end_matches(',').split_once(" -> ") {
                let inner = ty.strip_prefix("Nullable<").and_then(|ty| ty.strip_suffix('>'));
                let read = (of_diesel(inner.unwrap_or(ty)), inner.is_some());
                table.columns.insert(renamed.take().unwrap_or_else(|| column.to_owned()), read);
            }
        }
        assert!(!table.columns.is_empty(), "{name} has columns");
        tables.insert(name.trim().to_owned(), table);
    }
    tables
}
