//! Decoding: what a client sent, as a GraphQL request, or why it is none.

use serde_json::{Map, Value};

use crate::engine::Request;
use crate::error::{ClientError, Code};

fn bad(message: impl Into<String>) -> ClientError {
    ClientError::new(Code::BadRequest, message)
}

/// The request in a JSON body.
///
/// # Errors
/// The body is not JSON, or not a GraphQL request.
pub(super) fn from_body(body: &[u8]) -> Result<Request, ClientError> {
    let text = std::str::from_utf8(body)
        .map_err(|error| bad(format!("The body is not UTF-8 text: byte {} is wrong.", error.valid_up_to())))?;
    let value: Value = serde_json::from_str(text).map_err(|error| bad(format!("The body is not JSON: {error}.")))?;
    match value {
        Value::Object(members) => from_members(members),
        Value::Array(_) => Err(bad("Batches are not supported: send one request, an object with `query`, at a time.")),
        _ => Err(bad("The body must be a JSON object with `query`.")),
    }
}

/// The request in the members of a JSON object.
///
/// # Errors
/// They are not a GraphQL request.
pub(super) fn from_members(mut members: Map<String, Value>) -> Result<Request, ClientError> {
    let query = match members.remove("query") {
        Some(Value::String(query)) => query,
        Some(_) => return Err(bad("`query` must be a string: the GraphQL document.")),
        None => return Err(bad("The request has no `query`: the GraphQL document.")),
    };
    let operation_name = match members.remove("operationName") {
        Some(Value::String(name)) => Some(name),
        Some(Value::Null) | None => None,
        Some(_) => return Err(bad("`operationName` must be a string or null.")),
    };
    let variables = object(members.remove("variables"), "variables")?;
    object(members.remove("extensions"), "extensions")?;
    Ok(Request { query, operation_name, variables, ..Request::default() })
}

fn object(value: Option<Value>, name: &str) -> Result<Map<String, Value>, ClientError> {
    match value {
        Some(Value::Object(members)) => Ok(members),
        Some(Value::Null) | None => Ok(Map::new()),
        Some(_) => Err(bad(format!("`{name}` must be a JSON object or null."))),
    }
}

/// The request in an address.
///
/// # Errors
/// A parameter is missing, given twice, or not what it must be.
pub(super) fn from_address(parameters: &[(String, String)]) -> Result<Request, ClientError> {
    let mut members = Map::new();
    for (name, value) in parameters {
        let value = match name.as_str() {
            "query" | "operationName" => Value::String(value.clone()),
            "variables" | "extensions" if value.is_empty() => Value::Null,
            "variables" | "extensions" => serde_json::from_str(value)
                .map_err(|error| bad(format!("The parameter `{name}` is not JSON: {error}.")))?,
            _ => continue,
        };
        if members.insert(name.clone(), value).is_some() {
            return Err(bad(format!("The parameter `{name}` is given twice.")));
        }
    }
    let mut request = from_members(members)?;
    request.operation_name = request.operation_name.filter(|name| !name.is_empty());
    Ok(Request { reads_only: true, ..request })
}
