//! Pages: which rows of a connection are shown, and what there is around them.

use std::cmp::Ordering;

use dealgraph::catalog::Entity;
use serde_json::Value as Json;

use super::filter::matches;
use super::input::Arguments;
use super::order::Order;
use crate::value::{Row, Rows};

const DEFAULT_SIZE: u64 = 20;

/// A page of a connection.
pub struct Page<'a> {
    pub entity: &'static Entity,
    pub order: Order,
    pub rows: Vec<&'a Row>,
    pub has_next: bool,
    pub has_previous: bool,
    pub total: usize,
}

impl<'a> Page<'a> {
    /// The page that the arguments ask for, of all the rows of the connection.
    pub fn new(rows: &'a Rows, entity: &'static Entity, mut all: Vec<&'a Row>, arguments: &Arguments) -> Self {
        let given = |name: &str| arguments.get(name).filter(|value| !value.is_null());
        if let Some(filter) = given("filter") {
            all.retain(|row| matches(rows, entity, row, filter));
        }
        let total = all.len();
        let order = Order::new(entity, given("orderBy"));
        all.sort_by(|one, other| order.compare(&order.position(one), &order.position(other)));
        for (name, side) in [("after", Ordering::Greater), ("before", Ordering::Less)] {
            if let Some(cursor) = given(name).and_then(Json::as_str) {
                let position = order.parse(cursor);
                all.retain(|row| order.compare(&order.position(row), &position) == side);
            }
        }
        let size = |name| given(name).map(|size| size.as_u64().unwrap());
        let last = size("last");
        let wanted = usize::try_from(last.or_else(|| size("first")).unwrap_or(DEFAULT_SIZE)).unwrap();
        let more = all.len() > wanted;
        let (has_next, has_previous) =
            if last.is_some() { (given("before").is_some(), more) } else { (more, given("after").is_some()) };
        if last.is_some() {
            all.drain(..all.len() - wanted.min(all.len()));
        } else {
            all.truncate(wanted);
        }
        Self { entity, order, rows: all, has_next, has_previous, total }
    }

    /// The cursor of a row of the page.
    pub fn cursor(&self, row: &Row) -> String {
        self.order.cursor(&self.order.position(row))
    }
}
