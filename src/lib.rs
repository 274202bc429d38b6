//! Dealgraph: the open graph of patent deals.

pub mod catalog;
pub mod cli;
pub mod config;
pub mod decimal;
pub mod document;
pub mod engine;
pub mod error;
pub mod http;
pub mod ingest;
pub mod plan;
pub mod schema;
pub mod store;
pub mod telemetry;
mod text;
