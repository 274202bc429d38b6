//! A standard that patents are declared to: a document, or the project that it comes from.

use crate::catalog::closed::STANDARD_KIND;
use crate::catalog::entities::{DECLARED_PATENT, SOURCE, STANDARD_DECLARATION};
use crate::catalog::{Direction, Edge, Entity, Field, Link, Lookup};

/// See the module.
pub static STANDARD: Entity = Entity {
    name: "Standard",
    plural: "standards",
    table: "standard",
    doc: "A standard that patents are declared to: a document such as `TS 38.331`, or the project that documents come from, such as `LTE`.",
    is_fact: false,
    fields: &[
        Field::text("name", "What it is called, such as `TS 38.331` or `LTE`.").folded("name_folded"),
        Field::closed("kind", &STANDARD_KIND, "A document or a project."),
        Field::text(
            "document_type",
            "The type of the document, such as `TS` (technical specification); null for a project or when not stated.",
        )
        .nullable(),
        Field::text(
            "deliverable_number",
            "Its number as a document of ETSI, such as `102 361-1`; null when it has none or it is not stated.",
        )
        .nullable(),
        Field::text(
            "specification_number",
            "Its number as a specification of 3GPP, such as `38.331`; null when it has none or it is not stated.",
        )
        .nullable(),
        Field::text(
            "project_number",
            "The number of the project in the register; null for a document or when not stated.",
        )
        .nullable(),
    ],
    edges: &[
        Edge::through(
            "declarations",
            &STANDARD_DECLARATION,
            Link { table: "declared_patent", near: "standard_id", far: "standard_declaration_id" },
            "The declarations that name it as a document, each once. For a project see `projectDeclaredPatents`.",
        ),
        Edge::many("declared_patents", &DECLARED_PATENT, "standard_id", "What is declared to it as a document."),
        Edge::many("project_declared_patents", &DECLARED_PATENT, "project_id", "What is declared to it as a project."),
        Edge::one("source", "source_id", &SOURCE, "The file that first named it."),
    ],
    default_order: &[("name", Direction::Asc)],
    lookups: &[Lookup::exact("standard", "name")],
};
