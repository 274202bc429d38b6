//! Patents: CSV with a header, one publication a record.

use serde::Deserialize;

use crate::ingest::format::Line;
use crate::ingest::{IngestError, Input};

/// A record of `patents.csv`; an empty cell is an absent value.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatentRecord {
    /// Its publication number, with the kind where it is known.
    pub publication_number: String,
    /// Its title.
    pub title: Option<String>,
    /// The assignees at publication as the source spells them, joined by `; `.
    pub original_assignee: Option<String>,
    /// The present assignees as the source spells them, joined by `; `, where it names any.
    pub current_assignee: Option<String>,
    /// Its earliest priority day.
    pub priority_on: Option<String>,
    /// The day of its filing.
    pub filed_on: Option<String>,
    /// The day of its publication.
    pub published_on: Option<String>,
    /// The day of its grant.
    pub granted_on: Option<String>,
    /// Where it stands in its life.
    pub status: Option<String>,
    /// Its CPC symbols, joined by `;`.
    pub cpc: Option<String>,
    /// Its IPC symbols, joined by `;`.
    pub ipc: Option<String>,
    /// The source of the record.
    pub source: String,
    /// Which record of the source.
    pub source_record: Option<String>,
}

/// Parses a file of patents.
///
/// # Errors
/// The header or a record is not of the form, with the line and what is wrong.
pub fn parse_patents(input: Input<'_>) -> Result<Vec<Line<'_, PatentRecord>>, IngestError> {
    let mut reader = csv::Reader::from_reader(input.text.as_bytes());
    let header = reader.headers().map_err(|error| fault(input.name, 1, &error))?.clone();
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| fault(input.name, error_line(&error), &error))?;
        let number = record.position().map_or(0, csv::Position::line);
        let content = record.deserialize(Some(&header)).map_err(|error| fault(input.name, number, &error))?;
        lines.push(Line { file: input.name, number, content });
    }
    Ok(lines)
}

fn error_line(error: &csv::Error) -> u64 {
    error.position().map_or(0, csv::Position::line)
}

fn fault(file: &str, line: u64, error: &csv::Error) -> IngestError {
    let problem = match error.kind() {
        csv::ErrorKind::Deserialize { err, .. } => err.to_string(),
        _ => error.to_string(),
    };
    IngestError::Form { file: file.to_owned(), line, problem }
}
