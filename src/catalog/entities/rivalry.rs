//! A company is said to compete with another. It is directed: the source speaks of the first company's rivals.

use crate::catalog::entities::{CITATION, COMPANY};
use crate::catalog::{Edge, Entity};

/// See the module.
pub static RIVALRY: Entity = Entity {
    name: "Rivalry",
    plural: "rivalries",
    table: "rivalry",
    doc: "A company is said to compete with another. It is directed: the source speaks of the first company's rivals.",
    is_fact: true,
    fields: &[],
    edges: &[
        Edge::one("company", "company_id", &COMPANY, "The company."),
        Edge::one("rival", "rival_id", &COMPANY, "The rival that it is said to have."),
        Edge::many("citations", &CITATION, "rivalry_id", "The evidence: what sources say of this fact."),
    ],
    default_order: &[],
    lookups: &[],
};
