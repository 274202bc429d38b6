//! Dealgraph: the open graph of patent deals.
//!
//! The rooms, in the order in which a query passes them: [`http`] decodes a request; [`engine`] answers it; [`document`]
//! checks its text and coerces its variables; [`prepared`] keeps texts that were seen; [`plan`] holds the selection
//! against the [`catalog`] and makes levels; [`store`] runs each as one statement and writes the response. [`access`] tells who asks. [`schema`] is
//! the type system that follows from the catalogue. [`ingest`] brings data in; [`names`] says which spellings are one
//! company's; [`mutation`] says what can be written; [`publication_number`] reads the spellings of numbers. ARCHITECTURE.md tells the whole.

pub mod access;
pub mod catalog;
pub mod changes;
pub mod cli;
pub mod config;
pub mod decimal;
pub mod document;
pub mod engine;
pub mod error;
pub mod http;
pub mod ingest;
pub mod live;
pub mod mutation;
pub mod names;
pub mod ownership;
pub mod plan;
pub mod prepared;
pub mod publication_number;
pub mod schema;
pub mod search;
pub mod store;
pub mod telemetry;
mod text;
