//! The differential test.
