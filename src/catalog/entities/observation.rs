//! A measured or claimed figure about a company at a time.

use crate::catalog::closed::QUALIFIER;
use crate::catalog::entities::{CITATION, COMPANY, SOURCE};
use crate::catalog::{Direction, Edge, Entity, Field};

/// See the module.
pub static OBSERVATION: Entity = Entity {
    name: "Observation",
    plural: "observations",
    table: "observation",
    doc: "A measured or claimed figure about a company at a time.",
    is_fact: true,
    fields: &[
        Field::text("metric", "What is measured, such as `connected-devices`."),
        Field::decimal("value", 4, "The figure."),
        Field::closed("qualifier", &QUALIFIER, "How exactly the figure is stated."),
        Field::text("unit", "The unit of the figure, such as `device`; null for a plain number.").nullable(),
        Field::text("period", "The time that it is about, as stated, such as `2017-Q1`."),
        Field::text(
            "geography",
            "The place that it is about, such as `CN`; null when it is about the whole world or none is stated.",
        )
        .nullable(),
    ],
    edges: &[
        Edge::one("company", "company_id", &COMPANY, "The company."),
        Edge::one("source", "source_id", &SOURCE, "The source that reports it."),
        Edge::many("citations", &CITATION, "observation_id", "The evidence: what sources say of this fact."),
    ],
    default_order: &[("metric", Direction::Asc), ("period", Direction::Asc)],
    lookups: &[],
};
