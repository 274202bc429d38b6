//! The gate: from what a client sends as its token to who it is.

use std::sync::Arc;

use chrono::{NaiveDateTime, TimeDelta, Utc};

use crate::access::oidc::{Oidc, OidcOptions, Refusal};
use crate::access::{Actor, Role, Secret};
use crate::error::{ClientError, Code, Error};
use crate::store::access::FoundToken;
use crate::store::{Store, StoreError, Writers};

/// How often the last use of a token is written down, in seconds: a token in steady use costs no write a request.
const LAST_USE_EVERY_S: i64 = 60;

/// Who may read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Reading {
    /// Everybody.
    #[default]
    Open,
    /// Who has a token of any role.
    Required,
}

/// How a gate is set up.
#[derive(Clone, Debug, Default)]
pub struct GateOptions {
    /// Who may read.
    pub reading: Reading,
    /// The issuer whose tokens are taken beside those of the store, if there is one.
    pub oidc: Option<OidcOptions>,
}

/// Tells who a client is.
#[derive(Clone)]
pub struct Gate {
    store: Store,
    writers: Arc<Writers>,
    reading: Reading,
    oidc: Option<Arc<Oidc>>,
}

impl Gate {
    /// A gate whose tokens are in a store.
    #[must_use]
    pub fn new(store: Store, writers: Arc<Writers>, options: GateOptions) -> Self {
        let oidc = options.oidc.map(|options| Arc::new(Oidc::new(options)));
        Self { store, writers, reading: options.reading, oidc }
    }

    /// Who sends an `Authorization` header, or none.
    ///
    /// # Errors
    /// The header is no bearer token, or the token is not known, has expired or was revoked; or what the store says.
    pub async fn actor(&self, authorization: Option<&str>) -> Result<Actor, Error> {
        let Some(header) = authorization else { return Ok(Actor::anonymous()) };
        let (scheme, token) = header.trim().split_once(' ').unwrap_or((header, ""));
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(refused("`Authorization` must be `Bearer` and a token.").into());
        }
        self.bearer(token.trim()).await
    }

    /// Who holds a bearer token.
    ///
    /// # Errors
    /// The token is not known, has expired or was revoked; or what the store says.
    pub async fn bearer(&self, token: &str) -> Result<Actor, Error> {
        let Some(secret) = Secret::parse(token) else {
            return self.issued(token).await;
        };
        let store = self.store.clone();
        let found = tokio::task::spawn_blocking(move || store.token(&secret.hash())).await;
        let found = found.map_err(|error| StoreError::Shape(error.to_string()))??;
        let now = Utc::now().naive_utc();
        let (actor, token) = known(found, now)?;
        if token.last_used_at.is_none_or(|last| now - last >= TimeDelta::seconds(LAST_USE_EVERY_S)) {
            self.note_use(token.id, now);
        }
        Ok(actor)
    }

    /// Who holds a token of the issuer.
    async fn issued(&self, token: &str) -> Result<Actor, Error> {
        let Some(oidc) = self.oidc.clone() else { return Err(refused("The token is not known.").into()) };
        let token = token.to_owned();
        let checked = tokio::task::spawn_blocking(move || oidc.actor(&token)).await;
        match checked.map_err(|error| StoreError::Shape(error.to_string()))? {
            Ok(actor) => Ok(actor),
            Err(Refusal::Token(why)) => Err(refused(why).into()),
            Err(Refusal::Keys(error)) => {
                tracing::error!(error, "the keys of the issuer cannot be read");
                let message =
                    "The keys of the issuer cannot be read, so that its tokens cannot be checked; try again shortly.";
                Err(ClientError::new(Code::Unavailable, message).into())
            }
        }
    }

    /// Whether somebody may read.
    ///
    /// # Errors
    /// Reading needs a token, and they have none.
    pub fn check_reading(&self, actor: &Actor) -> Result<(), ClientError> {
        if self.reading == Reading::Open || actor.may(Role::Reader) {
            return Ok(());
        }
        if *actor != Actor::anonymous() {
            return Err(ClientError::new(
                Code::Forbidden,
                "Reading needs the role `reader` here; this token has none.",
            ));
        }
        Err(refused("Reading needs a token here: send `Authorization: Bearer` and it."))
    }

    /// Writes the last use down, behind the request: who asks does not wait for writers.
    fn note_use(&self, id: i64, at: NaiveDateTime) {
        let writers = Arc::clone(&self.writers);
        drop(tokio::task::spawn_blocking(move || {
            let noted = writers.run(&crate::changes::Actor::named("access"), |connection, changes| {
                changes.writes_no_facts();
                crate::store::access::note_use(connection, id, at)
            });
            if let Err(error) = noted {
                tracing::warn!(%error, "the last use of a token could not be written down");
            }
        }));
    }
}

fn refused(message: impl Into<String>) -> ClientError {
    ClientError::new(Code::Unauthenticated, message)
}

/// Who holds a token that was found, if it is good.
fn known(found: Option<FoundToken>, now: NaiveDateTime) -> Result<(Actor, FoundToken), ClientError> {
    let token = found.ok_or_else(|| refused("The token is not known."))?;
    if token.is_revoked {
        return Err(refused("The token was revoked."));
    }
    if token.expires_at <= now {
        return Err(refused("The token has expired."));
    }
    let role = Role::named(&token.role).ok_or_else(|| refused("The token has a role that is not known."))?;
    Ok((Actor { name: format!("token {}", token.name), role: Some(role) }, token))
}
