//! Every test that needs more than one module: the harness with its stores, and the tests by what they are about.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::as_conversions,
    clippy::print_stdout,
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "a test that breaks has found something; it may also ask the database and the environment directly"
)]

mod access;
mod browser;
mod changes;
mod clients;
mod command_line;
mod differential;
mod documents;
mod evolution;
mod explain;
mod faults;
mod front_door;
mod harness;
mod hostile;
mod http;
mod import;
mod ingest;
mod invariants;
mod live;
mod memory;
mod migrations;
mod mutations;
mod names;
mod ownership;
mod protocol;
mod publication_numbers;
mod schema_file;
mod schema_of_the_store;
mod search;
mod suggestions;
