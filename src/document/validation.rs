//! What async-graphql's validation does not see, or must be kept from.

use async_graphql::Positioned;
use std::collections::HashSet;

use async_graphql::parser::types::{
    ExecutableDocument, Field, InlineFragment, OperationDefinition, OperationType, Selection, SelectionSet,
};

use crate::error::{ClientError, Code};

/// Lists of the introspection schema inside one another: each multiplies the answer by the size of the schema.
const INTROSPECTION_LISTS_MAX: usize = 2;
/// Fields of introspection in an operation with its fragments written out; tools ask for some 150.
const INTROSPECTION_FIELDS_MAX: usize = 300;

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

/// Refuses a subscription to anything but one field, which may be neither skipped nor introspection's: the field is asked
/// for anew with each event.
///
/// # Errors
/// It is one.
pub(super) fn check_subscription(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
) -> Result<(), ClientError> {
    if operation.ty != OperationType::Subscription {
        return Ok(());
    }
    let mut keys = HashSet::new();
    root_fields(document, &operation.selection_set.node, &mut keys)?;
    if keys.len() > 1 {
        let place = operation.selection_set.pos;
        return Err(ClientError::at(Code::ValidationFailed, "A subscription has one field.", place));
    }
    Ok(())
}

/// The response keys of the fields of a selection, with those of its fragments.
fn root_fields<'a>(
    document: &'a ExecutableDocument,
    set: &'a SelectionSet,
    keys: &mut HashSet<&'a str>,
) -> Result<(), ClientError> {
    for item in &set.items {
        if let Some(directive) = item.node.directives().first() {
            let message = "The field of a subscription cannot be skipped.";
            return Err(ClientError::at(Code::ValidationFailed, message, directive.pos));
        }
        match &item.node {
            Selection::Field(field) if field.node.name.node.starts_with("__") => {
                let message = "A subscription cannot ask about the schema: query it.";
                return Err(ClientError::at(Code::ValidationFailed, message, field.pos));
            }
            Selection::Field(field) => drop(keys.insert(field.node.response_key().node.as_str())),
            Selection::InlineFragment(inline) => root_fields(document, &inline.node.selection_set.node, keys)?,
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    root_fields(document, &fragment.node.selection_set.node, keys)?;
                }
            }
        }
    }
    Ok(())
}

/// Refuses introspection that walks from types to fields and back again and again, or asks too much of each.
///
/// # Errors
/// It does.
pub(super) fn check_introspection(document: &ExecutableDocument, set: &SelectionSet) -> Result<(), ClientError> {
    Introspection { document, fields: 0 }.walk(set, None)
}

struct Introspection<'a> {
    document: &'a ExecutableDocument,
    fields: usize,
}

impl Introspection<'_> {
    /// `lists` is how many lists of the introspection schema surround the selection; none outside of it.
    fn walk(&mut self, set: &SelectionSet, lists: Option<usize>) -> Result<(), ClientError> {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => {
                    if let Some(below) = self.enter(field, lists)? {
                        self.walk(&field.node.selection_set.node, Some(below))?;
                    }
                }
                Selection::InlineFragment(inline) => self.walk(&inline.node.selection_set.node, lists)?,
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = self.document.fragments.get(&spread.node.fragment_name.node) {
                        self.walk(&fragment.node.selection_set.node, lists)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// How many lists surround what is below a field; nothing for the graph's own, which lead to no introspection.
    fn enter(&mut self, field: &Positioned<Field>, lists: Option<usize>) -> Result<Option<usize>, ClientError> {
        let name = field.node.name.node.as_str();
        let below = match (lists, name) {
            (None, "__schema" | "__type") => 0,
            (None, _) => return Ok(None),
            (Some(lists), "fields" | "inputFields" | "interfaces" | "possibleTypes" | "args") => lists + 1,
            (Some(lists), _) => lists,
        };
        // `args` stands in `fields` and leads to `inputFields`: as deep as tools go.
        if below > INTROSPECTION_LISTS_MAX {
            let message =
                "Introspection goes too deep: lists of fields, arguments or types may stand in one another twice.";
            return Err(ClientError::at(Code::QueryTooDeep, message, field.pos));
        }
        self.fields += 1;
        if self.fields > INTROSPECTION_FIELDS_MAX {
            let message = format!("Introspection selects over {INTROSPECTION_FIELDS_MAX} fields.");
            return Err(ClientError::at(Code::DocumentTooLarge, message, field.pos));
        }
        Ok(Some(below))
    }
}
