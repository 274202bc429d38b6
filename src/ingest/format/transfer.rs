//! Transfers of patents, inside agreements and from registers and lists.

use serde::Deserialize;

use crate::ingest::format::CitationItem;

/// A transfer in an agreement.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TransferItem {
    /// What it does.
    pub conveyance: String,
    /// Who conveys.
    pub assignors: Vec<String>,
    /// Who receives.
    pub assignees: Vec<String>,
    /// Where it is recorded.
    pub reel_frame: Option<String>,
    /// When it was executed.
    pub executed_on: Option<String>,
    /// When it was recorded.
    pub recorded_on: Option<String>,
    /// How many patents it is said to convey.
    pub stated_count: Option<i32>,
    /// That number in the source's words.
    pub stated_as: Option<String>,
    /// The publication numbers of the patents that it names.
    #[serde(default)]
    pub patents: Vec<String>,
    /// The evidence; where absent, that of the agreement.
    #[serde(default)]
    pub citations: Vec<CitationItem>,
}

/// A line of `transfers.jsonl`: a transfer that a source lists outside any agreement.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListedTransferLine {
    /// The source that lists it.
    pub listed_by: String,
    /// Its place among the transfers of that source, from 1.
    pub ordinal: i32,
    /// What it does.
    pub conveyance: String,
    /// Who conveys.
    pub assignors: Vec<String>,
    /// Who receives.
    pub assignees: Vec<String>,
    /// Where it is recorded.
    pub reel_frame: Option<String>,
    /// When it was executed.
    pub executed_on: Option<String>,
    /// When it was recorded.
    pub recorded_on: Option<String>,
    /// How many patents it is said to convey.
    pub stated_count: Option<i32>,
    /// That number in the source's words.
    pub stated_as: Option<String>,
    /// The publication numbers of the patents that it names.
    #[serde(default)]
    pub patents: Vec<String>,
    /// The evidence; where absent, the source that lists it.
    #[serde(default)]
    pub citations: Vec<CitationItem>,
}

impl ListedTransferLine {
    /// The transfer without where it is listed.
    pub(crate) fn item(&self) -> TransferItem {
        let line = self.clone();
        TransferItem {
            conveyance: line.conveyance,
            assignors: line.assignors,
            assignees: line.assignees,
            reel_frame: line.reel_frame,
            executed_on: line.executed_on,
            recorded_on: line.recorded_on,
            stated_count: line.stated_count,
            stated_as: line.stated_as,
            patents: line.patents,
            citations: line.citations,
        }
    }
}
