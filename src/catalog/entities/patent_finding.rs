//! What the records leave open about a patent.

use crate::catalog::closed::FINDING_KIND;
use crate::catalog::entities::{PATENT, PATENT_TRANSFER};
use crate::catalog::{Direction, Edge, Entity, Field};

/// See the module.
pub static PATENT_FINDING: Entity = Entity {
    name: "PatentFinding",
    plural: "patentFindings",
    table: "patent_finding",
    doc: "What the records leave open about a patent's title, by all that is known. No verdict. Derived by the rules of `docs/ownership.md`.",
    is_fact: false,
    fields: &[
        Field::closed("kind", &FINDING_KIND, "What is open."),
        Field::date("concerns_on", "The day that it is about; null when it is about none.").nullable(),
    ],
    edges: &[
        Edge::one("patent", "patent_id", &PATENT, "The patent."),
        Edge::one(
            "patent_transfer",
            "patent_transfer_id",
            &PATENT_TRANSFER,
            "The transfer that it is about; null when it is about the owners that the patent's own source names.",
        )
        .nullable(),
        Edge::one(
            "other_transfer",
            "other_transfer_id",
            &PATENT_TRANSFER,
            "The transfer that the first one contradicts; null when it contradicts none.",
        )
        .nullable(),
    ],
    default_order: &[("kind", Direction::Asc)],
    lookups: &[],
};
