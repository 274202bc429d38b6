//! A deal that was announced or recorded: one document or one announcement.

use crate::catalog::closed::{AGREEMENT_STATUS, DATE_PRECISION};
use crate::catalog::entities::{
    AGREEMENT_PARTY, CITATION, COMPANY, COOPERATION, COOPERATION_AREA, LICENCE_GRANT, PATENT_TRANSFER, STATEMENT,
};
use crate::catalog::scalars::CURRENCY_CODE;
use crate::catalog::{Direction, Edge, Entity, Field, Link, Lookup};

/// See the module.
pub static AGREEMENT: Entity = Entity {
    name: "Agreement",
    plural: "agreements",
    table: "agreement",
    doc: "A deal that was announced or recorded: one document or one announcement.",
    is_fact: true,
    fields: &[
        Field::text("slug", "Its permanent short name in addresses."),
        Field::text("title", "What it is, in a line.").folded("title_folded"),
        Field::text("summary", "What it holds; null when not recorded.").nullable().unordered(),
        Field::date("announced_on", "When it was announced; null when it never was or the day is not known.")
            .nullable(),
        Field::closed(
            "announced_precision",
            &DATE_PRECISION,
            "How exactly `announcedOn` is known; null when `announcedOn` is.",
        )
        .nullable(),
        Field::date("signed_on", "When it was signed; null when not disclosed.").nullable(),
        Field::date("effective_on", "When it took effect; null when not disclosed.").nullable(),
        Field::date("expires_on", "When its term ends; null when not disclosed.").nullable(),
        Field::text("term", "Its term as stated, such as `multi-year`; null when none was stated.").nullable(),
        Field::closed("status", &AGREEMENT_STATUS, "What became of it, as far as recorded."),
        Field::decimal("value_amount", 2, "Its value in `valueCurrency`; null when not disclosed or not recorded.")
            .nullable(),
        Field::code("value_currency", &CURRENCY_CODE, "The currency of `valueAmount`; null when `valueAmount` is.")
            .nullable(),
        Field::boolean(
            "value_disclosed",
            "Whether the parties or the sources disclosed the value; null when the sources do not speak of it.",
        )
        .nullable(),
        Field::int(
            "version",
            "How often its own fields were recorded or corrected; a correction names the one that it saw.",
        )
        .unordered(),
        Field::date_time(
            "retracted_at",
            "When it was retracted: it is kept, and counts for nothing; null when it stands.",
        )
        .nullable()
        .unordered(),
        Field::text("retraction_reason", "Why it was retracted; null when it stands.").nullable().unordered(),
    ],
    edges: &[
        Edge::many("parties", &AGREEMENT_PARTY, "agreement_id", "The companies in it, one for each role."),
        Edge::through(
            "companies",
            &COMPANY,
            Link { table: "agreement_party", near: "agreement_id", far: "company_id" },
            "The companies in it, each once.",
        ),
        Edge::through(
            "areas",
            &COOPERATION_AREA,
            Link { table: "agreement_area", near: "agreement_id", far: "area_id" },
            "The fields of technology that it concerns.",
        ),
        Edge::many("grants", &LICENCE_GRANT, "agreement_id", "The licences in it; a cross licence is two."),
        Edge::many("transfers", &PATENT_TRANSFER, "agreement_id", "The transfers of patents under it."),
        Edge::many("cooperations", &COOPERATION, "agreement_id", "What the parties will do together."),
        Edge::many("statements", &STATEMENT, "agreement_id", "What people are quoted with about it."),
        Edge::many("citations", &CITATION, "agreement_id", "The evidence: what sources say of this fact."),
    ],
    default_order: &[("announced_on", Direction::Desc)],
    lookups: &[Lookup::exact("agreement", "slug")],
};
