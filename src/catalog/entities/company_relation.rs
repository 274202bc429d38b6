//! A company belongs to another, or took its place.

use crate::catalog::closed::{COMPANY_RELATION_KIND, RELATION_FORM, RELATION_RULE};
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
        Field::closed(
            "form",
            &RELATION_FORM,
            "Which parent it is: accounts are consolidated by the direct and by the ultimate parent; null when the source does not say.",
        )
        .nullable(),
        Field::text(
            "status",
            "Whether the register holds that it lasts, `ACTIVE` or `INACTIVE`; null when not stated.",
        )
        .nullable(),
        Field::text(
            "registration_status",
            "Where its registration stands, such as `PUBLISHED` or `LAPSED`, in the register's own words; null when not stated. A lapsed one can be of a relation that lasts.",
        )
        .nullable(),
        Field::date("updated_on", "When the register last changed the record; null when not stated.").nullable(),
        Field::date("withdrawn_on", "When the register took the record away; null while it stands.").nullable(),
    ],
    edges: &[
        Edge::one("parent", "parent_id", &COMPANY, "The parent, or the successor."),
        Edge::one("child", "child_id", &COMPANY, "The child, or the company that was succeeded."),
        Edge::many("citations", &CITATION, "company_relation_id", "The evidence: what sources say of this fact."),
    ],
    default_order: &[("since", Direction::Asc)],
    lookups: &[],
};
