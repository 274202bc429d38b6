//! What a transfer did to the title of a patent.

use crate::catalog::closed::{OWNERSHIP_BASIS, TITLE_EFFECT};
use crate::catalog::entities::{PATENT, PATENT_TRANSFER};
use crate::catalog::{Direction, Edge, Entity, Field};

/// See the module.
pub static TITLE_STEP: Entity = Entity {
    name: "TitleStep",
    plural: "titleSteps",
    table: "title_step",
    doc: "A step of a patent's chain of title: what a transfer, or the naming of an owner, did to it, by all that is known. Derived by the rules of `docs/ownership.md`.",
    is_fact: false,
    fields: &[
        Field::int("ordinal", "Its place in the chain, from 1."),
        Field::closed("effect", &TITLE_EFFECT, "What it did."),
        Field::date(
            "counted_on",
            "The day from which it counts, the first where its parties signed on several; null when there is none.",
        )
        .nullable(),
        Field::closed("basis", &OWNERSHIP_BASIS, "What that day rests on."),
    ],
    edges: &[
        Edge::one("patent", "patent_id", &PATENT, "The patent."),
        Edge::one(
            "patent_transfer",
            "patent_transfer_id",
            &PATENT_TRANSFER,
            "The transfer, with its parties and its evidence; null when the patent's own source names the owners.",
        )
        .nullable(),
    ],
    default_order: &[("ordinal", Direction::Asc)],
    lookups: &[],
};
