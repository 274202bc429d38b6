//! From a request's text to a checked document: the size bound, parsing, validation, merging, coercion.
//!
//! async-graphql parses and validates; what it lets through is checked here. Nothing here knows what a field means, or
//! runs anything.

pub mod conditions;
pub mod input;
mod merge;
mod names;
mod positions;
pub mod size;
pub(crate) mod suggest;
mod validation;

use std::sync::Arc;

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute};
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition};
use async_graphql::{Pos, Positioned, Request, Response};

use crate::error::{ClientError, Code};
use crate::schema::{Mutation, Query, Subscription, TypeRef, schema};
use size::SizeLimits;

/// Errors of one document that are reported at most.
const ERRORS_MAX: usize = 5;

/// A checked document.
#[derive(Debug)]
pub struct Document {
    /// The parsed document.
    pub parsed: ExecutableDocument,
    /// The variables that decide what is skipped.
    pub condition_variables: Vec<String>,
    /// The types of each operation's variables, by the operation's place.
    variable_types: Vec<(Pos, Vec<TypeRef>)>,
}

/// Checks documents against the schema, and answers introspection.
pub struct Checker {
    validator: async_graphql::Schema<Query, Mutation, Subscription>,
    executor: async_graphql::Schema<Query, Mutation, Subscription>,
    limits: SizeLimits,
}

/// The operations of a document in its own order: the parser keeps them in none.
fn operations_of(document: &ExecutableDocument) -> Vec<&Positioned<OperationDefinition>> {
    let mut operations: Vec<_> = document.operations.iter().map(|(_, operation)| operation).collect();
    operations.sort_unstable_by_key(|operation| operation.pos);
    operations
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

impl Checker {
    /// A checker that takes documents of such a size.
    #[must_use]
    pub fn new(limits: SizeLimits) -> Self {
        let build = || async_graphql::Schema::build(Query, Mutation, Subscription).limit_recursive_depth(200);
        Self { validator: build().extension(StopBeforeExecution).finish(), executor: build().finish(), limits }
    }

    /// The document of a text.
    ///
    /// # Errors
    /// The text is refused; the errors say why.
    pub async fn check(&self, text: &str) -> Result<Document, Vec<ClientError>> {
        size::check(text, self.limits).map_err(|error| vec![error])?;
        let parsed = async_graphql::parser::parse_query(text).map_err(|error| {
            let locations = error.positions().collect();
            vec![ClientError { code: Code::ParseFailed, message: error.to_string(), locations }]
        })?;
        merge::check(schema(), &parsed).map_err(|error| vec![error])?;
        names::check(schema(), &parsed)?;
        self.validate(&parsed).await?;
        for operation in operations_of(&parsed) {
            validation::check_subscription(&parsed, &operation.node).map_err(|error| vec![error])?;
            positions::check(schema(), &parsed, &operation.node).map_err(|error| vec![error])?;
            let selection = &operation.node.selection_set.node;
            validation::check_introspection(&parsed, selection).map_err(|error| vec![error])?;
        }
        let condition_variables = conditions::variables_of(&parsed);
        let types = |operation: &Positioned<OperationDefinition>| {
            let types = operation.node.variable_definitions.iter();
            (operation.pos, types.map(|variable| input::type_ref(&variable.node.var_type.node)).collect())
        };
        let variable_types = operations_of(&parsed).into_iter().map(types).collect();
        Ok(Document { parsed, condition_variables, variable_types })
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
        Err(errors.into_iter().take(ERRORS_MAX).map(refused).collect())
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

impl Document {
    /// The types of an operation's variables, in their order.
    #[must_use]
    pub fn variable_types(&self, operation: &Positioned<OperationDefinition>) -> &[TypeRef] {
        let found = self.variable_types.iter().find(|(place, _)| *place == operation.pos);
        found.map_or(&[], |(_, types)| types)
    }

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
}
