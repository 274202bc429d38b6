//! Whether each variable may stand where it stands: the specification's "All Variable Usages Are Allowed", which
//! async-graphql lets through.

use std::collections::HashSet;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Pos, Positioned};
use async_graphql_value::{ConstValue, Value};

use crate::document::input::type_ref;
use crate::error::{ClientError, Code};
use crate::schema::types::{QUERY, root_of};
use crate::schema::{Argument, ByName, Schema, TypeDef, TypeRef};

/// Checks one operation with the fragments that it spreads.
///
/// # Errors
/// A variable stands where its type does not fit.
pub(super) fn check(
    schema: &Schema,
    document: &ExecutableDocument,
    operation: &OperationDefinition,
) -> Result<(), ClientError> {
    let mut walk = Walk { schema, document, operation, visited: HashSet::new() };
    walk.directives(&operation.directives)?;
    walk.set(root_of(operation.ty), &operation.selection_set.node)
}

struct Walk<'a> {
    schema: &'a Schema,
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    visited: HashSet<&'a str>,
}

impl<'a> Walk<'a> {
    fn set(&mut self, parent: &str, set: &'a SelectionSet) -> Result<(), ClientError> {
        for item in &set.items {
            self.directives(item.node.directives())?;
            match &item.node {
                Selection::Field(field) => self.field(parent, field)?,
                Selection::InlineFragment(inline) => {
                    let on = inline.node.type_condition.as_ref().map_or(parent, |on| on.node.on.node.as_str());
                    self.set(on, &inline.node.selection_set.node)?;
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    if let Some(fragment) = self.document.fragments.get(name).filter(|_| self.visited.insert(name)) {
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        self.set(on, &fragment.node.selection_set.node)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn field(&mut self, parent: &str, field: &'a Positioned<Field>) -> Result<(), ClientError> {
        let name = field.node.name.node.as_str();
        if (parent, name) == (QUERY, "__type") {
            for (_, value) in &field.node.arguments {
                self.value(&value.node, &TypeRef::named("String").required(), false, value.pos)?;
            }
        }
        let Some(definition) = self.schema.field(parent, name) else { return Ok(()) };
        for (name, value) in &field.node.arguments {
            if let Some(argument) = definition.arguments.get(name.node.as_str()) {
                self.value(&value.node, &argument.ty, argument.default.is_some(), value.pos)?;
            }
        }
        self.set(definition.ty.name(), &field.node.selection_set.node)
    }

    fn directives(&self, directives: &[Positioned<Directive>]) -> Result<(), ClientError> {
        for directive in directives {
            if let Some(condition) = directive.node.get_argument("if") {
                self.value(&condition.node, &TypeRef::named("Boolean").required(), false, condition.pos)?;
            }
        }
        Ok(())
    }

    fn value(&self, value: &Value, ty: &TypeRef, has_default: bool, place: Pos) -> Result<(), ClientError> {
        match (value, ty.nullable()) {
            (Value::Variable(name), _) => self.variable(name, ty, has_default, place),
            (Value::List(items), TypeRef::List(inner)) => {
                items.iter().try_for_each(|item| self.value(item, inner, false, place))
            }
            // A single value stands for a list of one; a variable in it must fit the item.
            (value, TypeRef::List(inner)) => self.value(value, inner, false, place),
            (Value::Object(given), TypeRef::Named(name)) => match self.schema.get(name) {
                Some(TypeDef::Input { fields, .. }) => self.object(given, fields, place),
                _ => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn object(
        &self,
        given: &IndexMap<async_graphql::Name, Value>,
        fields: &ByName<Argument>,
        place: Pos,
    ) -> Result<(), ClientError> {
        for (name, value) in given {
            if let Some(field) = fields.get(name.as_str()) {
                self.value(value, &field.ty, field.default.is_some(), place)?;
            }
        }
        Ok(())
    }

    fn variable(&self, name: &str, ty: &TypeRef, has_default: bool, place: Pos) -> Result<(), ClientError> {
        let definitions = &self.operation.variable_definitions;
        let Some(definition) = definitions.iter().find(|definition| definition.node.name.node == name) else {
            let message = format!("The variable `${name}` is not defined by the operation.");
            return Err(ClientError::at(Code::ValidationFailed, message, place));
        };
        let given = type_ref(&definition.node.var_type.node);
        let default = definition.node.default_value.as_ref().map(|value| &value.node);
        let has_value = has_default || default.is_some_and(|value| *value != ConstValue::Null);
        if (has_value && fits(&given, ty.nullable())) || fits(&given, ty) {
            return Ok(());
        }
        let message = format!("The variable `${name}` is {given} and stands where {ty} is expected.");
        Err(ClientError { code: Code::ValidationFailed, message, locations: vec![definition.pos, place] })
    }
}

/// Whether every value of a type is one of another.
fn fits(given: &TypeRef, expected: &TypeRef) -> bool {
    match (given, expected) {
        (TypeRef::NonNull(given), TypeRef::NonNull(expected)) => fits(given, expected),
        (_, TypeRef::NonNull(_)) => false,
        (TypeRef::NonNull(given), expected) => fits(given, expected),
        (TypeRef::List(given), TypeRef::List(expected)) => fits(given, expected),
        (TypeRef::Named(given), TypeRef::Named(expected)) => given == expected,
        _ => false,
    }
}
