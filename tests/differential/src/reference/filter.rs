//! Filters: two-valued, a comparison with null is false.

use dealgraph::catalog::{Edge, Entity, Kind, Reach};
use serde_json::{Map, Value as Json};

use super::as_of::rows_present;
use super::ids;
use super::input::list;
use crate::value::{Row, Rows, Value, fold, id_of, parse_date, parse_date_time, parse_decimal};

/// Whether a row is among those that a filter means.
pub fn matches(rows: &Rows, entity: &'static Entity, row: &Row, filter: &Json) -> bool {
    object(filter).iter().all(|(name, given)| match name.as_str() {
        "and" => list(given).iter().all(|filter| matches(rows, entity, row, filter)),
        "or" => list(given).iter().any(|filter| matches(rows, entity, row, filter)),
        "not" => !matches(rows, entity, row, given),
        "id" => object(given).iter().all(|(operator, operand)| {
            // An id of another type stands for no row here: it is unlike each.
            let key = |id: &Json| {
                let (type_name, key) = ids::decode(id.as_str().unwrap());
                if type_name == entity.name { Value::Int(key) } else { Value::text(type_name) }
            };
            compare(operator, &row["id"], operand, key)
        }),
        name => match entity.edges.iter().find(|edge| edge.field_name() == name) {
            Some(edge) => edge_matches(rows, edge, row, given),
            None => column_matches(entity, name, row, given),
        },
    })
}

fn object(filter: &Json) -> &Map<String, Json> {
    filter.as_object().expect("a filter is an object")
}

fn column_matches(entity: &'static Entity, name: &str, row: &Row, comparison: &Json) -> bool {
    let field = entity.fields.iter().find(|field| field.name() == name).expect("the filter's field exists");
    object(comparison).iter().all(|(operator, operand)| match operator.as_str() {
        "contains" | "startsWith" => {
            let wanted = fold(operand.as_str().unwrap());
            let Value::Text(text) = &row[field.folded.unwrap()] else { return false };
            if operator == "contains" { text.contains(&wanted) } else { text.starts_with(&wanted) }
        }
        operator => compare(operator, &row[field.column], operand, |operand| parse(field.kind, operand)),
    })
}

/// One operator on one value.
fn compare(operator: &str, value: &Value, operand: &Json, parse: impl Fn(&Json) -> Value) -> bool {
    if operator == "isNull" {
        return value.is_null() == operand.as_bool().unwrap();
    }
    if value.is_null() {
        return false;
    }
    let one_of = || list(operand).into_iter().any(|operand| parse(operand) == *value);
    match operator {
        "eq" => *value == parse(operand),
        "ne" => *value != parse(operand),
        "in" => one_of(),
        "notIn" => !one_of(),
        "lt" => *value < parse(operand),
        "lte" => *value <= parse(operand),
        "gt" => *value > parse(operand),
        "gte" => *value >= parse(operand),
        other => panic!("{other} is no operator"),
    }
}

/// A value as it was given, in the form in which rows hold it.
fn parse(kind: Kind, given: &Json) -> Value {
    let text = || given.as_str().expect("it is text");
    match kind {
        Kind::Text | Kind::Code(_) | Kind::Closed(_) => Value::text(text()),
        Kind::Int => Value::Int(given.as_i64().unwrap()),
        Kind::Boolean => Value::Int(i64::from(given.as_bool().unwrap())),
        Kind::Decimal(scale) => {
            let number = given.as_str().map_or_else(|| given.to_string(), str::to_owned);
            Value::Int(parse_decimal(&number, scale))
        }
        Kind::Date => Value::Int(parse_date(text())),
        Kind::DateTime => Value::Int(parse_date_time(text())),
        Kind::Json => panic!("JSON is not compared"),
        Kind::Key => panic!("ids are compared elsewhere"),
    }
}

fn edge_matches(rows: &Rows, edge: &'static Edge, row: &Row, given: &Json) -> bool {
    match &edge.reach {
        Reach::One { column, target, .. } => found(rows, target, &row[column], given),
        Reach::OneOf(set) => object(given).iter().all(|(arm, filter)| {
            let is_arm = |entity: &Entity| entity.name[..1].to_lowercase() + &entity.name[1..] == *arm;
            let (column, target) = set.arms.iter().find(|(_, entity)| is_arm(entity)).expect("the arm exists");
            found(rows, target, &row[column], filter)
        }),
        Reach::Many { target, .. } | Reach::Through { target, .. } => {
            let there = rows_present(rows, edge, row);
            object(given).iter().all(|(quantifier, filter)| {
                let mut matching = there.iter().map(|row| matches(rows, target, row, filter));
                match quantifier.as_str() {
                    "some" => matching.any(|matching| matching),
                    "none" => !matching.any(|matching| matching),
                    "every" => matching.all(|matching| matching),
                    other => panic!("{other} is no quantifier"),
                }
            })
        }
    }
}

/// There is one, and it matches.
fn found(rows: &Rows, target: &'static Entity, key: &Value, filter: &Json) -> bool {
    let there = key.as_int().and_then(|id| rows.by_id(target.table, id));
    there.is_some_and(|there| matches(rows, target, there, filter))
}

/// The rows at the other end of an edge that leads to many, each once.
pub fn edge_rows<'a>(rows: &'a Rows, edge: &'static Edge, row: &Row) -> Vec<&'a Row> {
    let id = id_of(row);
    match &edge.reach {
        Reach::Many { target, column } => rows.referring(target.table, column, id).collect(),
        Reach::Through { target, link } => {
            let mut keys: Vec<i64> =
                rows.referring(link.table, link.near, id).filter_map(|link_row| link_row[link.far].as_int()).collect();
            keys.sort_unstable();
            keys.dedup();
            keys.into_iter().filter_map(|key| rows.by_id(target.table, key)).collect()
        }
        Reach::One { .. } | Reach::OneOf(_) => panic!("{} leads to one", edge.name),
    }
}
