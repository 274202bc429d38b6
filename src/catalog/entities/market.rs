//! A country that a company sells in or focuses on.

use crate::catalog::closed::MARKET_STATUS;
use crate::catalog::entities::{CITATION, COMPANY};
use crate::catalog::scalars::COUNTRY_CODE;
use crate::catalog::{Direction, Edge, Entity, Field};

/// See the module.
pub static MARKET: Entity = Entity {
    name: "Market",
    plural: "markets",
    table: "market",
    doc: "A country that a company sells in or focuses on.",
    is_fact: true,
    fields: &[
        Field::code("country", &COUNTRY_CODE, "The country."),
        Field::closed("status", &MARKET_STATUS, "What the country is to the company."),
    ],
    edges: &[
        Edge::one("company", "company_id", &COMPANY, "The company."),
        Edge::many("citations", &CITATION, "market_id", "The evidence: what sources say of this fact."),
    ],
    default_order: &[("country", Direction::Asc)],
    lookups: &[],
};
