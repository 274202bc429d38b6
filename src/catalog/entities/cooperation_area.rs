//! A field of technology, such as the internet of things; the areas form a tree.

use crate::catalog::entities::{AGREEMENT, AREA_PREFIX, COOPERATION, LICENCE_GRANT, PATENT};
use crate::catalog::{Direction, Edge, Entity, Field, Link, Lookup};

/// See the module.
pub static COOPERATION_AREA: Entity = Entity {
    name: "CooperationArea",
    plural: "areas",
    table: "cooperation_area",
    doc: "A field of technology, such as the internet of things; the areas form a tree.",
    is_fact: false,
    fields: &[
        Field::text("slug", "Its permanent short name in addresses, such as `iot`."),
        Field::text("name", "Its name.").folded("name_folded"),
        Field::text("description", "What belongs to it; null when not recorded.").nullable().unordered(),
    ],
    edges: &[
        Edge::one("parent", "parent_id", &COOPERATION_AREA, "The wider area; null at the top of the tree.").nullable(),
        Edge::many("children", &COOPERATION_AREA, "parent_id", "The narrower areas."),
        Edge::many("prefixes", &AREA_PREFIX, "area_id", "The classification prefixes that put a patent into it."),
        Edge::through(
            "agreements",
            &AGREEMENT,
            Link { table: "agreement_area", near: "area_id", far: "agreement_id" },
            "The agreements that concern it.",
        ),
        Edge::many("cooperations", &COOPERATION, "area_id", "What companies do together in it."),
        Edge::many("grants", &LICENCE_GRANT, "area_id", "The licences limited to it."),
        Edge::through(
            "patents",
            &PATENT,
            Link { table: "patent_area", near: "area_id", far: "patent_id" },
            "The patents that belong to it by their classification.",
        ),
    ],
    default_order: &[("name", Direction::Asc)],
    lookups: &[Lookup::exact("area", "slug")],
};
