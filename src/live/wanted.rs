//! A subscription that is prepared, and a page of its events.

use std::sync::Arc;

use async_graphql::Positioned;
use async_graphql::parser::types::OperationDefinition;
use async_graphql_value::Value;

use crate::access::Role;
use crate::engine::Request;
use crate::plan::predicate::Datum;
use crate::plan::{Bound, Bounds, Plan, events};

/// Events of a page at most.
const PAGE_MAX: u64 = 100;

/// One event.
#[derive(Debug, PartialEq, Eq)]
pub struct Event {
    /// The number of its change.
    pub seq: i64,
    /// The value of the subscription's field, as JSON.
    pub value: Vec<u8>,
}

/// Events in the order of their numbers, and up to which number they are all.
#[derive(Debug)]
pub struct Page {
    /// The events.
    pub events: Vec<Arc<Event>>,
    /// Up to this number there are no others.
    pub upto: i64,
}

/// What makes two subscriptions the same but for where they begin: they share each run.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Sameness {
    text: String,
    operation: Option<String>,
    variables: String,
    /// What somebody may see goes by their role.
    role: Option<Role>,
}

/// A subscription that is prepared.
#[derive(Clone, Debug)]
pub struct Wanted {
    plan: Arc<Plan>,
    bound: Bounds,
    slot: usize,
    key: Arc<str>,
    page_size: u32,
    /// The number behind which it begins; none when it begins now.
    pub since: Option<i64>,
    pub(super) sameness: Arc<Sameness>,
}

impl Wanted {
    /// A subscription of these arguments, with as many events a page as it may read; nothing when the plan is of none.
    pub(crate) fn new(
        request: &Request,
        operation: &Positioned<OperationDefinition>,
        plan: Arc<Plan>,
        (bound, events_max): (Bounds, u64),
    ) -> Option<Self> {
        let (connection, key) = plan.events()?;
        let (slot, key) = (connection.slot, Arc::from(key));
        let since = match bound.get(slot)? {
            Bound::Connection(args) => match args.page.after.as_deref() {
                Some([Datum::Integer(seq)]) => Some(*seq),
                _ => None,
            },
            _ => return None,
        };
        let mut variables = request.variables.clone();
        if let Some(name) = variable_of_since(request, operation, &plan, slot) {
            variables.remove(&name);
        }
        let sameness = Arc::new(Sameness {
            text: request.query.clone(),
            operation: request.operation_name.clone(),
            variables: serde_json::Value::Object(variables).to_string(),
            role: request.actor.role,
        });
        let page_size = u32::try_from(events_max.clamp(1, PAGE_MAX)).unwrap_or(1);
        Some(Self { plan, bound, slot, key, page_size, since, sameness })
    }

    /// The same, behind a number.
    #[must_use]
    pub fn since(self, seq: i64) -> Self {
        Self { since: Some(seq), ..self }
    }

    pub(crate) fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    pub(crate) fn within(&self, after: i64, upto: i64) -> Bounds {
        events::within(&self.bound, self.slot, (after, upto), self.page_size)
    }

    pub(crate) fn page(&self, events: Vec<(i64, Vec<u8>)>, upto: i64) -> Page {
        // Behind a full page there may be more.
        let is_full = u32::try_from(events.len()).is_ok_and(|count| count >= self.page_size);
        let upto = events.last().filter(|_| is_full).map_or(upto, |(seq, _)| *seq);
        let events = events.into_iter().map(|(seq, value)| Arc::new(Event { seq, value })).collect();
        Page { events, upto }
    }

    /// An event as the response that it is.
    #[must_use]
    pub fn response(&self, event: &Event) -> Vec<u8> {
        let mut body = Vec::with_capacity(event.value.len() + self.key.len() + 64);
        body.extend(b"{\"data\":{\"");
        body.extend(self.key.as_bytes());
        body.extend(b"\":");
        body.extend(&event.value);
        body.extend(format!("}},\"extensions\":{{\"seq\":\"{}\"}}}}", event.seq).as_bytes());
        body
    }
}

/// The variable that says only where the subscription begins: used once in the text besides its definition.
fn variable_of_since(
    request: &Request,
    operation: &Positioned<OperationDefinition>,
    plan: &Plan,
    slot: usize,
) -> Option<String> {
    let field = &plan.slots.get(slot)?.field;
    let (_, value) = field.arguments.iter().find(|(name, _)| name.node == "since")?;
    let Value::Variable(name) = &value.node else { return None };
    let is_defined = operation.node.variable_definitions.iter().any(|variable| variable.node.name.node == *name);
    let sign = format!("${name}");
    let goes_on = |rest: &str| rest.starts_with(|next: char| next.is_alphanumeric() || next == '_');
    let uses = request.query.split(sign.as_str()).skip(1).filter(|rest| !goes_on(rest)).count();
    (is_defined && uses == 2).then(|| name.to_string())
}
