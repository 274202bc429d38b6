//! The arguments of a request, bound to a plan: filters, orders, pages, keys, and the price of it all.
//!
//! All that can be wrong with a value is found here, before any statement runs.

use std::sync::Arc;

use async_graphql::Pos;

use crate::catalog::entities::CHANGE;
use crate::catalog::{AsOf, Direction, Entity, Kind, Lookup, Reach, Spelling, camel_case};
use crate::document::input::{self, Input, Variables};
use crate::error::{ClientError, Code};
use crate::plan::difference::{self, BoundDifferences};
use crate::plan::predicate::{Datum, Predicate};
use crate::plan::publication::WantedNumber;
use crate::plan::search::BoundSearch;
use crate::plan::{
    Bounds, Connection, Level, Plan, RootBody, Slot, SlotKind, as_of, cursor, events, filter, ids, order,
};
use crate::schema::Schema;

/// Conditions of one filter at most: databases bound the depth of an expression.
const CONDITIONS_MAX: usize = 300;

/// To-many edges inside one another in a filter at most: the rows that it looks at multiply with each.
const RELATIONS_MAX: usize = 4;
/// Bytes of values in all filters of a request at most: one variable can stand in many of them.
const FILTER_BYTES_MAX: usize = 4 * 1024 * 1024;

/// What a query may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Rows of a page for which no size was asked.
    pub page_size_default: u32,
    /// Rows of a page at most.
    pub page_size_max: u32,
    /// Rows that a query may read in the worst case.
    pub price_max: u64,
    /// Fields inside one another.
    pub depth_max: usize,
}

/// One step of an order.
#[derive(Clone, Copy, Debug)]
pub struct OrderStep {
    /// The column.
    pub column: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// Whether they can be null.
    pub is_nullable: bool,
    /// Which way it runs.
    pub direction: Direction,
}

/// Which rows of an order are meant.
#[derive(Clone, Debug)]
pub struct Page {
    /// How many rows.
    pub size: u32,
    /// Whether it is the end that is meant.
    pub is_backward: bool,
    /// Behind this position.
    pub after: Option<Vec<Datum>>,
    /// Before this position.
    pub before: Option<Vec<Datum>>,
}

/// The bound arguments of a connection.
#[derive(Clone, Debug)]
pub struct BoundConnection {
    /// Which rows.
    pub filter: Predicate,
    /// In which order; the key is the last step.
    pub order: Vec<OrderStep>,
    /// Which page.
    pub page: Page,
    /// Along what it leads instead of its edge's own way, where a day is given.
    pub reach: Option<&'static Reach>,
}

impl BoundConnection {
    /// Whether the order is the entity's own.
    #[must_use]
    pub fn is_in_own_order(&self, entity: &Entity) -> bool {
        let own = entity.default_order.iter().copied().chain([("id", Direction::Asc)]);
        self.order.iter().map(|step| (step.column, step.direction)).eq(own)
    }
}

/// The bound arguments of a slot.
#[derive(Clone, Debug)]
pub enum Bound {
    /// Of a connection.
    Connection(BoundConnection),
    /// A natural key, and its value.
    Key(&'static Lookup, Datum),
    /// A publication number in any spelling.
    Number(WantedNumber),
    /// Of differences.
    Differences(BoundDifferences),
    /// A text that is searched for.
    Search(BoundSearch),
    /// Ids: types and keys.
    Ids(Vec<(&'static Entity, i64)>),
    /// What is written.
    Input(Input),
}

impl Plan {
    /// Binds the arguments of a request: one `Bound` for each slot.
    ///
    /// # Errors
    /// An argument has a value that is not allowed, or the query is too deep or too dear.
    pub fn bind(&self, schema: &'static Schema, variables: &Variables, limits: &Limits) -> Result<Bounds, ClientError> {
        if self.depth > limits.depth_max {
            let message = format!("Fields are nested {} deep; at most {} are allowed.", self.depth, limits.depth_max);
            return Err(ClientError::new(Code::QueryTooDeep, message));
        }
        let mut bound = Bounds { slots: Vec::with_capacity(self.slots.len()), price: 0 };
        let mut weight = 0usize;
        for slot in &self.slots {
            let bind = || bind_slot(schema, slot, variables, limits);
            let next = match &slot.constant {
                Some(constant) => constant.get(limits, bind)?,
                None => Arc::new(bind()?),
            };
            if let Bound::Connection(args) = next.as_ref() {
                weight = weight.saturating_add(args.filter.weight());
            }
            if weight > FILTER_BYTES_MAX {
                let message = format!("All filters together hold over {FILTER_BYTES_MAX} bytes of values.");
                return Err(ClientError::at(Code::BadInput, message, slot.place));
            }
            bound.slots.push(next);
        }
        bound.price = self.price(&bound);
        if bound.price > limits.price_max {
            let message = format!(
                "The query may read {} rows; at most {} are allowed. Ask for smaller pages with `first`.",
                bound.price, limits.price_max
            );
            return Err(ClientError::new(Code::QueryTooDear, message));
        }
        Ok(bound)
    }

    /// The rows that it reads in the worst case: over all levels, parents times page size, and one a parent for a total.
    fn price(&self, bound: &Bounds) -> u64 {
        let of_root = |body: &RootBody| match body {
            RootBody::TypeName(_) | RootBody::Introspection => 0,
            RootBody::Payload(payload) => payload.plans().map(|plan| plan.price(bound)).fold(0, u64::saturating_add),
            RootBody::Connection(connection) | RootBody::Events(connection) => connection_price(connection, 1, bound),
            RootBody::Differences(differences) => {
                let Some(Bound::Differences(args)) = bound.get(differences.slot) else { return 0 };
                let rows = u64::from(args.size);
                level_price(&differences.last, rows, bound).saturating_add(rows)
            }
            RootBody::Lookup { level, .. } => level_price(level, 1, bound),
            RootBody::Search(search) => {
                let Some(Bound::Search(args)) = bound.get(search.slot) else { return 0 };
                // Whatever is found may all be of the dearest type.
                let of_arms = search.arms.iter().map(|arm| level_price(arm, u64::from(args.size), bound));
                of_arms.max().unwrap_or(0)
            }
            RootBody::Nodes { slot, arms, .. } => {
                let Some(Bound::Ids(ids)) = bound.get(*slot) else { return 0 };
                let of_arm = |arm: &Level| {
                    let rows = ids.iter().filter(|(entity, _)| *entity == arm.entity).count();
                    if rows == 0 { 0 } else { level_price(arm, u64::try_from(rows).unwrap_or(u64::MAX), bound) }
                };
                arms.iter().map(of_arm).fold(0, u64::saturating_add)
            }
        };
        self.roots.iter().map(|root| of_root(&root.body)).fold(0, u64::saturating_add)
    }
}

fn level_price(level: &Level, rows: u64, bound: &Bounds) -> u64 {
    let of_children = level.children.iter().map(|child| connection_price(&child.connection, rows, bound));
    of_children.fold(rows, u64::saturating_add)
}

fn connection_price(connection: &Connection, parents: u64, bound: &Bounds) -> u64 {
    let Some(Bound::Connection(args)) = bound.get(connection.slot) else { return 0 };
    let rows = parents.saturating_mul(u64::from(args.page.size));
    let counts = if connection.counts { parents } else { 0 };
    connection.level.as_ref().map_or(0, |level| level_price(level, rows, bound)).saturating_add(counts)
}

fn bind_slot(
    schema: &'static Schema,
    slot: &Slot,
    variables: &Variables,
    limits: &Limits,
) -> Result<Bound, ClientError> {
    let given = match slot.definitions {
        Some(definitions) => input::arguments(schema, definitions, slot.written(), variables, slot.place)?,
        None => Vec::new(),
    };
    let arguments = Arguments { given, place: slot.place };
    let bound = match slot.kind {
        SlotKind::Connection(entity) => connection(entity, &arguments, limits).map(Bound::Connection),
        SlotKind::AsOf(_, entity, as_of) => {
            connection(entity, &arguments, limits).map(|bound| Bound::Connection(on_a_day(bound, as_of, &arguments)))
        }
        SlotKind::Changed | SlotKind::AgreementRecorded => {
            let events = events::bound(slot.kind, arguments.get("filter"));
            events.and_then(|events| bounded(events, &arguments)).map(Bound::Connection)
        }
        SlotKind::Differences => differences(&arguments, limits).map(Bound::Differences),
        SlotKind::Lookup(_, lookup) => {
            let name = camel_case(lookup.column);
            arguments.text(&name).and_then(|key| match lookup.spelling {
                Spelling::Exact => Ok(Bound::Key(lookup, Datum::Text(key))),
                Spelling::PublicationNumber => WantedNumber::new(&key, &name).map(Bound::Number),
            })
        }
        SlotKind::Node => arguments.ids("id", limits).map(Bound::Ids),
        SlotKind::Nodes => arguments.ids("ids", limits).map(Bound::Ids),
        SlotKind::Mutation(_) => Ok(Bound::Input(arguments.get("input").cloned().unwrap_or(Input::Null))),
        SlotKind::Written(entity) => Ok(Bound::Ids(vec![(entity, 0)])),
        SlotKind::Search => search(&arguments, limits).map(Bound::Search),
    };
    bound.map_err(|error| arguments.placed(error))
}

/// The coerced arguments of a field.
struct Arguments<'v> {
    given: input::Arguments<'v>,
    place: Pos,
}

impl Arguments<'_> {
    /// An argument that is given and not null.
    fn get(&self, name: &str) -> Option<&Input> {
        let found = self.given.iter().find(|(given, _)| *given == name).map(|(_, value)| value.as_ref());
        found.filter(|value| **value != Input::Null)
    }

    fn placed(&self, error: ClientError) -> ClientError {
        if error.locations.is_empty() { ClientError { locations: vec![self.place], ..error } } else { error }
    }

    fn text(&self, name: &str) -> Result<String, ClientError> {
        match self.get(name) {
            Some(Input::Text(text)) => Ok(text.clone()),
            _ => Err(ClientError::new(Code::BadInput, format!("`{name}` must be a text."))),
        }
    }

    fn ids(&self, name: &str, limits: &Limits) -> Result<Vec<(&'static Entity, i64)>, ClientError> {
        let given: &[Input] = match self.get(name) {
            Some(Input::List(ids)) => ids,
            Some(single) => std::slice::from_ref(single),
            None => &[],
        };
        if u32::try_from(given.len()).is_ok_and(|count| count <= limits.page_size_max) {
            let id = |id: &Input| match id {
                Input::Id(id) => ids::decode(id).ok_or_else(|| filter::bad_id(id)),
                _ => Err(ClientError::new(Code::BadInput, format!("`{name}` must be an id."))),
            };
            return given.iter().map(id).collect();
        }
        let message = format!("`{name}` has {} ids; at most {} are allowed.", given.len(), limits.page_size_max);
        Err(ClientError::new(Code::BadInput, message))
    }

    fn size(&self, name: &str, limits: &Limits) -> Result<Option<u32>, ClientError> {
        let Some(Input::Int(size)) = self.get(name) else { return Ok(None) };
        match u32::try_from(*size) {
            Ok(size) if size <= limits.page_size_max => Ok(Some(size)),
            _ => {
                let message = format!("`{name}` must be from 0 to {}, not {size}.", limits.page_size_max);
                Err(ClientError::new(Code::BadInput, message))
            }
        }
    }

    /// A day, in days since 1970-01-01.
    fn day(&self, name: &str) -> Option<i32> {
        if let Some(Input::Date(date)) = self.get(name) { Some(date.to_epoch_days()) } else { None }
    }

    /// A moment, in microseconds since 1970.
    fn moment(&self, name: &str) -> Option<i64> {
        if let Some(Input::DateTime(moment)) = self.get(name) { Some(*moment) } else { None }
    }

    /// The number of a change.
    fn seq(&self, name: &str) -> Result<Option<i64>, ClientError> {
        let Some(Input::Decimal(number)) = self.get(name) else { return Ok(None) };
        let refused = || ClientError::new(Code::BadInput, format!("`{name}` must be the whole number of a change."));
        number.scaled(0).map(Some).ok_or_else(refused)
    }

    fn position(&self, name: &str, entity: &Entity, order: &[OrderStep]) -> Result<Option<Vec<Datum>>, ClientError> {
        let Some(Input::Text(text)) = self.get(name) else { return Ok(None) };
        cursor::decode(text, entity, order).map(Some).ok_or_else(|| {
            let message = format!("`{name}` is not a cursor of this order of {}.", camel_case(entity.plural));
            ClientError::new(Code::BadCursor, message)
        })
    }
}

/// Refuses a filter of too many conditions.
fn check_size(condition: &Predicate) -> Result<(), ClientError> {
    if condition.size() > CONDITIONS_MAX {
        let message = format!("`filter` has {} conditions; at most {CONDITIONS_MAX} are allowed.", condition.size());
        return Err(ClientError::new(Code::BadInput, message));
    }
    if condition.relations() > RELATIONS_MAX {
        let message = format!("`filter` goes along more than {RELATIONS_MAX} edges to many inside one another.");
        return Err(ClientError::new(Code::BadInput, message));
    }
    Ok(())
}

/// What is otherwise between two moments.
fn differences(arguments: &Arguments<'_>, limits: &Limits) -> Result<BoundDifferences, ClientError> {
    let filter = match arguments.get("filter") {
        Some(given) => filter::predicate(&CHANGE, given, &filter::Path::Argument("filter"))?,
        None => Predicate::always(),
    };
    check_size(&filter)?;
    let (Some(from), to) = (arguments.moment("from"), arguments.moment("to")) else {
        return Err(ClientError::new(Code::BadInput, "`from` must be a moment."));
    };
    Ok(BoundDifferences {
        filter: difference::between(filter, from, to),
        since: arguments.seq("since")?.unwrap_or(i64::MIN),
        size: arguments.size("first", limits)?.unwrap_or(limits.page_size_default),
    })
}

/// The events of a subscription, behind the number that is given.
fn bounded(mut events: BoundConnection, arguments: &Arguments<'_>) -> Result<BoundConnection, ClientError> {
    check_size(&events.filter)?;
    events.page.after = arguments.seq("since")?.map(|seq| vec![Datum::Integer(seq)]);
    Ok(events)
}

fn search(arguments: &Arguments<'_>, limits: &Limits) -> Result<BoundSearch, ClientError> {
    let kinds = match arguments.get("types") {
        Some(Input::List(types)) => {
            let name = |given: &Input| if let Input::Enum(name) = given { Some((*name).to_owned()) } else { None };
            Some(types.iter().filter_map(name).collect())
        }
        _ => None,
    };
    let after = if let Some(Input::Text(after)) = arguments.get("after") { Some(after.as_str()) } else { None };
    let size = arguments.size("first", limits)?.unwrap_or(limits.page_size_default);
    BoundSearch::new(&arguments.text("text")?, kinds.as_ref(), size, after)
}

fn connection(
    entity: &'static Entity,
    arguments: &Arguments<'_>,
    limits: &Limits,
) -> Result<BoundConnection, ClientError> {
    let (first, last) = (arguments.size("first", limits)?, arguments.size("last", limits)?);
    if first.is_some() && last.is_some() {
        let message = "`first` and `last` cannot be given together: a page is cut from one end.";
        return Err(ClientError::new(Code::BadInput, message));
    }
    let condition = match arguments.get("filter") {
        Some(given) => filter::predicate(entity, given, &filter::Path::Argument("filter"))?,
        None => Predicate::always(),
    };
    check_size(&condition)?;
    let condition = match arguments.seq("since")? {
        Some(seq) => Predicate::all(vec![filter::after_seq(seq), condition]),
        None => condition,
    };
    let order = order::steps(entity, arguments.get("orderBy"));
    let page = Page {
        size: last.or(first).unwrap_or(limits.page_size_default),
        is_backward: last.is_some(),
        after: arguments.position("after", entity, &order)?,
        before: arguments.position("before", entity, &order)?,
    };
    Ok(BoundConnection { filter: condition, order, page, reach: None })
}

/// The rows of a connection that hold on the day that is asked for, as known on another.
fn on_a_day(mut bound: BoundConnection, as_of: &'static AsOf, arguments: &Arguments<'_>) -> BoundConnection {
    let (on, known) = (arguments.day("asOf"), arguments.day("knownAt"));
    let held = |periods| as_of::held(periods, on, known);
    let condition = match as_of {
        AsOf::Rows(periods) => held(periods),
        AsOf::Link(..) if on.is_none() && known.is_none() => return bound,
        AsOf::Link(reach, periods) => {
            bound.reach = Some(reach);
            let Reach::Through { link, .. } = reach else { return bound };
            Predicate::Linked { link, condition: Box::new(held(periods)) }
        }
    };
    bound.filter = Predicate::all(vec![condition, bound.filter]);
    bound
}
