//! Rows of citations: each points at one fact.

use crate::catalog::Entity;
use crate::store::bulk::bulk_row;
use crate::store::records::Moment;

/// The kinds of facts that a citation can point at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FactKind {
    /// A company.
    Company,
    /// Another spelling of a company.
    CompanyName,
    /// A relation between companies.
    CompanyRelation,
    /// A person.
    Person,
    /// An office that a person holds.
    Appointment,
    /// An agreement.
    Agreement,
    /// A company's part in an agreement.
    AgreementParty,
    /// A grant.
    LicenceGrant,
    /// A cooperation.
    Cooperation,
    /// A patent.
    Patent,
    /// A transfer.
    PatentTransfer,
    /// A market.
    Market,
    /// A rivalry.
    Rivalry,
    /// A figure.
    Observation,
    /// A quote.
    Statement,
}

impl FactKind {
    /// The kind of an entity's facts, if it is one of facts.
    pub(crate) fn of(entity: &Entity) -> Option<Self> {
        Some(match entity.name {
            "Company" => Self::Company,
            "CompanyName" => Self::CompanyName,
            "CompanyRelation" => Self::CompanyRelation,
            "Person" => Self::Person,
            "Appointment" => Self::Appointment,
            "Agreement" => Self::Agreement,
            "AgreementParty" => Self::AgreementParty,
            "LicenceGrant" => Self::LicenceGrant,
            "Cooperation" => Self::Cooperation,
            "Patent" => Self::Patent,
            "PatentTransfer" => Self::PatentTransfer,
            "Market" => Self::Market,
            "Rivalry" => Self::Rivalry,
            "Observation" => Self::Observation,
            "Statement" => Self::Statement,
            _ => return None,
        })
    }
}

/// What a source says of a fact.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    pub(crate) source_id: i64,
    pub(crate) ordinal: i32,
    pub(crate) quote: Option<String>,
    pub(crate) quote_folded: Option<String>,
    pub(crate) claim_field: Option<String>,
    pub(crate) claim_value: Option<String>,
    pub(crate) confidence: String,
    pub(crate) recorded_at: Moment,
    pub(crate) record: Option<String>,
}

bulk_row! {
    /// A row of `citation`.
    CitationRow in citation {
        fact_kind: String,
        fact_id: i64,
        company_id: Option<i64>,
        company_name_id: Option<i64>,
        company_relation_id: Option<i64>,
        person_id: Option<i64>,
        appointment_id: Option<i64>,
        agreement_id: Option<i64>,
        agreement_party_id: Option<i64>,
        licence_grant_id: Option<i64>,
        cooperation_id: Option<i64>,
        patent_id: Option<i64>,
        patent_transfer_id: Option<i64>,
        market_id: Option<i64>,
        rivalry_id: Option<i64>,
        observation_id: Option<i64>,
        statement_id: Option<i64>,
        source_id: i64,
        ordinal: i32,
        quote: Option<String>,
        quote_folded: Option<String>,
        claim_field: Option<String>,
        claim_value: Option<String>,
        confidence: String,
        recorded_at: Moment,
        record: Option<String>,
    }
}

impl CitationRow {
    /// The citation of one fact.
    pub(crate) fn of(id: i64, kind: FactKind, fact: i64, claim: Claim) -> Self {
        let mut row = Self::of_no_kind(id, fact, claim);
        let (name, column) = match kind {
            FactKind::Company => ("COMPANY", &mut row.company_id),
            FactKind::CompanyName => ("COMPANY_NAME", &mut row.company_name_id),
            FactKind::CompanyRelation => ("COMPANY_RELATION", &mut row.company_relation_id),
            FactKind::Person => ("PERSON", &mut row.person_id),
            FactKind::Appointment => ("APPOINTMENT", &mut row.appointment_id),
            FactKind::Agreement => ("AGREEMENT", &mut row.agreement_id),
            FactKind::AgreementParty => ("AGREEMENT_PARTY", &mut row.agreement_party_id),
            FactKind::LicenceGrant => ("LICENCE_GRANT", &mut row.licence_grant_id),
            FactKind::Cooperation => ("COOPERATION", &mut row.cooperation_id),
            FactKind::Patent => ("PATENT", &mut row.patent_id),
            FactKind::PatentTransfer => ("PATENT_TRANSFER", &mut row.patent_transfer_id),
            FactKind::Market => ("MARKET", &mut row.market_id),
            FactKind::Rivalry => ("RIVALRY", &mut row.rivalry_id),
            FactKind::Observation => ("OBSERVATION", &mut row.observation_id),
            FactKind::Statement => ("STATEMENT", &mut row.statement_id),
        };
        *column = Some(fact);
        name.clone_into(&mut row.fact_kind);
        row
    }

    fn of_no_kind(id: i64, fact_id: i64, claim: Claim) -> Self {
        Self {
            id,
            fact_kind: String::new(),
            fact_id,
            company_id: None,
            company_name_id: None,
            company_relation_id: None,
            person_id: None,
            appointment_id: None,
            agreement_id: None,
            agreement_party_id: None,
            licence_grant_id: None,
            cooperation_id: None,
            patent_id: None,
            patent_transfer_id: None,
            market_id: None,
            rivalry_id: None,
            observation_id: None,
            statement_id: None,
            source_id: claim.source_id,
            ordinal: claim.ordinal,
            quote: claim.quote,
            quote_folded: claim.quote_folded,
            claim_field: claim.claim_field,
            claim_value: claim.claim_value,
            confidence: claim.confidence,
            recorded_at: claim.recorded_at,
            record: claim.record,
        }
    }
}
