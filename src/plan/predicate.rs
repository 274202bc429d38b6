//! Conditions on rows, as the store writes them: columns and edges of the catalogue, and values that are bound.

use crate::catalog::{Entity, Kind, Link, Reach};

/// A value that is bound to a statement, or that a cursor holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Datum {
    /// Null.
    Null,
    /// True or false.
    Boolean(bool),
    /// A whole number, a scaled decimal or a key.
    Integer(i64),
    /// A text.
    Text(String),
    /// Days since 1970-01-01.
    Date(i32),
    /// Microseconds since 1970-01-01, UTC.
    DateTime(i64),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// Equal.
    Equal,
    /// Not equal.
    NotEqual,
    /// Less.
    Less,
    /// Less or equal.
    LessOrEqual,
    /// Greater.
    Greater,
    /// Greater or equal.
    GreaterOrEqual,
}

/// How many of the rows along an edge a condition must hold for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// At least one.
    Some,
    /// None.
    None,
    /// Every one.
    Every,
}

/// A column with what its values are.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The column.
    pub column: &'static str,
    /// What its values are.
    pub kind: Kind,
}

/// A condition on a row. A comparison with null is false, and `Not` is its complement.
#[derive(Clone, Debug)]
pub enum Predicate {
    /// All hold; true of none.
    And(Vec<Predicate>),
    /// At least one holds; false of none.
    Or(Vec<Predicate>),
    /// It does not hold.
    Not(Box<Predicate>),
    /// A comparison with a value that is not null.
    Compare(Place, Operator, Datum),
    /// The column is one of these values (or, negated, not null and none of them).
    In {
        /// The column.
        place: Place,
        /// The values, all of the column's kind.
        values: Vec<Datum>,
        /// Whether it must be none of them.
        negated: bool,
    },
    /// Whether the column is null.
    IsNull(&'static str, bool),
    /// The column with folded text contains a folded text, or begins with it.
    Matches {
        /// The folded column.
        column: &'static str,
        /// The folded text.
        text: String,
        /// Whether it must stand at the beginning.
        at_start: bool,
    },
    /// There is a row along a to-one edge, and it satisfies a condition.
    ToOne {
        /// The column that leads there.
        column: &'static str,
        /// What is there.
        target: &'static Entity,
        /// The condition.
        condition: Box<Predicate>,
    },
    /// Rows along a to-many edge satisfy a condition.
    ToMany {
        /// How they are reached.
        reach: &'static Reach,
        /// What they are.
        target: &'static Entity,
        /// How many must.
        quantifier: Quantifier,
        /// The condition.
        condition: Box<Predicate>,
    },
    /// A row of a link from the parent at hand to this row satisfies a condition.
    Linked {
        /// The link.
        link: &'static Link,
        /// The condition.
        condition: Box<Predicate>,
    },
}

impl Predicate {
    /// What always holds.
    #[must_use]
    pub const fn always() -> Self {
        Self::And(Vec::new())
    }

    /// Whether it is nothing but `always`.
    #[must_use]
    pub fn is_always(&self) -> bool {
        matches!(self, Self::And(all) if all.is_empty())
    }

    /// How many conditions it is made of.
    #[must_use]
    pub fn size(&self) -> usize {
        match self {
            Self::And(parts) | Self::Or(parts) => 1 + parts.iter().map(Self::size).sum::<usize>(),
            Self::Not(inner) => 1 + inner.size(),
            Self::ToOne { condition, .. } | Self::ToMany { condition, .. } | Self::Linked { condition, .. } => {
                1 + condition.size()
            }
            Self::Compare(..) | Self::In { .. } | Self::IsNull(..) | Self::Matches { .. } => 1,
        }
    }

    /// Whether it is one on the parent at hand too.
    #[must_use]
    pub fn names_parent(&self) -> bool {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::names_parent),
            Self::Not(inner) => inner.names_parent(),
            Self::ToOne { condition, .. } | Self::ToMany { condition, .. } => condition.names_parent(),
            Self::Linked { .. } => true,
            Self::Compare(..) | Self::In { .. } | Self::IsNull(..) | Self::Matches { .. } => false,
        }
    }

    /// How many to-many edges it goes along inside one another.
    #[must_use]
    pub fn relations(&self) -> usize {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().map(Self::relations).max().unwrap_or(0),
            Self::Not(inner) => inner.relations(),
            Self::ToOne { condition, .. } | Self::Linked { condition, .. } => condition.relations(),
            Self::ToMany { condition, .. } => 1 + condition.relations(),
            Self::Compare(..) | Self::In { .. } | Self::IsNull(..) | Self::Matches { .. } => 0,
        }
    }

    /// How many bytes its values take, about.
    #[must_use]
    pub fn weight(&self) -> usize {
        let of_value = |value: &Datum| if let Datum::Text(text) = value { 32 + text.len() } else { 32 };
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().map(Self::weight).sum(),
            Self::Not(inner) => inner.weight(),
            Self::ToOne { condition, .. } | Self::ToMany { condition, .. } | Self::Linked { condition, .. } => {
                condition.weight()
            }
            Self::Compare(_, _, value) => of_value(value),
            Self::In { values, .. } => values.iter().map(of_value).sum(),
            Self::IsNull(..) => 0,
            Self::Matches { text, .. } => 32 + text.len(),
        }
    }

    /// All of these; one of them stands for itself.
    #[must_use]
    pub fn all(mut conditions: Vec<Self>) -> Self {
        conditions.retain(|condition| !condition.is_always());
        match conditions.pop() {
            Some(only) if conditions.is_empty() => only,
            Some(last) => {
                conditions.push(last);
                Self::And(conditions)
            }
            None => Self::always(),
        }
    }
}
