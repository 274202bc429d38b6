//! The parts of the type system.

use std::fmt;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::OperationType;

use crate::catalog::{Abstract, ClosedSet, Edge, Entity, Field, Lookup, Scalar};
use crate::mutation::{InputType, Mutation};

/// Things by name, in the order in which they were added. A server looks names up for every request.
pub type ByName<T> = IndexMap<String, T, foldhash::fast::RandomState>;

/// A type as it is referred to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeRef {
    /// A named type.
    Named(String),
    /// A list.
    List(Box<TypeRef>),
    /// Never null.
    NonNull(Box<TypeRef>),
}

impl TypeRef {
    /// A named type that may be null.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self::Named(name.into())
    }

    /// The same, never null.
    #[must_use]
    pub fn required(self) -> Self {
        Self::NonNull(Box::new(self))
    }

    /// A list of it.
    #[must_use]
    pub fn list(self) -> Self {
        Self::List(Box::new(self))
    }

    /// Without the outer "never null".
    #[must_use]
    pub fn nullable(&self) -> &Self {
        match self {
            Self::NonNull(inner) => inner,
            other => other,
        }
    }

    /// Whether null is refused.
    #[must_use]
    pub fn is_required(&self) -> bool {
        matches!(self, Self::NonNull(_))
    }

    /// The name inside all wrappers.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Named(name) => name,
            Self::List(inner) | Self::NonNull(inner) => inner.name(),
        }
    }
}

impl fmt::Display for TypeRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name) => f.write_str(name),
            Self::List(inner) => write!(f, "[{inner}]"),
            Self::NonNull(inner) => write!(f, "{inner}!"),
        }
    }
}

/// What a field means to the plan.
#[derive(Clone, Copy, Debug)]
pub enum Role {
    /// The opaque id of the row.
    Id,
    /// A column of the row.
    Column(&'static Field),
    /// An edge of the row; the edge says whether it leads to one or to many.
    Edge(&'static Edge),
    /// A root connection of all rows of an entity.
    List(&'static Entity),
    /// A root field that finds one row by a natural key.
    Lookup(&'static Entity, &'static Lookup),
    /// `node`.
    Node,
    /// `nodes`.
    Nodes,
    /// The rows of a connection.
    ConnectionNodes,
    /// The edges of a connection.
    ConnectionEdges,
    /// The page information of a connection.
    PageInfo,
    /// The number of rows of a connection on all its pages.
    TotalCount,
    /// The cursor of a connection's edge.
    Cursor,
    /// The row of a connection's edge.
    EdgeNode,
    /// `hasNextPage`.
    HasNextPage,
    /// `hasPreviousPage`.
    HasPreviousPage,
    /// `startCursor`.
    StartCursor,
    /// `endCursor`.
    EndCursor,
    /// A subscription to changes.
    Changed,
    /// A subscription to agreements that are new.
    AgreementRecorded,
    /// What is otherwise between two moments.
    Differences,
    /// What stood before the first change of a thing.
    StoodBefore,
    /// The number of an event's change.
    EventSeq,
    /// The change of an event.
    EventChange,
    /// The agreement of an event.
    EventAgreement,
    /// Something that can be written.
    Mutation(&'static Mutation),
    /// What was written, in a payload.
    Written(&'static Entity),
    /// Why nothing was written, in a payload.
    UserErrors,
    /// `code` of such an error.
    UserErrorCode,
    /// `message` of such an error.
    UserErrorMessage,
    /// `path` of such an error.
    UserErrorPath,
    /// `search`.
    Search,
    /// The field by which something was found.
    SearchField,
    /// How well something answers a search.
    SearchScore,
    /// The part of a text by which something was found.
    SearchFragment,
    /// A piece of such a part.
    PieceText,
    /// Whether a piece was searched for.
    PieceIsMatch,
}

/// A field of an object or an interface.
#[derive(Clone, Debug)]
pub struct OutputField {
    /// What it means, and what null means.
    pub doc: String,
    /// Its arguments, by name.
    pub arguments: ByName<Argument>,
    /// Its type.
    pub ty: TypeRef,
    /// What it means to the plan.
    pub role: Role,
    /// Why it will go and what to ask instead, if it will.
    pub deprecated: Option<&'static str>,
}

/// A field's argument, or a field of an input object.
#[derive(Clone, Debug)]
pub struct Argument {
    /// What it means.
    pub doc: String,
    /// Its type.
    pub ty: TypeRef,
    /// Its default, as a GraphQL literal.
    pub default: Option<&'static str>,
    /// Why it will go and what to give instead, if it will.
    pub deprecated: Option<&'static str>,
}

impl Argument {
    /// One without a default.
    #[must_use]
    pub fn new(doc: impl Into<String>, ty: TypeRef) -> Self {
        Self { doc: doc.into(), ty, default: None, deprecated: None }
    }
}

/// A value of an enum that the schema makes.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// Its name.
    pub name: String,
    /// What it means.
    pub doc: String,
    /// Why it will go and what to give instead, if it will.
    pub deprecated: Option<&'static str>,
}

/// What an input object is to the plan.
#[derive(Clone, Copy, Debug)]
pub enum InputRole {
    /// The filter of an entity.
    Filter(&'static Entity),
    /// `some`, `none`, `every` of an entity's filter.
    ListFilter(&'static Entity),
    /// A filter on each of several entities.
    AbstractFilter(&'static Abstract),
    /// The comparisons of a scalar.
    Comparison,
    /// One step of an entity's order.
    Order(&'static Entity),
    /// What a mutation takes, or a part of it.
    Written(&'static InputType),
}

/// A type of the schema.
#[derive(Clone, Debug)]
pub enum TypeDef {
    /// One of GraphQL's own scalars.
    BuiltIn,
    /// A scalar of ours.
    Scalar(&'static Scalar),
    /// A closed set of the catalogue.
    Closed(&'static ClosedSet),
    /// An enum that the schema makes.
    Enum {
        /// What it is about.
        doc: String,
        /// Its values.
        values: Vec<EnumValue>,
    },
    /// An input object.
    Input {
        /// What it is for.
        doc: String,
        /// Its fields.
        fields: ByName<Argument>,
        /// What it is to the plan.
        role: InputRole,
    },
    /// An object.
    Object {
        /// What it is.
        doc: String,
        /// The entity it stands for, if it does.
        entity: Option<&'static Entity>,
        /// The interfaces it implements.
        interfaces: Vec<&'static str>,
        /// Its fields.
        fields: ByName<OutputField>,
    },
    /// An interface.
    Interface {
        /// What its objects have in common.
        doc: String,
        /// The interfaces it implements.
        interfaces: Vec<&'static str>,
        /// Its fields.
        fields: ByName<OutputField>,
        /// The objects that implement it.
        possible: Vec<&'static str>,
    },
    /// A union.
    Union {
        /// What its objects have in common.
        doc: String,
        /// Its objects.
        possible: Vec<&'static str>,
    },
}

/// The schema: its types by name.
#[derive(Debug, Default)]
pub struct Schema {
    /// The types, in the order of their names.
    pub types: ByName<TypeDef>,
}

/// The name of the root type of queries.
pub const QUERY: &str = "Query";
/// The name of the root type of mutations.
pub const MUTATION: &str = "Mutation";
/// The name of the root type of subscriptions.
pub const SUBSCRIPTION: &str = "Subscription";
/// The name of the type of what a mutation says is wrong.
pub const USER_ERROR: &str = "UserError";

/// The name of the root type of an operation.
#[must_use]
pub const fn root_of(ty: OperationType) -> &'static str {
    match ty {
        OperationType::Query => QUERY,
        OperationType::Mutation => MUTATION,
        OperationType::Subscription => SUBSCRIPTION,
    }
}

impl TypeDef {
    /// The values of an enum.
    #[must_use]
    pub fn enum_values(&self) -> Option<Vec<&str>> {
        match self {
            Self::Closed(set) => Some(set.values.iter().map(|(value, _)| *value).collect()),
            Self::Enum { values, .. } => Some(values.iter().map(|value| value.name.as_str()).collect()),
            _ => None,
        }
    }

    /// Its own text of the name of one of an enum's values.
    #[must_use]
    pub fn enum_value(&self, name: &str) -> Option<&str> {
        match self {
            Self::Closed(set) => set.values.iter().map(|(value, _)| *value).find(|value| *value == name),
            Self::Enum { values, .. } => values.iter().map(|value| value.name.as_str()).find(|value| *value == name),
            _ => None,
        }
    }
}

impl Schema {
    /// A type by name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&TypeDef> {
        self.types.get(name)
    }

    /// A field of an object or an interface.
    #[must_use]
    pub fn field(&self, type_name: &str, field: &str) -> Option<&OutputField> {
        match self.get(type_name)? {
            TypeDef::Object { fields, .. } | TypeDef::Interface { fields, .. } => fields.get(field),
            _ => None,
        }
    }

    /// The values of an enum.
    #[must_use]
    pub fn enum_values(&self, name: &str) -> Option<Vec<&str>> {
        self.get(name)?.enum_values()
    }

    /// Whether an object is, or may stand for, a type.
    #[must_use]
    pub fn is_a(&self, object: &str, type_name: &str) -> bool {
        object == type_name
            || match self.get(type_name) {
                Some(TypeDef::Interface { possible, .. } | TypeDef::Union { possible, .. }) => {
                    possible.contains(&object)
                }
                _ => false,
            }
    }

    /// Whether a type is an object: then two fragments on different objects never meet.
    #[must_use]
    pub fn is_object(&self, name: &str) -> bool {
        matches!(self.get(name), Some(TypeDef::Object { .. }))
    }

    /// Whether a type has fields or possible types of its own.
    #[must_use]
    pub fn is_composite(&self, name: &str) -> bool {
        matches!(self.get(name), Some(TypeDef::Object { .. } | TypeDef::Interface { .. } | TypeDef::Union { .. }))
    }
}
