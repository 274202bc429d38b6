//! Why an import stops, and why a row is refused.

use serde::Serialize;

use crate::store::StoreError;
use crate::store::names::KeysError;

/// Why an import stops. Batches that were committed before stand; none is half-written.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file cannot be read to its end: it is missing, truncated, corrupt, or larger than it may be.
    #[error("{file}: {problem}")]
    File {
        /// The file.
        file: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A file is not of the format that was named.
    #[error("{file} is not a file of {format}: {problem}")]
    Format {
        /// The file.
        file: String,
        /// The format that was named.
        format: &'static str,
        /// What it is instead, as far as that can be told.
        problem: String,
    },
    /// A table lacks a column.
    #[error("{file}: the column `{column}` is missing; the columns found are {found}")]
    Column {
        /// The file.
        file: String,
        /// The column that is missing.
        column: String,
        /// The columns of the file.
        found: String,
    },
    /// A row was refused, and the import is strict.
    #[error("{0}; nothing was written")]
    Strict(Box<Refusal>),
    /// The format leaves nothing out.
    #[error("`--only-known` is not for {0}: its rows are of patents, not of companies")]
    OnlyKnown(&'static str),
    /// The report of refused rows cannot be written.
    #[error("the report cannot be written: {0}")]
    Report(String),
    /// The store failed.
    #[error("{}", of_the_store(.0))]
    Store(#[from] StoreError),
    /// A newer release has indexed the names of the store.
    #[error("{0}")]
    Newer(KeysError),
    /// Reading was stopped because writing failed; the fault of writing is what is told.
    #[error("reading was stopped")]
    Stopped,
    /// A fault of ours.
    #[error("a fault of the import: {0}")]
    Internal(String),
}

/// What a fault of the store means to whoever imports: one that can be mended is told with what to do.
fn of_the_store(error: &StoreError) -> String {
    let stands = "what was committed stands";
    if error.is_full() {
        format!("the disk of the database is full; {stands}: make room and run the import again: {error}")
    } else if error.is_in_the_way() {
        format!("another write was made of the same thing at the same time; {stands}: run the import again: {error}")
    } else {
        error.to_string()
    }
}

impl From<KeysError> for ImportError {
    fn from(error: KeysError) -> Self {
        match error {
            KeysError::Store(error) => Self::Store(error),
            newer @ KeysError::Newer { .. } => Self::Newer(newer),
        }
    }
}

impl From<diesel::result::Error> for ImportError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Store(StoreError::Statement(error))
    }
}

/// In what way a value is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// It does not have the form that is asked for.
    Form,
    /// It names nothing that is known.
    Unknown,
    /// It stands already.
    Taken,
    /// It is given twice.
    Repeated,
    /// Nothing supports the fact.
    NoEvidence,
}

/// What is wrong with a value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The column, or the element; empty where it is the row as a whole.
    pub column: Box<str>,
    /// What was found there, cut where it is long.
    pub found: Box<str>,
    /// What is wrong with it.
    pub problem: String,
    /// What was expected.
    pub expected: String,
    /// In what way it is wrong.
    pub(crate) wrong: Wrong,
    /// The list that it stands in, and its place there, from 0.
    pub(crate) item: Option<(&'static str, usize)>,
}

/// Characters of a value that a report shows.
const SHOWN_CHARACTERS: usize = 200;

impl Problem {
    /// A value that is not what its column asks for.
    #[must_use]
    pub fn new(column: &str, found: &str, problem: impl Into<String>, expected: impl Into<String>) -> Self {
        let mut shown: String = found.chars().take(SHOWN_CHARACTERS).collect();
        if shown.len() < found.len() {
            shown.push('…');
        }
        Self {
            column: column.into(),
            found: shown.into(),
            problem: problem.into(),
            expected: expected.into(),
            wrong: Wrong::Form,
            item: None,
        }
    }

    /// The same, wrong in another way than by its form: see [`Wrong`].
    pub(crate) fn of_kind(self, wrong: Wrong) -> Self {
        Self { wrong, ..self }
    }

    /// The same, in an item of a list.
    pub(crate) fn within(self, list: &'static str, index: usize) -> Self {
        Self { item: Some((list, index)), ..self }
    }
}

/// A row that was refused: a line of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The file, as the source names it.
    pub file: String,
    /// The line that the row begins on, from 1.
    pub line: u64,
    /// The column; empty where it is the row as a whole.
    pub column: String,
    /// What was found there, cut where it is long.
    pub found: String,
    /// What is wrong with it.
    pub problem: String,
    /// What was expected.
    pub expected: String,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, line {}", self.file, self.line)?;
        if !self.column.is_empty() {
            write!(f, ", column `{}`", self.column)?;
        }
        write!(f, ": {} (found `{}`, expected {})", self.problem, self.found, self.expected)
    }
}
