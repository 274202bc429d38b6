//! What the parties of an agreement will do together in an area.

use crate::catalog::closed::COOPERATION_STAGE;
use crate::catalog::entities::{AGREEMENT, CITATION, COMPANY, COOPERATION_AREA};
use crate::catalog::{Direction, Edge, Entity, Field};

/// See the module.
pub static COOPERATION: Entity = Entity {
    name: "Cooperation",
    plural: "cooperations",
    table: "cooperation",
    doc: "What the parties of an agreement will do together in an area.",
    is_fact: true,
    fields: &[
        Field::closed("stage", &COOPERATION_STAGE, "How far it has come."),
        Field::text("description", "What will be done; null when not recorded.").nullable().unordered(),
    ],
    edges: &[
        Edge::one("agreement", "agreement_id", &AGREEMENT, "The agreement."),
        Edge::one("area", "area_id", &COOPERATION_AREA, "The area."),
        Edge::one("supplier", "supplier_id", &COMPANY, "Who supplies; null when nobody supplies the other.").nullable(),
        Edge::one("customer", "customer_id", &COMPANY, "Who is supplied; null when nobody supplies the other.")
            .nullable(),
        Edge::many("citations", &CITATION, "cooperation_id", "The evidence: what sources say of this fact."),
    ],
    default_order: &[("stage", Direction::Asc)],
    lookups: &[],
};
