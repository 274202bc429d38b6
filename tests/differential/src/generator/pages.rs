//! Random arguments of connections: filters, orders, and pages in both directions.

use std::collections::BTreeMap;

use dealgraph::catalog::{Entity, Kind};
use serde_json::{Value as Json, json};

use super::Features;
use super::filters::Filters;
use crate::random::Rng;
use crate::reference::Order;
use crate::value::{Row, Rows, Value};

/// The arguments of a connection and the size of its page.
pub struct Page {
    pub arguments: BTreeMap<&'static str, Json>,
    pub size: u64,
}

/// Arguments for a connection with this many parents.
pub fn page(rows: &Rows, rng: &mut Rng, features: &mut Features, entity: &'static Entity, parents: u64) -> Page {
    let mut arguments = BTreeMap::new();
    let mut note = |feature: &str| {
        features.insert(feature.to_owned());
    };
    if rng.chance(45) {
        arguments.insert("orderBy", order_by(rng, &mut note, entity));
    }
    let (backward, unsized_page) = (rng.chance(30), parents <= 20 && rng.chance(20));
    let size = match () {
        () if !backward && unsized_page => 20,
        () if parents == 1 && rng.chance(30) => rng.below(60) as u64,
        () => *rng.pick(&[0, 1, 1, 2, 2, 3, 3, 4, 5, 7]),
    };
    match (backward, unsized_page) {
        (true, _) => arguments.insert("last", json!(size)),
        (false, true) if rng.chance(20) => arguments.insert("first", Json::Null),
        (false, true) => None,
        (false, false) => arguments.insert("first", json!(size)),
    };
    note(match (backward, size) {
        (true, _) => "backward page",
        (false, 0) => "empty page",
        (false, _) => "forward page",
    });
    if rng.chance(35) {
        add_cursors(rows, rng, &mut note, entity, &mut arguments, backward);
    }
    if rng.chance(if parents == 1 { 55 } else { 30 }) {
        let filter = Filters { rows, rng, features }.filter(entity, 3);
        arguments.insert("filter", filter);
    } else if rng.chance(5) {
        arguments.insert("filter", Json::Null);
    }
    Page { arguments, size }
}

/// A day, or null.
pub fn some_day(rng: &mut Rng) -> Json {
    let days = ["0001-01-01", "1970-01-01", "2000-02-29", "2017-07-01", "2017-07-05", "2050-06-15", "9999-12-31"];
    if rng.chance(5) { Json::Null } else { json!(rng.pick(&days)) }
}

fn order_by(rng: &mut Rng, note: &mut impl FnMut(&str), entity: &Entity) -> Json {
    if rng.chance(5) {
        note("empty order");
        return if rng.chance(50) { Json::Null } else { json!([]) };
    }
    let mut fields: Vec<String> =
        entity.fields.iter().filter(|field| field.ordered).map(|field| field.column.to_uppercase()).collect();
    fields.push("ID".to_owned());
    let count = rng.between(1, 3);
    if count > 1 {
        note("order by several fields");
    }
    let step = |rng: &mut Rng| {
        let field = rng.pick(&fields).clone();
        match rng.below(3) {
            0 => json!({ "field": field }),
            1 => json!({ "field": field, "direction": "ASC" }),
            _ => json!({ "field": field, "direction": "DESC" }),
        }
    };
    (0..count).map(|_| step(rng)).collect()
}

/// Cursors of rows, or of positions where there is no row, that leave something between them more often than not.
fn add_cursors(
    rows: &Rows,
    rng: &mut Rng,
    note: &mut impl FnMut(&str),
    entity: &'static Entity,
    arguments: &mut BTreeMap<&'static str, Json>,
    backward: bool,
) {
    let order = Order::new(entity, arguments.get("orderBy"));
    let mut positions: Vec<Vec<Value>> = rows.table(entity.table).iter().map(|row| order.position(row)).collect();
    positions.sort_by(|one, other| order.compare(one, other));
    let (both, half) = (rng.chance(25), positions.len() / 2);
    let mut cursor = |rng: &mut Rng, at: usize| {
        let mut position = positions[at].clone();
        if rng.chance(30) {
            note("cursor of no row");
            alter(rng, entity, &order, &mut position);
        }
        json!(order.cursor(&position))
    };
    if both || backward == rng.chance(20) {
        let at = rng.below(half);
        arguments.insert("after", cursor(rng, at));
    }
    if both || !arguments.contains_key("after") {
        let at = half + rng.below(half);
        arguments.insert("before", cursor(rng, at));
    }
    match (backward, arguments.contains_key("after"), arguments.contains_key("before")) {
        (_, true, true) => note("after and before"),
        (false, true, _) => note("after, forward"),
        (false, ..) => note("before, forward"),
        (true, true, _) => note("after, backward"),
        (true, ..) => note("before, backward"),
    }
}

/// Moves a position away from its row.
fn alter(rng: &mut Rng, entity: &'static Entity, order: &Order, position: &mut [Value]) {
    let at = rng.below(position.len());
    let column = order.steps[at].0;
    let Some(field) = entity.field(column) else {
        if let Value::Int(id) = &mut position[at] {
            *id = id.saturating_add(if rng.chance(50) { 1 } else { -1 }).max(1);
        }
        return;
    };
    if field.nullable && rng.chance(40) {
        position[at] = Value::Null;
        return;
    }
    match (&mut position[at], field.kind) {
        (Value::Text(text), Kind::Text) => text.push('a'),
        (value, Kind::Closed(set)) => *value = Value::text(rng.pick(set.values).0),
        (value, Kind::Boolean) if !value.is_null() => *value = Value::Int(i64::from(rng.chance(50))),
        (Value::Int(number), Kind::Int) => *number = if *number > 1 { *number - 1 } else { *number + 1 },
        (Value::Int(number), Kind::Date | Kind::DateTime) => *number += if *number > 0 { -1 } else { 1 },
        (Value::Int(number), Kind::Decimal(_)) => *number += 1,
        _ => {}
    }
}

/// The rows of an entity as a page of them would begin; for roots that name rows.
pub fn some_row<'a>(rows: &'a Rows, rng: &mut Rng, entity: &Entity) -> &'a Row {
    rng.pick(rows.table(entity.table))
}
