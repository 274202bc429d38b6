//! Variables and arguments as JSON: enums are strings, what is absent is not there.

use std::collections::HashMap;

use async_graphql::parser::Positioned;
use async_graphql::parser::types::{Directive, Field, VariableDefinition};
use async_graphql::{Name, Value as Literal};
use serde_json::{Map, Value as Json};

pub type Variables = HashMap<String, Json>;
pub type Arguments = Map<String, Json>;

/// A value of the parser with its variables replaced. (The parser's type of values has no public name: hence a macro.)
macro_rules! resolve {
    ($value:expr, $variables:expr) => {
        $value.clone().into_const_with(|name| Ok::<_, ()>(lookup(&name, $variables))).unwrap()
    };
}

/// What the operation's variables are: as given, or else by default, or else absent.
pub fn variables(definitions: &[Positioned<VariableDefinition>], given: &Json) -> Variables {
    let value = |definition: &Positioned<VariableDefinition>| {
        let name = definition.node.name.node.to_string();
        let default = definition.node.default_value.as_ref().and_then(|default| json(&default.node));
        let value = given.get(&name).cloned().or(default)?;
        Some((name, value))
    };
    definitions.iter().filter_map(value).collect()
}

/// The arguments of a field.
pub fn arguments(field: &Field, variables: &Variables) -> Arguments {
    let mut present = Arguments::new();
    for (name, value) in &field.arguments {
        if let Some(value) = json(&resolve!(&value.node, variables)) {
            present.insert(name.node.to_string(), value);
        }
    }
    present
}

/// Whether `@skip` and `@include` keep a selection.
pub fn kept(directives: &[Positioned<Directive>], variables: &Variables) -> bool {
    directives.iter().all(|directive| {
        let condition = directive.node.get_argument("if").expect("`if` is required");
        let condition = json(&resolve!(&condition.node, variables)).and_then(|value| value.as_bool()).unwrap();
        match directive.node.name.node.as_str() {
            "skip" => !condition,
            "include" => condition,
            other => panic!("@{other} is unknown"),
        }
    })
}

/// Stands for a variable without a value, which no literal can be.
const ABSENT: &str = "\0absent";

fn lookup(name: &str, variables: &Variables) -> Literal {
    match variables.get(name) {
        Some(value) => Literal::from_json(value.clone()).unwrap(),
        None => Literal::Enum(Name::new(ABSENT)),
    }
}

/// `None` for an absent variable; as a field of an object it is left out, in a list it is null.
fn json(literal: &Literal) -> Option<Json> {
    Some(match literal {
        Literal::Null => Json::Null,
        Literal::Number(number) => Json::Number(number.clone()),
        Literal::String(text) => Json::String(text.clone()),
        Literal::Boolean(truth) => Json::Bool(*truth),
        Literal::Enum(name) if name == ABSENT => return None,
        Literal::Enum(name) => Json::String(name.to_string()),
        Literal::List(items) => items.iter().map(|item| json(item).unwrap_or(Json::Null)).collect(),
        Literal::Object(fields) => {
            fields.iter().filter_map(|(name, value)| Some((name.to_string(), json(value)?))).collect()
        }
        Literal::Binary(_) => panic!("no literal is binary"),
    })
}

/// A list, where a single value may stand for a list of one.
pub fn list(value: &Json) -> Vec<&Json> {
    match value {
        Json::Array(items) => items.iter().collect(),
        single => vec![single],
    }
}
