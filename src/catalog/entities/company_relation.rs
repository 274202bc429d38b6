//! A company belongs to another, or took its place.

use crate::catalog::closed::{COMPANY_RELATION_KIND, RELATION_RULE};
use crate::catalog::entities::{CITATION, COMPANY};
use crate::catalog::{Direction, Edge, Entity, Field};

/// See the module.
pub static COMPANY_RELATION: Entity = Entity {
    name: "CompanyRelation",
    plural: "companyRelations",
    table: "company_relation",
    doc: "A company belongs to another, or took its place.",
    is_fact: true,
    fields: &[
        Field::closed("kind", &COMPANY_RELATION_KIND, "Whether it is parentage or succession."),
        Field::date("since", "Since when; null when not known.").nullable(),
        Field::date("until", "Until when; null while it lasts or when not known.").nullable(),
        Field::closed("rule", &RELATION_RULE, "The rule by which it was found; null when the source names none.")
            .nullable(),
    ],
    edges: &[
        Edge::one("parent", "parent_id", &COMPANY, "The parent, or the successor."),
        Edge::one("child", "child_id", &COMPANY, "The child, or the company that was succeeded."),
        Edge::many("citations", &CITATION, "company_relation_id", "The evidence: what sources say of this fact."),
    ],
    default_order: &[("since", Direction::Asc)],
    lookups: &[],
};
