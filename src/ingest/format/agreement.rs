//! Agreements: one announcement or document a line, with all that is in it.

use serde::Deserialize;

use crate::ingest::format::{CitationItem, TransferItem};

/// An agreement.
///
/// The order of grants and of transfers is part of their identity: append, never reorder. What is in it carries its own
/// citations, or else those of the agreement that make no claim of their own.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AgreementLine {
    /// Its short name, such as `2017-nokia-xiaomi`.
    pub(crate) slug: String,
    /// What it is, in a line.
    pub(crate) title: String,
    /// What it holds.
    pub(crate) summary: Option<String>,
    /// When it was announced: a day, a month or a year.
    pub(crate) announced_on: Option<String>,
    /// When it was signed.
    pub(crate) signed_on: Option<String>,
    /// When it took effect.
    pub(crate) effective_on: Option<String>,
    /// When its term ends.
    pub(crate) expires_on: Option<String>,
    /// Its term as stated.
    pub(crate) term: Option<String>,
    /// What became of it.
    pub(crate) status: String,
    /// Its value.
    pub(crate) value: Option<ValueItem>,
    /// Whether the value was disclosed.
    pub(crate) value_disclosed: Option<bool>,
    /// The short names of the areas that it concerns.
    #[serde(default)]
    pub(crate) areas: Vec<String>,
    /// The evidence: at least one that makes no claim of its own.
    pub(crate) citations: Vec<CitationItem>,
    /// Who is in it.
    #[serde(default)]
    pub(crate) parties: Vec<PartyItem>,
    /// The licences in it.
    #[serde(default)]
    pub(crate) grants: Vec<GrantItem>,
    /// The transfers under it.
    #[serde(default)]
    pub(crate) transfers: Vec<TransferItem>,
    /// What the parties will do together.
    #[serde(default)]
    pub(crate) cooperations: Vec<CooperationItem>,
}

/// An amount of money.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ValueItem {
    /// The amount, a decimal as text.
    pub(crate) amount: String,
    /// Its currency.
    pub(crate) currency: String,
}

/// A company's part in the agreement.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct PartyItem {
    /// The company.
    pub(crate) company: String,
    /// Its role.
    pub(crate) role: String,
    /// The evidence; where absent, that of the agreement.
    #[serde(default)]
    pub(crate) citations: Vec<CitationItem>,
}

/// A licence in the agreement; a cross licence is two.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct GrantItem {
    /// Who allows.
    pub(crate) licensor: String,
    /// Who may use.
    pub(crate) licensee: String,
    /// Which patents it covers.
    pub(crate) scope: Option<String>,
    /// The standards meant, as stated.
    pub(crate) standard: Option<String>,
    /// The short name of the area that it covers.
    pub(crate) area: Option<String>,
    /// Where it holds, as stated.
    pub(crate) territory: Option<String>,
    /// Whether it is exclusive.
    pub(crate) exclusive: Option<bool>,
    /// What is paid, as stated.
    pub(crate) royalty: Option<String>,
    /// Whether affiliates of the licensee may use it.
    pub(crate) covers_affiliates: Option<bool>,
    /// Since when.
    pub(crate) effective_on: Option<String>,
    /// Until when.
    pub(crate) expires_on: Option<String>,
    /// The publication numbers of the patents that it lists.
    #[serde(default)]
    pub(crate) patents: Vec<String>,
    /// The evidence; where absent, that of the agreement.
    #[serde(default)]
    pub(crate) citations: Vec<CitationItem>,
}

/// What the parties will do together in an area.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CooperationItem {
    /// The short name of the area.
    pub(crate) area: String,
    /// How far it has come.
    pub(crate) stage: String,
    /// What will be done.
    pub(crate) description: Option<String>,
    /// Who supplies.
    pub(crate) supplier: Option<String>,
    /// Who is supplied.
    pub(crate) customer: Option<String>,
    /// The evidence; where absent, that of the agreement.
    #[serde(default)]
    pub(crate) citations: Vec<CitationItem>,
}
