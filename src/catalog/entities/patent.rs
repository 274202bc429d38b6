//! One publication of one patent office.

use crate::catalog::closed::{EXPIRY_BASIS, PATENT_STATUS};
use crate::catalog::entities::patent_ownership::PERIODS;
use crate::catalog::entities::{
    CITATION, COMPANY, COOPERATION_AREA, DECLARED_PATENT, LICENCE_GRANT, PATENT_ASSIGNEE, PATENT_CLASSIFICATION,
    PATENT_FINDING, PATENT_OWNERSHIP, PATENT_TRANSFER, SOURCE, STANDARD_DECLARATION, TITLE_STEP,
};
use crate::catalog::{AsOf, Direction, Edge, Entity, Field, Link, Lookup, Spelling};

/// See the module.
pub static PATENT: Entity = Entity {
    name: "Patent",
    plural: "patents",
    table: "patent",
    doc: "One publication of one patent office.",
    is_fact: true,
    fields: &[
        Field::text(
            "publication_number",
            "Its canonical number: office, number and kind, such as `US8566251B2`; without the kind where no source has it.",
        ),
        Field::text("office", "The office that published it, as a two-letter code, such as `US`, `EP`, `WO`."),
        Field::text("number", "The number within the office."),
        Field::text("kind_code", "The kind code, such as `B2`; null when no source has it.").nullable(),
        Field::text("title", "Its title; null when the source has none.").nullable().folded("title_folded"),
        Field::text("abstract", "Its abstract; null when not recorded.").nullable().unordered(),
        Field::text(
            "original_assignee",
            "The first applicant or assignee, as the source spells it; null when the source names none.",
        )
        .nullable(),
        Field::text("family_id", "Its DOCDB simple family; null when not recorded.").nullable(),
        Field::text("application_number", "The number of its application; null when not recorded.").nullable(),
        Field::date("priority_on", "Its earliest priority date; null when not recorded.").nullable(),
        Field::date("filed_on", "When it was filed; null when not recorded.").nullable(),
        Field::date("published_on", "When it was published; null when not recorded.").nullable(),
        Field::date("granted_on", "When it was granted; null when it is not a grant or the day is not recorded.")
            .nullable(),
        Field::date("expires_on", "When it is expected to expire; null when not estimated.").nullable(),
        Field::closed("expires_basis", &EXPIRY_BASIS, "How `expiresOn` was found; null when `expiresOn` is.")
            .nullable(),
        Field::int(
            "term_extension_days",
            "The days by which its office prolonged its term, as far as `expiresOn` counts them; null when not recorded.",
        )
        .nullable(),
        Field::closed("status", &PATENT_STATUS, "Where it stands in its life; null when not recorded.").nullable(),
        Field::int("claims_count", "How many claims it has; null when not recorded.").nullable(),
        Field::text("source_record", "Which record of the source; null when the source has no records.")
            .nullable()
            .unordered(),
    ],
    edges: &[
        Edge::one(
            "owner",
            "owner_id",
            &COMPANY,
            "The sole current owner; null when unknown or shared. Where nothing is recorded of its title, it is whom the source of the patent names.",
        )
        .nullable(),
        Edge::many(
            "owners",
            &PATENT_OWNERSHIP,
            "patent_id",
            "Who held title on a day, as known on a day; co-owners are several. Empty when nothing is recorded of it.",
        )
        .on_days(AsOf::Rows(PERIODS)),
        Edge::many(
            "ownerships",
            &PATENT_OWNERSHIP,
            "patent_id",
            "Who held title on whichever day, as known on whichever day: the whole history.",
        ),
        Edge::many("chain_of_title", &TITLE_STEP, "patent_id", "The transfers in order, and what each did to the title."),
        Edge::many("findings", &PATENT_FINDING, "patent_id", "What the records leave open about its title."),
        Edge::many("assignees", &PATENT_ASSIGNEE, "patent_id", "Whom it, or the source of its record, names as an owner."),
        Edge::one("source", "source_id", &SOURCE, "The data set or page that its record comes from."),
        Edge::through(
            "sources",
            &SOURCE,
            Link { table: "patent_source", near: "patent_id", far: "source_id" },
            "The files of open data sets that its record was read from; each names it by `sourceRecord`.",
        ),
        Edge::many("classifications", &PATENT_CLASSIFICATION, "patent_id", "Its classification symbols."),
        Edge::through(
            "areas",
            &COOPERATION_AREA,
            Link { table: "patent_area", near: "patent_id", far: "area_id" },
            "The fields of technology that its classification puts it into.",
        ),
        Edge::through(
            "transfers",
            &PATENT_TRANSFER,
            Link { table: "patent_transfer_patent", near: "patent_id", far: "patent_transfer_id" },
            "The transfers that name it.",
        ),
        Edge::through(
            "grants",
            &LICENCE_GRANT,
            Link { table: "licence_grant_patent", near: "patent_id", far: "licence_grant_id" },
            "The licences that list it.",
        ),
        Edge::through(
            "declarations",
            &STANDARD_DECLARATION,
            Link { table: "declared_patent", near: "patent_id", far: "standard_declaration_id" },
            "The declarations that it may be essential to standards, each once.",
        ),
        Edge::many(
            "declared_for",
            &DECLARED_PATENT,
            "patent_id",
            "The documents and projects that it is declared for, with what its declarants say of licences.",
        ),
        Edge::through(
            "cites",
            &PATENT,
            Link { table: "patent_citation", near: "citing_id", far: "cited_id" },
            "The patents that it cites, as far as recorded.",
        ),
        Edge::through(
            "cited_by",
            &PATENT,
            Link { table: "patent_citation", near: "cited_id", far: "citing_id" },
            "The patents that cite it, as far as recorded.",
        ),
        Edge::many("citations", &CITATION, "patent_id", "The evidence: what sources say of this fact."),
    ],
    default_order: &[("publication_number", Direction::Asc)],
    lookups: &[Lookup {
        root: "patent",
        column: "publication_number",
        spelling: Spelling::PublicationNumber,
        former: None,
    }],
};
