//! Ids as clients see them: opaque, the same in every answer, from all types.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::catalog::Entity;

/// The id of a row: base64url of the type and the key.
#[must_use]
pub fn encode(entity: &Entity, key: i64) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}:{key}", entity.name))
}

/// The type and the key of an id; `None` when it is not one of ours.
#[must_use]
pub fn decode(id: &str) -> Option<(&'static Entity, i64)> {
    let bytes = URL_SAFE_NO_PAD.decode(id).ok()?;
    let text = std::str::from_utf8(&bytes).ok()?;
    let (name, key) = text.split_once(':')?;
    let entity = Entity::named(name)?;
    let key: i64 = key.parse().ok()?;
    // One row has one id: another spelling of the same key, such as `+7`, is not it.
    (encode(entity, key) == id).then_some((entity, key))
}
