//! Where a fact comes from: a page, a report, a filing, an edition of a data set.

use crate::catalog::closed::DATE_PRECISION;
use crate::catalog::entities::{CITATION, OBSERVATION, PATENT, STATEMENT};
use crate::catalog::scalars::URL;
use crate::catalog::{Direction, Edge, Entity, Field, Lookup};

/// See the module.
pub static SOURCE: Entity = Entity {
    name: "Source",
    plural: "sources",
    table: "source",
    doc: "Where a fact comes from: a page, a report, a filing, an edition of a data set.",
    is_fact: false,
    fields: &[
        Field::text("publisher", "Who published it.").folded("publisher_folded"),
        Field::text("title", "Its title; null when the source has none or it is not known.")
            .nullable()
            .folded("title_folded"),
        Field::code("url", &URL, "Its address; null when it has none, as with a printed report.").nullable(),
        Field::date("published_on", "When it was published; null when not known.").nullable(),
        Field::closed(
            "published_precision",
            &DATE_PRECISION,
            "How exactly `publishedOn` is known; null when `publishedOn` is.",
        )
        .nullable(),
        Field::date("retrieved_on", "When it was read for this record; null when not recorded.").nullable(),
    ],
    edges: &[
        Edge::many("citations", &CITATION, "source_id", "The facts that it is cited for."),
        Edge::many("statements", &STATEMENT, "source_id", "The words that it quotes people with."),
        Edge::many("observations", &OBSERVATION, "source_id", "The figures that it reports."),
        Edge::many("patents", &PATENT, "source_id", "The patents whose record comes from it."),
    ],
    default_order: &[("publisher", Direction::Asc)],
    lookups: &[Lookup::exact("sourceByUrl", "url")],
};
