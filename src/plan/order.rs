//! From `orderBy` to the steps of an order.

use crate::catalog::{Direction, Entity, Kind};
use crate::document::input::Input;
use crate::plan::OrderStep;

/// The steps of an order: what was asked for, or the entity's own, then the key.
pub(super) fn steps(entity: &'static Entity, asked: Option<&Input>) -> Vec<OrderStep> {
    let mut steps: Vec<OrderStep> = Vec::new();
    if let Some(Input::List(asked)) = asked {
        for step in asked.iter().filter_map(|step| asked_step(entity, step)) {
            if !steps.iter().any(|known| known.column == step.column) {
                steps.push(step);
            }
            if step.column == "id" {
                return steps;
            }
        }
    }
    if steps.is_empty() {
        steps = entity.default_order.iter().filter_map(|(column, way)| column_step(entity, column, *way)).collect();
    }
    steps.push(key_step(Direction::Asc));
    steps
}

fn asked_step(entity: &'static Entity, step: &Input) -> Option<OrderStep> {
    let direction = match step.field("direction") {
        Some(Input::Enum(way)) if *way == "DESC" => Direction::Desc,
        _ => Direction::Asc,
    };
    match step.field("field") {
        Some(Input::Enum(name)) if *name == "ID" => Some(key_step(direction)),
        Some(Input::Enum(name)) => column_step(entity, &name.to_lowercase(), direction),
        _ => None,
    }
}

fn column_step(entity: &'static Entity, column: &str, direction: Direction) -> Option<OrderStep> {
    let field = entity.field(column)?;
    Some(OrderStep { column: field.column, kind: field.kind, is_nullable: field.nullable, direction })
}

const fn key_step(direction: Direction) -> OrderStep {
    OrderStep { column: "id", kind: Kind::Key, is_nullable: false, direction }
}
