//! What clients are told: the closed list of codes, and the one place that decides what leaves the server.
//!
//! A fault of a request names what was wrong and what was expected. A fault of ours is logged with the request's id,
//! and the client gets a constant sentence and that id; its inside never leaves.

use async_graphql::Pos;
use serde::Serialize;

use crate::store::StoreError;

/// Why a request was refused or failed. The list is closed; README has each with its cause and cure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Code {
    /// The HTTP request is not a GraphQL request.
    BadRequest,
    /// The method is not allowed here.
    MethodNotAllowed,
    /// The body is not JSON.
    UnsupportedMediaType,
    /// No media type that the client accepts can be sent.
    NotAcceptable,
    /// The body is larger than allowed.
    BodyTooLarge,
    /// The document is not GraphQL.
    ParseFailed,
    /// The document does not fit the schema.
    ValidationFailed,
    /// The document is larger than allowed, when its fragments are written out.
    DocumentTooLarge,
    /// Fields are nested deeper than allowed.
    QueryTooDeep,
    /// The query may read more rows than allowed.
    QueryTooDear,
    /// There is no such operation in the document, or it is not clear which one is meant.
    OperationNotFound,
    /// The operation cannot be run this way.
    OperationNotAllowed,
    /// A variable or an argument has a value that is not allowed.
    BadInput,
    /// An id is not one of ours.
    BadId,
    /// A cursor is not one of ours, or belongs to another order.
    BadCursor,
    /// Several publications fit a publication number.
    AmbiguousNumber,
    /// There is no token, or it is not known, has expired or was revoked.
    Unauthenticated,
    /// The token's role may not do this.
    Forbidden,
    /// An idempotency key came before with another request.
    KeyReused,
    /// A subscriber did not keep up with its events.
    TooSlow,
    /// Reading took longer than allowed.
    Timeout,
    /// Others wrote for as long as a write waits.
    Busy,
    /// The store was lost while a write was being committed: it may be written or not.
    InDoubt,
    /// The store has no room for what was to be written.
    StoreFull,
    /// The store cannot be reached, or all its connections are taken.
    Unavailable,
    /// Something broke inside.
    Internal,
}

impl Code {
    /// Every code.
    pub const ALL: [Self; 26] = [
        Self::BadRequest,
        Self::MethodNotAllowed,
        Self::UnsupportedMediaType,
        Self::NotAcceptable,
        Self::BodyTooLarge,
        Self::ParseFailed,
        Self::ValidationFailed,
        Self::DocumentTooLarge,
        Self::QueryTooDeep,
        Self::QueryTooDear,
        Self::OperationNotFound,
        Self::OperationNotAllowed,
        Self::BadInput,
        Self::BadId,
        Self::BadCursor,
        Self::AmbiguousNumber,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::KeyReused,
        Self::TooSlow,
        Self::Timeout,
        Self::Busy,
        Self::InDoubt,
        Self::StoreFull,
        Self::Unavailable,
        Self::Internal,
    ];
}

impl Code {
    /// Whether it tells of a fault of ours, which the log knows by the request's id.
    #[must_use]
    pub const fn is_ours(self) -> bool {
        matches!(
            self,
            Self::Internal | Self::Unavailable | Self::Timeout | Self::Busy | Self::InDoubt | Self::StoreFull
        )
    }
}

/// One error as a client sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientError {
    /// Why.
    pub code: Code,
    /// What was wrong and what was expected.
    pub message: String,
    /// Where in the document.
    pub locations: Vec<Pos>,
}

impl ClientError {
    /// An error that has no place in the document.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), locations: Vec::new() }
    }

    /// An error at a place in the document.
    #[must_use]
    pub fn at(code: Code, message: impl Into<String>, place: Pos) -> Self {
        Self { code, message: message.into(), locations: vec![place] }
    }
}

/// An error at one root field, which is null for it; the others have their data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The error.
    pub error: ClientError,
    /// The field's key in the response.
    pub path: String,
    /// What the client can ask for instead.
    pub candidates: Vec<String>,
}

impl FieldError {
    /// That several publications fit a number.
    #[must_use]
    pub fn ambiguous(text: &str, path: &str, place: Pos, (candidates, has_more): (Vec<String>, bool)) -> Self {
        let shown: String = text.chars().take(60).collect();
        let others = if has_more { " and others" } else { "" };
        let message =
            format!("Several publications fit `{shown}`: {}{others}. Ask for one of them.", candidates.join(", "));
        Self { error: ClientError::at(Code::AmbiguousNumber, message, place), path: path.to_owned(), candidates }
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Error {
    /// The request is at fault: what the client is told.
    Request(Vec<ClientError>),
    /// We are: what the log is told.
    Store(StoreError),
}

impl From<ClientError> for Error {
    fn from(error: ClientError) -> Self {
        Self::Request(vec![error])
    }
}

impl From<Vec<ClientError>> for Error {
    fn from(errors: Vec<ClientError>) -> Self {
        Self::Request(errors)
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

#[derive(Serialize)]
struct Location {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Extensions<'a> {
    code: Code,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    candidates: &'a [String],
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    message: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<[&'a str; 1]>,
    extensions: Extensions<'a>,
}

impl<'a> ErrorBody<'a> {
    fn new(error: &'a ClientError, request_id: Option<&'a str>) -> Self {
        Self {
            message: &error.message,
            locations: error.locations.iter().map(|at| Location { line: at.line, column: at.column }).collect(),
            path: None,
            extensions: Extensions { code: error.code, request_id, candidates: &[] },
        }
    }
}

#[derive(Serialize)]
struct ResponseBody<'a> {
    errors: Vec<ErrorBody<'a>>,
}

impl Error {
    /// The errors as a client sees them. A fault of ours is logged here, once.
    #[must_use]
    pub fn for_client(self, request_id: &str) -> Vec<ClientError> {
        let error = match self {
            Self::Request(errors) => return errors,
            Self::Store(error) => error,
        };
        tracing::error!(request_id, %error, "a request failed");
        vec![match error {
            StoreError::InDoubt(_) => ClientError::new(
                Code::InDoubt,
                "The store was lost while this was being committed: it is written whole or not at all. Send it again with \
                 the same `Idempotency-Key`, or look.",
            ),
            error if error.is_full() => {
                ClientError::new(Code::StoreFull, "The store has no room left; nothing was written.")
            }
            error if error.is_timeout() => {
                ClientError::new(Code::Timeout, "Reading took longer than this server allows.")
            }
            error if error.is_locked() => {
                ClientError::new(Code::Busy, "Others are writing; nothing was written. Try again shortly.")
            }
            error if error.is_outage() => {
                ClientError::new(Code::Unavailable, "The store cannot be reached or is busy; try again shortly.")
            }
            _ => ClientError::new(Code::Internal, "Something broke inside; the request id names it in the log."),
        }]
    }
}

/// The response that says why there are no data. Errors of ours carry the request's id.
#[must_use]
pub fn response_body(errors: &[ClientError], request_id: &str) -> Vec<u8> {
    let errors = errors.iter().map(|error| ErrorBody::new(error, error.code.is_ours().then_some(request_id))).collect();
    serde_json::to_vec(&ResponseBody { errors }).unwrap_or_else(|_| br#"{"errors":[]}"#.to_vec())
}

/// The errors of a request as a list. Errors of ours carry the request's id.
#[must_use]
pub fn error_list(errors: &[ClientError], request_id: &str) -> String {
    let body = response_body(errors, request_id);
    let list = body.strip_prefix(b"{\"errors\":").and_then(|rest| rest.strip_suffix(b"}"));
    list.map_or_else(|| "[]".to_owned(), |list| String::from_utf8_lossy(list).into_owned())
}

/// What a subscriber is told who did not keep up with its events: the number from which to go on.
#[must_use]
pub fn too_slow(seq: i64) -> String {
    let message = "The events came faster than they were read; go on from `seq`.";
    let extensions = serde_json::json!({ "code": Code::TooSlow, "seq": seq.to_string() });
    serde_json::json!([{ "message": message, "extensions": extensions }]).to_string()
}

/// The errors of fields as they stand beside the data: a list.
#[must_use]
pub fn field_errors(errors: &[FieldError]) -> Vec<u8> {
    let errors: Vec<ErrorBody<'_>> = errors
        .iter()
        .map(|field| {
            let mut body = ErrorBody::new(&field.error, None);
            body.path = Some([field.path.as_str()]);
            body.extensions.candidates = &field.candidates;
            body
        })
        .collect();
    serde_json::to_vec(&errors).unwrap_or_else(|_| b"[]".to_vec())
}
