//! From what a file names to rows of the store, a batch at once.

mod companies;
mod patents;
mod slugs;

pub(crate) use companies::{AskedCompany, companies};
pub(crate) use patents::{Named, PatentIds, Patents};
pub(crate) use slugs::{SlugNumbers, Slugs};
