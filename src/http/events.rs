//! GraphQL over server-sent events, distinct connections: an operation is a request, and each response of it an event.

use std::time::Duration;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, HeaderName, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use async_graphql::futures_util::stream::unfold;
use async_graphql::parser::types::OperationType;

use super::Shared;
use crate::engine::Request;
use crate::error::{Error, response_body, too_slow};
use crate::live::{Ended, Subscription};

/// The media type.
pub(super) const EVENT_STREAM: &str = "text/event-stream";

/// What a browser sends when it connects again: the last event that it had.
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// Tells proxies that hold answers back to pass this one on.
const UNBUFFERED: HeaderName = HeaderName::from_static("x-accel-buffering");

/// Answers a request as events.
pub(super) async fn answer(
    http: &HttpRequest,
    shared: &web::Data<Shared>,
    request: &Request,
    request_id: &str,
) -> HttpResponse {
    match subscription(http, shared, request).await {
        Ok(Some(subscription)) => follow(shared, subscription, request_id.to_owned()),
        Ok(None) => {
            let response = shared.engine.answer(request, request_id).await;
            once(&response.body)
        }
        Err(error) => once(&response_body(&error.for_client(request_id), request_id)),
    }
}

async fn subscription(
    http: &HttpRequest,
    shared: &web::Data<Shared>,
    request: &Request,
) -> Result<Option<Subscription>, Error> {
    let live = &shared.live;
    if live.engine().kind(request).await? != OperationType::Subscription {
        return Ok(None);
    }
    let mut wanted = live.engine().wanted(request).await?;
    let last = http.headers().get(LAST_EVENT_ID).and_then(|last| last.to_str().ok());
    wanted.since = last.and_then(|last| last.parse().ok()).or(wanted.since);
    live.subscribe(wanted).await.map(Some)
}

fn stream() -> actix_web::HttpResponseBuilder {
    let mut http = HttpResponse::Ok();
    http.content_type(EVENT_STREAM);
    http.insert_header((CACHE_CONTROL, "no-store"));
    // Compressed, events would wait until there are enough of them.
    http.insert_header((CONTENT_ENCODING, HeaderValue::from_static("identity")));
    http.insert_header((UNBUFFERED, "no"));
    http
}

/// A single response and the end.
fn once(body: &[u8]) -> HttpResponse {
    let mut text = event("next", None, body);
    text.extend(event("complete", None, b""));
    stream().body(text)
}

/// An event: its lines, and an empty one.
fn event(kind: &str, id: Option<i64>, data: &[u8]) -> Vec<u8> {
    let mut text = format!("event: {kind}\n").into_bytes();
    if let Some(id) = id {
        text.extend(format!("id: {id}\n").as_bytes());
    }
    for line in data.split(|byte| *byte == b'\n') {
        text.extend(b"data: ");
        text.extend(line);
        text.push(b'\n');
    }
    text.push(b'\n');
    text
}

/// What is sent when there is nothing to send, so that both sides know that the other is there.
const STILL_HERE: &[u8] = b":\n\n";

struct Following {
    subscription: Subscription,
    keep_alive: Duration,
    ending: tokio::sync::watch::Receiver<bool>,
    request_id: String,
}

impl Following {
    /// What to send next, and whether that is the last.
    async fn next(&mut self) -> Option<(Vec<u8>, bool)> {
        tokio::select! {
            next = self.subscription.next() => Some(match next {
                Ok(found) => (event("next", Some(found.seq), &self.subscription.wanted().response(&found)), false),
                Err(Ended::Failed(error)) => {
                    let errors = error.for_client(&self.request_id);
                    (ended(&response_body(&errors, &self.request_id)), true)
                }
                Err(Ended::Behind) => {
                    let seq = self.subscription.upto();
                    tracing::info!(request_id = self.request_id, seq, "a subscriber was too slow");
                    (ended(format!("{{\"errors\":{}}}", too_slow(seq)).as_bytes()), true)
                }
            }),
            () = tokio::time::sleep(self.keep_alive) => Some((STILL_HERE.to_vec(), false)),
            // Not the end of the events: the client connects again.
            _ = self.ending.changed() => None,
        }
    }
}

fn ended(body: &[u8]) -> Vec<u8> {
    [event("next", None, body), event("complete", None, b"")].concat()
}

fn follow(shared: &web::Data<Shared>, subscription: Subscription, request_id: String) -> HttpResponse {
    let (keep_alive, ending) = (shared.keep_alive, shared.live.ending());
    let following = Some(Box::new(Following { subscription, keep_alive, ending, request_id }));
    // The first line goes out at once: it says that the subscription has begun.
    let begun = async_graphql::futures_util::stream::iter([Ok::<Bytes, std::convert::Infallible>(Bytes::from_static(
        STILL_HERE,
    ))]);
    let events = unfold(following, |following| async {
        let mut following = following?;
        let (text, is_last) = following.next().await?;
        Some((Ok(Bytes::from(text)), (!is_last).then_some(following)))
    });
    stream().streaming(async_graphql::futures_util::StreamExt::chain(begun, events))
}
