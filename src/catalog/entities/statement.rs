//! Words that somebody is quoted with.

use crate::catalog::abstracts::STATEMENT_SUBJECT;
use crate::catalog::entities::{CITATION, PERSON, SOURCE};
use crate::catalog::{Direction, Edge, Entity, Field};

/// See the module.
pub static STATEMENT: Entity = Entity {
    name: "Statement",
    plural: "statements",
    table: "statement",
    doc: "Words that somebody is quoted with.",
    is_fact: true,
    fields: &[
        Field::int("ordinal", "Its place among this person's quotes in the source, from 1."),
        Field::text("quote", "The words.").folded("quote_folded").unordered(),
        Field::date("said_on", "When it was said; null when not known.").nullable(),
    ],
    edges: &[
        Edge::one("person", "person_id", &PERSON, "Who is quoted."),
        Edge::one("source", "source_id", &SOURCE, "The source that quotes."),
        Edge::one_of("about", &STATEMENT_SUBJECT, "What it is about."),
        Edge::many("citations", &CITATION, "statement_id", "The evidence: what sources say of this fact."),
    ],
    default_order: &[("said_on", Direction::Desc), ("ordinal", Direction::Asc)],
    lookups: &[],
};
