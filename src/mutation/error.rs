//! What can be wrong with what somebody wants written.

use crate::document::input::Input;
use crate::ingest::import::{ImportError, Problem, RecordError, Wrong};
use crate::store::{MayBeStore, StoreError};

/// Why a mutation wrote nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserErrorCode {
    /// A value does not have the form that its field asks for.
    BadValue,
    /// A value names nothing that is known.
    NotFound,
    /// What is to be new is recorded already.
    Taken,
    /// A thing is given twice.
    Repeated,
    /// A fact has no citation.
    EvidenceMissing,
    /// The version that was seen is not the present one.
    Conflict,
    /// What is recorded does not allow it.
    NotAllowed,
}

/// Every code with what it means.
pub static USER_ERROR_CODES: &[(&str, &str)] = &[
    ("BAD_VALUE", "A value does not have the form that its field asks for."),
    ("NOT_FOUND", "A value names nothing that is known."),
    ("TAKEN", "What is to be new is recorded already: add to it, or correct it."),
    ("REPEATED", "A thing is given twice."),
    ("EVIDENCE_MISSING", "A fact has no citation."),
    (
        "CONFLICT",
        "The version that was seen is not the present one, which the payload shows: look at it and try again.",
    ),
    ("NOT_ALLOWED", "What is recorded does not allow it."),
];

impl UserErrorCode {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BadValue => "BAD_VALUE",
            Self::NotFound => "NOT_FOUND",
            Self::Taken => "TAKEN",
            Self::Repeated => "REPEATED",
            Self::EvidenceMissing => "EVIDENCE_MISSING",
            Self::Conflict => "CONFLICT",
            Self::NotAllowed => "NOT_ALLOWED",
        }
    }
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserError {
    /// Why, for programs.
    pub code: UserErrorCode,
    /// Why, for people.
    pub message: String,
    /// Where in the input.
    pub path: Vec<String>,
}

/// Why a mutation did not happen.
#[derive(Debug)]
pub(crate) enum Fault {
    /// What is to be written is wrong.
    User(UserError),
    /// It was seen before it changed: the key of what it is now.
    Stale(UserError, i64),
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<diesel::result::Error> for Fault {
    fn from(error: diesel::result::Error) -> Self {
        Self::Store(error.into())
    }
}

impl MayBeStore for Fault {
    fn store(&self) -> Option<&StoreError> {
        if let Self::Store(error) = self { Some(error) } else { None }
    }
}

impl Fault {
    /// Something wrong at a field of the input.
    pub(crate) fn at(code: UserErrorCode, field: &str, message: impl Into<String>) -> Self {
        Self::User(UserError { code, message: message.into(), path: vec!["input".to_owned(), field.to_owned()] })
    }

    /// The same, where the `deals` format has another name for a field than the input.
    pub(super) fn named(mut self, format: &str, input: &str) -> Self {
        if let Self::User(error) = &mut self {
            error.path.iter_mut().filter(|step| *step == format).for_each(|step| input.clone_into(step));
        }
        self
    }

    /// What the recording of facts says is wrong with an input.
    pub(super) fn of_record(error: RecordError, input: &Input) -> Self {
        match error {
            RecordError::Refused(problem) => Self::of_problem(&problem, input),
            RecordError::Failed(ImportError::Store(error)) => Self::Store(error),
            RecordError::Failed(error) => Self::Store(StoreError::Shape(error.to_string())),
        }
    }

    /// What is wrong with a value of an input.
    pub(super) fn of_problem(problem: &Problem, input: &Input) -> Self {
        let code = match problem.wrong {
            Wrong::Form => UserErrorCode::BadValue,
            Wrong::Unknown => UserErrorCode::NotFound,
            Wrong::Taken => UserErrorCode::Taken,
            Wrong::Repeated => UserErrorCode::Repeated,
            Wrong::NoEvidence => UserErrorCode::EvidenceMissing,
        };
        let path = super::value::path(input, &problem.column, &problem.found, problem.item);
        let shown: String = problem.found.chars().take(80).collect();
        let message = match problem.wrong {
            Wrong::NoEvidence => "A fact needs at least one citation.".to_owned(),
            Wrong::Repeated if shown.is_empty() => "It is given twice.".to_owned(),
            Wrong::Repeated => format!("`{shown}` is given twice."),
            Wrong::Taken => format!("`{shown}` is recorded already."),
            Wrong::Form | Wrong::Unknown => format!("`{shown}` is given where {} is expected.", problem.expected),
        };
        Self::User(UserError { code, message, path })
    }
}
