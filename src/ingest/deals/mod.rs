//! Dealgraph's own format: JSON Lines, one object a line, which says what it holds.
//!
//! `docs/deals-format.md` describes it for people. The types here are read by `import deals` and written by `export
//! deals`, so that what is written can be read. To add a kind of line: its type, a variant of [`Line`], its part in the
//! import (`import/formats/deals`) and in the export (`export`), and its section of the page, which tests read.

mod agreement;
mod company;
mod patent;
mod person;
mod register;
mod short;
mod source;
mod transfer;

use serde::{Deserialize, Serialize};

pub(crate) use agreement::{AgreementLine, CooperationItem, GrantItem, PartyItem, ValueItem};
pub(crate) use company::{CompanyLine, CompanyRef, MarketItem, NameItem, ObservationItem, RelationLine, RivalryLine};
pub(crate) use patent::{AssigneeItem, CitesLine, LocationLine, PatentLine, SymbolItem};
pub(crate) use person::{AppointmentItem, NameMatchLine, PersonLine, StatementItem};
pub(crate) use register::{
    DeclarationLine, DeclaredPatentLine, LeiRecordLine, ParentExceptionLine, PurgedLine, StandardLine,
};
pub(crate) use short::{Long, Short};
pub(crate) use source::{AreaLine, Citation, CitationItem, SourceLine, SourceName, SourceRef};
pub(crate) use transfer::{TransferLine, TransferParty, TransferPartyItem};

/// Declares a line, or an object in one: what is required, what may be absent, and lists, which are empty where absent.
macro_rules! object {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? }
     optional { $($(#[$optional_doc:meta])* $optional:ident: $optional_type:ty),* $(,)? }
     lists { $($(#[$list_doc:meta])* $list:ident: $item:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub(crate) struct $name {
            $($(#[$field_doc])* pub(crate) $field: $type,)*
            $($(#[$optional_doc])* #[serde(skip_serializing_if = "Option::is_none")]
            pub(crate) $optional: Option<$optional_type>,)*
            $($(#[$list_doc])* #[serde(default, skip_serializing_if = "Vec::is_empty")]
            pub(crate) $list: Vec<$item>,)*
        }
    };
}
use object;

/// A line: an object with one key, which says what the line holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Line {
    /// Where facts come from.
    Source(SourceLine),
    /// A field of technology.
    Area(AreaLine),
    /// A place of assignees.
    Location(LocationLine),
    /// A company.
    Company(Box<CompanyLine>),
    /// A company above another.
    Relation(RelationLine),
    /// A rival that a company is said to have.
    Rivalry(RivalryLine),
    /// The record of a Legal Entity Identifier.
    LeiRecord(Box<LeiRecordLine>),
    /// Why no parent of a company is stated.
    ParentException(ParentExceptionLine),
    /// A publication of a patent.
    Patent(Box<PatentLine>),
    /// The patents that a patent cites.
    Cites(CitesLine),
    /// A standard.
    Standard(StandardLine),
    /// A declaration that patents may be essential to standards.
    Declaration(DeclarationLine),
    /// What a declaration names.
    DeclaredPatent(Box<DeclaredPatentLine>),
    /// An agreement with all that is in it.
    Agreement(Box<AgreementLine>),
    /// A transfer.
    Transfer(Box<TransferLine>),
    /// A record that a register took back.
    Purged(PurgedLine),
    /// A person.
    Person(PersonLine),
    /// A match of a name that people decide.
    NameMatch(NameMatchLine),
}

/// The kinds of lines, in an order in which each refers only to those before it.
pub(crate) const KINDS: [&str; 18] = [
    "source",
    "area",
    "location",
    "company",
    "relation",
    "rivalry",
    "leiRecord",
    "parentException",
    "patent",
    "cites",
    "standard",
    "declaration",
    "declaredPatent",
    "agreement",
    "transfer",
    "purged",
    "person",
    "nameMatch",
];
