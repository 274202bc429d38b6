//! Somebody whom a publication, or the source of its record, names as its owner.

use crate::catalog::closed::ASSIGNEE_NAMED;
use crate::catalog::entities::{COMPANY, LOCATION, PATENT, SOURCE};
use crate::catalog::{Direction, Edge, Entity, Field};

/// See the module.
pub static PATENT_ASSIGNEE: Entity = Entity {
    name: "PatentAssignee",
    plural: "patentAssignees",
    table: "patent_assignee",
    doc: "Somebody whom a publication, or the source of its record, names as its owner.",
    is_fact: false,
    fields: &[
        Field::closed("named", &ASSIGNEE_NAMED, "As the owner of which time."),
        Field::int("ordinal", "The place among those who are named so, from 1."),
        Field::text("name", "The name as the source spells it.").folded("name_folded"),
        Field::date("stated_on", "When this was stated; null when it is the day of the publication, or of its source.")
            .nullable(),
    ],
    edges: &[
        Edge::one("patent", "patent_id", &PATENT, "The patent."),
        Edge::one(
            "company",
            "company_id",
            &COMPANY,
            "The company; null for a person, and when the name leads to no company, or not to one alone.",
        )
        .nullable(),
        Edge::one("location", "location_id", &LOCATION, "Where the assignee sits; null when not known.").nullable(),
        Edge::one("source", "source_id", &SOURCE, "The file or page that says so."),
    ],
    default_order: &[("ordinal", Direction::Asc)],
    lookups: &[],
};
