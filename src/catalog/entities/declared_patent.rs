//! What a declaration names: a publication for a document or a project.

use crate::catalog::entities::{PATENT, SOURCE, STANDARD, STANDARD_DECLARATION};
use crate::catalog::{Direction, Edge, Entity, Field};

/// See the module.
pub static DECLARED_PATENT: Entity = Entity {
    name: "DeclaredPatent",
    plural: "declaredPatents",
    table: "declared_patent",
    doc: "What a declaration names: a publication, or an application without one, for a document, a project, or no standard in particular. What is declared may be essential; nobody has examined whether it is.",
    is_fact: false,
    fields: &[
        Field::text(
            "publication_number",
            "The number of the publication as the register spells it, readable or not; null when none is stated.",
        )
        .nullable(),
        Field::text(
            "application_number",
            "The number of the application as the register spells it, which can be a word for one that is pending; null when none is stated.",
        )
        .nullable(),
        Field::text("office", "The office where it is registered, as a two-letter code; null when not stated.").nullable(),
        Field::text("title", "Its title in English; null when not stated.").nullable().unordered(),
        Field::date("filed_on", "When it was filed; null when not stated.").nullable(),
        Field::text("priority_numbers", "The numbers of the applications whose priority it claims; null when not stated.")
            .nullable()
            .unordered(),
        Field::text("patent_type", "Its part in its family, such as `Basis Patent` or `Family Member`; null when not stated.")
            .nullable(),
        Field::text("family", "Its family as the standards body counts them; null when not stated.").nullable(),
        Field::text("disclosure", "The number of the disclosure within the declaration; null when not stated.").nullable(),
        Field::text("display_number", "The number under which the disclosure is shown; null when not stated.").nullable(),
        Field::text("work_item", "The work item of the document, such as `DTS/…`; null when not stated.").nullable(),
        Field::text("version", "The version of the document; null when not stated.").nullable(),
        Field::text("section", "The parts of the document that it is declared for; null when not stated.")
            .nullable()
            .unordered(),
        Field::boolean("declared_for_standard", "Whether it is declared for the document; null when not stated.").nullable(),
        Field::boolean("declared_for_project", "Whether it is declared for the project; null when not stated.").nullable(),
        Field::boolean("by_proprietor", "Whether the declarant says that it, or an affiliate, owns it; null when not stated.")
            .nullable(),
        Field::boolean(
            "prepared_to_license",
            "Whether the declarant is prepared to grant licences on fair, reasonable and non-discriminatory (FRAND) terms; null when not stated.",
        )
        .nullable(),
        Field::boolean("reciprocity", "Whether it asks of those who seek a licence to license in return; null when not stated.")
            .nullable(),
        Field::boolean(
            "explicitly_disclosed",
            "Whether the declarant named it, and not the register for its family; null when not stated.",
        )
        .nullable(),
        Field::boolean("for_2g", "Whether the register counts it among 2G; null when not stated.").nullable(),
        Field::boolean("for_3g", "Whether the register counts it among 3G; null when not stated.").nullable(),
        Field::boolean("for_4g", "Whether the register counts it among 4G; null when not stated.").nullable(),
        Field::boolean("for_5g", "Whether the register counts it among 5G; null when not stated.").nullable(),
    ],
    edges: &[
        Edge::one("declaration", "standard_declaration_id", &STANDARD_DECLARATION, "The declaration."),
        Edge::one("standard", "standard_id", &STANDARD, "The document; null when none is named.").nullable(),
        Edge::one("project", "project_id", &STANDARD, "The project; null when none is named.").nullable(),
        Edge::one(
            "patent",
            "patent_id",
            &PATENT,
            "The publication; null when its number cannot be read, is not stated, or leads to several.",
        )
        .nullable(),
        Edge::one("source", "source_id", &SOURCE, "The file that says so."),
    ],
    default_order: &[("publication_number", Direction::Asc)],
    lookups: &[],
};
