//! Dealgraph: the open graph of patent deals.

pub mod ingest;
pub mod store;
pub mod text;
