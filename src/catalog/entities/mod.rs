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
mod declared_patent;
mod lei_record;
mod licence_grant;
mod location;
mod market;
mod observation;
mod parent_exception;
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
mod standard;
mod standard_declaration;
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
pub use declared_patent::DECLARED_PATENT;
pub use lei_record::LEI_RECORD;
pub use licence_grant::LICENCE_GRANT;
pub use location::LOCATION;
pub use market::MARKET;
pub use observation::OBSERVATION;
pub use parent_exception::PARENT_EXCEPTION;
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
pub use standard::STANDARD;
pub use standard_declaration::STANDARD_DECLARATION;
pub use statement::STATEMENT;
pub use title_step::TITLE_STEP;

use crate::catalog::Entity;

/// Every entity, in the order of the schema.
pub static ENTITIES: &[&Entity] = &[
    &SOURCE,
    &COMPANY,
    &COMPANY_NAME,
    &COMPANY_RELATION,
    &LEI_RECORD,
    &PARENT_EXCEPTION,
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
    &STANDARD,
    &STANDARD_DECLARATION,
    &DECLARED_PATENT,
    &MARKET,
    &RIVALRY,
    &OBSERVATION,
    &STATEMENT,
    &CITATION,
    &CHANGE,
];
