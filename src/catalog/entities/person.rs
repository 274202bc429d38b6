//! Somebody who spoke, signed or holds an office.

use crate::catalog::entities::{APPOINTMENT, CITATION, STATEMENT};
use crate::catalog::{Direction, Edge, Entity, Field, Lookup};

/// See the module.
pub static PERSON: Entity = Entity {
    name: "Person",
    plural: "people",
    table: "person",
    doc: "Somebody who spoke, signed or holds an office.",
    is_fact: true,
    fields: &[
        Field::text("slug", "The permanent short name in addresses, such as `lei-jun`."),
        Field::text("name", "The name.").folded("name_folded"),
        Field::text("description", "Who this is, in a sentence; null when not recorded.").nullable().unordered(),
    ],
    edges: &[
        Edge::many("appointments", &APPOINTMENT, "person_id", "The offices held."),
        Edge::many("statements", &STATEMENT, "person_id", "What this person is quoted with."),
        Edge::many("citations", &CITATION, "person_id", "The evidence: what sources say of this fact."),
    ],
    default_order: &[("name", Direction::Asc)],
    lookups: &[Lookup::exact("person", "slug")],
};
