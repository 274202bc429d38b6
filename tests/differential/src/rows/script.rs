//! The rows as INSERT statements of either database.

use std::fmt::Write;

use dealgraph::catalog::{ENTITIES, Entity, Kind, Reach};

use crate::value::{Row, Rows, Value, date_text, date_time_text};

/// Which database a script is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    Sqlite,
    Postgres,
}

/// Statements that insert every row, parents before children.
pub fn script(rows: &Rows, database: Database) -> String {
    let mut script = String::from("BEGIN;\n");
    for entity in ENTITIES {
        insert(&mut script, rows, entity.table, Some(entity), database);
    }
    let mut done: Vec<&str> = ENTITIES.iter().map(|entity| entity.table).collect();
    for edge in ENTITIES.iter().flat_map(|entity| entity.edges) {
        if let Reach::Through { link, .. } = &edge.reach
            && !done.contains(&link.table)
        {
            insert(&mut script, rows, link.table, None, database);
            done.push(link.table);
        }
    }
    script.push_str("COMMIT;\n");
    script
}

fn insert(script: &mut String, rows: &Rows, table: &str, entity: Option<&Entity>, database: Database) {
    let rows = rows.table(table);
    let Some(first) = rows.first() else { return };
    let mut columns: Vec<&str> = first.keys().copied().collect();
    columns.sort_unstable();
    // One row a statement: a row may refer to one above it in the same table.
    for row in rows {
        let values = columns.iter().map(|column| literal(entity, column, row, database)).collect::<Vec<_>>().join(", ");
        writeln!(script, "INSERT INTO {table} ({}) VALUES ({values});", columns.join(", ")).unwrap();
    }
}

fn literal(entity: Option<&Entity>, column: &str, row: &Row, database: Database) -> String {
    let kind = entity.and_then(|entity| entity.field(column)).map(|field| field.kind);
    let postgres = database == Database::Postgres;
    match (&row[column], kind) {
        (Value::Null, _) => "NULL".to_owned(),
        (Value::Int(days), Some(Kind::Date)) => format!("'{}'", date_text(*days)),
        (Value::Int(micros), Some(Kind::DateTime)) => {
            let text = date_time_text(*micros);
            format!("'{}'", if postgres { text.trim_end_matches('Z') } else { &text })
        }
        (Value::Int(truth), Some(Kind::Boolean)) if postgres => if *truth == 1 { "TRUE" } else { "FALSE" }.to_owned(),
        (Value::Int(number), _) => number.to_string(),
        (Value::Text(text), _) => format!("'{}'", text.replace('\'', "''")),
    }
}
