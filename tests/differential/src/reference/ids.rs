//! Ids: base64url without padding of `Type:key`.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

pub fn encode(type_name: &str, key: i64) -> String {
    URL_SAFE_NO_PAD.encode(format!("{type_name}:{key}"))
}

pub fn decode(id: &str) -> (String, i64) {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(id).unwrap()).unwrap();
    let (type_name, key) = text.split_once(':').unwrap();
    (type_name.to_owned(), key.parse().unwrap())
}
