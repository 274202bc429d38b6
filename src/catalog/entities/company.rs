//! A legal entity that holds, licenses, buys or sells patents, or a rival, customer or analyst of one.

use crate::catalog::entities::patent_ownership::PERIODS;
use crate::catalog::entities::{
    AGREEMENT, AGREEMENT_PARTY, APPOINTMENT, CITATION, COMPANY_NAME, COMPANY_RELATION, COOPERATION, LEI_RECORD,
    LICENCE_GRANT, MARKET, OBSERVATION, PARENT_EXCEPTION, PATENT, PATENT_OWNERSHIP, PATENT_TRANSFER,
    PATENT_TRANSFER_PARTY, RIVALRY, STANDARD_DECLARATION, STATEMENT,
};
use crate::catalog::scalars::{COUNTRY_CODE, LEI, URL};
use crate::catalog::{AsOf, Direction, Edge, Entity, Field, Link, Lookup, Reach};

/// See the module.
pub static COMPANY: Entity = Entity {
    name: "Company",
    plural: "companies",
    table: "company",
    doc: "A legal entity that holds, licenses, buys or sells patents, or a rival, customer or analyst of one.",
    is_fact: true,
    fields: &[
        Field::text("slug", "Its permanent short name in addresses, such as `xiaomi`."),
        Field::code("lei", &LEI, "Its Legal Entity Identifier; null when it has none or it is not known.").nullable(),
        Field::text("name", "The name that it is commonly known by.").folded("name_folded"),
        Field::text("legal_name", "The name in its register of companies; null when not known.").nullable(),
        Field::code("country", &COUNTRY_CODE, "The country of its seat; null when not known.").nullable(),
        Field::text("city", "The city of its seat; null when not known.").nullable(),
        Field::date("founded_on", "When it was founded; null when not known.").nullable(),
        Field::date("dissolved_on", "When it ceased to exist; null while it exists or when not known.").nullable(),
        Field::code("website", &URL, "Its own site; null when not recorded.").nullable().unordered(),
        Field::text("description", "What it does, in a sentence; null when not recorded.").nullable().unordered(),
        Field::int("version", "How often its own fields were recorded or corrected; a correction names the one that it saw.")
            .unordered(),
    ],
    edges: &[
        Edge::many("names", &COMPANY_NAME, "company_id", "Its other spellings."),
        Edge::many("parents", &COMPANY_RELATION, "child_id", "Its relations to parents and successors."),
        Edge::many(
            "children",
            &COMPANY_RELATION,
            "parent_id",
            "Its relations to children and to companies that it succeeded.",
        ),
        Edge::many(
            "parent_exceptions",
            &PARENT_EXCEPTION,
            "company_id",
            "Why no direct or ultimate parent of it is stated, where it reported so.",
        ),
        Edge::many(
            "lei_records",
            &LEI_RECORD,
            "company_id",
            "What the register of Legal Entity Identifiers says of it: one record, or none.",
        ),
        Edge::many("appointments", &APPOINTMENT, "company_id", "Who holds or held an office in it."),
        Edge::many("parties", &AGREEMENT_PARTY, "company_id", "Its parts in agreements, one for each role."),
        Edge::through(
            "agreements",
            &AGREEMENT,
            Link { table: "agreement_party", near: "company_id", far: "agreement_id" },
            "The agreements that it is a party to, each once.",
        ),
        Edge::many("grants_given", &LICENCE_GRANT, "licensor_id", "The licences that it grants."),
        Edge::many("grants_received", &LICENCE_GRANT, "licensee_id", "The licences that it is granted."),
        Edge::many("transfer_parties", &PATENT_TRANSFER_PARTY, "company_id", "Its parts in transfers of patents."),
        Edge::through(
            "transfers",
            &PATENT_TRANSFER,
            Link { table: "patent_transfer_party", near: "company_id", far: "patent_transfer_id" },
            "The transfers of patents that it takes part in, each once.",
        ),
        Edge::many(
            "patents",
            &PATENT,
            "owner_id",
            "The patents that it is the sole current owner of, as far as recorded; with `asOf` or `knownAt`, those to which it held title, alone or with others.",
        )
        .on_days(AsOf::Link(
            Reach::Through {
                target: &PATENT,
                link: Link { table: "patent_ownership", near: "company_id", far: "patent_id" },
            },
            PERIODS,
        )),
        Edge::many(
            "ownerships",
            &PATENT_OWNERSHIP,
            "company_id",
            "Its title to patents, on whichever day, as known on whichever day.",
        ),
        Edge::many(
            "declarations",
            &STANDARD_DECLARATION,
            "declarant_id",
            "Its declarations that patents may be essential to standards.",
        ),
        Edge::many("markets", &MARKET, "company_id", "The countries that it sells in or focuses on."),
        Edge::many("rivalries", &RIVALRY, "company_id", "The rivals that it is said to have."),
        Edge::many("rival_of", &RIVALRY, "rival_id", "The companies that it is said to be a rival of."),
        Edge::many("observations", &OBSERVATION, "company_id", "Figures about it."),
        Edge::many("supplies", &COOPERATION, "supplier_id", "The cooperations in which it supplies."),
        Edge::many("supplied_by", &COOPERATION, "customer_id", "The cooperations in which it is supplied."),
        Edge::many("statements", &STATEMENT, "company_id", "What people are quoted with about it."),
        Edge::many("citations", &CITATION, "company_id", "The evidence: what sources say of this fact."),
    ],
    default_order: &[("name", Direction::Asc)],
    lookups: &[Lookup { former: Some(("company_former_slug", "company_id")), ..Lookup::exact("company", "slug") }, Lookup::exact("companyByLei", "lei")],
};
