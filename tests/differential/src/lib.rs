//! Random rows, random valid documents that ask for them, and a reference that answers without SQL and without plans.
//!
//! The differential test holds both databases against the reference; the bench draws from the same documents, so that it
//! measures shapes that nobody has thought of.

pub mod generator;
pub mod random;
pub mod reference;
pub mod rows;
pub mod value;
