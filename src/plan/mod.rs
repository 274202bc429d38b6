//! The plan of a query: its selection held against the catalogue, settled into levels.
//!
//! A level is one statement: it selects the columns that were asked for, joins the to-one edges, and has a child for
//! each to-many edge. What depends on the values of variables (filters, orders, pages) is bound to a plan later, in
//! `bind`; fragments, aliases, merging, conditions, `__typename` and interfaces are settled here. Nothing here knows
//! which database runs it.

mod as_of;
pub mod bind;
mod bounds;
mod build;
pub mod cursor;
pub mod difference;
mod draft;
pub mod events;
mod filter;
pub mod ids;
mod order;
mod payload;
pub mod predicate;
pub mod publication;
pub mod search;
mod selection;
mod slot;

use async_graphql::Positioned;
use async_graphql::parser::types::{ExecutableDocument, OperationDefinition};
pub use bind::{Bound, BoundConnection, Limits, OrderStep, Page};
pub use bounds::Bounds;
use difference::Differences;
pub use payload::{Payload, PayloadPart, UserErrorPart};
pub use slot::{Slot, SlotKind};

use crate::catalog::{Edge, Entity, Kind, is_kept_in_order};
use crate::document::conditions::Conditions;
use crate::error::ClientError;
use crate::plan::search::SearchPlan;
use crate::schema::Schema;

/// A planned query.
#[derive(Debug)]
pub struct Plan {
    /// The root fields, in the order of the response.
    pub roots: Vec<Root>,
    /// The fields with arguments; levels refer to them by place.
    pub slots: Vec<Slot>,
    /// How deeply fields are nested.
    pub depth: usize,
    /// How many fields were planned, each type below an interface by itself.
    pub size: usize,
}

/// A root field.
#[derive(Debug)]
pub struct Root {
    /// Its key in the response.
    pub key: String,
    /// What it holds.
    pub body: RootBody,
}

/// What a root field holds.
#[derive(Debug)]
pub enum RootBody {
    /// `__typename`: the name of the root type.
    TypeName(&'static str),
    /// `__schema` or `__type`: async-graphql answers it.
    Introspection,
    /// A page of all rows of an entity.
    Connection(Connection),
    /// A page of the changes that are events of a subscription.
    Events(Connection),
    /// What is otherwise between two moments.
    Differences(Differences),
    /// One row, by a natural key.
    Lookup {
        /// The slot of its argument.
        slot: usize,
        /// How the row is read.
        level: Level,
    },
    /// One row or several, by id, of whatever type.
    Nodes {
        /// The slot of its argument.
        slot: usize,
        /// Whether it is `nodes`, a list.
        is_list: bool,
        /// How a row of each type is read.
        arms: Vec<Level>,
    },
    /// What a mutation gives.
    Payload(Payload),
    /// What a text finds.
    Search(SearchPlan),
}

/// A page of rows, and what surrounds it.
#[derive(Debug)]
pub struct Connection {
    /// The slot of its arguments.
    pub slot: usize,
    /// What it is a page of.
    pub entity: &'static Entity,
    /// How its rows are read; none when only the total is asked for.
    pub level: Option<Level>,
    /// Whether the total is asked for.
    pub counts: bool,
    /// How it is written.
    pub parts: Vec<Part>,
}

/// A piece of a connection as it is written.
#[derive(Debug)]
pub enum Part {
    /// As it stands.
    Text(String),
    /// All rows in this shape, separated by commas.
    Rows(usize),
    /// The first row in this shape, or null.
    First(usize),
    /// The last row in this shape, or null.
    Last(usize),
    /// Whether there is a next page.
    HasNext,
    /// Whether there is a previous page.
    HasPrevious,
    /// The total.
    Total,
}

/// One statement: rows of an entity with their to-one edges.
#[derive(Debug)]
pub struct Level {
    /// What the rows are.
    pub entity: &'static Entity,
    /// What is selected.
    pub columns: Vec<Column>,
    /// The to-one edges; alias n is the n-th, counted from one.
    pub joins: Vec<Join>,
    /// How a row is written; a level can have several shapes.
    pub shapes: Vec<Vec<Op>>,
    /// The to-many edges.
    pub children: Vec<Child>,
    /// Whether cursors are written.
    pub has_cursors: bool,
}

/// A selected column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Which table: zero is the entity's own, others are joins.
    pub alias: usize,
    /// Its name.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
}

/// A to-one edge.
#[derive(Clone, Copy, Debug)]
pub struct Join {
    /// The table that holds the key.
    pub from: usize,
    /// The column that holds it.
    pub column: &'static str,
    /// What it leads to.
    pub entity: &'static Entity,
    /// Whether anything but the key is read from there.
    pub is_used: bool,
}

/// A to-many edge of a level.
#[derive(Debug)]
pub struct Child {
    /// The place of the parent's key among the level's columns.
    pub key: usize,
    /// The edge.
    pub edge: &'static Edge,
    /// What is read along it.
    pub connection: Connection,
}

/// A step in writing a row.
#[derive(Debug)]
pub enum Op {
    /// As it stands.
    Text(String),
    /// A column's value.
    Value(usize, Kind),
    /// The id of an entity whose key is in a column.
    Id(usize, &'static Entity),
    /// Null when the column is null, else what follows.
    Object(usize, Vec<Op>),
    /// The arm whose column is not null.
    OneOf(Vec<(usize, Vec<Op>)>),
    /// What was read along a to-many edge.
    Child(usize),
    /// The row's cursor.
    Cursor,
}

impl Plan {
    /// Plans an operation.
    ///
    /// # Errors
    /// A condition has no value, or a level would join too many tables.
    pub fn new(
        schema: &'static Schema,
        document: &ExecutableDocument,
        operation: &Positioned<OperationDefinition>,
        conditions: &Conditions,
    ) -> Result<Self, ClientError> {
        build::plan(schema, document, operation, conditions)
    }

    /// What a response has before the value of its only root field, where that is a page or a row: it is written there, and a
    /// large value need not be moved to make room for it.
    #[must_use]
    pub fn lead(&self) -> Option<String> {
        match self.roots.as_slice() {
            [Root { key, body: RootBody::Connection(_) | RootBody::Lookup { .. } }] => {
                Some(["{\"data\":{\"", key, "\":"].concat())
            }
            _ => None,
        }
    }

    /// Whether async-graphql has something to answer.
    #[must_use]
    pub fn introspects(&self) -> bool {
        self.roots.iter().any(|root| matches!(root.body, RootBody::Introspection))
    }

    /// Whether anything is asked of the graph itself.
    #[must_use]
    pub fn needs_store(&self) -> bool {
        self.roots.iter().any(|root| !matches!(root.body, RootBody::TypeName(_) | RootBody::Introspection))
    }

    /// How many statements it takes at most, whatever the data and the arguments: one for each level and for each total; for
    /// a page of a whole table, one more where a filter may choose its rows, or a position stand before nulls, and another one
    /// where the filter may name one row whose links are kept in order; along an edge,
    /// one more where rows lead on to others, since parents with few rows and those with many can be asked differently.
    #[must_use]
    pub fn statements_max(&self) -> usize {
        let looks = |root: &Root| match &root.body {
            RootBody::Connection(connection) if connection.level.is_some() => {
                let has = |argument: &str| self.slots.get(connection.slot).is_some_and(|slot| slot.has(argument));
                match has("filter") {
                    true => 1 + usize::from(is_kept_in_order(connection.entity)),
                    false => usize::from(has("after") || has("before")),
                }
            }
            _ => 0,
        };
        self.levels_max() + self.roots.iter().map(looks).sum::<usize>()
    }

    /// How many statements its levels and totals take at most.
    #[must_use]
    pub fn levels_max(&self) -> usize {
        let of_root = |root: &Root| match &root.body {
            RootBody::TypeName(_) | RootBody::Introspection => 0,
            RootBody::Payload(payload) => payload.plans().map(Plan::levels_max).sum(),
            RootBody::Connection(connection) | RootBody::Events(connection) => connection.statements_max(),
            RootBody::Differences(differences) => differences.statements_max(),
            RootBody::Lookup { level, .. } => level.statements_max(),
            RootBody::Nodes { arms, .. } => arms.iter().map(Level::statements_max).sum(),
            RootBody::Search(search) => search.statements_max(),
        };
        self.roots.iter().map(of_root).sum()
    }
}

impl Connection {
    fn statements_max(&self) -> usize {
        usize::from(self.counts) + self.level.as_ref().map_or(0, Level::statements_max)
    }
}

impl Level {
    /// Whether anything is read along its to-one edges.
    #[must_use]
    pub fn has_joins(&self) -> bool {
        self.joins.iter().any(|join| join.is_used)
    }

    fn statements_max(&self) -> usize {
        let more = |child: &Child| usize::from(child.connection.level.as_ref().is_some_and(Self::has_joins));
        1 + self.children.iter().map(|child| child.connection.statements_max() + more(child)).sum::<usize>()
    }
}
