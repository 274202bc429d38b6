//! A company's part in an agreement.

use crate::catalog::closed::PARTY_ROLE;
use crate::catalog::entities::{AGREEMENT, CITATION, COMPANY};
use crate::catalog::{Direction, Edge, Entity, Field};

/// See the module.
pub static AGREEMENT_PARTY: Entity = Entity {
    name: "AgreementParty",
    plural: "agreementParties",
    table: "agreement_party",
    doc: "A company's part in an agreement.",
    is_fact: true,
    fields: &[Field::closed("role", &PARTY_ROLE, "Its role.")],
    edges: &[
        Edge::one("agreement", "agreement_id", &AGREEMENT, "The agreement."),
        Edge::one("company", "company_id", &COMPANY, "The company."),
        Edge::many("citations", &CITATION, "agreement_party_id", "The evidence: what sources say of this fact."),
    ],
    default_order: &[("role", Direction::Asc)],
    lookups: &[],
};
