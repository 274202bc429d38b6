//! A natural person's part in a transfer: an inventor's, mostly.

use crate::catalog::closed::TRANSFER_ROLE;
use crate::catalog::entities::PATENT_TRANSFER;
use crate::catalog::{Direction, Edge, Entity, Field};

/// See the module.
pub static PATENT_TRANSFER_INDIVIDUAL: Entity = Entity {
    name: "PatentTransferIndividual",
    plural: "patentTransferIndividuals",
    table: "patent_transfer_individual",
    doc: "A natural person's part in a transfer: an inventor's, mostly.",
    is_fact: false,
    fields: &[
        Field::text("name", "The name as it is recorded.").folded("name_folded"),
        Field::closed("role", &TRANSFER_ROLE, "The role."),
        Field::date("executed_on", "When that person signed; null where no day is recorded for one alone.").nullable(),
    ],
    edges: &[Edge::one("patent_transfer", "patent_transfer_id", &PATENT_TRANSFER, "The transfer.")],
    default_order: &[("role", Direction::Asc)],
    lookups: &[],
};
