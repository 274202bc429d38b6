//! What async-graphql's validation does not see, or must be kept from.

use async_graphql::Positioned;
use async_graphql::parser::types::{ExecutableDocument, InlineFragment, Selection, SelectionSet};

use crate::error::{ClientError, Code};

/// Lists of the introspection schema inside one another: each multiplies the answer by the size of the schema.
const INTROSPECTION_LISTS_MAX: usize = 2;

/// Puts every `__typename` that has directives into an inline fragment that has them instead: it means the same, and
/// async-graphql, which does not look at `__typename`, then sees the variables in them.
pub(super) fn show_conditions_of_type_names(document: &mut ExecutableDocument) {
    for fragment in document.fragments.values_mut() {
        show_in(&mut fragment.node.selection_set.node);
    }
    match &mut document.operations {
        async_graphql::parser::types::DocumentOperations::Single(operation) => {
            show_in(&mut operation.node.selection_set.node);
        }
        async_graphql::parser::types::DocumentOperations::Multiple(operations) => {
            operations.values_mut().for_each(|operation| show_in(&mut operation.node.selection_set.node));
        }
    }
}

fn show_in(set: &mut SelectionSet) {
    for item in &mut set.items {
        match &mut item.node {
            Selection::Field(field) if field.node.name.node == "__typename" && !field.node.directives.is_empty() => {
                let mut plain = field.clone();
                let directives = std::mem::take(&mut plain.node.directives);
                let inner = Positioned::new(Selection::Field(plain), item.pos);
                let selection_set = Positioned::new(SelectionSet { items: vec![inner] }, item.pos);
                let inline = InlineFragment { type_condition: None, directives, selection_set };
                item.node = Selection::InlineFragment(Positioned::new(inline, item.pos));
            }
            Selection::Field(field) => show_in(&mut field.node.selection_set.node),
            Selection::InlineFragment(inline) => show_in(&mut inline.node.selection_set.node),
            Selection::FragmentSpread(_) => {}
        }
    }
}

/// Refuses introspection that walks from types to fields and back again and again.
///
/// # Errors
/// It does.
pub(super) fn check_introspection(document: &ExecutableDocument, set: &SelectionSet) -> Result<(), ClientError> {
    walk(document, set, None)
}

/// `lists` is how many lists of the introspection schema surround the selection; none outside of it.
fn walk(document: &ExecutableDocument, set: &SelectionSet, lists: Option<usize>) -> Result<(), ClientError> {
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => {
                let name = field.node.name.node.as_str();
                let below = match (lists, name) {
                    (None, "__schema" | "__type") => 0,
                    // The graph's own fields lead to no introspection.
                    (None, _) => continue,
                    (Some(lists), "fields" | "inputFields" | "interfaces" | "possibleTypes" | "args") => lists + 1,
                    (Some(lists), _) => lists,
                };
                // `args` stands in `fields` and leads to `inputFields`: as deep as tools go.
                if below > INTROSPECTION_LISTS_MAX {
                    let message = "Introspection goes too deep: lists of fields, arguments or types may stand in one another twice.";
                    return Err(ClientError::at(Code::QueryTooDeep, message, item.pos));
                }
                walk(document, &field.node.selection_set.node, Some(below))?;
            }
            Selection::InlineFragment(inline) => walk(document, &inline.node.selection_set.node, lists)?,
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    walk(document, &fragment.node.selection_set.node, lists)?;
                }
            }
        }
    }
    Ok(())
}
