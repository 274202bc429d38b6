//! Somebody held title to a patent from one day up to another, as known from one day up to another.

use crate::catalog::closed::OWNERSHIP_BASIS;
use crate::catalog::entities::{COMPANY, PATENT, PATENT_TRANSFER};
use crate::catalog::{Direction, Edge, Entity, Field, Periods};

/// The days of a row.
pub(super) const PERIODS: Periods =
    Periods { since: "since", until: "until", known_since: "known_since", known_until: "known_until" };

/// See the module.
pub static PATENT_OWNERSHIP: Entity = Entity {
    name: "PatentOwnership",
    plural: "patentOwnerships",
    table: "patent_ownership",
    doc: "Somebody held title to a patent from one day up to another, as known from one day up to another. Derived from first assignees and transfers by the rules of `docs/ownership.md`. Co-owners are several.",
    is_fact: false,
    fields: &[
        Field::text(
            "holder_name",
            "Who holds title, when that is a natural person or a company that is not in the graph; null when it is `company`.",
        )
        .nullable()
        .folded("holder_name_folded"),
        Field::date("since", "The first day of title; null when there is no day from which it counts.").nullable(),
        Field::date("until", "The day on which title had gone to others; null when it had not.").nullable(),
        Field::date("known_since", "The day from which this is known; null when it always was.").nullable(),
        Field::date("known_until", "The day from which something else is known; null when this still is.").nullable(),
        Field::closed("basis", &OWNERSHIP_BASIS, "What `since` rests on."),
        Field::boolean("unbroken", "Whether the chain of title up to here has no gap."),
    ],
    edges: &[
        Edge::one("patent", "patent_id", &PATENT, "The patent."),
        Edge::one("company", "company_id", &COMPANY, "Who holds title; null when only a name is known: `holderName`.")
            .nullable(),
        Edge::one(
            "patent_transfer",
            "patent_transfer_id",
            &PATENT_TRANSFER,
            "The transfer that began it, which has its evidence; null when it rests on the assignees that the patent's own source names.",
        )
        .nullable(),
    ],
    default_order: &[("since", Direction::Asc)],
    lookups: &[],
};
