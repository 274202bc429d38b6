//! Dealgraph: the open graph of patent deals.

pub mod store;
