//! From what a file names to rows of the store, a batch at once.

mod companies;
mod patents;

pub(crate) use companies::{AskedCompany, Slugs, companies};
pub(crate) use patents::{Named, PatentIds, Patents};
