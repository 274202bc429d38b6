//! What `@skip` and `@include` decide.

use std::collections::BTreeSet;

use async_graphql::parser::types::{Directive, ExecutableDocument, Selection, SelectionSet};
use async_graphql::{Pos, Positioned};
use async_graphql_value::Value;

use crate::document::input::{Input, Variables};
use crate::error::{ClientError, Code};

/// The values of the variables that decide what is skipped.
pub type Conditions = Vec<(String, bool)>;

/// The values of those variables in a request. One that is no boolean belongs to another operation of the document.
#[must_use]
pub fn values(names: &[String], variables: &Variables) -> Conditions {
    let value = |name: &String| match variables.get(name.as_str()) {
        Some(Input::Boolean(value)) => Some((name.clone(), *value)),
        _ => None,
    };
    names.iter().filter_map(value).collect()
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

/// The variables that decide what is skipped anywhere in a document.
#[must_use]
pub fn variables_of(document: &ExecutableDocument) -> Vec<String> {
    let mut found = BTreeSet::new();
    let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set.node);
    operations.chain(fragments).for_each(|set| find_variables(set, &mut found));
    found.into_iter().collect()
}

fn find_variables(set: &SelectionSet, found: &mut BTreeSet<String>) {
    for item in &set.items {
        for directive in item.node.directives() {
            if let ("skip" | "include", Some(Value::Variable(name))) =
                (directive.node.name.node.as_str(), directive.node.get_argument("if").map(|value| &value.node))
            {
                found.insert(name.to_string());
            }
        }
        match &item.node {
            Selection::Field(field) => find_variables(&field.node.selection_set.node, found),
            Selection::InlineFragment(inline) => find_variables(&inline.node.selection_set.node, found),
            Selection::FragmentSpread(_) => {}
        }
    }
}
