//! The formats, one a file or a folder.

mod deals;
mod patentsview;

pub(super) use deals::Deals;
pub(super) use patentsview::PatentsView;
