//! JSON Lines: one object a line; empty lines are passed over.

use serde::de::DeserializeOwned;

use crate::ingest::place::Place;
use crate::ingest::{IngestError, Input};

/// What a line holds, and where it stands.
#[derive(Debug, Clone)]
pub struct Line<'a, T> {
    /// The file.
    pub file: &'a str,
    /// The line, from 1.
    pub number: u64,
    /// What it holds.
    pub content: T,
}

impl<T> Line<'_, T> {
    pub(in crate::ingest) fn place(&self) -> Place<'_> {
        Place { file: self.file, line: self.number, item: None }
    }
}

/// Parses a file of JSON Lines.
///
/// # Errors
/// A line is not an object of the form, with the line and what is wrong.
pub fn parse_lines<T: DeserializeOwned>(input: Input<'_>) -> Result<Vec<Line<'_, T>>, IngestError> {
    let numbered = (1..).zip(input.text.lines());
    numbered
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(number, text)| parse_line(input.name, number, text))
        .collect()
}

fn parse_line<'a, T: DeserializeOwned>(file: &'a str, number: u64, text: &str) -> Result<Line<'a, T>, IngestError> {
    let parsed = serde_json::from_str(text);
    let fault = |error: serde_json::Error| {
        let column = error.column();
        let shown = error.to_string();
        let problem = shown.split(" at line ").next().unwrap_or(&shown);
        IngestError::Form { file: file.to_owned(), line: number, problem: format!("{problem}, at column {column}") }
    };
    Ok(Line { file, number, content: parsed.map_err(fault)? })
}

pub(super) fn parse_optional<T: DeserializeOwned>(input: Option<Input<'_>>) -> Result<Vec<Line<'_, T>>, IngestError> {
    input.map(parse_lines).transpose().map(Option::unwrap_or_default)
}
