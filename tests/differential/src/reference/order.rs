//! Orders, and the cursors that stand for a position in one.

use std::cmp::Ordering;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dealgraph::catalog::{Direction, Entity};
use serde_json::Value as Json;

use super::input::list;
use crate::value::{Row, Value};

/// A total order of an entity's rows.
#[derive(Clone, Debug)]
pub struct Order {
    entity: &'static Entity,
    /// The columns; the key is among them.
    pub steps: Vec<(&'static str, Direction)>,
}

impl Order {
    /// What was asked, then the key; without it the entity's default, then the key.
    pub fn new(entity: &'static Entity, order_by: Option<&Json>) -> Self {
        let asked: Vec<_> =
            order_by.filter(|value| !value.is_null()).map(list).unwrap_or_default().into_iter().collect();
        let mut order = Self { entity, steps: Vec::new() };
        if asked.is_empty() {
            order.steps.extend(entity.default_order);
        }
        for step in asked {
            let descending = step.get("direction").is_some_and(|direction| direction == "DESC");
            order.push(
                column(entity, step["field"].as_str().unwrap()),
                if descending { Direction::Desc } else { Direction::Asc },
            );
        }
        order.push("id", Direction::Asc);
        order
    }

    /// A column that is there already settles nothing more, and nothing is left to settle after the key.
    fn push(&mut self, column: &'static str, direction: Direction) {
        if !self.steps.iter().any(|(known, _)| *known == column || *known == "id") {
            self.steps.push((column, direction));
        }
    }

    /// Where a row stands.
    pub fn position(&self, row: &Row) -> Vec<Value> {
        self.steps.iter().map(|(column, _)| row[column].clone()).collect()
    }

    /// How two positions stand to each other.
    pub fn compare(&self, one: &[Value], other: &[Value]) -> Ordering {
        let steps = self.steps.iter().zip(one.iter().zip(other));
        let by_step = |((_, direction), (one, other)): (&(_, Direction), (&Value, &Value))| match direction {
            Direction::Asc => one.cmp(other),
            Direction::Desc => other.cmp(one),
        };
        steps.map(by_step).find(|ordering| ordering.is_ne()).unwrap_or(Ordering::Equal)
    }

    /// The cursor of a position.
    pub fn cursor(&self, position: &[Value]) -> String {
        let mut bytes = vec![1];
        bytes.extend(self.fingerprint().to_be_bytes());
        for value in position {
            match value {
                Value::Null => bytes.push(0),
                Value::Int(number) => {
                    bytes.push(1);
                    bytes.extend(number.to_be_bytes());
                }
                Value::Text(text) => {
                    bytes.push(2);
                    bytes.extend(u32::try_from(text.len()).unwrap().to_be_bytes());
                    bytes.extend(text.as_bytes());
                }
            }
        }
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The position of a cursor of this order.
    pub fn parse(&self, cursor: &str) -> Vec<Value> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).expect("the cursor is base64url");
        let (head, mut rest) = bytes.split_at(5);
        assert!(head[0] == 1 && head[1..] == self.fingerprint().to_be_bytes(), "the cursor is of this order");
        let mut position = Vec::new();
        while let Some((tag, value)) = rest.split_first() {
            let (value, after) = match tag {
                0 => (Value::Null, value),
                1 => {
                    let (number, after) = value.split_at(8);
                    (Value::Int(i64::from_be_bytes(number.try_into().unwrap())), after)
                }
                _ => {
                    let (length, after) = value.split_at(4);
                    let (text, after) = after.split_at(u32::from_be_bytes(length.try_into().unwrap()) as usize);
                    (Value::text(std::str::from_utf8(text).unwrap()), after)
                }
            };
            position.push(value);
            rest = after;
        }
        assert_eq!(position.len(), self.steps.len(), "the cursor has a value for each column");
        position
    }

    /// FNV-1a of the entity and the steps.
    fn fingerprint(&self) -> u32 {
        let mut text = self.entity.name.to_owned();
        for (column, direction) in &self.steps {
            text += &format!("|{column} {}", if *direction == Direction::Asc { "ASC" } else { "DESC" });
        }
        text.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
    }
}

fn column(entity: &'static Entity, name: &str) -> &'static str {
    if name == "ID" {
        return "id";
    }
    entity.fields.iter().find(|field| field.column.to_uppercase() == name).expect("the order's field exists").column
}
