//! The differential test.

mod generator;
mod random;
mod reference;
mod rows;
mod value;
