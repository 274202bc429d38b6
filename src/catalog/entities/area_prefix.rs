//! A classification prefix that puts a patent into an area.

use crate::catalog::entities::COOPERATION_AREA;
use crate::catalog::{Direction, Edge, Entity, Field};

/// See the module.
pub static AREA_PREFIX: Entity = Entity {
    name: "AreaPrefix",
    plural: "areaPrefixes",
    table: "area_prefix",
    doc: "A classification prefix that puts a patent into an area.",
    is_fact: false,
    fields: &[Field::text("prefix", "The beginning of a CPC or IPC symbol, without blanks, such as `H04W4/70`.")],
    edges: &[Edge::one("area", "area_id", &COOPERATION_AREA, "The area.")],
    default_order: &[("prefix", Direction::Asc)],
    lookups: &[],
};
