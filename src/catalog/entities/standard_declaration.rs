//! A company's declaration that patents may be essential to standards.

use crate::catalog::entities::{COMPANY, DECLARED_PATENT, SOURCE};
use crate::catalog::{Direction, Edge, Entity, Field, Lookup};

/// See the module.
pub static STANDARD_DECLARATION: Entity = Entity {
    name: "StandardDeclaration",
    plural: "standardDeclarations",
    table: "standard_declaration",
    doc: "A company's declaration that patents may be, or may become, essential to standards. Nobody has examined whether they are.",
    is_fact: false,
    fields: &[
        Field::text("reference", "Its reference at the standards body, such as `ISLD-201905-014`."),
        Field::text("register_number", "Its number in the register; null when not stated.").nullable(),
        Field::date("declared_on", "When it was signed; null when not stated.").nullable(),
        Field::date("reflected_on", "From when on the register shows it; null when not stated.").nullable(),
        Field::text("declarant_name", "Who declares, as the register spells it; null when not stated.")
            .nullable()
            .folded("declarant_name_folded"),
    ],
    edges: &[
        Edge::one(
            "declarant",
            "declarant_id",
            &COMPANY,
            "The company that declares; null when the register names none.",
        )
        .nullable(),
        Edge::many(
            "declared_patents",
            &DECLARED_PATENT,
            "standard_declaration_id",
            "What it names: each publication for each document or project.",
        ),
        Edge::one("source", "source_id", &SOURCE, "The file that says so."),
    ],
    default_order: &[("reference", Direction::Asc)],
    lookups: &[Lookup::exact("standardDeclaration", "reference")],
};
