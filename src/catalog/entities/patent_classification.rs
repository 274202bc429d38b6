//! A classification symbol that an office gave a patent.

use crate::catalog::closed::CLASSIFICATION_SCHEME;
use crate::catalog::entities::PATENT;
use crate::catalog::{Direction, Edge, Entity, Field};

/// See the module.
pub static PATENT_CLASSIFICATION: Entity = Entity {
    name: "PatentClassification",
    plural: "patentClassifications",
    table: "patent_classification",
    doc: "A classification symbol that an office gave a patent.",
    is_fact: false,
    fields: &[
        Field::closed("scheme", &CLASSIFICATION_SCHEME, "The classification that the symbol belongs to."),
        Field::text("symbol", "The symbol without blanks, such as `H04W4/70`."),
        Field::int("ordinal", "Its place in the patent's list, from 1."),
    ],
    edges: &[Edge::one("patent", "patent_id", &PATENT, "The patent.")],
    default_order: &[("symbol", Direction::Asc)],
    lookups: &[],
};
