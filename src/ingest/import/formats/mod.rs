//! The formats, one a file or a folder.

mod assignments;
mod deals;
mod etsi;
mod gleif;
mod patentsview;

pub(super) use assignments::Assignments;
pub(super) use deals::Deals;
pub(crate) use deals::{Fact, RecordError, Recorded, agreement_row, company_row, record};
pub(super) use etsi::Etsi;
pub(super) use gleif::Gleif;
pub(super) use patentsview::PatentsView;
