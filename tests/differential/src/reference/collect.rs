//! CollectFields, as the specification has it: which fields an object's selection sets ask for, by response key, in order.

use std::collections::{HashMap, HashSet};

use async_graphql::Name;
use async_graphql::parser::Positioned;
use async_graphql::parser::types::{Field, FragmentDefinition, Selection, SelectionSet};
use dealgraph::schema::schema;

use super::input::{Variables, kept};

/// What a request brings along.
pub struct Request<'a> {
    pub fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    pub variables: Variables,
}

/// The fields of each response key.
pub type Grouped<'a> = Vec<(&'a str, Vec<&'a Field>)>;

impl<'a> Request<'a> {
    /// The fields asked of an object of a type by several selection sets, one after the other.
    pub fn collect(&self, object: &str, sets: &[&'a SelectionSet]) -> Grouped<'a> {
        let mut grouped = Grouped::new();
        for set in sets {
            self.collect_set(object, set, &mut HashSet::new(), &mut grouped);
        }
        grouped
    }

    fn collect_set(
        &self,
        object: &str,
        set: &'a SelectionSet,
        visited: &mut HashSet<&'a str>,
        grouped: &mut Grouped<'a>,
    ) {
        for selection in &set.items {
            if !kept(selection.node.directives(), &self.variables) {
                continue;
            }
            match &selection.node {
                Selection::Field(field) => {
                    let key = field.node.response_key().node.as_str();
                    match grouped.iter_mut().find(|(known, _)| *known == key) {
                        Some((_, fields)) => fields.push(&field.node),
                        None => grouped.push((key, vec![&field.node])),
                    }
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    let fragment = &self.fragments[name].node;
                    if visited.insert(name) && schema().is_a(object, &fragment.type_condition.node.on.node) {
                        self.collect_set(object, &fragment.selection_set.node, visited, grouped);
                    }
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    if condition.is_none_or(|condition| schema().is_a(object, &condition.node.on.node)) {
                        self.collect_set(object, &inline.node.selection_set.node, visited, grouped);
                    }
                }
            }
        }
    }
}
