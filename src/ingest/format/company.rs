//! Companies, with everything that is said of them.

use serde::Deserialize;

use crate::ingest::format::CitationItem;

/// A line of `companies.jsonl`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompanyLine {
    /// Its short name.
    pub slug: String,
    /// The name that it is commonly known by.
    pub name: String,
    /// The name in its register.
    pub legal_name: Option<String>,
    /// Its Legal Entity Identifier.
    pub lei: Option<String>,
    /// The country of its seat.
    pub country: Option<String>,
    /// The city of its seat.
    pub city: Option<String>,
    /// The day on which it was founded.
    pub founded_on: Option<String>,
    /// The day on which it ceased to exist.
    pub dissolved_on: Option<String>,
    /// Its own site.
    pub website: Option<String>,
    /// What it does, in a sentence.
    pub description: Option<String>,
    /// The evidence: at least one.
    pub citations: Vec<CitationItem>,
    /// Its other names.
    #[serde(default)]
    pub names: Vec<NameItem>,
    /// The companies above it.
    #[serde(default)]
    pub relations: Vec<RelationItem>,
    /// Where it sells.
    #[serde(default)]
    pub markets: Vec<MarketItem>,
    /// Whom it competes with.
    #[serde(default)]
    pub rivals: Vec<RivalItem>,
    /// Figures about it.
    #[serde(default)]
    pub observations: Vec<ObservationItem>,
}

/// Another spelling of the company.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NameItem {
    /// The spelling.
    pub name: String,
    /// Why the company is known by it.
    pub kind: String,
    /// Since when.
    pub used_from: Option<String>,
    /// Until when.
    pub used_until: Option<String>,
    /// The evidence: at least one.
    pub citations: Vec<CitationItem>,
}

/// A company above this one.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RelationItem {
    /// The other company.
    pub parent: String,
    /// Parentage or succession.
    pub kind: String,
    /// Since when.
    pub since: Option<String>,
    /// Until when.
    pub until: Option<String>,
    /// The rule by which it was found.
    pub rule: Option<String>,
    /// The evidence: at least one.
    pub citations: Vec<CitationItem>,
}

/// A country that the company sells in or focuses on.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MarketItem {
    /// The country.
    pub country: String,
    /// What it is to the company.
    pub status: String,
    /// The evidence: at least one.
    pub citations: Vec<CitationItem>,
}

/// A rival that the company is said to have.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RivalItem {
    /// The rival.
    pub company: String,
    /// The evidence: at least one.
    pub citations: Vec<CitationItem>,
}

/// A figure about the company.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ObservationItem {
    /// What is measured.
    pub metric: String,
    /// The figure, a decimal as text.
    pub value: String,
    /// How exactly it is stated.
    pub qualifier: String,
    /// Its unit.
    pub unit: Option<String>,
    /// The time that it is about, as stated.
    pub period: String,
    /// The place that it is about.
    pub geography: Option<String>,
    /// The source that reports it.
    pub source: String,
    /// The evidence; where absent, the source.
    #[serde(default)]
    pub citations: Vec<CitationItem>,
}
