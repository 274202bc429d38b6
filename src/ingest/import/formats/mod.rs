//! The formats, one a file or a folder.

mod assignments;
mod patentsview;

pub(super) use assignments::Assignments;
pub(super) use patentsview::PatentsView;
