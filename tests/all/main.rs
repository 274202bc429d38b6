//! Every test that needs more than one module: the harness with its stores, and the tests by what they are about.

mod differential;
mod harness;
mod ingest;
