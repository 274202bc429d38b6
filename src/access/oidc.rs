//! Tokens of an identity provider: JSON Web Tokens, checked with the keys that it publishes.
//!
//! Only asymmetric algorithms are taken: with a shared secret, whoever can check a token could make one.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::{Map, Value};

use crate::access::{Actor, Role};

/// The algorithms that are taken.
const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// How long keys are read at least before they are read again: a token with an unknown key shall not make us ask each time.
const READ_AGAIN_AFTER: Duration = Duration::from_secs(30);
/// After how long keys are read again, even where all tokens have known ones: a provider may have withdrawn one.
const KEPT: Duration = Duration::from_secs(3_600);
/// How long the provider may take.
const TIME_MAX: Duration = Duration::from_secs(5);
/// Bytes of the keys at most.
const KEYS_BYTES_MAX: u64 = 1_048_576;
/// Seconds that clocks may differ by.
const LEEWAY_S: u64 = 60;

/// Where the keys of an issuer are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeysFrom {
    /// At an address.
    Url(String),
    /// In a file.
    File(PathBuf),
}

impl KeysFrom {
    /// Reads an address that cannot be read on the way (`https:`, or `http:` of this machine), or the path of a file.
    ///
    /// # Errors
    /// A sentence that says what it may be.
    pub fn parse(text: &str) -> Result<Self, String> {
        let is_local = ["http://127.0.0.1", "http://localhost", "http://[::1]"]
            .iter()
            .any(|local| text.strip_prefix(local).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/'])));
        if text.starts_with("https://") || is_local {
            return Ok(Self::Url(text.to_owned()));
        }
        if text.is_empty() || text.contains("://") {
            return Err("it must be an address that begins with `https://`, or the path of a file".to_owned());
        }
        Ok(Self::File(PathBuf::from(text)))
    }
}

/// An issuer whose tokens are taken.
#[derive(Clone, Debug)]
pub struct OidcOptions {
    /// Who issues them: the claim `iss`.
    pub issuer: String,
    /// For whom: one of the claim `aud`.
    pub audience: String,
    /// Its keys.
    pub keys: KeysFrom,
    /// The claim that holds a role or a list of them; dots lead into objects.
    pub role_claim: String,
}

/// Why a token is not taken.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The token is at fault: what the client is told.
    Token(&'static str),
    /// The keys cannot be read: what the log is told.
    Keys(String),
}

/// Checks tokens of an issuer.
#[derive(Debug)]
pub(super) struct Oidc {
    options: OidcOptions,
    keys: Mutex<Keys>,
}

#[derive(Debug, Default)]
struct Keys {
    set: Option<JwkSet>,
    /// When they were asked for last, whether they came or not.
    asked: Option<Instant>,
}

impl Oidc {
    pub(super) fn new(options: OidcOptions) -> Self {
        Self { options, keys: Mutex::default() }
    }

    /// Who holds a token. It may ask the provider for its keys, and so is for a thread that may wait.
    pub(super) fn actor(&self, token: &str) -> Result<Actor, Refusal> {
        let header = decode_header(token).map_err(|_| Refusal::Token("The token is not known."))?;
        if !ALGORITHMS.contains(&header.alg) {
            return Err(Refusal::Token("The token is signed by an algorithm that is not taken."));
        }
        let key = self.key(header.kid.as_deref())?;
        let mut validation = Validation::new(header.alg);
        validation.leeway = LEEWAY_S;
        validation.validate_nbf = true;
        validation.set_issuer(&[&self.options.issuer]);
        validation.set_audience(&[&self.options.audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        let claims = decode::<Map<String, Value>>(token, &key, &validation).map_err(|error| told(error.kind()))?.claims;
        let subject = claims.get("sub").and_then(Value::as_str).unwrap_or_default();
        Ok(Actor { name: format!("oidc {subject}"), role: self.role(&claims) })
    }

    /// The role that may most among those of the claim; none when it has none that is known.
    fn role(&self, claims: &Map<String, Value>) -> Option<Role> {
        let mut steps = self.options.role_claim.split('.');
        // A claim can be named by an address, which has dots of its own.
        let whole = claims.get(&self.options.role_claim);
        let found = whole.or_else(|| {
            let first = claims.get(steps.next()?)?;
            steps.try_fold(first, |value, step| value.get(step))
        })?;
        match found {
            Value::String(name) => name.split_whitespace().filter_map(Role::named).max(),
            Value::Array(names) => names.iter().filter_map(Value::as_str).filter_map(Role::named).max(),
            _ => None,
        }
    }

    /// The key that a token names, or the only one.
    fn key(&self, kid: Option<&str>) -> Result<DecodingKey, Refusal> {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        let age = keys.asked.map(|asked| asked.elapsed());
        let is_old = age.is_none_or(|age| age >= KEPT);
        let is_unknown = keys.find(kid).is_none() && age.is_none_or(|age| age >= READ_AGAIN_AFTER);
        if is_old || is_unknown {
            keys.asked = Some(Instant::now());
            match read(&self.options.keys) {
                Ok(set) => keys.set = Some(set),
                Err(why) if keys.set.is_none() => return Err(Refusal::Keys(why)),
                Err(error) => {
                    tracing::warn!(error, "the keys of the issuer cannot be read again; the former ones stay")
                }
            }
        }
        if keys.set.is_none() {
            return Err(Refusal::Keys("they could not be read a moment ago".to_owned()));
        }
        let key = keys.find(kid).ok_or(Refusal::Token("The token is signed by a key that is not known."))?;
        DecodingKey::from_jwk(key).map_err(|_| Refusal::Token("The token is signed by a key that cannot be used."))
    }
}

impl Keys {
    fn find(&self, kid: Option<&str>) -> Option<&Jwk> {
        let usable = |key: &&Jwk| !matches!(key.algorithm, AlgorithmParameters::OctetKey(_));
        let keys = &self.set.as_ref()?.keys;
        match (kid, keys.as_slice()) {
            (Some(kid), keys) => keys.iter().filter(usable).find(|key| key.common.key_id.as_deref() == Some(kid)),
            (None, [only]) => Some(only).filter(usable),
            (None, _) => None,
        }
    }
}

fn told(kind: &ErrorKind) -> Refusal {
    Refusal::Token(match kind {
        ErrorKind::ExpiredSignature => "The token has expired.",
        ErrorKind::ImmatureSignature => "The token is not good yet.",
        ErrorKind::InvalidIssuer => "The token is of another issuer.",
        ErrorKind::InvalidAudience => "The token is for another audience.",
        ErrorKind::MissingRequiredClaim(_) => "The token lacks one of the claims `exp`, `iss`, `aud` and `sub`.",
        _ => "The token is not known.",
    })
}

fn read(from: &KeysFrom) -> Result<JwkSet, String> {
    let text = match from {
        KeysFrom::File(path) => {
            std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?
        }
        KeysFrom::Url(url) => {
            let agent: ureq::Agent = ureq::Agent::config_builder().timeout_global(Some(TIME_MAX)).build().into();
            let mut response = agent.get(url).call().map_err(|error| format!("{url}: {error}"))?;
            let body = response.body_mut().with_config().limit(KEYS_BYTES_MAX).read_to_string();
            body.map_err(|error| format!("{url}: {error}"))?
        }
    };
    serde_json::from_str(&text).map_err(|error| format!("the keys are no JSON Web Key Set: {error}"))
}

#[cfg(test)]
mod tests {
    use super::KeysFrom;

    #[test]
    fn keys_come_over_a_way_that_cannot_be_listened_to_or_from_a_file() {
        for url in ["https://id.example/keys", "http://127.0.0.1:8000/keys", "http://localhost/keys"] {
            assert_eq!(KeysFrom::parse(url), Ok(KeysFrom::Url(url.to_owned())));
        }
        assert_eq!(KeysFrom::parse("keys.json"), Ok(KeysFrom::File("keys.json".into())));
        for wrong in ["", "http://id.example/keys", "http://localhost.example/keys", "ftp://x"] {
            assert!(KeysFrom::parse(wrong).is_err(), "{wrong}");
        }
    }
}
