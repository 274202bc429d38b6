//! What can be wrong with a file or with storing it.

use crate::store::StoreError;

/// In what way a value is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
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

/// A fault of a load. Nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// A line does not have the form that its file asks for.
    #[error("{file}, line {line}: {problem}")]
    Form {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        problem: String,
    },
    /// A value is not what its field asks for.
    #[error("{file}, line {line}, field `{field}`: `{value}` where {expected} was expected")]
    Value {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// The field.
        field: String,
        /// The value.
        value: String,
        /// What the field asks for.
        expected: String,
        /// The list that it stands in, and its place there, from 0.
        item: Option<(&'static str, usize)>,
        /// In what way it is wrong.
        wrong: Wrong,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<diesel::result::Error> for IngestError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Store(StoreError::Statement(error))
    }
}
