//! What all corrections have in common: the version that was seen, the fields that are given, and the evidence.

use crate::changes::Subject;
use crate::document::input::Input;
use crate::ingest::deals::{Citation, SourceLine};
use crate::ingest::import::Fact;
use crate::mutation::error::{Fault, UserError, UserErrorCode};
use crate::mutation::{Desk, value};
use crate::store::records::FactKind;

/// A value as it is to be, if its field is given: what is given as null is cleared.
pub(super) fn given<T>(input: &Input, name: &str, value: T) -> Option<T> {
    input.field(name).map(|_| value)
}

/// A field that cannot be null.
pub(super) fn check_not_null(input: &Input, name: &str) -> Result<(), Fault> {
    if input.field(name) == Some(&Input::Null) {
        return Err(Fault::at(UserErrorCode::BadValue, name, format!("`{name}` cannot be null.")));
    }
    Ok(())
}

/// What is told of a version that is not the present one.
pub(super) fn stale(field: &str, seen: i32, present: i32, key: i64) -> Fault {
    let message =
        format!("The version that was seen is {seen}; the present one is {present}, which the payload shows.");
    let path = vec!["input".to_owned(), field.to_owned()];
    Fault::Stale(UserError { code: UserErrorCode::Conflict, message, path }, key)
}

/// Records the evidence of a correction.
pub(super) fn cite(
    desk: &mut Desk<'_>,
    input: &Input,
    subject: Subject,
    (kind, citations, sources): (FactKind, Vec<Citation>, Vec<SourceLine>),
) -> Result<(), Fault> {
    let (_, key) = subject.row();
    let done = desk.record(input, sources, Fact::Evidence(kind, key, citations))?;
    desk.note_new(subject, false, &done.stored)
}

/// A field of an input that is a list of citations, and its sources.
pub(super) fn evidence(
    members: &mut serde_json::Map<String, serde_json::Value>,
) -> Result<(Vec<Citation>, Vec<SourceLine>), Fault> {
    Ok((value::list(members, "citations")?, value::list(members, "sources")?))
}
