//! The fields with arguments.

use std::sync::OnceLock;

use async_graphql::Pos;
use async_graphql::parser::types::Field;

use crate::catalog::{AsOf, Entity, Lookup, camel_case};
use crate::document::input::{self, Input};
use crate::mutation::Mutation;
use crate::plan::bounds::Constant;
use crate::schema::types::{MUTATION, QUERY, SUBSCRIPTION};
use crate::schema::{Argument, ByName, Schema};

/// A field whose arguments are bound to each request.
#[derive(Debug)]
pub struct Slot {
    /// The field as it stands in the document.
    pub field: Field,
    /// Where.
    pub place: Pos,
    /// What its arguments mean.
    pub kind: SlotKind,
    /// The arguments that it may have; none where nothing is given by clients.
    pub(super) definitions: Option<&'static ByName<Argument>>,
    /// Its arguments, where no variable stands in them.
    pub(super) constant: Option<Constant>,
    /// Else those of them, in the order of the document, in which none does.
    pub(super) constants: Vec<Option<OnceLock<Input>>>,
}

impl Slot {
    /// Its arguments as they are written.
    pub(super) fn written(&self) -> input::Written<'_> {
        (&self.field.arguments, &self.constants)
    }

    /// Whether an argument is written, whatever its value.
    pub(super) fn has(&self, argument: &str) -> bool {
        self.field.arguments.iter().any(|(name, _)| name.node == argument)
    }
}

/// What a slot's arguments mean.
#[derive(Clone, Copy, Debug)]
pub enum SlotKind {
    /// A page of an entity.
    Connection(&'static Entity),
    /// A page of an entity, along an edge whose rows change with the days: the entity that it belongs to, and what its
    /// rows on a day are.
    AsOf(&'static Entity, &'static Entity, &'static AsOf),
    /// Changes.
    Changed,
    /// Agreements that are new.
    AgreementRecorded,
    /// Two moments.
    Differences,
    /// A natural key.
    Lookup(&'static Entity, &'static Lookup),
    /// One id.
    Node,
    /// Several ids.
    Nodes,
    /// What is written.
    Mutation(&'static Mutation),
    /// What was written: its id is known when it is.
    Written(&'static Entity),
    /// A text that is searched for.
    Search,
}

impl SlotKind {
    /// The arguments that a field may have. Every connection of an entity has the same: those of its root field. Only along
    /// some edges come days.
    pub(super) fn definitions(&self, schema: &'static Schema, name: &str) -> Option<&'static ByName<Argument>> {
        let field = match self {
            Self::Connection(entity) => schema.field(QUERY, &camel_case(entity.plural)),
            Self::AsOf(owner, ..) => schema.field(owner.name, name),
            Self::Changed | Self::AgreementRecorded => schema.field(SUBSCRIPTION, name),
            Self::Mutation(_) => schema.field(MUTATION, name),
            Self::Written(_) => None,
            Self::Differences | Self::Lookup(..) | Self::Node | Self::Nodes | Self::Search => schema.field(QUERY, name),
        };
        field.map(|field| &field.arguments)
    }

    /// Whether arguments mean the same in both.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Connection(one), Self::Connection(other)) => one == other,
            (Self::AsOf(owner, entity, as_of), Self::AsOf(others, other, others_as_of)) => {
                owner == others && entity == other && std::ptr::eq(*as_of, *others_as_of)
            }
            (Self::Lookup(entity, lookup), Self::Lookup(other, others)) => {
                entity == other && lookup.column == others.column
            }
            (Self::Node, Self::Node) | (Self::Nodes, Self::Nodes) => true,
            _ => false,
        }
    }
}
