//! A value as a client gives it: written in the document, or as JSON beside it. Both are read where they stand.

use async_graphql::{Name, Number};
use async_graphql_value::indexmap::map;
use async_graphql_value::{ConstValue, Value};

/// A value that is given.
#[derive(Clone, Copy, Debug)]
pub(super) enum Given<'g> {
    /// A literal of the document.
    Literal(&'g Value),
    /// JSON, as the value of a variable.
    Json(&'g serde_json::Value),
    /// The name of an enum's value, which stands in the schema as a default.
    Default(&'static str),
}

/// What a given value is.
pub(super) enum Seen<'g> {
    Null,
    Boolean(bool),
    Number(&'g Number),
    Text(&'g str),
    Name(&'g str),
    List(Items<'g>),
    Object(Members<'g>),
    /// A variable, whose value has been read, or what no input can be.
    Other,
}

/// The values of a list.
pub(super) enum Items<'g> {
    Literal(std::slice::Iter<'g, Value>),
    Json(std::slice::Iter<'g, serde_json::Value>),
}

/// The fields of an object.
pub(super) enum Members<'g> {
    Literal(map::Iter<'g, Name, Value>),
    Json(serde_json::map::Iter<'g>),
}

impl<'g> Given<'g> {
    /// Whether it stands in a document, which tells names from texts, and `1.0` from `1`.
    pub(super) const fn is_literal(self) -> bool {
        !matches!(self, Self::Json(_))
    }

    pub(super) fn is_null(self) -> bool {
        matches!(self, Self::Literal(Value::Null) | Self::Json(serde_json::Value::Null))
    }

    pub(super) fn seen(self) -> Seen<'g> {
        use serde_json::Value as Json;
        match self {
            Self::Literal(Value::Null) | Self::Json(Json::Null) => Seen::Null,
            Self::Literal(Value::Boolean(value)) | Self::Json(Json::Bool(value)) => Seen::Boolean(*value),
            Self::Literal(Value::Number(number)) | Self::Json(Json::Number(number)) => Seen::Number(number),
            Self::Literal(Value::String(text)) | Self::Json(Json::String(text)) => Seen::Text(text),
            Self::Literal(Value::Enum(name)) => Seen::Name(name),
            Self::Default(name) => Seen::Name(name),
            Self::Literal(Value::List(items)) => Seen::List(Items::Literal(items.iter())),
            Self::Json(Json::Array(items)) => Seen::List(Items::Json(items.iter())),
            Self::Literal(Value::Object(members)) => Seen::Object(Members::Literal(members.iter())),
            Self::Json(Json::Object(members)) => Seen::Object(Members::Json(members.iter())),
            Self::Literal(Value::Variable(_) | Value::Binary(_)) => Seen::Other,
        }
    }

    /// As an error shows it: short, whatever was sent.
    pub(super) fn shown(self) -> String {
        let text = match (self.seen(), self) {
            (Seen::List(_), _) => return "a list".to_owned(),
            (Seen::Object(_), _) => return "an object".to_owned(),
            (_, Self::Literal(value)) => value.to_string(),
            (_, Self::Json(value)) => {
                ConstValue::from_json(value.clone()).as_ref().map_or_else(|_| value.to_string(), ToString::to_string)
            }
            (_, Self::Default(name)) => name.to_owned(),
        };
        super::brief(&text)
    }
}

impl<'g> Iterator for Items<'g> {
    type Item = Given<'g>;

    fn next(&mut self) -> Option<Given<'g>> {
        match self {
            Self::Literal(items) => items.next().map(Given::Literal),
            Self::Json(items) => items.next().map(Given::Json),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::Literal(items) => items.size_hint(),
            Self::Json(items) => items.size_hint(),
        }
    }
}

impl ExactSizeIterator for Items<'_> {}

impl<'g> Iterator for Members<'g> {
    type Item = (&'g str, Given<'g>);

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Literal(members) => members.next().map(|(name, value)| (name.as_str(), Given::Literal(value))),
            Self::Json(members) => members.next().map(|(name, value)| (name.as_str(), Given::Json(value))),
        }
    }
}
