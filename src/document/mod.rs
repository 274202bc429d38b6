//! From a request's text to a checked document: the size bound, parsing, validation, merging, coercion, and the cache.
//!
//! async-graphql parses and validates; what it lets through is checked here. A text that was seen before skips all of
//! it. Nothing here knows what a field means, or runs anything.

pub mod input;
mod merge;
mod names;
mod positions;
pub mod size;
mod suggest;
mod validation;

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute};
use async_graphql::parser::types::{
    Directive, DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql::{EmptyMutation, EmptySubscription, Pos, Positioned, Request, Response};
use async_graphql_value::Value;
use lru::LruCache;

use crate::error::{ClientError, Code};
use crate::plan::Plan;
use crate::schema::types::QUERY;
use crate::schema::{Query, schema};
use input::Variables;
use size::SizeLimits;

/// Texts of this many bytes together are kept at most.
const CACHE_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Texts kept at most.
const CACHE_TEXTS_MAX: usize = 4_096;
/// Plans kept of one text: one for each combination of its conditions.
const PLANS_MAX: usize = 16;

/// The values of the variables that decide what is skipped.
pub type Conditions = Vec<(String, bool)>;

/// Which operation, under which conditions.
type PlanKey = (Option<String>, Conditions);

/// A checked document.
#[derive(Debug)]
pub struct Document {
    /// The parsed document.
    pub parsed: ExecutableDocument,
    condition_variables: Vec<String>,
    plans: Mutex<HashMap<PlanKey, Arc<Plan>>>,
}

/// async-graphql's schema, and the texts that were seen.
pub struct Documents {
    validator: async_graphql::Schema<Query, EmptyMutation, EmptySubscription>,
    executor: async_graphql::Schema<Query, EmptyMutation, EmptySubscription>,
    limits: SizeLimits,
    cache: Mutex<Cache>,
}

struct Cache {
    texts: LruCache<String, Arc<Document>>,
    bytes: usize,
}

/// Stops a request after validation: the document is all that is wanted.
struct StopBeforeExecution;

impl ExtensionFactory for StopBeforeExecution {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_graphql::async_trait::async_trait]
impl Extension for StopBeforeExecution {
    async fn execute(&self, _ctx: &ExtensionContext<'_>, _operation: Option<&str>, _next: NextExecute<'_>) -> Response {
        Response::default()
    }
}

impl Documents {
    /// An empty cache.
    #[must_use]
    pub fn new(limits: SizeLimits) -> Self {
        let build = || async_graphql::Schema::build(Query, EmptyMutation, EmptySubscription).limit_recursive_depth(200);
        Self {
            validator: build().extension(StopBeforeExecution).finish(),
            executor: build().finish(),
            limits,
            cache: Mutex::new(Cache { texts: LruCache::unbounded(), bytes: 0 }),
        }
    }

    /// The document of a text, checked; from the cache when it was seen before.
    ///
    /// # Errors
    /// The text is refused; the errors say why.
    pub async fn get(&self, text: &str) -> Result<Arc<Document>, Vec<ClientError>> {
        if let Some(found) = self.lock().texts.get(text) {
            return Ok(Arc::clone(found));
        }
        let document = Arc::new(self.check(text).await?);
        self.lock().keep(text, &document);
        Ok(document)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn check(&self, text: &str) -> Result<Document, Vec<ClientError>> {
        size::check(text, self.limits).map_err(|error| vec![error])?;
        let parsed = async_graphql::parser::parse_query(text).map_err(|error| {
            let locations = error.positions().collect();
            vec![ClientError { code: Code::ParseFailed, message: error.to_string(), locations }]
        })?;
        if let Some((_, other)) = parsed.operations.iter().find(|(_, one)| one.node.ty != OperationType::Query) {
            let message = format!("There is no {} in this schema.", other.node.ty);
            return Err(vec![ClientError::at(Code::OperationNotAllowed, message, other.pos)]);
        }
        let operations = || parsed.operations.iter().map(|(_, operation)| &operation.node);
        for operation in operations() {
            merge::check(schema(), &parsed, QUERY, &operation.selection_set.node).map_err(|error| vec![error])?;
        }
        names::check(schema(), &parsed)?;
        self.validate(&parsed).await?;
        for operation in operations() {
            positions::check(schema(), &parsed, operation).map_err(|error| vec![error])?;
            validation::check_introspection(&parsed, &operation.selection_set.node).map_err(|error| vec![error])?;
        }
        let condition_variables = condition_variables(&parsed);
        Ok(Document { parsed, condition_variables, plans: Mutex::default() })
    }

    async fn validate(&self, parsed: &ExecutableDocument) -> Result<(), Vec<ClientError>> {
        let mut request = Request::new("");
        let mut visible = parsed.clone();
        validation::show_conditions_of_type_names(&mut visible);
        request.set_parsed_query(visible);
        request.operation_name = match &parsed.operations {
            DocumentOperations::Single(_) => None,
            DocumentOperations::Multiple(operations) => operations.keys().min().map(ToString::to_string),
        };
        let errors = self.validator.execute(request).await.errors;
        if errors.is_empty() {
            return Ok(());
        }
        let refused = |error: async_graphql::ServerError| ClientError {
            code: Code::ValidationFailed,
            message: error.message,
            locations: error.locations,
        };
        Err(errors.into_iter().map(refused).collect())
    }

    /// Runs an operation in async-graphql: its introspection fields have their values, the graph's fields are null.
    pub async fn introspect(
        &self,
        document: &Document,
        operation: Option<&str>,
        variables: &serde_json::Map<String, serde_json::Value>,
    ) -> Response {
        let values = serde_json::Value::Object(variables.clone());
        let mut request = Request::new("").variables(async_graphql::Variables::from_json(values));
        request.set_parsed_query(document.parsed.clone());
        request.operation_name = operation.map(str::to_owned);
        self.executor.execute(request).await
    }
}

impl Cache {
    fn keep(&mut self, text: &str, document: &Arc<Document>) {
        if self.texts.put(text.to_owned(), Arc::clone(document)).is_none() {
            self.bytes += text.len();
        }
        while self.bytes > CACHE_BYTES_MAX || self.texts.len() > CACHE_TEXTS_MAX {
            let Some((oldest, _)) = self.texts.pop_lru() else { return };
            self.bytes -= oldest.len();
        }
    }
}

impl Document {
    /// The operation that is meant, and its name.
    ///
    /// # Errors
    /// There is none of that name, or the name is missing.
    pub fn operation(
        &self,
        name: Option<&str>,
    ) -> Result<(Option<&str>, &Positioned<OperationDefinition>), ClientError> {
        let refused = |message: String| ClientError::new(Code::OperationNotFound, message);
        match (&self.parsed.operations, name) {
            (DocumentOperations::Single(operation), None) => Ok((None, operation)),
            (DocumentOperations::Multiple(operations), None) => match operations.iter().next() {
                Some((name, operation)) if operations.len() == 1 => Ok((Some(name.as_str()), operation)),
                _ => Err(refused("The document has several operations: `operationName` must name one.".to_owned())),
            },
            (DocumentOperations::Multiple(operations), Some(name)) if operations.contains_key(name) => {
                let found = operations.get_key_value(name);
                found
                    .map(|(name, operation)| (Some(name.as_str()), operation))
                    .ok_or_else(|| refused("The operation is gone.".to_owned()))
            }
            (_, Some(name)) => {
                let shown: String = name.chars().take(80).collect();
                let known = self.parsed.operations.iter().filter_map(|(name, _)| name.map(async_graphql::Name::as_str));
                let offer = suggest::did_you_mean(name, known);
                Err(refused(format!("The document has no operation named `{shown}`.{offer}")))
            }
        }
    }

    /// The plan of an operation under the values of its variables; kept for the next time.
    ///
    /// # Errors
    /// The operation cannot be planned; the error says why.
    pub fn plan(
        &self,
        name: Option<&str>,
        operation: &Positioned<OperationDefinition>,
        variables: &Variables,
    ) -> Result<Arc<Plan>, ClientError> {
        let mut conditions = Conditions::new();
        for variable in &self.condition_variables {
            match variables.get(variable) {
                Some(input::Input::Boolean(value)) => conditions.push((variable.clone(), *value)),
                Some(_) => {
                    let message = format!("`${variable}` must be true or false, since it decides what is skipped.");
                    return Err(ClientError::at(Code::BadInput, message, operation.pos));
                }
                None => {}
            }
        }
        let key = (name.map(str::to_owned), conditions);
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plan) = plans.get(&key) {
            return Ok(Arc::clone(plan));
        }
        let plan = Arc::new(Plan::new(schema(), &self.parsed, operation, &key.1)?);
        if plans.len() < PLANS_MAX {
            plans.insert(key, Arc::clone(&plan));
        }
        Ok(plan)
    }
}

/// Whether directives let a selection stand, given the values of the variables.
///
/// # Errors
/// The condition is a variable that has no value.
pub fn is_included(directives: &[Positioned<Directive>], conditions: &Conditions) -> Result<bool, ClientError> {
    for directive in directives {
        let wanted = match directive.node.name.node.as_str() {
            "skip" => false,
            "include" => true,
            _ => continue,
        };
        let value = match directive.node.get_argument("if").map(|value| (&value.node, value.pos)) {
            Some((Value::Boolean(value), _)) => *value,
            Some((Value::Variable(name), at)) => match conditions.iter().find(|(known, _)| known == name.as_str()) {
                Some((_, value)) => *value,
                None => return Err(no_condition(at)),
            },
            _ => return Err(no_condition(directive.pos)),
        };
        if value != wanted {
            return Ok(false);
        }
    }
    Ok(true)
}

fn no_condition(place: Pos) -> ClientError {
    ClientError::at(Code::BadInput, "`if` must be true or false.", place)
}

fn condition_variables(document: &ExecutableDocument) -> Vec<String> {
    let mut found = BTreeSet::new();
    let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set.node);
    operations.chain(fragments).for_each(|set| find_condition_variables(set, &mut found));
    found.into_iter().collect()
}

fn find_condition_variables(set: &SelectionSet, found: &mut BTreeSet<String>) {
    for item in &set.items {
        for directive in item.node.directives() {
            if let ("skip" | "include", Some(Value::Variable(name))) =
                (directive.node.name.node.as_str(), directive.node.get_argument("if").map(|value| &value.node))
            {
                found.insert(name.to_string());
            }
        }
        match &item.node {
            Selection::Field(field) => find_condition_variables(&field.node.selection_set.node, found),
            Selection::InlineFragment(inline) => find_condition_variables(&inline.node.selection_set.node, found),
            Selection::FragmentSpread(_) => {}
        }
    }
}
