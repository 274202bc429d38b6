//! The formats, one a file or a folder.

mod etsi;
mod gleif;
mod patentsview;

pub(super) use etsi::Etsi;
pub(super) use gleif::Gleif;
pub(super) use patentsview::PatentsView;
