//! The things of the graph, one a file.

mod agreement;
mod agreement_party;
mod appointment;
mod area_prefix;
mod change;
mod citation;
mod company;
mod company_name;
mod company_relation;
mod cooperation;
mod cooperation_area;
mod licence_grant;
mod location;
mod market;
mod observation;
mod patent;
mod patent_assignee;
mod patent_classification;
mod patent_finding;
mod patent_ownership;
mod patent_transfer;
mod patent_transfer_individual;
mod patent_transfer_party;
mod person;
mod rivalry;
mod source;
mod statement;
mod title_step;

pub use agreement::AGREEMENT;
pub use agreement_party::AGREEMENT_PARTY;
pub use appointment::APPOINTMENT;
pub use area_prefix::AREA_PREFIX;
pub use change::CHANGE;
pub use citation::CITATION;
pub use company::COMPANY;
pub use company_name::COMPANY_NAME;
pub use company_relation::COMPANY_RELATION;
pub use cooperation::COOPERATION;
pub use cooperation_area::COOPERATION_AREA;
pub use licence_grant::LICENCE_GRANT;
pub use location::LOCATION;
pub use market::MARKET;
pub use observation::OBSERVATION;
pub use patent::PATENT;
pub use patent_assignee::PATENT_ASSIGNEE;
pub use patent_classification::PATENT_CLASSIFICATION;
pub use patent_finding::PATENT_FINDING;
pub use patent_ownership::PATENT_OWNERSHIP;
pub use patent_transfer::PATENT_TRANSFER;
pub use patent_transfer_individual::PATENT_TRANSFER_INDIVIDUAL;
pub use patent_transfer_party::PATENT_TRANSFER_PARTY;
pub use person::PERSON;
pub use rivalry::RIVALRY;
pub use source::SOURCE;
pub use statement::STATEMENT;
pub use title_step::TITLE_STEP;

use crate::catalog::Entity;

/// Every entity, in the order of the schema.
pub static ENTITIES: &[&Entity] = &[
    &SOURCE,
    &COMPANY,
    &COMPANY_NAME,
    &COMPANY_RELATION,
    &PERSON,
    &APPOINTMENT,
    &COOPERATION_AREA,
    &AREA_PREFIX,
    &AGREEMENT,
    &AGREEMENT_PARTY,
    &LICENCE_GRANT,
    &COOPERATION,
    &PATENT,
    &LOCATION,
    &PATENT_CLASSIFICATION,
    &PATENT_TRANSFER,
    &PATENT_TRANSFER_PARTY,
    &PATENT_TRANSFER_INDIVIDUAL,
    &PATENT_ASSIGNEE,
    &PATENT_OWNERSHIP,
    &TITLE_STEP,
    &PATENT_FINDING,
    &MARKET,
    &RIVALRY,
    &OBSERVATION,
    &STATEMENT,
    &CITATION,
    &CHANGE,
];
