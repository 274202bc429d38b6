//! CollectFields: which fields a selection holds for an object, under which keys, in which order.

use std::collections::HashSet;

use async_graphql::Positioned;
use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};

use crate::document::conditions::{Conditions, is_included};
use crate::error::ClientError;
use crate::schema::Schema;

/// The fields under each response key; those under one key are merged.
pub(super) type Fields<'a> = IndexMap<&'a str, Vec<&'a Positioned<Field>>>;

/// What selections are read against.
#[derive(Clone, Copy)]
pub(super) struct Selections<'a> {
    pub(super) schema: &'static Schema,
    pub(super) document: &'a ExecutableDocument,
    pub(super) conditions: &'a Conditions,
}

impl<'a> Selections<'a> {
    /// The fields that selection sets hold for an object.
    ///
    /// # Errors
    /// A condition has no value.
    pub(super) fn collect(&self, object: &str, sets: &[&'a SelectionSet]) -> Result<Fields<'a>, ClientError> {
        let mut fields = Fields::new();
        let mut visited = HashSet::new();
        for set in sets {
            self.collect_into(object, set, &mut visited, &mut fields)?;
        }
        Ok(fields)
    }

    fn collect_into(
        &self,
        object: &str,
        set: &'a SelectionSet,
        visited: &mut HashSet<&'a str>,
        fields: &mut Fields<'a>,
    ) -> Result<(), ClientError> {
        for item in &set.items {
            if !is_included(item.node.directives(), self.conditions)? {
                continue;
            }
            match &item.node {
                Selection::Field(field) => {
                    fields.entry(field.node.response_key().node.as_str()).or_default().push(field);
                }
                Selection::InlineFragment(inline) => {
                    let on = inline.node.type_condition.as_ref().map(|on| on.node.on.node.as_str());
                    if on.is_none_or(|on| self.schema.is_a(object, on)) {
                        self.collect_into(object, &inline.node.selection_set.node, visited, fields)?;
                    }
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    if !visited.insert(name) {
                        continue;
                    }
                    let Some(fragment) = self.document.fragments.get(name) else { continue };
                    if self.schema.is_a(object, fragment.node.type_condition.node.on.node.as_str()) {
                        self.collect_into(object, &fragment.node.selection_set.node, visited, fields)?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// The selection sets of merged fields.
pub(super) fn below<'a>(fields: &[&'a Positioned<Field>]) -> Vec<&'a SelectionSet> {
    fields.iter().map(|field| &field.node.selection_set.node).collect()
}
