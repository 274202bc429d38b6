//! The parts of a plan while it is made: what is asked for is added to them, each thing once.

use async_graphql::Positioned;
use async_graphql::parser::types::Field;

use crate::catalog::{Entity, Kind};
use crate::error::{ClientError, Code};
use crate::plan::{Column, Join, Level, Op, Part};

/// Tables that one statement joins at most: SQLite takes 64, with those that its page and its filter need.
const JOINS_MAX: usize = 48;

/// The fields of a selection that are merged under one key.
pub(super) type Merged<'a> = [&'a Positioned<Field>];

/// A connection while it is planned.
pub(super) struct PageBuilder {
    pub(super) rows: LevelBuilder,
    pub(super) needs_rows: bool,
    pub(super) counts: bool,
    pub(super) parts: Parts,
}

impl PageBuilder {
    pub(super) fn rows(&mut self, shape: Vec<Op>) {
        self.needs_rows = true;
        self.rows.level.shapes.push(shape);
        self.parts.text("[");
        self.parts.list.push(Part::Rows(self.rows.level.shapes.len() - 1));
        self.parts.text("]");
    }

    /// The shape that is nothing but a cursor.
    pub(super) fn cursors(&mut self) -> usize {
        self.rows.level.has_cursors = true;
        let shapes = &mut self.rows.level.shapes;
        let found = shapes.iter().position(|shape| matches!(shape.as_slice(), [Op::Cursor]));
        found.unwrap_or_else(|| {
            shapes.push(vec![Op::Cursor]);
            shapes.len() - 1
        })
    }
}

/// A level while it is planned.
pub(super) struct LevelBuilder {
    pub(super) level: Level,
}

impl LevelBuilder {
    pub(super) fn new(entity: &'static Entity) -> Self {
        let level = Level {
            entity,
            columns: Vec::new(),
            joins: Vec::new(),
            shapes: Vec::new(),
            children: Vec::new(),
            has_cursors: false,
        };
        Self { level }
    }

    /// The level, unless it joins more than the databases can.
    pub(super) fn level(self, fields: &Merged<'_>) -> Result<Level, ClientError> {
        let joins = self.level.joins.iter().filter(|join| join.is_used).count();
        if joins <= JOINS_MAX {
            return Ok(self.level);
        }
        let place = fields.first().map(|field| field.pos).unwrap_or_default();
        let message =
            format!("One row would lead to {joins} others by its edges to one; at most {JOINS_MAX} are allowed.");
        Err(ClientError::at(Code::QueryTooDear, message, place))
    }

    /// The place of a column, selected once however often it is asked for.
    pub(super) fn column(&mut self, alias: usize, name: &'static str, kind: Kind) -> usize {
        self.use_join(alias);
        let columns = &mut self.level.columns;
        let found = columns.iter().position(|column| column.alias == alias && column.name == name);
        found.unwrap_or_else(|| {
            columns.push(Column { alias, name, kind });
            columns.len() - 1
        })
    }

    /// Writes a column's value.
    pub(super) fn value(&mut self, alias: usize, name: &'static str, kind: Kind) -> Op {
        Op::Value(self.column(alias, name, kind), kind)
    }

    /// The place of a table's key: for a join, the column that leads there, so that the key alone needs no join.
    pub(super) fn key(&mut self, alias: usize) -> usize {
        match alias.checked_sub(1).and_then(|index| self.level.joins.get(index)).copied() {
            Some(join) => self.column(join.from, join.column, Kind::Key),
            None => self.column(0, "id", Kind::Key),
        }
    }

    fn use_join(&mut self, mut alias: usize) {
        while let Some(join) = alias.checked_sub(1).and_then(|index| self.level.joins.get_mut(index)) {
            join.is_used = true;
            alias = join.from;
        }
    }

    pub(super) fn join(&mut self, from: usize, column: &'static str, entity: &'static Entity) -> usize {
        let joins = &mut self.level.joins;
        let found = joins.iter().position(|join| join.from == from && join.column == column);
        found.map_or_else(
            || {
                joins.push(Join { from, column, entity, is_used: false });
                joins.len()
            },
            |index| index + 1,
        )
    }
}

/// Steps of a row; texts beside one another become one.
#[derive(Default)]
pub(super) struct Ops {
    pub(super) list: Vec<Op>,
}

impl Ops {
    pub(super) fn append(&mut self, ops: Vec<Op>) {
        for op in ops {
            match op {
                Op::Text(text) => self.text(&text),
                op => self.list.push(op),
            }
        }
    }
}

/// Pieces of a connection; texts beside one another become one.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) list: Vec<Part>,
}

/// Writes the fixed text of an object.
pub(super) trait FixedText {
    fn text(&mut self, text: &str);

    /// A string as JSON. Names need no escapes.
    fn string(&mut self, name: &str) {
        self.text(&format!("\"{name}\""));
    }

    /// The key of the field at a place.
    fn key(&mut self, index: usize, key: &str) {
        self.text(&format!("{}\"{key}\":", if index == 0 { "" } else { "," }));
    }
}

impl FixedText for Ops {
    fn text(&mut self, text: &str) {
        match self.list.last_mut() {
            Some(Op::Text(last)) => last.push_str(text),
            _ => self.list.push(Op::Text(text.to_owned())),
        }
    }
}

impl FixedText for Parts {
    fn text(&mut self, text: &str) {
        match self.list.last_mut() {
            Some(Part::Text(last)) => last.push_str(text),
            _ => self.list.push(Part::Text(text.to_owned())),
        }
    }
}
