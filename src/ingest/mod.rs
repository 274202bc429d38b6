//! Bringing data in and out: open data by the batch, Dealgraph's own format, and what is derived of ownership.

pub(crate) mod deals;
pub mod export;
pub mod import;
mod ownership;
mod starter;

pub use ownership::{DerivedSummary, derive_ownership, derive_ownership_of};
pub use starter::load_starter;
