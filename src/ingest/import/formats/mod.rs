//! The formats, one a file or a folder.

mod patentsview;

pub(super) use patentsview::PatentsView;
