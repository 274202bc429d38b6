//! Companies, with everything that is said of them.

use serde::Deserialize;

use crate::ingest::format::CitationItem;

/// A company.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CompanyLine {
    /// Its short name.
    pub(crate) slug: String,
    /// The name that it is commonly known by.
    pub(crate) name: String,
    /// The name in its register.
    pub(crate) legal_name: Option<String>,
    /// Its Legal Entity Identifier.
    pub(crate) lei: Option<String>,
    /// The country of its seat.
    pub(crate) country: Option<String>,
    /// The city of its seat.
    pub(crate) city: Option<String>,
    /// The day on which it was founded.
    pub(crate) founded_on: Option<String>,
    /// The day on which it ceased to exist.
    pub(crate) dissolved_on: Option<String>,
    /// Its own site.
    pub(crate) website: Option<String>,
    /// What it does, in a sentence.
    pub(crate) description: Option<String>,
    /// The evidence: at least one.
    pub(crate) citations: Vec<CitationItem>,
    /// Its other names.
    #[serde(default)]
    pub(crate) names: Vec<NameItem>,
    /// The companies above it.
    #[serde(default)]
    pub(crate) relations: Vec<RelationItem>,
    /// Where it sells.
    #[serde(default)]
    pub(crate) markets: Vec<MarketItem>,
    /// Whom it competes with.
    #[serde(default)]
    pub(crate) rivals: Vec<RivalItem>,
    /// Figures about it.
    #[serde(default)]
    pub(crate) observations: Vec<ObservationItem>,
}

/// Another spelling of the company.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NameItem {
    /// The spelling.
    pub(crate) name: String,
    /// Why the company is known by it.
    pub(crate) kind: String,
    /// Since when.
    pub(crate) used_from: Option<String>,
    /// Until when.
    pub(crate) used_until: Option<String>,
    /// The evidence: at least one.
    pub(crate) citations: Vec<CitationItem>,
}

/// A company above this one.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RelationItem {
    /// The other company.
    pub(crate) parent: String,
    /// Parentage or succession.
    pub(crate) kind: String,
    /// Since when.
    pub(crate) since: Option<String>,
    /// Until when.
    pub(crate) until: Option<String>,
    /// The rule by which it was found.
    pub(crate) rule: Option<String>,
    /// The evidence: at least one.
    pub(crate) citations: Vec<CitationItem>,
}

/// A country that the company sells in or focuses on.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct MarketItem {
    /// The country.
    pub(crate) country: String,
    /// What it is to the company.
    pub(crate) status: String,
    /// The evidence: at least one.
    pub(crate) citations: Vec<CitationItem>,
}

/// A rival that the company is said to have.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RivalItem {
    /// The rival.
    pub(crate) company: String,
    /// The evidence: at least one.
    pub(crate) citations: Vec<CitationItem>,
}

/// A figure about the company.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ObservationItem {
    /// What is measured.
    pub(crate) metric: String,
    /// The figure, a decimal as text.
    pub(crate) value: String,
    /// How exactly it is stated.
    pub(crate) qualifier: String,
    /// Its unit.
    pub(crate) unit: Option<String>,
    /// The time that it is about, as stated.
    pub(crate) period: String,
    /// The place that it is about.
    pub(crate) geography: Option<String>,
    /// The source that reports it.
    pub(crate) source: String,
    /// The evidence; where absent, the source.
    #[serde(default)]
    pub(crate) citations: Vec<CitationItem>,
}
