//! Input coercion: literals and variables into typed values, as the specification says and async-graphql does not.
//!
//! Absent is not null; defaults are filled in; a single value stands for a list of one; numbers have ranges; texts are
//! bounded and hold no NUL; a name of an enum is not a string. Each error names the place and what was expected.

use std::collections::HashMap;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::OperationDefinition;
use async_graphql::{Name, Pos};
use async_graphql_value::{ConstValue, Value};

use crate::decimal::Decimal;
use crate::document::suggest::did_you_mean;
use crate::error::{ClientError, Code};
use crate::schema::{Argument, Schema, TypeDef, TypeRef};

mod scalar;

/// Bytes of one text that a client may send.
const TEXT_BYTES_MAX: usize = 8_192;
/// Values in one list that a client may send.
const LIST_LENGTH_MAX: usize = 10_000;

/// A coerced value.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// Null, where it is allowed.
    Null,
    /// A boolean.
    Boolean(bool),
    /// A whole number of 32 bits.
    Int(i32),
    /// A floating point number.
    Float(f64),
    /// A text.
    Text(String),
    /// An id, not yet decoded.
    Id(String),
    /// An enum's value.
    Enum(String),
    /// A date.
    Date(chrono::NaiveDate),
    /// Microseconds since 1970, UTC.
    DateTime(i64),
    /// A decimal number.
    Decimal(Decimal),
    /// A list.
    List(Vec<Input>),
    /// An input object: the fields that are given or have defaults, in the schema's order.
    Object(Vec<(String, Input)>),
}

impl Input {
    /// A field of an input object.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(fields) => fields.iter().find(|(field, _)| field == name).map(|(_, value)| value),
            _ => None,
        }
    }
}

/// The variables of a request, coerced; one that is absent and has no default is not in it.
pub type Variables = HashMap<String, Input>;

/// Coerces the arguments of one field.
///
/// # Errors
/// An argument is missing or has a value that is not allowed.
pub fn arguments(
    schema: &Schema,
    definitions: &IndexMap<String, Argument>,
    given: &[(async_graphql::Positioned<Name>, async_graphql::Positioned<Value>)],
    variables: &Variables,
    place: Pos,
) -> Result<Vec<(String, Input)>, ClientError> {
    let mut found = Vec::new();
    for (name, definition) in definitions {
        let argument = given.iter().find(|(given, _)| given.node == name.as_str());
        let at = argument.map_or(place, |(_, value)| value.pos);
        let mut coercion = Coercion::new(schema, variables, at, Step::Name(name));
        let value = argument.map(|(_, value)| &value.node);
        if let Some(value) = coercion.member(definition, value)? {
            found.push((name.clone(), value));
        }
    }
    Ok(found)
}

/// Coerces the variables of an operation.
///
/// # Errors
/// A variable is missing or has a value that is not allowed.
pub fn variables(
    schema: &Schema,
    operation: &OperationDefinition,
    given: &serde_json::Map<String, serde_json::Value>,
) -> Result<Variables, ClientError> {
    let none = Variables::new();
    let mut found = Variables::new();
    for definition in &operation.variable_definitions {
        let name = definition.node.name.node.as_str();
        let ty = type_ref(&definition.node.var_type.node);
        let (value, is_literal) = match (given.get(name), &definition.node.default_value) {
            (Some(value), _) => (Some(from_json(value.clone())), false),
            (None, Some(default)) => (Some(default.node.clone().into_value()), true),
            (None, None) => (None, false),
        };
        let mut coercion = Coercion::new(schema, &none, definition.pos, Step::Variable(name));
        coercion.is_literal = is_literal;
        match value {
            Some(value) => {
                if let Some(value) = coercion.value(&value, &ty)? {
                    found.insert(name.to_owned(), value);
                }
            }
            None if ty.is_required() => return Err(coercion.error(&format!("is required: {ty}"))),
            None => {}
        }
    }
    Ok(found)
}

/// A JSON value as async-graphql's: a number keeps its digits.
fn from_json(value: serde_json::Value) -> Value {
    ConstValue::from_json(value).unwrap_or(ConstValue::Null).into_value()
}

/// The parser's type as ours.
pub(super) fn type_ref(ty: &async_graphql::parser::types::Type) -> TypeRef {
    use async_graphql::parser::types::BaseType;
    let base = match &ty.base {
        BaseType::Named(name) => TypeRef::named(name.as_str()),
        BaseType::List(inner) => type_ref(inner).list(),
    };
    if ty.nullable { base } else { base.required() }
}

struct Coercion<'a> {
    schema: &'a Schema,
    variables: &'a Variables,
    is_literal: bool,
    place: Pos,
    path: Vec<Step<'a>>,
}

/// A step on the way to a value, as an error names it.
#[derive(Clone, Copy)]
enum Step<'a> {
    Variable(&'a str),
    Name(&'a str),
    Index(usize),
}

impl std::fmt::Display for Step<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Variable(name) => write!(f, "${name}"),
            Self::Name(name) => f.write_str(name),
            Self::Index(index) => index.fmt(f),
        }
    }
}

impl<'a> Coercion<'a> {
    fn new(schema: &'a Schema, variables: &'a Variables, place: Pos, first: Step<'a>) -> Self {
        Self { schema, variables, is_literal: true, place, path: vec![first] }
    }

    fn error(&self, what: &str) -> ClientError {
        let path: Vec<String> = self.path.iter().map(Step::to_string).collect();
        ClientError::at(Code::BadInput, format!("`{}` {what}.", path.join(".")), self.place)
    }

    fn expected(&self, ty: impl std::fmt::Display, found: &Value) -> ClientError {
        self.error(&format!("must be {ty}, not {}", shown(found)))
    }

    /// An argument or an input field: its value, its default, or nothing.
    fn member(&mut self, definition: &'a Argument, value: Option<&Value>) -> Result<Option<Input>, ClientError> {
        if let Some(value) = value
            && let Some(value) = self.value(value, &definition.ty)?
        {
            return Ok(Some(value));
        }
        if let Some(default) = definition.default {
            let default = Value::Enum(Name::new(default));
            let was_literal = std::mem::replace(&mut self.is_literal, true);
            let value = self.value(&default, &definition.ty);
            self.is_literal = was_literal;
            return value;
        }
        if definition.ty.is_required() {
            return Err(self.error(&format!("is required: {}", definition.ty)));
        }
        Ok(None)
    }

    /// A value of a type; nothing for a variable that is absent.
    fn value(&mut self, value: &Value, ty: &TypeRef) -> Result<Option<Input>, ClientError> {
        if let Value::Variable(name) = value {
            return match self.variables.get(name.as_str()) {
                Some(Input::Null) if ty.is_required() => Err(self.error(&format!("must be {ty}, not null"))),
                Some(value) => Ok(Some(listed(value.clone(), ty))),
                None => Ok(None),
            };
        }
        match ty {
            TypeRef::NonNull(_) if *value == Value::Null => Err(self.expected(ty, value)),
            TypeRef::NonNull(inner) => self.value(value, inner),
            _ if *value == Value::Null => Ok(Some(Input::Null)),
            TypeRef::List(inner) => self.list(value, inner).map(Some),
            TypeRef::Named(name) => self.named(value, name).map(Some),
        }
    }

    fn list(&mut self, value: &Value, inner: &TypeRef) -> Result<Input, ClientError> {
        let Value::List(items) = value else {
            let single = self.value(value, inner)?;
            return Ok(Input::List(single.into_iter().collect()));
        };
        if items.len() > LIST_LENGTH_MAX {
            let what = format!("has {} values; at most {LIST_LENGTH_MAX} are allowed", items.len());
            return Err(self.error(&what));
        }
        let mut list = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            self.path.push(Step::Index(index));
            match self.value(item, inner)? {
                Some(item) => list.push(item),
                None if inner.is_required() => return Err(self.error(&format!("must be {inner}, not absent"))),
                None => list.push(Input::Null),
            }
            self.path.pop();
        }
        Ok(Input::List(list))
    }

    fn named(&mut self, value: &Value, name: &str) -> Result<Input, ClientError> {
        if let Some(TypeDef::Input { fields, .. }) = self.schema.get(name) {
            return self.object(value, name, fields);
        }
        let Some(values) = self.schema.enum_values(name) else { return self.scalar(value, name) };
        let given = match value {
            Value::Enum(given) if self.is_literal => given.as_str(),
            Value::String(given) if !self.is_literal => given.as_str(),
            _ => return Err(self.expected(format_args!("a value of the enum {name}"), value)),
        };
        if values.contains(&given) {
            return Ok(Input::Enum(given.to_owned()));
        }
        let mut error = self.expected(format_args!("one of {name}: {}", values.join(", ")), value);
        error.message.push_str(&did_you_mean(given, values));
        Err(error)
    }

    fn object(
        &mut self,
        value: &Value,
        name: &str,
        fields: &'a IndexMap<String, Argument>,
    ) -> Result<Input, ClientError> {
        let Value::Object(given) = value else { return Err(self.expected(format_args!("an object {name}"), value)) };
        if let Some(unknown) = given.keys().find(|field| !fields.contains_key(field.as_str())) {
            let known: Vec<&str> = fields.keys().map(String::as_str).collect();
            let what = format!("has no field `{}`; {name} has {}", brief(unknown), known.join(", "));
            let mut error = self.error(&what);
            error.message.push_str(&did_you_mean(unknown, known));
            return Err(error);
        }
        let mut found = Vec::new();
        for (field, definition) in fields {
            self.path.push(Step::Name(field));
            if let Some(value) = self.member(definition, given.get(field.as_str()))? {
                found.push((field.clone(), value));
            }
            self.path.pop();
        }
        Ok(Input::Object(found))
    }

    fn scalar(&self, value: &Value, name: &str) -> Result<Input, ClientError> {
        if let Value::String(text) = value {
            if text.len() > TEXT_BYTES_MAX {
                let what = format!("has {} bytes; at most {TEXT_BYTES_MAX} are allowed", text.len());
                return Err(self.error(&what));
            }
            if text.contains('\0') {
                return Err(self.error("must not hold the character U+0000"));
            }
        }
        scalar::coerce(value, name, self.is_literal).ok_or_else(|| self.expected(scalar::expected(name), value))
    }
}

/// A variable of a single value stands for a list of one.
fn listed(value: Input, ty: &TypeRef) -> Input {
    match (ty.nullable(), value) {
        (TypeRef::List(_), value @ (Input::List(_) | Input::Null)) => value,
        (TypeRef::List(inner), value) => Input::List(vec![listed(value, inner)]),
        (_, value) => value,
    }
}

/// A text as an error shows it: short, whatever was sent.
pub(super) fn brief(text: &str) -> String {
    let mut shown: String = text.chars().take(40).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// A value as an error shows it: short, whatever was sent.
fn shown(value: &Value) -> String {
    match value {
        Value::List(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::Null => "null".to_owned(),
        other => brief(&other.to_string()),
    }
}
