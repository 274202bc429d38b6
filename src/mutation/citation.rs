//! Evidence of facts that stand.

use crate::catalog::Entity;
use crate::changes::Subject;
use crate::document::input::Input;
use crate::ingest::import::Fact;
use crate::mutation::error::{Fault, UserErrorCode};
use crate::mutation::{Desk, value};
use crate::plan::ids;
use crate::store::records::FactKind;
use crate::store::snapshot;

/// `citationAdd`.
pub(super) fn add(desk: &mut Desk<'_>, input: &Input) -> Result<i64, Fault> {
    let missing = || Fault::at(UserErrorCode::NotFound, "fact", "There is no fact with this id.");
    let (entity, key) = ids::decode(value::text(input, "fact")).ok_or_else(missing)?;
    let kind = FactKind::of(entity).ok_or_else(missing)?;
    let state = snapshot(desk.connection, entity, key)?.ok_or_else(missing)?;
    let mut members = value::object(input);
    let sources = value::list(&mut members, "sources")?;
    let Some(citation) = members.remove("citation") else { return Err(missing()) };
    let citation = serde_json::from_value(citation)
        .map_err(|error| Fault::Store(crate::store::StoreError::Shape(error.to_string())))?;
    let done = desk.record(input, sources, Fact::Evidence(kind, key, vec![citation]))?;
    let subject = subject(entity, key, &state).ok_or_else(missing)?;
    desk.note_new(subject, false, &done.stored)?;
    Ok(done.id)
}

/// What a fact is about: itself, or what it is said of.
fn subject(entity: &Entity, key: i64, state: &str) -> Option<Subject> {
    let own = |name: &str, key| {
        Some(match name {
            "Agreement" => Subject::Agreement(key),
            "Company" => Subject::Company(key),
            "Person" => Subject::Person(key),
            "Patent" => Subject::Patent(key),
            _ => return None,
        })
    };
    if let Some(subject) = own(entity.name, key) {
        return Some(subject);
    }
    let state: serde_json::Value = serde_json::from_str(state).ok()?;
    let led = |edge: &str| ids::decode(state.get(edge)?.get("id")?.as_str()?);
    let led = ["agreement", "person", "company", "child"].into_iter().find_map(led);
    match led.and_then(|(entity, key)| own(entity.name, key)) {
        None if entity.name == "PatentTransfer" => Some(Subject::PatentTransfer(key)),
        found => found,
    }
}
