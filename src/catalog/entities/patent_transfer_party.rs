//! A company's part in a transfer.

use crate::catalog::closed::TRANSFER_ROLE;
use crate::catalog::entities::{COMPANY, PATENT_TRANSFER};
use crate::catalog::{Direction, Edge, Entity, Field};

/// See the module.
pub static PATENT_TRANSFER_PARTY: Entity = Entity {
    name: "PatentTransferParty",
    plural: "patentTransferParties",
    table: "patent_transfer_party",
    doc: "A company's part in a transfer.",
    is_fact: false,
    fields: &[
        Field::closed("role", &TRANSFER_ROLE, "Its role."),
        Field::date("executed_on", "When it signed; null where no day is recorded for it alone.").nullable(),
        Field::text("recorded_name", "Its name as the register spells it; null when it is not from a register.")
            .nullable(),
    ],
    edges: &[
        Edge::one("patent_transfer", "patent_transfer_id", &PATENT_TRANSFER, "The transfer."),
        Edge::one("company", "company_id", &COMPANY, "The company."),
    ],
    default_order: &[("role", Direction::Asc)],
    lookups: &[],
};
