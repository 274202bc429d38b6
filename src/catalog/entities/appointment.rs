//! An office that a person holds or held in a company.

use crate::catalog::entities::{CITATION, COMPANY, PERSON};
use crate::catalog::{Direction, Edge, Entity, Field};

/// See the module.
pub static APPOINTMENT: Entity = Entity {
    name: "Appointment",
    plural: "appointments",
    table: "appointment",
    doc: "An office that a person holds or held in a company.",
    is_fact: true,
    fields: &[
        Field::text("title", "The office, such as `Chairman and CEO`."),
        Field::date("since", "Since when; null when not known.").nullable(),
        Field::date("until", "Until when; null while it is held or when not known.").nullable(),
    ],
    edges: &[
        Edge::one("person", "person_id", &PERSON, "Who holds it."),
        Edge::one("company", "company_id", &COMPANY, "Where."),
        Edge::many("citations", &CITATION, "appointment_id", "The evidence: what sources say of this fact."),
    ],
    default_order: &[("title", Direction::Asc)],
    lookups: &[],
};
