//! What can be wrong with what is recorded by hand, or with storing it.

use crate::store::StoreError;

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

/// Why nothing was recorded.
#[derive(Debug, thiserror::Error)]
pub(crate) enum IngestError {
    /// A value is not what its field asks for.
    #[error("field `{field}`: `{value}` where {expected} was expected")]
    Value {
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
