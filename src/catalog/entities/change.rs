//! A change of the graph: what a write did, when and by whom.

use crate::catalog::abstracts::CHANGE_SUBJECT;
use crate::catalog::closed::CHANGE_KIND;
use crate::catalog::scalars::ID;
use crate::catalog::{Edge, Entity, Field};

/// See the module.
pub static CHANGE: Entity = Entity {
    name: "Change",
    plural: "changes",
    table: "change",
    doc: "A change of the graph: what a write did, when and by whom. Changes are numbered in the order in which they became visible: none is ever seen after one with a larger number, so who has read up to a number has missed nothing.",
    is_fact: false,
    fields: &[
        Field::decimal("seq", 0, "Its number, a whole one of up to 64 bits: larger than those of all changes before. Numbers have no gaps."),
        Field::date_time("recorded_at", "When it was recorded; never before that of a smaller number.").unordered(),
        Field::text("actor", "Who wrote: a token's name, or what brought the data in.").unordered(),
        Field::closed("kind", &CHANGE_KIND, "What it did.").unordered(),
        Field::text(
            "fact_type",
            "The type of what changed where that is said of `entity` and is not the entity itself, such as `LicenceGrant` or `Citation`; null when it is the entity, or much at once.",
        )
        .nullable()
        .unordered(),
        Field::code(
            "target_id",
            &ID,
            "The id of what changed, the entity's own or that of what is said of it; null when it is much at once.",
        )
            .nullable()
            .unordered(),
        Field::json(
            "before",
            "What stood before: the fields of what changed, and the ids that it leads to; null when it is new, or much at once.",
        )
        .nullable(),
        Field::json(
            "after",
            "What stood after: the fields of what changed, and the ids that it leads to, or counts where it is much at once; null when it is gone.",
        )
        .nullable(),
    ],
    edges: &[Edge::one_of(
        "entity",
        &CHANGE_SUBJECT,
        "What it is about, as it is now; null when that is much at once, or is gone.",
    )],
    default_order: &[],
    lookups: &[],
};
