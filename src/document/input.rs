//! Input coercion: literals and variables into typed values, as the specification says and async-graphql does not.
//!
//! Absent is not null; defaults are filled in; a single value stands for a list of one; numbers have ranges; texts are
//! bounded and hold no NUL; a name of an enum is not a string. Each error names the place and what was expected.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use async_graphql::parser::types::OperationDefinition;
use async_graphql::{Name, Pos, Positioned};
use async_graphql_value::Value;

use crate::decimal::Decimal;
use crate::document::suggest::did_you_mean;
use crate::error::{ClientError, Code};
use crate::schema::{Argument, ByName, Schema, TypeDef, TypeRef};

mod given;
mod scalar;

use given::{Given, Seen};

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
    Enum(&'static str),
    /// A date.
    Date(chrono::NaiveDate),
    /// Microseconds since 1970, UTC.
    DateTime(i64),
    /// A decimal number.
    Decimal(Decimal),
    /// A list.
    List(Vec<Input>),
    /// An input object: the fields that are given or have defaults, in the schema's order.
    Object(Vec<(&'static str, Input)>),
}

impl Input {
    /// A field of an input object.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(fields) => fields.iter().find(|(field, _)| *field == name).map(|(_, value)| value),
            _ => None,
        }
    }
}

/// The variables of a request, coerced; one that is absent and has no default is not in it.
pub type Variables = HashMap<Name, Input, foldhash::fast::RandomState>;

/// The arguments of one field, coerced. The value of a variable that stands for a whole argument is not copied.
pub type Arguments<'v> = Vec<(&'static str, Cow<'v, Input>)>;

/// Arguments as they are written, each with room for its value unless a variable stands in it.
pub type Written<'v> = (&'v [(Positioned<Name>, Positioned<Value>)], &'v [Option<OnceLock<Input>>]);

/// Coerces the arguments of one field. What no variable stands in is coerced once.
///
/// # Errors
/// An argument is missing or has a value that is not allowed.
pub fn arguments<'v>(
    schema: &'static Schema,
    definitions: &'static ByName<Argument>,
    (given, constants): Written<'v>,
    variables: &'v Variables,
    place: Pos,
) -> Result<Arguments<'v>, ClientError> {
    let given = given.iter().zip(constants);
    let given = given.map(|((name, value), constant)| (name.node.as_str(), (value, constant.as_ref())));
    // A document with an argument that is none was refused.
    let given = placed(definitions, given.filter(|(name, _)| definitions.contains_key(*name))).unwrap_or_default();
    let mut found = Vec::with_capacity(given.len());
    for (name, definition, written) in members(definitions, given) {
        let constant = written.and_then(|(_, constant)| constant);
        if let Some(value) = constant.and_then(OnceLock::get) {
            found.push((name, Cow::Borrowed(value)));
            continue;
        }
        let at = written.map_or(place, |(value, _)| value.pos);
        let value = written.map(|(value, _)| &value.node);
        if let Some(Value::Variable(variable)) = value
            && let Some(value) = variables.get(variable.as_str())
            && is_of(value, &definition.ty)
        {
            found.push((name, Cow::Borrowed(value)));
            continue;
        }
        let mut coercion = Coercion::new(schema, variables, at, Step::Name(name));
        if let Some(value) = coercion.member(definition, value.map(Given::Literal))? {
            let value = match constant {
                Some(constant) => Cow::Borrowed(constant.get_or_init(|| value)),
                None => Cow::Owned(value),
            };
            found.push((name, value));
        }
    }
    Ok(found)
}

/// What is given, each with the place of its definition, in the order of these.
///
/// # Errors
/// The name of one that is not defined.
fn placed<'g, T>(
    definitions: &ByName<Argument>,
    given: impl Iterator<Item = (&'g str, T)>,
) -> Result<Vec<(usize, T)>, &'g str> {
    let place = |(name, value)| definitions.get_index_of(name).map(|place| (place, value)).ok_or(name);
    let mut placed = given.map(place).collect::<Result<Vec<_>, _>>()?;
    placed.sort_unstable_by_key(|(place, _)| *place);
    placed.dedup_by_key(|(place, _)| *place);
    Ok(placed)
}

/// The definitions that something is given for, or that have something to say where nothing is.
fn members<T>(
    definitions: &'static ByName<Argument>,
    given: Vec<(usize, T)>,
) -> impl Iterator<Item = (&'static str, &'static Argument, Option<T>)> {
    let mut given = given.into_iter().peekable();
    definitions.iter().enumerate().filter_map(move |(place, (name, definition))| {
        let value = given.next_if(|(of, _)| *of == place).map(|(_, value)| value);
        let matters = value.is_some() || definition.default.is_some() || definition.ty.is_required();
        matters.then_some((name.as_str(), definition, value))
    })
}

/// Coerces the variables of an operation, which are of these types.
///
/// # Errors
/// A variable is missing or has a value that is not allowed.
pub fn variables(
    schema: &'static Schema,
    (operation, types): (&OperationDefinition, &[TypeRef]),
    given: &serde_json::Map<String, serde_json::Value>,
) -> Result<Variables, ClientError> {
    let none = Variables::default();
    let mut found = Variables::with_capacity_and_hasher(types.len(), foldhash::fast::RandomState::default());
    for (definition, ty) in operation.variable_definitions.iter().zip(types) {
        let name = definition.node.name.node.as_str();
        let mut coercion = Coercion::new(schema, &none, definition.pos, Step::Variable(name));
        let value = match (given.get(name), &definition.node.default_value) {
            (Some(value), _) => coercion.value(Given::Json(value), ty)?,
            (None, Some(default)) => coercion.value(Given::Literal(&default.node.clone().into_value()), ty)?,
            (None, None) if ty.is_required() => return Err(coercion.error(&format!("is required: {ty}"))),
            (None, None) => None,
        };
        if let Some(value) = value {
            found.insert(definition.node.name.node.clone(), value);
        }
    }
    Ok(found)
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
    schema: &'static Schema,
    variables: &'a Variables,
    place: Pos,
    first: Step<'a>,
    /// The steps behind the first.
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
    fn new(schema: &'static Schema, variables: &'a Variables, place: Pos, first: Step<'a>) -> Self {
        Self { schema, variables, place, first, path: Vec::new() }
    }

    fn error(&self, what: &str) -> ClientError {
        let path: Vec<String> = std::iter::once(&self.first).chain(&self.path).map(Step::to_string).collect();
        ClientError::at(Code::BadInput, format!("`{}` {what}.", path.join(".")), self.place)
    }

    fn expected(&self, ty: impl std::fmt::Display, found: Given<'_>) -> ClientError {
        self.error(&format!("must be {ty}, not {}", found.shown()))
    }

    /// An argument or an input field: its value, its default, or nothing.
    fn member(&mut self, definition: &Argument, value: Option<Given<'_>>) -> Result<Option<Input>, ClientError> {
        if let Some(value) = value
            && let Some(value) = self.value(value, &definition.ty)?
        {
            return Ok(Some(value));
        }
        if let Some(default) = definition.default {
            return self.value(Given::Default(default), &definition.ty);
        }
        if definition.ty.is_required() {
            return Err(self.error(&format!("is required: {}", definition.ty)));
        }
        Ok(None)
    }

    /// A value of a type; nothing for a variable that is absent.
    fn value(&mut self, value: Given<'_>, ty: &TypeRef) -> Result<Option<Input>, ClientError> {
        if let Given::Literal(Value::Variable(name)) = value {
            return match self.variables.get(name.as_str()) {
                Some(Input::Null) if ty.is_required() => Err(self.error(&format!("must be {ty}, not null"))),
                Some(value) => Ok(Some(listed(value.clone(), ty))),
                None => Ok(None),
            };
        }
        match ty {
            TypeRef::NonNull(_) if value.is_null() => Err(self.expected(ty, value)),
            TypeRef::NonNull(inner) => self.value(value, inner),
            _ if value.is_null() => Ok(Some(Input::Null)),
            TypeRef::List(inner) => self.list(value, inner).map(Some),
            TypeRef::Named(name) => self.named(value, name).map(Some),
        }
    }

    fn list(&mut self, value: Given<'_>, inner: &TypeRef) -> Result<Input, ClientError> {
        let Seen::List(items) = value.seen() else {
            let single = self.value(value, inner)?;
            return Ok(Input::List(single.into_iter().collect()));
        };
        if items.len() > LIST_LENGTH_MAX {
            let what = format!("has {} values; at most {LIST_LENGTH_MAX} are allowed", items.len());
            return Err(self.error(&what));
        }
        let mut list = Vec::with_capacity(items.len());
        for (index, item) in items.enumerate() {
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

    fn named(&mut self, value: Given<'_>, name: &str) -> Result<Input, ClientError> {
        let def = match self.schema.get(name) {
            Some(TypeDef::Input { fields, .. }) => return self.object(value, name, fields),
            Some(def @ (TypeDef::Closed(_) | TypeDef::Enum { .. })) => def,
            _ => return self.scalar(value, name),
        };
        let given = match value.seen() {
            Seen::Name(given) => given,
            Seen::Text(given) if !value.is_literal() => given,
            _ => return Err(self.expected(format_args!("a value of the enum {name}"), value)),
        };
        if let Some(known) = def.enum_value(given) {
            return Ok(Input::Enum(known));
        }
        let values = def.enum_values().unwrap_or_default();
        let mut error = self.expected(format_args!("one of {name}: {}", values.join(", ")), value);
        error.message.push_str(&did_you_mean(given, values));
        Err(error)
    }

    fn object(
        &mut self,
        value: Given<'_>,
        name: &str,
        fields: &'static ByName<Argument>,
    ) -> Result<Input, ClientError> {
        let Seen::Object(given) = value.seen() else {
            return Err(self.expected(format_args!("an object {name}"), value));
        };
        let refused = |unknown: &str| {
            let known: Vec<&str> = fields.keys().map(String::as_str).collect();
            let what = format!("has no field `{}`; {name} has {}", brief(unknown), known.join(", "));
            let mut error = self.error(&what);
            error.message.push_str(&did_you_mean(unknown, known));
            error
        };
        let given = placed(fields, given).map_err(refused)?;
        let mut found = Vec::with_capacity(given.len());
        for (field, definition, value) in members(fields, given) {
            self.path.push(Step::Name(field));
            if let Some(value) = self.member(definition, value)? {
                found.push((field, value));
            }
            self.path.pop();
        }
        Ok(Input::Object(found))
    }

    fn scalar(&self, value: Given<'_>, name: &str) -> Result<Input, ClientError> {
        if let Seen::Text(text) = value.seen() {
            if text.len() > TEXT_BYTES_MAX {
                let what = format!("has {} bytes; at most {TEXT_BYTES_MAX} are allowed", text.len());
                return Err(self.error(&what));
            }
            if text.contains('\0') {
                return Err(self.error("must not hold the character U+0000"));
            }
        }
        scalar::coerce(value, name).ok_or_else(|| self.expected(scalar::expected(name), value))
    }
}

/// Whether a variable's value is one of a type as it stands.
fn is_of(value: &Input, ty: &TypeRef) -> bool {
    match value {
        Input::Null => !ty.is_required(),
        Input::List(_) => true,
        _ => !matches!(ty.nullable(), TypeRef::List(_)),
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
