//! What people are quoted with.

use serde::Deserialize;

use crate::ingest::format::CitationItem;

/// A quote, about an agreement or about a company.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct StatementItem {
    /// The source that quotes.
    pub(crate) source: String,
    /// The words.
    pub(crate) quote: String,
    /// The day on which they were said.
    pub(crate) said_on: Option<String>,
    /// The agreement that they are about.
    pub(crate) agreement: Option<String>,
    /// The company that they are about.
    pub(crate) company: Option<String>,
    /// The evidence; where absent, the source.
    #[serde(default)]
    pub(crate) citations: Vec<CitationItem>,
}
