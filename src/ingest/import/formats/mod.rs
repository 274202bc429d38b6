//! The formats, one a file or a folder.

mod assignments;
mod deals;
mod etsi;
mod gleif;
mod patentsview;

pub(super) use assignments::Assignments;
pub(super) use deals::Deals;
pub(super) use etsi::Etsi;
pub(super) use gleif::Gleif;
pub(super) use patentsview::PatentsView;
