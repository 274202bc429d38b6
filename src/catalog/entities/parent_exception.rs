//! Why no parent of a company is stated.

use crate::catalog::closed::{PARENT_EXCEPTION_REASON, PARENT_FORM};
use crate::catalog::entities::{COMPANY, SOURCE};
use crate::catalog::{Direction, Edge, Entity, Field};

/// See the module.
pub static PARENT_EXCEPTION: Entity = Entity {
    name: "ParentException",
    plural: "parentExceptions",
    table: "parent_exception",
    doc: "Why no parent of a company is stated: a reporting exception of the register of Legal Entity Identifiers. It says that something is unknown or does not exist, by the company's own report. A company with neither a parent nor such a row has reported nothing.",
    is_fact: false,
    fields: &[
        Field::closed("form", &PARENT_FORM, "Which parent is not stated."),
        Field::closed("reason", &PARENT_EXCEPTION_REASON, "Why it is not stated."),
        Field::text("stated_reason", "The reason in the register's own words."),
        Field::text("reference", "What the company refers to for it; null when to nothing.").nullable().unordered(),
        Field::date(
            "withdrawn_on",
            "From when on it does not hold: the register took it away, or a later edition states another reason; null while it stands.",
        )
        .nullable(),
    ],
    edges: &[
        Edge::one("company", "company_id", &COMPANY, "The company whose parent is not stated."),
        Edge::one("source", "source_id", &SOURCE, "The file that says so."),
    ],
    default_order: &[("form", Direction::Asc)],
    lookups: &[],
};
