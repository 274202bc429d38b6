//! Transfers of patents, inside agreements and from registers and lists.

use serde::Deserialize;

use crate::ingest::format::CitationItem;

/// A transfer in an agreement.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct TransferItem {
    /// What it does.
    pub(crate) conveyance: String,
    /// Who conveys.
    pub(crate) assignors: Vec<String>,
    /// Who receives.
    pub(crate) assignees: Vec<String>,
    /// Where it is recorded.
    pub(crate) reel_frame: Option<String>,
    /// When it was executed.
    pub(crate) executed_on: Option<String>,
    /// When it was recorded.
    pub(crate) recorded_on: Option<String>,
    /// How many patents it is said to convey.
    pub(crate) stated_count: Option<i32>,
    /// That number in the source's words.
    pub(crate) stated_as: Option<String>,
    /// The publication numbers of the patents that it names.
    #[serde(default)]
    pub(crate) patents: Vec<String>,
    /// The evidence; where absent, that of the agreement.
    #[serde(default)]
    pub(crate) citations: Vec<CitationItem>,
}

/// A transfer that a source lists outside any agreement.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ListedTransferLine {
    /// The source that lists it.
    pub(crate) listed_by: String,
    /// What it does.
    pub(crate) conveyance: String,
    /// Who conveys.
    pub(crate) assignors: Vec<String>,
    /// Who receives.
    pub(crate) assignees: Vec<String>,
    /// Where it is recorded.
    pub(crate) reel_frame: Option<String>,
    /// When it was executed.
    pub(crate) executed_on: Option<String>,
    /// When it was recorded.
    pub(crate) recorded_on: Option<String>,
    /// How many patents it is said to convey.
    pub(crate) stated_count: Option<i32>,
    /// That number in the source's words.
    pub(crate) stated_as: Option<String>,
    /// The publication numbers of the patents that it names.
    #[serde(default)]
    pub(crate) patents: Vec<String>,
    /// The evidence; where absent, the source that lists it.
    #[serde(default)]
    pub(crate) citations: Vec<CitationItem>,
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
