//! Bringing data in and out: open data by the batch, Dealgraph's own format, and what is derived of ownership.

mod deals;
mod error;
pub mod export;
pub(crate) mod format;
pub mod import;
mod load;
mod ownership;
mod place;
mod starter;

pub(crate) use error::{IngestError, Wrong};
pub(crate) use load::{Fact, Recorded, agreement_row, company_row, record};
pub use ownership::{DerivedSummary, derive_ownership, derive_ownership_of};
pub use starter::load_starter;
