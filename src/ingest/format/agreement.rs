//! Agreements: one announcement or document a line, with all that is in it.

use serde::Deserialize;

use crate::ingest::format::{CitationItem, TransferItem};

/// A line of `agreements.jsonl`.
///
/// The order of grants and of transfers is part of their identity: append, never reorder. What is in it carries its own
/// citations, or else those of the agreement that make no claim of their own.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AgreementLine {
    /// Its short name, such as `2017-nokia-xiaomi`.
    pub slug: String,
    /// What it is, in a line.
    pub title: String,
    /// What it holds.
    pub summary: Option<String>,
    /// When it was announced: a day, a month or a year.
    pub announced_on: Option<String>,
    /// When it was signed.
    pub signed_on: Option<String>,
    /// When it took effect.
    pub effective_on: Option<String>,
    /// When its term ends.
    pub expires_on: Option<String>,
    /// Its term as stated.
    pub term: Option<String>,
    /// What became of it.
    pub status: String,
    /// Its value.
    pub value: Option<ValueItem>,
    /// Whether the value was disclosed.
    pub value_disclosed: Option<bool>,
    /// The short names of the areas that it concerns.
    #[serde(default)]
    pub areas: Vec<String>,
    /// The evidence: at least one that makes no claim of its own.
    pub citations: Vec<CitationItem>,
    /// Who is in it.
    #[serde(default)]
    pub parties: Vec<PartyItem>,
    /// The licences in it.
    #[serde(default)]
    pub grants: Vec<GrantItem>,
    /// The transfers under it.
    #[serde(default)]
    pub transfers: Vec<TransferItem>,
    /// What the parties will do together.
    #[serde(default)]
    pub cooperations: Vec<CooperationItem>,
}

/// An amount of money.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ValueItem {
    /// The amount, a decimal as text.
    pub amount: String,
    /// Its currency.
    pub currency: String,
}

/// A company's part in the agreement.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PartyItem {
    /// The company.
    pub company: String,
    /// Its role.
    pub role: String,
    /// The evidence; where absent, that of the agreement.
    #[serde(default)]
    pub citations: Vec<CitationItem>,
}

/// A licence in the agreement; a cross licence is two.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GrantItem {
    /// Who allows.
    pub licensor: String,
    /// Who may use.
    pub licensee: String,
    /// Which patents it covers.
    pub scope: Option<String>,
    /// The standards meant, as stated.
    pub standard: Option<String>,
    /// The short name of the area that it covers.
    pub area: Option<String>,
    /// Where it holds, as stated.
    pub territory: Option<String>,
    /// Whether it is exclusive.
    pub exclusive: Option<bool>,
    /// What is paid, as stated.
    pub royalty: Option<String>,
    /// Whether affiliates of the licensee may use it.
    pub covers_affiliates: Option<bool>,
    /// Since when.
    pub effective_on: Option<String>,
    /// Until when.
    pub expires_on: Option<String>,
    /// The publication numbers of the patents that it lists.
    #[serde(default)]
    pub patents: Vec<String>,
    /// The evidence; where absent, that of the agreement.
    #[serde(default)]
    pub citations: Vec<CitationItem>,
}

/// What the parties will do together in an area.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CooperationItem {
    /// The short name of the area.
    pub area: String,
    /// How far it has come.
    pub stage: String,
    /// What will be done.
    pub description: Option<String>,
    /// Who supplies.
    pub supplier: Option<String>,
    /// Who is supplied.
    pub customer: Option<String>,
    /// The evidence; where absent, that of the agreement.
    #[serde(default)]
    pub citations: Vec<CitationItem>,
}
