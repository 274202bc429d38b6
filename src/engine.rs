//! From a GraphQL request to the bytes of its response, whatever carries it.

mod writing;

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_graphql::parser::types::OperationType;
use serde_json::{Map, Value};
use tokio::sync::Semaphore;

use crate::access::Actor;
use crate::document::size::SizeLimits;
use crate::document::{Checker, Document, input};
use crate::error::{self, ClientError, Code, Error, FieldError};
use crate::live::{Page, Wanted};
use crate::plan::{Bounds, Limits, Plan, Root, RootBody};
use crate::prepared::Texts;
use crate::schema::schema;
use crate::store::{self, Ambiguous, Answer, Effort, IdMaker, Store, StoreError, Writers};

/// Up to this price, a read of an embedded database is tried where the request is: the way to another thread costs more. It is
/// what a read costs in the worst case, which is some times what it then takes.
const AT_ONCE_PRICE_MAX: u64 = 25_000;

/// How much that may take where nothing else is said. The work is bounded by steps, some milliseconds of them: by the clock,
/// a thread that waits for a core would begin its read again, the more often the busier the machine is. The time is for
/// steps that wait for a disk.
pub const AT_ONCE_MAX: Effort = Effort { time: Duration::from_millis(25), steps: 200_000 };

/// A GraphQL request.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The document.
    pub query: String,
    /// Which of its operations.
    pub operation_name: Option<String>,
    /// The variables.
    pub variables: Map<String, Value>,
    /// Whether only queries are allowed, as by GET.
    pub reads_only: bool,
    /// Whose request it is.
    pub actor: Actor,
    /// By what a write is known when it is sent again.
    pub idempotency_key: Option<String>,
}

/// The response to a request.
#[derive(Debug)]
pub struct Response {
    /// Its bytes: JSON.
    pub body: Vec<u8>,
    /// Why there are no data, if there are none.
    pub refused: Option<Code>,
    /// How many rows were read for it.
    pub rows: usize,
    /// How long each stage took.
    pub timing: Timing,
}

/// How long the stages of an answer took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Timing {
    /// Finding the document, or parsing and checking it.
    pub parse: Duration,
    /// Coercing the variables, planning, binding.
    pub plan: Duration,
    /// Waiting for a connection and reading, rows into JSON included.
    pub store: Duration,
    /// Nesting what was read into the response, introspection included.
    pub write: Duration,
}

/// Tells how long each stage took.
struct Clock {
    last: Instant,
}

impl Clock {
    fn start() -> Self {
        Self { last: Instant::now() }
    }

    /// The time since the start, or the last lap.
    fn lap(&mut self) -> Duration {
        let now = Instant::now();
        now.duration_since(std::mem::replace(&mut self.last, now))
    }
}

/// How an engine is set up.
#[derive(Clone, Copy, Debug)]
pub struct EngineOptions {
    /// What a query may cost.
    pub limits: Limits,
    /// How large a document may be.
    pub size: SizeLimits,
    /// How many reads run at once on threads of their own.
    pub readers: usize,
    /// How long a request waits for one of them.
    pub wait: Duration,
    /// How much a read of an embedded database may take where the request is, before it begins again on a thread of its own:
    /// a filter can look at many rows to find few.
    pub at_once: Effort,
    /// The number of this server among those that write to one store.
    pub node: u16,
}

/// Answers requests from a store.
pub struct Engine {
    checker: Checker,
    texts: Texts,
    store: Store,
    writers: Arc<Writers>,
    options: EngineOptions,
    readers: Arc<Semaphore>,
    /// How many write at once.
    writing: Arc<Semaphore>,
    ids: IdMaker,
}

impl Engine {
    /// An engine on a store.
    #[must_use]
    pub fn new(store: Store, options: EngineOptions) -> Self {
        let readers = Arc::new(Semaphore::new(options.readers.max(1)));
        let writers = Arc::new(Writers::new(store.url(), options.wait));
        let writing = Arc::new(Semaphore::new(writers.at_once()));
        let ids = IdMaker::new(options.node).following_clock();
        let checker = Checker::new(options.size);
        Self { checker, texts: Texts::default(), store, writers, options, readers, writing, ids }
    }

    /// The store that it reads.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Those who write to it.
    #[must_use]
    pub fn writers(&self) -> &Arc<Writers> {
        &self.writers
    }

    /// Answers a request. The id names it in the log, and in errors of ours.
    pub async fn answer(&self, request: &Request, request_id: &str) -> Response {
        let mut timing = Timing::default();
        match self.data(request, &mut timing).await {
            Ok((body, rows)) => Response { body, refused: None, rows, timing },
            Err(error) => refusal(error, request_id, timing),
        }
    }

    /// What kind of operation a request is.
    ///
    /// # Errors
    /// It is none that this schema knows.
    pub async fn kind(&self, request: &Request) -> Result<OperationType, Error> {
        let prepared = self.texts.get(&request.query, &self.checker).await?;
        let (_, operation) = prepared.document.operation(request.operation_name.as_deref())?;
        Ok(operation.node.ty)
    }

    /// Prepares a subscription.
    ///
    /// # Errors
    /// It is none, or something of it is not allowed.
    pub async fn wanted(&self, request: &Request) -> Result<Wanted, Error> {
        let prepared = self.texts.get(&request.query, &self.checker).await?;
        let (name, operation) = prepared.document.operation(request.operation_name.as_deref())?;
        let types = prepared.document.variable_types(operation);
        let variables = input::variables(schema(), (&operation.node, types), &request.variables)?;
        let plan = self.texts.plan(&request.query, &prepared, (name, operation), &variables)?;
        let bound = plan.bind(schema(), &variables, &self.options.limits)?;
        let price = bound.price().max(1);
        Wanted::new(request, operation, plan, (bound, self.options.limits.price_max / price)).ok_or_else(|| {
            let message = "This is no subscription.";
            ClientError::at(Code::OperationNotAllowed, message, operation.pos).into()
        })
    }

    /// The events of a subscription among the changes behind `after`, up to `upto`: so many as fit a page, in order.
    ///
    /// # Errors
    /// The store failed.
    pub async fn events(&self, wanted: &Wanted, after: i64, upto: i64) -> Result<Page, Error> {
        let bound = wanted.within(after, upto);
        let events = self.read(wanted.plan(), bound).await?.events;
        Ok(wanted.page(events, upto))
    }

    async fn data(&self, request: &Request, timing: &mut Timing) -> Result<(Vec<u8>, usize), Error> {
        let mut clock = Clock::start();
        let prepared = self.texts.get(&request.query, &self.checker).await?;
        let (name, operation) = prepared.document.operation(request.operation_name.as_deref())?;
        if request.reads_only && operation.node.ty != OperationType::Query {
            let message = format!("A {} needs POST; GET only reads.", operation.node.ty);
            return Err(ClientError::at(Code::MethodNotAllowed, message, operation.pos).into());
        }
        if operation.node.ty == OperationType::Subscription {
            let message = "A subscription needs a WebSocket (`graphql-transport-ws`) or `Accept: text/event-stream`.";
            return Err(ClientError::at(Code::OperationNotAllowed, message, operation.pos).into());
        }
        timing.parse = clock.lap();
        let types = prepared.document.variable_types(operation);
        let variables = input::variables(schema(), (&operation.node, types), &request.variables)?;
        let plan = self.texts.plan(&request.query, &prepared, (name, operation), &variables)?;
        let bound = plan.bind(schema(), &variables, &self.options.limits)?;
        timing.plan = clock.lap();
        if operation.node.ty == OperationType::Mutation && plan.needs_store() {
            let body = self.write(request, &plan, bound).await?;
            timing.store = clock.lap();
            return Ok((body, 0));
        }
        let Answer { mut values, is_led, rows, writing, ambiguous, .. } = self.read(&plan, bound).await?;
        timing.store = clock.lap().saturating_sub(writing);
        if plan.introspects() {
            self.introspect(&prepared.document, request, &plan, &mut values).await?;
        }
        let mut body = data_body(&plan, values, is_led);
        if !ambiguous.is_empty() {
            let errors: Vec<FieldError> = ambiguous.into_iter().filter_map(|found| field_error(&plan, found)).collect();
            // They stand before the data, behind the opening brace.
            body.splice(1..1, [b"\"errors\":", error::field_errors(&errors).as_slice(), b","].concat());
        }
        timing.write = clock.lap() + writing;
        Ok((body, rows))
    }

    async fn read(&self, plan: &Arc<Plan>, bound: Bounds) -> Result<Answer, Error> {
        if !plan.needs_store() {
            let value = |root: &Root| store::without_reading(&root.body);
            return Ok(Answer { values: plan.roots.iter().map(value).collect(), ..Answer::default() });
        }
        if self.store.is_embedded()
            && bound.price() <= AT_ONCE_PRICE_MAX
            && let Some(answer) = self.store.read_at_once(plan, &bound, self.options.at_once)?
        {
            return Ok(answer);
        }
        let free = Arc::clone(&self.readers).acquire_owned();
        let permit = tokio::time::timeout(self.options.wait, free).await.map_err(|_| StoreError::Busy)?;
        let (store, plan) = (self.store.clone(), Arc::clone(plan));
        let read = tokio::task::spawn_blocking(move || {
            let values = store.read(&plan, &bound);
            drop(permit);
            values
        });
        Ok(read.await.map_err(|error| StoreError::Shape(error.to_string()))??)
    }

    /// Fills in what async-graphql answers.
    async fn introspect(
        &self,
        document: &Document,
        request: &Request,
        plan: &Plan,
        values: &mut [Vec<u8>],
    ) -> Result<(), Error> {
        let answer = self.checker.introspect(document, request.operation_name.as_deref(), &request.variables).await;
        if let Some(error) = answer.errors.first() {
            let refused = ClientError {
                code: Code::BadInput,
                message: error.message.clone(),
                locations: error.locations.clone(),
            };
            return Err(refused.into());
        }
        let async_graphql::Value::Object(data) = answer.data else {
            return Err(StoreError::Shape("introspection gave no object".to_owned()).into());
        };
        for (root, value) in plan.roots.iter().zip(values) {
            if let (RootBody::Introspection, Some(found)) = (&root.body, data.get(root.key.as_str())) {
                *value = serde_json::to_vec(found).map_err(|error| StoreError::Shape(error.to_string()))?;
            }
        }
        Ok(())
    }
}

/// What a client is told where several publications fit a number.
fn field_error(plan: &Plan, found: Ambiguous) -> Option<FieldError> {
    let (root, slot) = (plan.roots.get(found.root)?, plan.slots.get(found.slot)?);
    Some(FieldError::ambiguous(&found.text, &root.key, slot.place, (found.candidates, found.has_more)))
}

/// The response of a request that has no data.
fn refusal(error: Error, request_id: &str, timing: Timing) -> Response {
    let errors = error.for_client(request_id);
    let refused = errors.first().map_or(Code::Internal, |error| error.code);
    Response { body: error::response_body(&errors, request_id), refused: Some(refused), rows: 0, timing }
}

/// The response of a plan's values; the only one may have its lead already.
fn data_body(plan: &Plan, mut values: Vec<Vec<u8>>, is_led: bool) -> Vec<u8> {
    if is_led {
        let mut body = values.pop().unwrap_or_default();
        body.extend(b"}}");
        return body;
    }
    let size: usize = values.iter().map(|value| value.len() + 32).sum();
    let mut body = Vec::with_capacity(size + 16);
    body.extend(b"{\"data\":{");
    for (index, (root, value)) in plan.roots.iter().zip(&values).enumerate() {
        body.extend(if index == 0 { &b"\""[..] } else { b",\"" });
        body.extend(root.key.as_bytes());
        body.extend(b"\":");
        body.extend(if value.is_empty() { b"null" } else { value.as_slice() });
    }
    body.extend(b"}}");
    body
}
