//! A place as a data set names it.

use crate::catalog::entities::{PATENT_ASSIGNEE, SOURCE};
use crate::catalog::scalars::COUNTRY_CODE;
use crate::catalog::{Direction, Edge, Entity, Field};

/// See the module.
pub static LOCATION: Entity = Entity {
    name: "Location",
    plural: "locations",
    table: "location",
    doc: "A place as a data set names it.",
    is_fact: false,
    fields: &[
        Field::text("code", "What the data set calls the place."),
        Field::text("city", "The city; null when not known.").nullable(),
        Field::text("region", "The state or region; null when there is none or it is not known.").nullable(),
        Field::code("country", &COUNTRY_CODE, "The country; null when not known.").nullable(),
    ],
    edges: &[
        Edge::one("source", "source_id", &SOURCE, "The file of the data set that it comes from."),
        Edge::many("assignees", &PATENT_ASSIGNEE, "location_id", "The first assignees that are placed there."),
    ],
    default_order: &[("code", Direction::Asc)],
    lookups: &[],
};
