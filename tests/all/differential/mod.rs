//! The differential test.

mod random;
mod rows;
mod value;
