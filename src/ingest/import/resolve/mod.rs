//! From what a file names to rows of the store, a batch at once.

mod companies;
mod patents;

pub(crate) use companies::{AskedCompany, companies};
pub(crate) use patents::{PatentIds, Patents};
