//! Dealgraph: the open graph of patent deals.

pub mod catalog;
pub mod schema;
pub mod store;
