//! GraphQL over HTTP: methods, media types and status codes.

use std::time::Instant;

use actix_web::http::header::{
    ACCEPT, ALLOW, AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue, VARY, WWW_AUTHENTICATE,
};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};

use super::{Shared, events, playground, request, socket};
use crate::engine::{Request, Response, Timing};
use crate::error::{ClientError, Code, Error, response_body};

const RESPONSE_JSON: &str = "application/graphql-response+json";
const JSON: &str = "application/json";
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");
/// By what a write is known when it is sent again.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// With this header, whatever it says, a client asks for `Server-Timing`.
const WANTS_TIMING: HeaderName = HeaderName::from_static("x-server-timing");

/// The media type of a response.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Media {
    /// The status tells a request that was refused from one that was answered.
    Response,
    /// The status tells only whether there was a GraphQL request.
    Json,
    /// Each response is an event.
    Events,
}

/// Answers a request at the GraphQL address, and says so in the log.
pub(super) async fn handle(http: HttpRequest, payload: web::Payload, shared: web::Data<Shared>) -> HttpResponse {
    if http.method() == Method::GET && playground::is_wanted(&http) {
        return playground::page(http).await;
    }
    if http.method() == Method::GET && socket::is_wanted(&http) {
        return socket::open(&http, payload, shared);
    }
    let start = Instant::now();
    let request_id = shared.request_ids.next();
    let media = accepted(&http);
    let decoded = match media {
        Some(_) => admitted(&http, payload, &shared).await,
        None => Err(ClientError::new(
            Code::NotAcceptable,
            format!(
                "`Accept` allows none of the types that are sent: {RESPONSE_JSON}, {JSON}, {}.",
                events::EVENT_STREAM
            ),
        )
        .into()),
    };
    let response = match decoded {
        Ok(request) if media == Some(Media::Events) => {
            tracing::info!(request_id, "asked for events");
            return events::answer(&http, &shared, &request, &request_id).await;
        }
        Ok(request) => shared.engine.answer(&request, &request_id).await,
        Err(error) => {
            let errors = error.for_client(&request_id);
            let refused = errors.first().map_or(Code::Internal, |error| error.code);
            let body = response_body(&errors, &request_id);
            Response { body, refused: Some(refused), rows: 0, timing: Timing::default() }
        }
    };
    let (refused, bytes, took) = (response.refused, response.body.len(), start.elapsed());
    tracing::info!(request_id, ?refused, bytes, ?took, "answered");
    let wants_timing = http.headers().contains_key(WANTS_TIMING);
    respond(response, media.unwrap_or(Media::Json), &request_id, wants_timing)
}

/// The request, with whose it is. Who may not ask has nothing read of the body.
async fn admitted(http: &HttpRequest, payload: web::Payload, shared: &Shared) -> Result<Request, Error> {
    let text = |name: HeaderName| http.headers().get(name).map(|value| value.to_str().unwrap_or_default());
    let actor = shared.gate.actor(text(AUTHORIZATION)).await?;
    shared.gate.check_reading(&actor)?;
    let request = decode(http, payload, shared.body_bytes_max).await?;
    Ok(Request { actor, idempotency_key: text(IDEMPOTENCY_KEY).map(str::to_owned), ..request })
}

fn respond(response: Response, media: Media, request_id: &str, wants_timing: bool) -> HttpResponse {
    let content_type = match media {
        Media::Response => "application/graphql-response+json; charset=utf-8",
        Media::Json | Media::Events => "application/json; charset=utf-8",
    };
    let mut http = HttpResponse::build(response.refused.map_or(StatusCode::OK, |code| status(code, media)));
    http.insert_header((CONTENT_TYPE, HeaderValue::from_static(content_type)));
    http.insert_header((REQUEST_ID, request_id.to_owned()));
    http.append_header((VARY, HeaderValue::from_static("accept")));
    if wants_timing {
        http.insert_header((SERVER_TIMING, server_timing(&response.timing)));
    }
    if response.refused == Some(Code::MethodNotAllowed) {
        http.insert_header((ALLOW, HeaderValue::from_static("GET, POST")));
    }
    if response.refused == Some(Code::Unauthenticated) {
        http.insert_header((WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")));
    }
    http.body(response.body)
}

/// The stages and how long each took, in milliseconds.
fn server_timing(timing: &Timing) -> String {
    let stages = [("parse", timing.parse), ("plan", timing.plan), ("store", timing.store), ("write", timing.write)];
    let shown: Vec<String> =
        stages.iter().map(|(name, took)| format!("{name};dur={:.3}", took.as_secs_f64() * 1_000.0)).collect();
    shown.join(", ")
}

fn status(code: Code, media: Media) -> StatusCode {
    match code {
        Code::BadRequest => StatusCode::BAD_REQUEST,
        Code::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Code::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
        Code::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        Code::Timeout => StatusCode::GATEWAY_TIMEOUT,
        Code::Unavailable | Code::Busy | Code::InDoubt => StatusCode::SERVICE_UNAVAILABLE,
        Code::StoreFull => StatusCode::INSUFFICIENT_STORAGE,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        Code::Forbidden if media == Media::Response => StatusCode::FORBIDDEN,
        Code::KeyReused if media == Media::Response => StatusCode::UNPROCESSABLE_ENTITY,
        _ if media == Media::Response => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    }
}

async fn decode(http: &HttpRequest, payload: web::Payload, body_bytes_max: usize) -> Result<Request, ClientError> {
    match *http.method() {
        Method::GET => {
            let parameters = web::Query::<Vec<(String, String)>>::from_query(http.query_string());
            let parameters = parameters
                .map_err(|error| ClientError::new(Code::BadRequest, format!("The address cannot be read: {error}.")))?;
            request::from_address(&parameters)
        }
        Method::POST => {
            check_content_type(http)?;
            let body = match payload.to_bytes_limited(body_bytes_max).await {
                Ok(Ok(body)) => body,
                Ok(Err(error)) => {
                    return Err(ClientError::new(Code::BadRequest, format!("The body cannot be read: {error}.")));
                }
                Err(_) => {
                    let message = format!("The body is too large: at most {body_bytes_max} bytes are allowed.");
                    return Err(ClientError::new(Code::BodyTooLarge, message));
                }
            };
            request::from_body(&body)
        }
        _ => {
            let message = format!("{} is not allowed here: send a query by POST as JSON, or by GET.", http.method());
            Err(ClientError::new(Code::MethodNotAllowed, message))
        }
    }
}

/// The parts of a media type: its name in lower case, and its parameters.
pub(super) fn media_type(text: &str) -> (String, impl Iterator<Item = (String, &str)>) {
    let mut parts = text.split(';');
    let name = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let parameters = parts.filter_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        Some((name.trim().to_ascii_lowercase(), value.trim().trim_matches('"')))
    });
    (name, parameters)
}

fn check_content_type(http: &HttpRequest) -> Result<(), ClientError> {
    let given = http.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (name, mut parameters) = media_type(given);
    let is_utf8 = parameters.all(|(name, value)| name != "charset" || value.eq_ignore_ascii_case("utf-8"));
    if name == JSON && is_utf8 {
        return Ok(());
    }
    let shown = if given.is_empty() { "nothing" } else { given };
    let message = format!("`Content-Type` must be {JSON} in UTF-8, not {shown}.");
    Err(ClientError::new(Code::UnsupportedMediaType, message))
}

/// The media type that the client likes best among ours; nothing when it takes none.
fn accepted(http: &HttpRequest) -> Option<Media> {
    let mut best: Option<(Media, f32)> = None;
    let mut said_anything = false;
    for header in http.headers().get_all(ACCEPT) {
        for range in header.to_str().unwrap_or_default().split(',').filter(|range| !range.trim().is_empty()) {
            said_anything = true;
            let (name, mut parameters) = media_type(range);
            let quality = parameters.find(|(name, _)| name == "q").map_or(Some(1.0), |(_, q)| q.parse::<f32>().ok());
            let media = match name.as_str() {
                RESPONSE_JSON => Media::Response,
                events::EVENT_STREAM => Media::Events,
                JSON | "application/*" | "*/*" => Media::Json,
                _ => continue,
            };
            let quality = quality.unwrap_or(0.0);
            if quality > best.map_or(0.0, |(_, best)| best) {
                best = Some((media, quality));
            }
        }
    }
    if said_anything { best.map(|(media, _)| media) } else { Some(Media::Json) }
}
