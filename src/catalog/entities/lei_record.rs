//! What the register of Legal Entity Identifiers says of a company.

use crate::catalog::entities::{COMPANY, SOURCE};
use crate::catalog::scalars::{COUNTRY_CODE, LEI};
use crate::catalog::{Direction, Edge, Entity, Field};

/// See the module.
pub static LEI_RECORD: Entity = Entity {
    name: "LeiRecord",
    plural: "leiRecords",
    table: "lei_record",
    doc: "What the register of Legal Entity Identifiers (GLEIF, level 1) says of a company. A company has one such record at most. Statuses and categories are in the register's own words.",
    is_fact: false,
    fields: &[
        Field::code("lei", &LEI, "The Legal Entity Identifier."),
        Field::text("legal_name", "The name in the register of companies.").folded("legal_name_folded"),
        Field::text("language", "The language of that name as a tag of IETF BCP 47, such as `pl`; null when not stated.")
            .nullable(),
        Field::text(
            "jurisdiction",
            "Under whose law the entity is formed: a country, or a part of one, such as `US-DE`; null when not stated.",
        )
        .nullable(),
        Field::text("category", "What it is, such as `GENERAL`, `FUND`, `BRANCH`; null when not stated.").nullable(),
        Field::text("entity_status", "Whether it exists: `ACTIVE` or `INACTIVE`; null when not stated.").nullable(),
        Field::text(
            "registration_status",
            "Where its registration stands, such as `ISSUED`, `LAPSED`, `MERGED`, `RETIRED`, `DUPLICATE`; null when not stated. What a lapsed registration says is no longer renewed, not withdrawn.",
        )
        .nullable(),
        Field::code("legal_country", &COUNTRY_CODE, "The country of its legal address; null when not stated.").nullable(),
        Field::text("legal_region", "The region of its legal address (ISO 3166-2); null when not stated.").nullable(),
        Field::text("legal_city", "The city of its legal address; null when not stated.").nullable(),
        Field::code("headquarters_country", &COUNTRY_CODE, "The country of its headquarters; null when not stated.")
            .nullable(),
        Field::text("headquarters_region", "The region of its headquarters (ISO 3166-2); null when not stated.").nullable(),
        Field::text("headquarters_city", "The city of its headquarters; null when not stated.").nullable(),
        Field::date("created_on", "When the entity was formed; null when not stated.").nullable(),
        Field::date("expired_on", "When it ceased to exist; null while it exists or when not stated.").nullable(),
        Field::text("expiry_reason", "Why it ceased to exist, such as `DISSOLVED`; null when not stated.").nullable(),
        Field::code("successor_lei", &LEI, "The identifier of whom it was succeeded by, the first if several; null when none is stated.")
            .nullable(),
        Field::date("registered_on", "When the identifier was first registered; null when not stated.").nullable(),
        Field::date("updated_on", "When the register last changed the record; null when not stated.").nullable(),
        Field::date("renewal_on", "When the registration is to be renewed, or was; null when not stated.").nullable(),
        Field::date("withdrawn_on", "When the register took the record away; null while it stands.").nullable(),
    ],
    edges: &[
        Edge::one("company", "company_id", &COMPANY, "The company."),
        Edge::one("source", "source_id", &SOURCE, "The file that says so."),
    ],
    default_order: &[("lei", Direction::Asc)],
    lookups: &[],
};
