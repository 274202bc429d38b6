//! The messages of `graphql-transport-ws`, as they are read and written.

use serde_json::{Map, Value, json};

/// What a client says.
#[derive(Debug, PartialEq)]
pub(super) enum Said {
    /// It begins, with what it has to say of itself.
    Init(Map<String, Value>),
    /// It asks whether somebody is there.
    Ping(Option<Value>),
    /// Somebody is there.
    Pong,
    /// It begins an operation.
    Subscribe {
        /// Its name for it.
        id: String,
        /// The request.
        request: Map<String, Value>,
    },
    /// It ends an operation.
    Complete(String),
}

impl Said {
    /// Reads a message.
    ///
    /// # Errors
    /// Why it is none.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let message: Value = serde_json::from_str(text).map_err(|_| "Message is not JSON".to_owned())?;
        let Value::Object(mut members) = message else { return Err("Message is not an object".to_owned()) };
        let kind = match members.remove("type") {
            Some(Value::String(kind)) => kind,
            _ => return Err("Message has no type".to_owned()),
        };
        match kind.as_str() {
            "connection_init" => Ok(Self::Init(payload(&mut members, &kind)?.unwrap_or_default())),
            "ping" => Ok(Self::Ping(payload(&mut members, &kind)?.map(Value::Object))),
            "pong" => payload(&mut members, &kind).map(|_| Self::Pong),
            "subscribe" => {
                let id = id(&mut members, &kind)?;
                let request = payload(&mut members, &kind)?;
                let request = request.filter(|request| request.get("query").is_some_and(Value::is_string));
                let request = request.ok_or("Message subscribe has no query")?;
                Ok(Self::Subscribe { id, request })
            }
            "complete" => Ok(Self::Complete(id(&mut members, &kind)?)),
            _ => Err("Message is of an unknown type".to_owned()),
        }
    }
}

fn id(members: &mut Map<String, Value>, kind: &str) -> Result<String, String> {
    match members.remove("id") {
        Some(Value::String(id)) if !id.is_empty() => Ok(id),
        _ => Err(format!("Message {kind} has no id")),
    }
}

fn payload(members: &mut Map<String, Value>, kind: &str) -> Result<Option<Map<String, Value>>, String> {
    match members.remove("payload") {
        Some(Value::Object(payload)) => Ok(Some(payload)),
        Some(Value::Null) | None => Ok(None),
        Some(_) => Err(format!("The payload of message {kind} is not an object")),
    }
}

/// That the connection is open for operations.
pub(super) const ACK: &str = "{\"type\":\"connection_ack\"}";

/// The answer to a ping.
pub(super) fn pong(payload: Option<Value>) -> String {
    match payload {
        Some(payload) => json!({ "type": "pong", "payload": payload }).to_string(),
        None => "{\"type\":\"pong\"}".to_owned(),
    }
}

/// A message of an operation; the payload is JSON.
fn of_operation(id: &str, kind: &str, payload: Option<&str>) -> String {
    let id = Value::from(id).to_string();
    let mut text = String::with_capacity(payload.map_or(0, str::len) + id.len() + 48);
    text.push_str("{\"id\":");
    text.push_str(&id);
    text.push_str(",\"type\":\"");
    text.push_str(kind);
    text.push('"');
    if let Some(payload) = payload {
        text.push_str(",\"payload\":");
        text.push_str(payload);
    }
    text.push('}');
    text
}

/// A response.
pub(super) fn next(id: &str, response: &str) -> String {
    of_operation(id, "next", Some(response))
}

/// That an operation was refused or has failed; the errors are a list.
pub(super) fn error(id: &str, errors: &str) -> String {
    of_operation(id, "error", Some(errors))
}

/// That nothing more comes of an operation.
pub(super) fn complete(id: &str) -> String {
    of_operation(id, "complete", None)
}

#[cfg(test)]
mod tests {
    use super::{Said, complete, error, next, pong};

    #[test]
    fn messages_that_are_none_are_refused() {
        let wrong = [
            "",
            "[]",
            "1",
            "{}",
            "{\"type\":1}",
            "{\"type\":\"start\"}",
            "{\"type\":\"connection_init\",\"payload\":1}",
            "{\"type\":\"ping\",\"payload\":\"x\"}",
            "{\"type\":\"subscribe\",\"id\":\"1\"}",
            "{\"type\":\"subscribe\",\"id\":\"\",\"payload\":{\"query\":\"{ a }\"}}",
            "{\"type\":\"subscribe\",\"id\":1,\"payload\":{\"query\":\"{ a }\"}}",
            "{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":1}}",
            "{\"type\":\"complete\"}",
        ];
        for text in wrong {
            assert!(Said::read(text).is_err(), "{text}");
        }
        assert_eq!(
            Said::read("{\"type\":\"connection_init\",\"payload\":null}"),
            Ok(Said::Init(serde_json::Map::new()))
        );
        assert_eq!(Said::read("{\"type\":\"complete\",\"id\":\"a\"}"), Ok(Said::Complete("a".to_owned())));
    }

    #[test]
    fn messages_are_json() {
        assert_eq!(next("a\"b", "{\"data\":1}"), "{\"id\":\"a\\\"b\",\"type\":\"next\",\"payload\":{\"data\":1}}");
        assert_eq!(error("1", "[]"), "{\"id\":\"1\",\"type\":\"error\",\"payload\":[]}");
        assert_eq!(complete("1"), "{\"id\":\"1\",\"type\":\"complete\"}");
        assert_eq!(pong(None), "{\"type\":\"pong\"}");
    }
}
