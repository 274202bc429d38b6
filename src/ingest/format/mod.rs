//! What is recorded by hand, one type a fact: the inputs of mutations are of these forms.

mod agreement;
mod company;
mod patent;
mod person;
mod source;
mod transfer;

pub(crate) use agreement::{AgreementLine, CooperationItem, GrantItem, PartyItem};
pub(crate) use company::{CompanyLine, MarketItem, NameItem, ObservationItem, RelationItem, RivalItem};
pub(crate) use patent::PatentRecord;
pub(crate) use person::StatementItem;
pub(crate) use source::{AreaLine, CitationItem, SourceLine};
pub(crate) use transfer::{ListedTransferLine, TransferItem};
