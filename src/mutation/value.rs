//! Inputs as lines of the `deals` format have them, and places in them.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::document::input::Input;
use crate::mutation::error::Fault;
use crate::store::StoreError;

/// An input object as JSON, without what is null: what is not given and null are the same to what is new.
pub(super) fn object(input: &Input) -> Map<String, Value> {
    match json(input) {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn json(input: &Input) -> Value {
    match input {
        Input::Null => Value::Null,
        Input::Boolean(value) => Value::Bool(*value),
        Input::Int(value) => Value::from(*value),
        Input::Float(value) => Value::from(*value),
        Input::Text(text) | Input::Id(text) => Value::String(text.clone()),
        Input::Enum(name) => Value::String((*name).to_owned()),
        Input::Date(date) => Value::String(date.format("%Y-%m-%d").to_string()),
        Input::DateTime(micros) => Value::from(*micros),
        Input::Decimal(decimal) => Value::String(decimal.to_string()),
        Input::List(items) => Value::Array(items.iter().map(json).collect()),
        Input::Object(fields) => {
            let given = fields.iter().filter(|(_, value)| *value != Input::Null);
            Value::Object(given.map(|(name, value)| ((*name).to_owned(), json(value))).collect())
        }
    }
}

/// A value of the `deals` format. The schema has its fields, so that it always fits.
pub(super) fn line<T: DeserializeOwned>(members: Map<String, Value>) -> Result<T, Fault> {
    serde_json::from_value(Value::Object(members)).map_err(|error| StoreError::Shape(error.to_string()).into())
}

/// A member that is a list, taken out; empty when it is not given.
pub(super) fn list<T: DeserializeOwned>(members: &mut Map<String, Value>, name: &str) -> Result<Vec<T>, Fault> {
    match members.remove(name) {
        None => Ok(Vec::new()),
        Some(found) => serde_json::from_value(found).map_err(|error| StoreError::Shape(error.to_string()).into()),
    }
}

/// A text that was asked for.
pub(super) fn text<'a>(input: &'a Input, name: &str) -> &'a str {
    match input.field(name) {
        Some(Input::Text(text) | Input::Id(text)) => text,
        Some(Input::Enum(name)) => name,
        _ => "",
    }
}

/// A whole number that was asked for.
pub(super) fn number(input: &Input, name: &str) -> i32 {
    if let Some(Input::Int(number)) = input.field(name) { *number } else { 0 }
}

/// Where in an input a value is wrong: the format names the field, and the item of a list that it stands in.
pub(super) fn path(input: &Input, field: &str, value: &str, item: Option<(&'static str, usize)>) -> Vec<String> {
    let mut path = vec!["input".to_owned()];
    let mut below = input;
    let mut steps: Vec<String> = field.split('.').map(str::to_owned).collect();
    if let Some((list, index)) = item {
        path.extend([list.to_owned(), index.to_string()]);
        if let Some(Input::List(items)) = input.field(list) {
            below = items.get(index).unwrap_or(below);
        }
        if steps.first().is_some_and(|first| first == list) {
            steps.remove(0);
        }
    }
    let Some(last) = steps.last().cloned() else { return path };
    let mut found = Vec::new();
    if search(below, &last, value, &mut found) {
        path.extend(found);
    } else {
        path.extend(steps);
    }
    path
}

/// The way to the first member of a name that has a value, or is a list with it.
fn search(input: &Input, name: &str, value: &str, path: &mut Vec<String>) -> bool {
    let is_it = |input: &Input| matches!(json(input), Value::String(text) if text == value);
    match input {
        Input::Object(fields) => fields.iter().any(|(field, inner)| {
            path.push((*field).to_owned());
            if *field == name || field.strip_suffix('s') == Some(name) {
                if is_it(inner) {
                    return true;
                }
                if let Input::List(items) = inner
                    && let Some(index) = items.iter().position(is_it)
                {
                    path.push(index.to_string());
                    return true;
                }
            }
            if search(inner, name, value, path) {
                return true;
            }
            path.pop();
            false
        }),
        Input::List(items) => items.iter().enumerate().any(|(index, inner)| {
            path.push(index.to_string());
            if search(inner, name, value, path) {
                return true;
            }
            path.pop();
            false
        }),
        _ => false,
    }
}
