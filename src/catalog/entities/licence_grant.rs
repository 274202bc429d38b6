//! One grant inside an agreement: who may use whose patents. A cross licence is two grants.

use crate::catalog::closed::GRANT_SCOPE;
use crate::catalog::entities::{AGREEMENT, CITATION, COMPANY, COOPERATION_AREA, PATENT};
use crate::catalog::{Direction, Edge, Entity, Field, Link};

/// See the module.
pub static LICENCE_GRANT: Entity = Entity {
    name: "LicenceGrant",
    plural: "licenceGrants",
    table: "licence_grant",
    doc: "One grant inside an agreement: who may use whose patents. A cross licence is two grants.",
    is_fact: true,
    fields: &[
        Field::int("ordinal", "Its place in the agreement, from 1."),
        Field::closed("scope", &GRANT_SCOPE, "Which patents it covers; null when not disclosed.").nullable(),
        Field::text("standard", "The standards meant, as stated; null when none was named.").nullable(),
        Field::text("territory", "Where it holds, as stated; null when not disclosed.").nullable(),
        Field::boolean("exclusive", "Whether it is exclusive, as the parties say; null when they do not.").nullable(),
        Field::text("royalty", "What is paid, as stated; null when not disclosed.").nullable(),
        Field::boolean("covers_affiliates", "Whether the licensee's affiliates may use it; null when not disclosed.")
            .nullable(),
        Field::date("effective_on", "Since when; null when not disclosed.").nullable(),
        Field::date("expires_on", "Until when; null when not disclosed.").nullable(),
    ],
    edges: &[
        Edge::one("agreement", "agreement_id", &AGREEMENT, "The agreement that holds it."),
        Edge::one("licensor", "licensor_id", &COMPANY, "Whose patents may be used."),
        Edge::one("licensee", "licensee_id", &COMPANY, "Who may use them."),
        Edge::one(
            "area",
            "area_id",
            &COOPERATION_AREA,
            "The field of technology that it is limited to; null when it is not limited to one or none is known.",
        )
        .nullable(),
        Edge::through(
            "patents",
            &PATENT,
            Link { table: "licence_grant_patent", near: "licence_grant_id", far: "patent_id" },
            "The listed patents that it covers; empty when the list is not public.",
        ),
        Edge::many("citations", &CITATION, "licence_grant_id", "The evidence: what sources say of this fact."),
    ],
    default_order: &[("ordinal", Direction::Asc)],
    lookups: &[],
};
