//! Refused rows: each a line of the report, and counted by what was wrong.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use crate::ingest::import::{ImportError, Problem, Refusal};

/// What was refused.
#[derive(Debug, Default)]
pub(super) struct Report {
    file: Option<BufWriter<File>>,
    /// How often what was wrong in which column of which file.
    pub(super) reasons: BTreeMap<(String, String, String), u64>,
}

/// Kinds of reasons that are told apart.
const REASONS_MAX: usize = 1_000;

impl Report {
    /// Begins a report, in a file where one is named.
    pub(super) fn begin(path: Option<&Path>) -> Result<Self, ImportError> {
        let create = |path: &Path| File::create(path).map(BufWriter::new);
        let file = path.map(create).transpose().map_err(|error| ImportError::Report(error.to_string()))?;
        Ok(Self { file, reasons: BTreeMap::new() })
    }

    /// Reports a row.
    pub(super) fn refuse(&mut self, file: &str, line: u64, problem: Problem) -> Result<Refusal, ImportError> {
        let Problem { column, found, problem, expected, .. } = problem;
        let (column, found) = (String::from(column), String::from(found));
        let reason = (file.to_owned(), column.clone(), problem.clone());
        if self.reasons.len() < REASONS_MAX || self.reasons.contains_key(&reason) {
            *self.reasons.entry(reason).or_default() += 1;
        }
        let refusal = Refusal { file: file.to_owned(), line, column, found, problem, expected };
        if let Some(out) = &mut self.file {
            let written = serde_json::to_writer(&mut *out, &refusal).map_err(std::io::Error::from);
            written.and_then(|()| out.write_all(b"\n")).map_err(|error| ImportError::Report(error.to_string()))?;
        }
        Ok(refusal)
    }

    /// Writes what is left.
    pub(super) fn end(&mut self) -> Result<(), ImportError> {
        let flushed = self.file.as_mut().map(std::io::Write::flush);
        flushed.transpose().map(drop).map_err(|error| ImportError::Report(error.to_string()))
    }
}
