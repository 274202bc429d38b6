//! GraphQL over a WebSocket, by the protocol `graphql-transport-ws`: operations of every kind, several at once.
//!
//! What the protocol leaves to the server: it pings, and ends a connection that has been silent for two pings; an
//! operation that does not keep up with its events is told from where to go on, and the connection is closed.

mod message;
mod operation;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

use actix_web::http::header::{AUTHORIZATION, HOST, ORIGIN, SEC_WEBSOCKET_PROTOCOL, UPGRADE};
use actix_web::{HttpRequest, HttpResponse, web};
use actix_ws::{AggregatedMessage, AggregatedMessageStream, CloseCode, CloseReason, Session};
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::{Shared, request};
use crate::access::Actor;
use crate::engine::Request;
use crate::error::Error;
use message::Said;

const PROTOCOL: &str = "graphql-transport-ws";

/// How long a client may take to begin.
const INIT_TIME_MAX: Duration = Duration::from_secs(3);
/// How long a closing message may take to be sent.
const CLOSE_TIME_MAX: Duration = Duration::from_secs(1);
/// How long a token is taken for good on an open connection.
const ADMITTED_FOR: Duration = Duration::from_secs(60);
/// Operations of a connection at once at most.
const OPERATIONS_MAX: usize = 200;

/// Why a connection is closed, by the protocol's codes and WebSocket's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Closing {
    code: u16,
    reason: String,
}

impl Closing {
    /// A reason of whatever length: 123 bytes are sent.
    fn new(code: u16, reason: impl Into<String>) -> Self {
        let mut reason: String = reason.into();
        while reason.len() > 123 {
            reason.pop();
        }
        Self { code, reason }
    }

    fn invalid(reason: impl Into<String>) -> Self {
        Self::new(4400, reason)
    }

    /// That an operation did not keep up.
    pub(super) fn behind(seq: i64) -> Self {
        Self::new(1013, format!("TOO_SLOW: go on with since: {seq}"))
    }
}

/// Whether a request asks for a WebSocket.
pub(super) fn is_wanted(http: &HttpRequest) -> bool {
    let upgrade = http.headers().get(UPGRADE).and_then(|value| value.to_str().ok());
    upgrade.is_some_and(|upgrade| upgrade.eq_ignore_ascii_case("websocket"))
}

/// Opens a WebSocket.
pub(super) fn open(http: &HttpRequest, payload: web::Payload, shared: web::Data<Shared>) -> HttpResponse {
    let text = |name| http.headers().get(name).and_then(|value| value.to_str().ok());
    // Browsers ask no leave of this server before they open one.
    if let Some(origin) = text(ORIGIN)
        && !shared.origins.may_open(origin, text(HOST).unwrap_or_default())
    {
        return HttpResponse::Forbidden()
            .content_type("text/plain; charset=utf-8")
            .body("Pages of this origin may not.\n");
    }
    let speaks = text(SEC_WEBSOCKET_PROTOCOL).unwrap_or_default().split(',').any(|one| one.trim() == PROTOCOL);
    let authorization = text(AUTHORIZATION).map(str::to_owned);
    match actix_ws::handle_with_protocols(http, payload, &[PROTOCOL]) {
        Ok((response, session, stream)) => {
            let stream = stream.max_frame_size(shared.body_bytes_max).aggregate_continuations();
            let stream = stream.max_continuation_size(shared.body_bytes_max);
            actix_web::rt::spawn(async move {
                let refused = Closing::new(4406, "Subprotocol not acceptable");
                let closing = if speaks {
                    Box::pin(Connection::new(session.clone(), shared, authorization).serve(stream)).await
                } else {
                    Some(refused)
                };
                let reason = closing.map(|closing| CloseReason {
                    code: CloseCode::from(closing.code),
                    description: Some(closing.reason),
                });
                // A client that does not read is not waited for.
                drop(timeout(CLOSE_TIME_MAX, session.close(reason)).await);
            });
            response
        }
        Err(error) => error.error_response(),
    }
}

/// The operations that run, by the client's names for them.
type Running = Rc<RefCell<HashMap<String, JoinHandle<()>>>>;

/// One connection.
struct Connection {
    session: Session,
    shared: web::Data<Shared>,
    /// The header of the request that opened it.
    authorization: Option<String>,
    /// Whose it is, once it has begun.
    actor: Option<Actor>,
    /// When that was looked at last.
    admitted_at: Instant,
    running: Running,
    /// By this an operation says that the connection must be closed.
    close: mpsc::Sender<Closing>,
    closed: mpsc::Receiver<Closing>,
}

impl Connection {
    fn new(session: Session, shared: web::Data<Shared>, authorization: Option<String>) -> Self {
        let (close, closed) = mpsc::channel(1);
        Self {
            session,
            shared,
            authorization,
            actor: None,
            admitted_at: Instant::now(),
            running: Running::default(),
            close,
            closed,
        }
    }

    /// Serves the connection until it ends; then why, unless it was the client that ended it.
    async fn serve(mut self, mut stream: AggregatedMessageStream) -> Option<Closing> {
        let keep_alive = self.shared.keep_alive;
        let mut ticks = tokio::time::interval_at(tokio::time::Instant::now() + keep_alive, keep_alive);
        let begin_until = tokio::time::Instant::now() + INIT_TIME_MAX;
        let mut ending = self.shared.live.ending();
        let mut heard = Instant::now();
        loop {
            tokio::select! {
                message = stream.recv() => {
                    heard = Instant::now();
                    match message {
                        Some(Ok(message)) => match self.hear(message).await {
                            Ok(true) => {}
                            Ok(false) => return None,
                            Err(closing) => return Some(closing),
                        },
                        Some(Err(error)) => return Some(Closing::new(1002, error.to_string())),
                        None => return None,
                    }
                }
                _ = ticks.tick() => {
                    let is_silent = heard.elapsed() > keep_alive * 2;
                    if is_silent || !timeout(keep_alive, self.session.ping(b"")).await.is_ok_and(|sent| sent.is_ok()) {
                        return None;
                    }
                    if !self.is_still_admitted().await {
                        return Some(Closing::new(4403, "Forbidden: the token is not good any more"));
                    }
                }
                () = tokio::time::sleep_until(begin_until), if self.actor.is_none() => {
                    return Some(Closing::new(4408, "Connection initialisation timeout"));
                }
                closing = self.closed.recv() => return closing,
                _ = ending.changed() => return Some(Closing::new(1001, "The server is stopping")),
            }
        }
    }

    /// Takes a message. Whether the connection goes on.
    async fn hear(&mut self, message: AggregatedMessage) -> Result<bool, Closing> {
        let text = match message {
            AggregatedMessage::Text(text) => text,
            AggregatedMessage::Binary(_) => return Err(Closing::invalid("Message is not text")),
            AggregatedMessage::Ping(bytes) => return Ok(self.session.pong(&bytes).await.is_ok()),
            AggregatedMessage::Pong(_) => return Ok(true),
            AggregatedMessage::Close(_) => return Ok(false),
        };
        match Said::read(&text).map_err(Closing::invalid)? {
            Said::Init(said) => self.begin(&said).await,
            Said::Ping(payload) => Ok(self.session.text(message::pong(payload)).await.is_ok()),
            Said::Pong => Ok(true),
            Said::Subscribe { id, request } => self.subscribe(id, request),
            Said::Complete(id) => {
                if let Some(task) = self.running.borrow_mut().remove(&id) {
                    task.abort();
                }
                Ok(true)
            }
        }
    }

    /// Begins: who it is may be in the message, for browsers cannot send a header.
    async fn begin(&mut self, said: &serde_json::Map<String, Value>) -> Result<bool, Closing> {
        if self.actor.is_some() {
            return Err(Closing::new(4429, "Too many initialisation requests"));
        }
        let said = ["Authorization", "authorization"].iter().find_map(|name| said.get(*name)?.as_str());
        self.authorization = said.map(str::to_owned).or(self.authorization.take());
        match self.admitted().await {
            Ok(actor) => {
                (self.actor, self.admitted_at) = (Some(actor), Instant::now());
                Ok(self.session.text(message::ACK).await.is_ok())
            }
            Err(error) => {
                let errors = error.for_client(&self.shared.request_ids.next());
                let is_ours = errors.iter().any(|error| error.code.is_ours());
                Err(match errors.first() {
                    _ if is_ours => Closing::new(4500, "Internal server error"),
                    Some(error) => Closing::new(4403, format!("Forbidden: {}", error.message)),
                    None => Closing::new(4403, "Forbidden"),
                })
            }
        }
    }

    /// Who the client is, if it may read.
    async fn admitted(&self) -> Result<Actor, Error> {
        let actor = self.shared.gate.actor(self.authorization.as_deref()).await?;
        self.shared.gate.check_reading(&actor)?;
        Ok(actor)
    }

    /// Whether the token is still good: connections outlive tokens. Where the store does not say, it is.
    async fn is_still_admitted(&mut self) -> bool {
        if self.actor.is_none() || self.authorization.is_none() || self.admitted_at.elapsed() < ADMITTED_FOR {
            return true;
        }
        self.admitted_at = Instant::now();
        match self.admitted().await {
            Ok(actor) => {
                self.actor = Some(actor);
                true
            }
            Err(error) => matches!(error, Error::Store(_)),
        }
    }

    fn subscribe(&mut self, id: String, members: serde_json::Map<String, Value>) -> Result<bool, Closing> {
        let Some(actor) = &self.actor else { return Err(Closing::new(4401, "Unauthorized")) };
        let mut running = self.running.borrow_mut();
        if running.contains_key(&id) {
            return Err(Closing::new(4409, format!("Subscriber for {id} already exists")));
        }
        if running.len() >= OPERATIONS_MAX {
            return Err(Closing::invalid(format!("A connection may have {OPERATIONS_MAX} operations at once")));
        }
        let request = request::from_members(members).map_err(|error| Closing::invalid(error.message))?;
        let request = Request { actor: actor.clone(), ..request };
        let operation = operation::Operation {
            id: id.clone(),
            session: self.session.clone(),
            shared: self.shared.clone(),
            running: Rc::clone(&self.running),
            close: self.close.clone(),
        };
        running.insert(id, actix_web::rt::spawn(Box::pin(operation.run(request))));
        Ok(true)
    }
}

/// Operations end with their connection.
impl Drop for Connection {
    fn drop(&mut self) {
        self.running.borrow_mut().drain().for_each(|(_, task)| task.abort());
    }
}
