//! A source supports, or contradicts, one fact, and the words in which it does. A fact can have several, and they may disagree.

use crate::catalog::abstracts::FACT;
use crate::catalog::closed::{CONFIDENCE, FACT_KIND};
use crate::catalog::entities::SOURCE;
use crate::catalog::{Direction, Edge, Entity, Field};

/// See the module.
pub static CITATION: Entity = Entity {
    name: "Citation",
    plural: "citations",
    table: "citation",
    doc: "A source supports, or contradicts, one fact, and the words in which it does. A fact can have several, and they may disagree.",
    is_fact: false,
    fields: &[
        Field::closed("fact_kind", &FACT_KIND, "The kind of fact."),
        Field::int("ordinal", "Its place among the citations of this fact by this source, from 1."),
        Field::text("quote", "The words of the source; null when none are quoted.").nullable().folded("quote_folded").unordered(),
        Field::text("claim_field", "The field of the fact that the source speaks of, such as `exclusive`; null when it supports the fact as a whole.").nullable(),
        Field::text("claim_value", "What the source says of `claimField`; null when it supports the value that is recorded.").nullable(),
        Field::text("record", "Which record of the source; null when the source has no records.").nullable().unordered(),
        Field::closed("confidence", &CONFIDENCE, "How far it can be relied on."),
        Field::date_time("recorded_at", "When it was recorded here."),
    ],
    edges: &[
        Edge::one_of("fact", &FACT, "The fact."),
        Edge::one("source", "source_id", &SOURCE, "The source."),
    ],
    default_order: &[("ordinal", Direction::Asc)],
    lookups: &[],
};
