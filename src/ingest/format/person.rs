//! People, their offices and what they are quoted with.

use serde::Deserialize;

use crate::ingest::format::CitationItem;

/// A line of `people.jsonl`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PersonLine {
    /// The short name.
    pub slug: String,
    /// The name.
    pub name: String,
    /// Who this is, in a sentence.
    pub description: Option<String>,
    /// The evidence: at least one.
    pub citations: Vec<CitationItem>,
    /// The offices held.
    #[serde(default)]
    pub appointments: Vec<AppointmentItem>,
    /// The quotes. Their order among those of one source is part of their identity: append, never reorder.
    #[serde(default)]
    pub statements: Vec<StatementItem>,
}

/// An office that the person holds or held.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AppointmentItem {
    /// The company.
    pub company: String,
    /// The office.
    pub title: String,
    /// Since when.
    pub since: Option<String>,
    /// Until when.
    pub until: Option<String>,
    /// The evidence: at least one.
    pub citations: Vec<CitationItem>,
}

/// A quote, about an agreement or about a company.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StatementItem {
    /// The source that quotes.
    pub source: String,
    /// The words.
    pub quote: String,
    /// The day on which they were said.
    pub said_on: Option<String>,
    /// The agreement that they are about.
    pub agreement: Option<String>,
    /// The company that they are about.
    pub company: Option<String>,
    /// The evidence; where absent, the source.
    #[serde(default)]
    pub citations: Vec<CitationItem>,
}
