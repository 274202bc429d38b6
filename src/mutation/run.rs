//! Running the mutations of a request, in their order, and writing what they give.

use crate::document::input::Input;
use crate::mutation::error::{Fault, UserError};
use crate::mutation::{Desk, Mutation};
use crate::plan::{Bound, Bounds, Payload, PayloadPart, Plan, RootBody, UserErrorPart};
use crate::store::{StoreError, read_within, without_reading};

/// What a mutation gives: the key of what its payload shows, and what was wrong.
struct Outcome {
    key: Option<i64>,
    error: Option<UserError>,
}

/// Runs the mutations of a plan one after another; gives the values of its root fields, and how many were done. One that
/// finds something wrong leaves nothing behind.
///
/// # Errors
/// The store failed: then the transaction of the desk is to be rolled back.
pub(crate) fn run(desk: &mut Desk<'_>, plan: &Plan, bound: &Bounds) -> Result<(Vec<Vec<u8>>, usize), StoreError> {
    let mut bound = bound.clone();
    let mut values = Vec::with_capacity(plan.roots.len());
    let mut done = 0;
    for root in &plan.roots {
        let RootBody::Payload(payload) = &root.body else {
            values.push(without_reading(&root.body));
            continue;
        };
        let input = match bound.get(payload.slot) {
            Some(Bound::Input(input)) => input.clone(),
            _ => Input::Null,
        };
        let outcome = apply(desk, payload.mutation, &input)?;
        done += usize::from(outcome.error.is_none());
        let mut out = Vec::new();
        write(desk, payload, &outcome, &mut bound, &mut out)?;
        values.push(out);
    }
    Ok((values, done))
}

/// Runs one mutation. What it wrote is taken back, with its changes, if something is wrong.
fn apply(desk: &mut Desk<'_>, mutation: &Mutation, input: &Input) -> Result<Outcome, StoreError> {
    desk.connection.mark()?;
    let noted = desk.changes.made.len();
    let (key, error) = match (mutation.apply)(desk, input) {
        Ok(key) => (Some(key), None),
        Err(Fault::User(error)) => (None, Some(error)),
        Err(Fault::Stale(error, key)) => (Some(key), Some(error)),
        Err(Fault::Store(error)) => return Err(error),
    };
    if error.is_some() {
        desk.changes.made.truncate(noted);
    }
    desk.connection.unmark(error.is_none())?;
    Ok(Outcome { key, error })
}

fn write(
    desk: &mut Desk<'_>,
    payload: &Payload,
    outcome: &Outcome,
    bound: &mut Bounds,
    out: &mut Vec<u8>,
) -> Result<(), StoreError> {
    for part in &payload.parts {
        match part {
            PayloadPart::Text(text) => out.extend(text.as_bytes()),
            PayloadPart::Written(slot, plan) => {
                let Some(key) = outcome.key else {
                    out.extend(b"null");
                    continue;
                };
                bound.set(*slot, Bound::Ids(vec![(payload.mutation.entity, key)]));
                out.extend(read_within(desk.connection, plan, bound)?.values.concat());
            }
            PayloadPart::UserErrors(shape) => {
                out.push(b'[');
                if let Some(error) = &outcome.error {
                    write_error(shape, error, out)?;
                }
                out.push(b']');
            }
        }
    }
    Ok(())
}

fn write_error(shape: &[UserErrorPart], error: &UserError, out: &mut Vec<u8>) -> Result<(), StoreError> {
    let fault = |error: serde_json::Error| StoreError::Shape(error.to_string());
    for part in shape {
        match part {
            UserErrorPart::Text(text) => out.extend(text.as_bytes()),
            UserErrorPart::Code => out.extend(serde_json::to_vec(error.code.name()).map_err(fault)?),
            UserErrorPart::Message => out.extend(serde_json::to_vec(&error.message).map_err(fault)?),
            UserErrorPart::Path => out.extend(serde_json::to_vec(&error.path).map_err(fault)?),
        }
    }
    Ok(())
}
