//! The secrets of tokens: made at random, shown once, kept as a hash.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

/// How every secret begins, so that people and scanners of leaked secrets know one when they see it.
pub const SECRET_PREFIX: &str = "dealgraph_";

/// Bytes of chance in a secret: nobody guesses 256 bits, so a hash that is fast to compute is enough.
const BYTES: usize = 32;

/// The secret of a token. Its text is shown once and appears in no log: `Debug` leaves it out.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new secret.
    ///
    /// # Errors
    /// The system has no random numbers to give.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self(format!("{SECRET_PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))))
    }

    /// What a client sent, if it has the form of a secret.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let encoded = text.strip_prefix(SECRET_PREFIX)?;
        let bytes = URL_SAFE_NO_PAD.decode(encoded).ok()?;
        (bytes.len() == BYTES).then(|| Self(text.to_owned()))
    }

    /// The text, for its owner.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it: its SHA-256 in hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> String {
        sha256(self.0.as_bytes())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The SHA-256 of bytes, in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        text.push_str(&format!("{byte:02x}"));
        text
    })
}

#[cfg(test)]
mod tests {
    use super::{SECRET_PREFIX, Secret, sha256};

    #[test]
    fn secrets_differ_and_are_read_back() {
        let (one, other) = (Secret::random().unwrap(), Secret::random().unwrap());
        assert_ne!(one, other);
        assert_eq!(Secret::parse(one.reveal()), Some(one.clone()));
        assert_eq!(one.reveal().len(), SECRET_PREFIX.len() + 43);
        assert!(!format!("{one:?}").contains(one.reveal()));
    }

    #[test]
    fn what_has_no_form_of_a_secret_is_none() {
        for text in ["", "dealgraph_", "dealgraph_AAAA", "Dealgraph_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
            assert_eq!(Secret::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_hash_is_the_standard_one() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
