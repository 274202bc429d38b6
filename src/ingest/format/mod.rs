//! The file formats, one type a line; `data/README.md` describes them for people.

mod agreement;
mod company;
mod lines;
mod patent;
mod person;
mod source;
mod transfer;

use crate::ingest::{IngestError, Inputs};

pub use agreement::{AgreementLine, CooperationItem, GrantItem, PartyItem, ValueItem};
pub use company::{CompanyLine, MarketItem, NameItem, ObservationItem, RelationItem, RivalItem};
pub use lines::{Line, parse_lines};
pub use patent::{PatentRecord, parse_patents};
pub use person::{AppointmentItem, PersonLine, StatementItem};
pub use source::{AreaLine, CitationItem, SourceLine};
pub use transfer::{ListedTransferLine, TransferItem};

/// The parsed files of one load.
#[derive(Debug, Default)]
pub(crate) struct Files<'a> {
    pub(crate) sources: Vec<Line<'a, SourceLine>>,
    pub(crate) areas: Vec<Line<'a, AreaLine>>,
    pub(crate) companies: Vec<Line<'a, CompanyLine>>,
    pub(crate) patents: Vec<Line<'a, PatentRecord>>,
    pub(crate) agreements: Vec<Line<'a, AgreementLine>>,
    pub(crate) transfers: Vec<Line<'a, ListedTransferLine>>,
    pub(crate) people: Vec<Line<'a, PersonLine>>,
}

impl<'a> Files<'a> {
    /// Parses every file that is there.
    pub(crate) fn parse(inputs: &Inputs<'a>) -> Result<Self, IngestError> {
        Ok(Self {
            sources: lines::parse_optional(inputs.sources)?,
            areas: lines::parse_optional(inputs.areas)?,
            companies: lines::parse_optional(inputs.companies)?,
            patents: inputs.patents.map(parse_patents).transpose()?.unwrap_or_default(),
            agreements: lines::parse_optional(inputs.agreements)?,
            transfers: lines::parse_optional(inputs.transfers)?,
            people: lines::parse_optional(inputs.people)?,
        })
    }
}
