//! Another spelling of a company: a former or trading name, a transliteration, a ticker, a spelling in a register.

use crate::catalog::closed::COMPANY_NAME_KIND;
use crate::catalog::entities::{CITATION, COMPANY};
use crate::catalog::{Direction, Edge, Entity, Field};

/// See the module.
pub static COMPANY_NAME: Entity = Entity {
    name: "CompanyName",
    plural: "companyNames",
    table: "company_name",
    doc: "Another spelling of a company: a former or trading name, a transliteration, a ticker, a spelling in a register.",
    is_fact: true,
    fields: &[
        Field::text("name", "The spelling.").folded("name_folded"),
        Field::closed("kind", &COMPANY_NAME_KIND, "Why the company is also known by it."),
        Field::text("language", "Its language as a tag of IETF BCP 47, such as `ja`; null when not stated.").nullable(),
        Field::date("used_from", "Since when; null when not known.").nullable(),
        Field::date("used_until", "Until when; null while it is used or when not known.").nullable(),
    ],
    edges: &[
        Edge::one("company", "company_id", &COMPANY, "The company that is meant."),
        Edge::many("citations", &CITATION, "company_name_id", "The evidence: what sources say of this fact."),
    ],
    default_order: &[("name", Direction::Asc)],
    lookups: &[],
};
