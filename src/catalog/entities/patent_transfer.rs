//! One conveyance of title or of a lien, from a deal or from an office's register.

use crate::catalog::closed::CONVEYANCE;
use crate::catalog::entities::{
    AGREEMENT, CITATION, COMPANY, PATENT, PATENT_TRANSFER_INDIVIDUAL, PATENT_TRANSFER_PARTY, SOURCE, TITLE_STEP,
};
use crate::catalog::{Direction, Edge, Entity, Field, Link, Lookup};

/// See the module.
pub static PATENT_TRANSFER: Entity = Entity {
    name: "PatentTransfer",
    plural: "patentTransfers",
    table: "patent_transfer",
    doc: "One conveyance of title or of a lien, from a deal or from an office's register.",
    is_fact: true,
    fields: &[
        Field::int("ordinal", "Its place in the agreement, or else in the source, from 1."),
        Field::text(
            "reel_frame",
            "Where it is recorded, such as `027124/0640`; null when it is not recorded or the place is not known.",
        )
        .nullable(),
        Field::closed("conveyance", &CONVEYANCE, "What it does."),
        Field::date("executed_on", "When it was executed; null when not known.").nullable(),
        Field::date("recorded_on", "When it was recorded; null when it was not or the day is not known.").nullable(),
        Field::int("stated_count", "How many patents it is said to convey; null when nothing is said.").nullable(),
        Field::text(
            "stated_as",
            "The stated number in the source's words, such as `around 1,500`; null when nothing is said.",
        )
        .nullable()
        .unordered(),
        Field::text(
            "conveyance_text",
            "What it conveys, in the register's words; null when it is not from a register.",
        )
        .nullable()
        .unordered(),
        Field::text(
            "refers_to_reel_frame",
            "The record that its words name, such as the one that it corrects or releases; null when they name none.",
        )
        .nullable(),
        Field::date(
            "last_updated_on",
            "When its register changed the record last; null when it is not from a register.",
        )
        .nullable(),
    ],
    edges: &[
        Edge::one("agreement", "agreement_id", &AGREEMENT, "The agreement that it belongs to; null when not known.")
            .nullable(),
        Edge::one(
            "listed_by",
            "listed_by_id",
            &SOURCE,
            "The source that lists it; null when it is known from its agreement or by its reel and frame.",
        )
        .nullable(),
        Edge::many(
            "parties",
            &PATENT_TRANSFER_PARTY,
            "patent_transfer_id",
            "The companies that convey and that receive.",
        ),
        Edge::many(
            "individuals",
            &PATENT_TRANSFER_INDIVIDUAL,
            "patent_transfer_id",
            "The natural persons who convey or receive, such as inventors.",
        ),
        Edge::through(
            "companies",
            &COMPANY,
            Link { table: "patent_transfer_party", near: "patent_transfer_id", far: "company_id" },
            "The companies in it, each once.",
        ),
        Edge::through(
            "patents",
            &PATENT,
            Link { table: "patent_transfer_patent", near: "patent_transfer_id", far: "patent_id" },
            "The patents that it names; empty when the list is not public.",
        ),
        Edge::many("title_steps", &TITLE_STEP, "patent_transfer_id", "What it did to the title of each patent."),
        Edge::many("citations", &CITATION, "patent_transfer_id", "The evidence: what sources say of this fact."),
    ],
    default_order: &[("executed_on", Direction::Desc)],
    lookups: &[Lookup::exact("patentTransferByReelFrame", "reel_frame")],
};
