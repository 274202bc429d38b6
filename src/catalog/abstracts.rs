//! Interfaces and unions of entities.

use crate::catalog::Abstract;
use crate::catalog::entities::{
    AGREEMENT, AGREEMENT_PARTY, APPOINTMENT, COMPANY, COMPANY_NAME, COMPANY_RELATION, COOPERATION, COOPERATION_AREA,
    LICENCE_GRANT, MARKET, OBSERVATION, PATENT, PATENT_TRANSFER, PERSON, RIVALRY, SOURCE, STATEMENT,
};

/// What citations support.
pub static FACT: Abstract = Abstract {
    name: "Fact",
    doc: "Something that sources support or contradict.",
    is_interface: true,
    is_optional: false,
    arms: &[
        ("company_id", &COMPANY),
        ("company_name_id", &COMPANY_NAME),
        ("company_relation_id", &COMPANY_RELATION),
        ("person_id", &PERSON),
        ("appointment_id", &APPOINTMENT),
        ("agreement_id", &AGREEMENT),
        ("agreement_party_id", &AGREEMENT_PARTY),
        ("licence_grant_id", &LICENCE_GRANT),
        ("cooperation_id", &COOPERATION),
        ("patent_id", &PATENT),
        ("patent_transfer_id", &PATENT_TRANSFER),
        ("market_id", &MARKET),
        ("rivalry_id", &RIVALRY),
        ("observation_id", &OBSERVATION),
        ("statement_id", &STATEMENT),
    ],
};

/// What statements are about.
pub static STATEMENT_SUBJECT: Abstract = Abstract {
    name: "StatementSubject",
    doc: "What a statement is about.",
    is_interface: false,
    is_optional: false,
    arms: &[("agreement_id", &AGREEMENT), ("company_id", &COMPANY)],
};

/// What changes are about.
pub static CHANGE_SUBJECT: Abstract = Abstract {
    name: "ChangeSubject",
    doc: "What a change is about.",
    is_interface: false,
    is_optional: true,
    arms: &[
        ("company_id", &COMPANY),
        ("person_id", &PERSON),
        ("agreement_id", &AGREEMENT),
        ("patent_id", &PATENT),
        ("patent_transfer_id", &PATENT_TRANSFER),
        ("cooperation_area_id", &COOPERATION_AREA),
        ("source_id", &SOURCE),
    ],
};

/// Every interface and union of entities but `Node`.
pub static ABSTRACTS: &[&Abstract] = &[&FACT, &STATEMENT_SUBJECT, &CHANGE_SUBJECT];
