//! Whom a patent was first assigned to, as its office recorded it.

use crate::catalog::entities::{COMPANY, LOCATION, PATENT, SOURCE};
use crate::catalog::{Direction, Edge, Entity, Field};

/// See the module.
pub static PATENT_ASSIGNEE: Entity = Entity {
    name: "PatentAssignee",
    plural: "patentAssignees",
    table: "patent_assignee",
    doc: "Whom a patent was first assigned to, as its office recorded it.",
    is_fact: false,
    fields: &[
        Field::int("ordinal", "Its place among the first assignees of the patent, from 1."),
        Field::text("name", "The name as the data set spells it.").folded("name_folded"),
    ],
    edges: &[
        Edge::one("patent", "patent_id", &PATENT, "The patent."),
        Edge::one("company", "company_id", &COMPANY, "The company that is meant; null for a person, or when unknown.")
            .nullable(),
        Edge::one("location", "location_id", &LOCATION, "Where the assignee sits; null when not known.").nullable(),
        Edge::one("source", "source_id", &SOURCE, "The file of the data set that says so."),
    ],
    default_order: &[("ordinal", Direction::Asc)],
    lookups: &[],
};
