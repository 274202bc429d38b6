//! Names in a document that the schema does not know: types, fields, arguments, input fields and values of enums.
//!
//! async-graphql finds them too, but offers no name that may be meant for most of them.

use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Pos, Positioned};
use async_graphql_value::Value;

use crate::document::input::{brief, type_ref};
use crate::document::operations_of;
use crate::document::suggest::did_you_mean;
use crate::error::{ClientError, Code};
use crate::schema::types::root_of;
use crate::schema::{Schema, TypeDef, TypeRef};

/// Names that are reported at most. Nothing is looked at behind them: a name that may be meant is dear to find.
const ERRORS_MAX: usize = 5;

/// Checks the names of a document.
///
/// # Errors
/// Some are not known: the first few, each with those that may be meant.
pub(super) fn check(schema: &Schema, document: &ExecutableDocument) -> Result<(), Vec<ClientError>> {
    let mut walk = Walk { schema, errors: Vec::new() };
    for operation in operations_of(document) {
        for variable in &operation.node.variable_definitions {
            if walk.is_full() {
                break;
            }
            let ty = type_ref(&variable.node.var_type.node);
            walk.type_name(ty.name(), |def| !is_composite(def), variable.node.var_type.pos);
            if let Some(default) = &variable.node.default_value {
                let mut path = vec![format!("${}", variable.node.name.node)];
                walk.value(&default.node.clone().into_value(), &ty, default.pos, &mut path);
            }
        }
        walk.set(root_of(operation.node.ty), &operation.node.selection_set.node);
    }
    // In an order of their own: a map of fragments has none.
    let mut fragments: Vec<_> = document.fragments.values().collect();
    fragments.sort_unstable_by_key(|fragment| fragment.pos);
    for fragment in fragments {
        walk.on(&fragment.node.type_condition.node.on, &fragment.node.selection_set.node);
    }
    if walk.errors.is_empty() { Ok(()) } else { Err(walk.errors) }
}

fn is_composite(def: &TypeDef) -> bool {
    matches!(def, TypeDef::Object { .. } | TypeDef::Interface { .. } | TypeDef::Union { .. })
}

struct Walk<'a> {
    schema: &'a Schema,
    errors: Vec<ClientError>,
}

impl Walk<'_> {
    fn is_full(&self) -> bool {
        self.errors.len() >= ERRORS_MAX
    }

    fn error(&mut self, message: String, place: Pos) {
        if !self.is_full() {
            self.errors.push(ClientError::at(Code::ValidationFailed, message, place));
        }
    }

    /// Whether there is a type of this name; if not, those that would do are offered.
    fn type_name(&mut self, name: &str, would_do: impl Fn(&TypeDef) -> bool, place: Pos) -> bool {
        if self.schema.get(name).is_some() || name.starts_with("__") {
            return true;
        }
        let known = self.schema.types.iter().filter(|(_, def)| would_do(def)).map(|(name, _)| name.as_str());
        let message = format!("There is no type `{}`.{}", brief(name), did_you_mean(name, known));
        self.error(message, place);
        false
    }

    fn on(&mut self, on: &Positioned<async_graphql::Name>, set: &SelectionSet) {
        if !self.is_full() && self.type_name(&on.node, is_composite, on.pos) {
            self.set(&on.node, set);
        }
    }

    fn set(&mut self, parent: &str, set: &SelectionSet) {
        for item in &set.items {
            if self.is_full() {
                return;
            }
            match &item.node {
                Selection::Field(field) => self.field(parent, field),
                Selection::InlineFragment(inline) => match &inline.node.type_condition {
                    Some(condition) => self.on(&condition.node.on, &inline.node.selection_set.node),
                    None => self.set(parent, &inline.node.selection_set.node),
                },
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    fn field(&mut self, parent: &str, field: &Positioned<Field>) {
        let name = field.node.name.node.as_str();
        let fields = match self.schema.get(parent) {
            Some(TypeDef::Object { fields, .. } | TypeDef::Interface { fields, .. }) => Some(fields),
            Some(TypeDef::Union { .. }) => None,
            // The introspection schema's, or a selection where there can be none: async-graphql's.
            _ => return,
        };
        if name.starts_with("__") {
            return;
        }
        let Some(definition) = fields.and_then(|fields| fields.get(name)) else {
            let known = fields.into_iter().flat_map(|fields| fields.keys().map(String::as_str));
            let message = format!("{parent} has no field `{}`.{}", brief(name), did_you_mean(name, known));
            return self.error(message, field.pos);
        };
        for (argument, value) in &field.node.arguments {
            if self.is_full() {
                return;
            }
            let name = argument.node.as_str();
            if let Some(known) = definition.arguments.get(name) {
                self.value(&value.node, &known.ty, value.pos, &mut vec![name.to_owned()]);
            } else {
                let known = definition.arguments.keys().map(String::as_str);
                let offer = did_you_mean(name, known);
                let message = format!("`{}` has no argument `{}`.{offer}", field.node.name.node, brief(name));
                self.error(message, argument.pos);
            }
        }
        self.set(definition.ty.name(), &field.node.selection_set.node);
    }

    fn value(&mut self, value: &Value, ty: &TypeRef, place: Pos, path: &mut Vec<String>) {
        if self.is_full() {
            return;
        }
        match (value, ty.nullable()) {
            (Value::List(items), TypeRef::List(inner)) => {
                items.iter().for_each(|item| self.value(item, inner, place, path));
            }
            (value, TypeRef::List(inner)) => self.value(value, inner, place, path),
            (Value::Object(given), TypeRef::Named(name)) => {
                let Some(TypeDef::Input { fields, .. }) = self.schema.get(name) else { return };
                for (field, value) in given {
                    if self.is_full() {
                        return;
                    }
                    if let Some(known) = fields.get(field.as_str()) {
                        path.push(field.to_string());
                        self.value(value, &known.ty, place, path);
                        path.pop();
                    } else {
                        let offer = did_you_mean(field, fields.keys().map(String::as_str));
                        let shown = brief(field);
                        let message = format!("`{}` has no field `{shown}`: it is a {name}.{offer}", path.join("."));
                        self.error(message, place);
                    }
                }
            }
            (Value::Enum(given), TypeRef::Named(name)) => {
                let Some(values) = self.schema.enum_values(name) else { return };
                if !values.contains(&given.as_str()) {
                    let offer = did_you_mean(given, values);
                    let message = format!("`{}` is a {name}, which has no `{}`.{offer}", path.join("."), brief(given));
                    self.error(message, place);
                }
            }
            _ => {}
        }
    }
}
