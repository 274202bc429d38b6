//! Whether the fields of a document can be merged: the specification's rule that one response key has one meaning.
//!
//! Two walks over the operation with its fragments written out. The first asks that fields under one key have the same
//! shape, whatever their parents. The second asks that fields which can belong to one object are the same field with
//! the same arguments. Both are bounded by a number of steps, since fragments on interfaces multiply.

use std::collections::HashSet;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Pos, Positioned};

use crate::document::operations_of;
use crate::error::{ClientError, Code};
use crate::schema::types::root_of;
use crate::schema::{Schema, TypeRef};

const STEPS_MAX: usize = 200_000;

/// A field with the type that it is selected on.
#[derive(Clone, Copy)]
struct Selected<'a> {
    parent: &'a str,
    field: &'a Positioned<Field>,
}

type Groups<'a> = IndexMap<&'a str, Vec<Selected<'a>>>;

struct Merge<'a> {
    schema: &'a Schema,
    document: &'a ExecutableDocument,
    steps: usize,
}

/// Checks the operations of a document; the bound is on all of them together.
///
/// # Errors
/// Two fields cannot be merged, or telling would take too long.
pub(super) fn check(schema: &Schema, document: &ExecutableDocument) -> Result<(), ClientError> {
    let mut merge = Merge { schema, document, steps: 0 };
    for operation in operations_of(document) {
        let root = root_of(operation.node.ty);
        let groups = merge.collect(&[(root, &operation.node.selection_set.node)])?;
        merge.same_shape(&groups)?;
        merge.same_field(&groups)?;
    }
    Ok(())
}

impl<'a> Merge<'a> {
    fn step(&mut self, steps: usize, place: Pos) -> Result<(), ClientError> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps <= STEPS_MAX {
            return Ok(());
        }
        let message = "The fields of this document overlap in too many ways to tell whether they can be merged.";
        Err(ClientError::at(Code::DocumentTooLarge, message, place))
    }

    fn collect(&mut self, sets: &[(&'a str, &'a SelectionSet)]) -> Result<Groups<'a>, ClientError> {
        let mut groups = Groups::new();
        let mut visited = HashSet::new();
        for (parent, set) in sets {
            self.collect_into(parent, set, &mut visited, &mut groups)?;
        }
        Ok(groups)
    }

    fn collect_into(
        &mut self,
        parent: &'a str,
        set: &'a SelectionSet,
        visited: &mut HashSet<&'a str>,
        groups: &mut Groups<'a>,
    ) -> Result<(), ClientError> {
        for item in &set.items {
            self.step(1, item.pos)?;
            match &item.node {
                Selection::Field(field) => {
                    let key = field.node.response_key().node.as_str();
                    groups.entry(key).or_default().push(Selected { parent, field });
                }
                Selection::InlineFragment(inline) => {
                    let on = inline.node.type_condition.as_ref().map_or(parent, |on| on.node.on.node.as_str());
                    self.collect_into(on, &inline.node.selection_set.node, visited, groups)?;
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    if let Some(fragment) = self.document.fragments.get(name).filter(|_| visited.insert(name)) {
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        self.collect_into(on, &fragment.node.selection_set.node, visited, groups)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn type_of(&self, selected: &Selected<'a>) -> Option<&'a TypeRef> {
        self.schema.field(selected.parent, selected.field.node.name.node.as_str()).map(|field| &field.ty)
    }

    fn below(&mut self, fields: &[Selected<'a>]) -> Result<Groups<'a>, ClientError> {
        let sets: Vec<(&str, &SelectionSet)> = fields
            .iter()
            .filter_map(|selected| Some((self.type_of(selected)?.name(), &selected.field.node.selection_set.node)))
            .collect();
        self.collect(&sets)
    }

    fn same_shape(&mut self, groups: &Groups<'a>) -> Result<(), ClientError> {
        for (key, fields) in groups {
            for pair in fields.windows(2) {
                if let [one, other] = pair
                    && !self.shapes_agree(one, other)
                {
                    return Err(conflict(key, one, other, "they have different types"));
                }
            }
            let below = self.below(fields)?;
            if !below.is_empty() {
                self.same_shape(&below)?;
            }
        }
        Ok(())
    }

    fn shapes_agree(&self, one: &Selected<'a>, other: &Selected<'a>) -> bool {
        match (self.type_of(one), self.type_of(other)) {
            (Some(one), Some(other)) => self.types_agree(one, other),
            // `__typename` is the one field without an entry: a text that is never null.
            (None, None) => true,
            (Some(ty), None) | (None, Some(ty)) => *ty == TypeRef::named("String").required(),
        }
    }

    fn types_agree(&self, one: &TypeRef, other: &TypeRef) -> bool {
        match (one, other) {
            (TypeRef::NonNull(one), TypeRef::NonNull(other)) | (TypeRef::List(one), TypeRef::List(other)) => {
                self.types_agree(one, other)
            }
            (TypeRef::Named(one), TypeRef::Named(other)) => {
                one == other || (self.schema.is_composite(one) && self.schema.is_composite(other))
            }
            _ => false,
        }
    }

    fn same_field(&mut self, groups: &Groups<'a>) -> Result<(), ClientError> {
        for (key, fields) in groups {
            for group in self.by_concrete_parent(fields) {
                for pair in group.windows(2) {
                    if let [one, other] = pair {
                        self.must_be_same(key, one, other)?;
                    }
                }
                let below = self.below(&group)?;
                if !below.is_empty() {
                    self.same_field(&below)?;
                }
            }
        }
        Ok(())
    }

    /// Fields on different objects never meet; a field on an interface meets those on every object.
    fn by_concrete_parent(&self, fields: &[Selected<'a>]) -> Vec<Vec<Selected<'a>>> {
        let objects: HashSet<&str> =
            fields.iter().map(|selected| selected.parent).filter(|parent| self.schema.is_object(parent)).collect();
        if objects.len() <= 1 {
            return vec![fields.to_vec()];
        }
        let mut objects: Vec<&str> = objects.into_iter().collect();
        objects.sort_unstable();
        let meets = |object: &str, selected: &&Selected<'a>| {
            selected.parent == object || !self.schema.is_object(selected.parent)
        };
        objects.into_iter().map(|object| fields.iter().filter(|one| meets(object, one)).copied().collect()).collect()
    }

    fn must_be_same(&mut self, key: &str, one: &Selected<'a>, other: &Selected<'a>) -> Result<(), ClientError> {
        let (a, b) = (&one.field.node, &other.field.node);
        if a.name.node != b.name.node {
            let why = format!("`{}` and `{}` are different fields", a.name.node, b.name.node);
            return Err(conflict(key, one, other, &why));
        }
        self.step(a.arguments.len().saturating_mul(b.arguments.len()), one.field.pos)?;
        let same = a.arguments.len() == b.arguments.len()
            && a.arguments
                .iter()
                .all(|(name, value)| b.get_argument(&name.node).is_some_and(|other| other.node == value.node));
        if same { Ok(()) } else { Err(conflict(key, one, other, "they have different arguments")) }
    }
}

fn conflict(key: &str, one: &Selected<'_>, other: &Selected<'_>, why: &str) -> ClientError {
    ClientError {
        code: Code::ValidationFailed,
        message: format!("The fields under `{key}` conflict: {why}. Give one of them an alias."),
        locations: vec![one.field.pos, other.field.pos],
    }
}
