//! Writing: who may, one transaction for a request, and an answer that is given again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::Utc;

use super::{Engine, Request, data_body};
use crate::access::{Actor, sha256};
use crate::changes;
use crate::error::{ClientError, Code, Error};
use crate::mutation::{self, Desk};
use crate::plan::{Bounds, Plan, RootBody};
use crate::store::idempotency::{self, Claim, Key};
use crate::store::{IdMaker, StoreError, Writers};

/// Bytes of an idempotency key at most.
const KEY_BYTES_MAX: usize = 255;

/// How long to wait before a request whose commit is in doubt is looked for again.
const TRY_AGAIN: Duration = Duration::from_millis(100);

/// What became of a request.
enum Told {
    /// Its answer, or that of the same request before.
    Body(Vec<u8>),
    /// Its key came with another request before.
    KeyReused,
}

impl Engine {
    /// Runs the mutations of a request, and gives its whole answer.
    pub(super) async fn write(&self, request: &Request, plan: &Arc<Plan>, bound: Bounds) -> Result<Vec<u8>, Error> {
        check_roles(request, plan)?;
        let key = key(request)?;
        let free = Arc::clone(&self.writing).acquire_owned();
        let permit = tokio::time::timeout(self.options.wait, free).await.map_err(|_| StoreError::Locked)?;
        let (writers, plan, ids) = (Arc::clone(&self.writers), Arc::clone(plan), self.ids.clone());
        let actor = changes::Actor::named(&request.actor.name);
        let until = Instant::now() + self.options.wait;
        let written = tokio::task::spawn_blocking(move || {
            let told = run_to_the_end(until, key.as_ref(), || {
                run(&writers, &actor, ids.clone(), (&plan, &bound), key.as_ref())
            });
            drop(permit);
            told
        });
        match written.await.map_err(|error| StoreError::Shape(error.to_string()))?? {
            Told::Body(body) => Ok(body),
            Told::KeyReused => {
                let message = "This `Idempotency-Key` came before with another request; nothing was written.";
                Err(ClientError::new(Code::KeyReused, message).into())
            }
        }
    }
}

/// Runs a request, and where the store was lost during its commit and the request has a key, once more when the store is
/// back: the key tells whether it was written. After a while the client is told that it is in doubt.
fn run_to_the_end(
    until: Instant,
    key: Option<&Key>,
    run: impl Fn() -> Result<Told, StoreError>,
) -> Result<Told, StoreError> {
    let doubt = match run() {
        Err(doubt @ StoreError::InDoubt(_)) if key.is_some() => doubt,
        told => return told,
    };
    while Instant::now() < until {
        std::thread::sleep(TRY_AGAIN);
        match run() {
            Err(error) if error.is_outage() || matches!(error, StoreError::InDoubt(_)) => {}
            told => return told,
        }
    }
    Err(doubt)
}

/// One transaction: the answer is stored in the one that writes, so that either both are there or neither.
fn run(
    writers: &Writers,
    actor: &changes::Actor,
    mut ids: IdMaker,
    (plan, bound): (&Plan, &Bounds),
    key: Option<&Key>,
) -> Result<Told, StoreError> {
    writers.run(actor, |connection, changes| {
        let now = Utc::now().naive_utc();
        let mut claimed = None;
        if let Some(key) = key {
            match idempotency::claim(connection, key, ids.next_id(), now)? {
                Claim::New(id) => claimed = Some(id),
                Claim::Answered(body) => {
                    changes.writes_no_facts();
                    return Ok(Told::Body(body.into_bytes()));
                }
                Claim::Reused => {
                    changes.writes_no_facts();
                    return Ok(Told::KeyReused);
                }
            }
        }
        let mut desk = Desk { connection, ids: &mut ids, changes, now };
        let (values, done) = mutation::run(&mut desk, plan, bound)?;
        if done == 0 {
            changes.writes_no_facts();
        }
        let body = data_body(plan, values, false);
        if let Some(id) = claimed {
            let text = std::str::from_utf8(&body).map_err(|error| StoreError::Shape(error.to_string()))?;
            idempotency::keep(connection, id, text)?;
        }
        Ok(Told::Body(body))
    })
}

/// Whether the actor may do all that is asked for: else nothing of it is done.
fn check_roles(request: &Request, plan: &Plan) -> Result<(), ClientError> {
    for root in &plan.roots {
        let RootBody::Payload(payload) = &root.body else { continue };
        let mutation = payload.mutation;
        if request.actor.may(mutation.role) {
            continue;
        }
        let place = plan.slots.get(payload.slot).map(|slot| slot.place).unwrap_or_default();
        let needed = format!("`{}` needs a token with the role `{}`", mutation.name, mutation.role);
        return Err(match request.actor.role {
            None if request.actor == Actor::anonymous() => {
                ClientError::at(Code::Unauthenticated, format!("{needed}."), place)
            }
            None => ClientError::at(Code::Forbidden, format!("{needed}; this one has none."), place),
            Some(role) => ClientError::at(Code::Forbidden, format!("{needed}; this one has `{role}`."), place),
        });
    }
    Ok(())
}

/// The key of a request, if it has one: with all that makes it the same request.
fn key(request: &Request) -> Result<Option<Key>, ClientError> {
    let Some(name) = &request.idempotency_key else { return Ok(None) };
    if name.is_empty() || name.len() > KEY_BYTES_MAX || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
        let message =
            format!("`Idempotency-Key` must have 1 to {KEY_BYTES_MAX} visible ASCII characters without blanks.");
        return Err(ClientError::new(Code::BadRequest, message));
    }
    // Members of JSON objects come in one order, however they were sent.
    let whole = serde_json::json!([request.query, request.operation_name, request.variables]);
    let request_hash = sha256(whole.to_string().as_bytes());
    Ok(Some(Key { actor: request.actor.name.clone(), name: name.clone(), request_hash }))
}
