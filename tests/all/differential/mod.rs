//! The differential test.

mod random;
mod reference;
mod rows;
mod value;
