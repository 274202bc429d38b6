//! What an input is made of.

use crate::catalog::{ClosedSet, Scalar};

/// An input object.
#[derive(Debug)]
pub struct InputType {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its fields.
    pub fields: &'static [InputField],
}

/// A field of an input object.
#[derive(Clone, Copy, Debug)]
pub struct InputField {
    /// Its name.
    pub name: &'static str,
    /// What its values are.
    pub shape: Shape,
    /// Whether it must be given.
    pub is_required: bool,
    /// Whether it is a list of them.
    pub is_list: bool,
    /// What it means, and what it means that it is not given.
    pub doc: &'static str,
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Text.
    Text,
    /// A whole number of 32 bits.
    Int,
    /// An exact decimal number.
    Decimal,
    /// True or false.
    Boolean,
    /// A calendar date.
    Date,
    /// An id of the graph.
    Id,
    /// Text of a form specified elsewhere.
    Code(&'static Scalar),
    /// One of a closed set.
    Closed(&'static ClosedSet),
    /// An input object.
    Object(&'static InputType),
}

impl InputField {
    pub(super) const fn new(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self { name, shape, is_required: false, is_list: false, doc }
    }
    pub(super) const fn text(name: &'static str, doc: &'static str) -> Self {
        Self::new(name, Shape::Text, doc)
    }
    pub(super) const fn int(name: &'static str, doc: &'static str) -> Self {
        Self::new(name, Shape::Int, doc)
    }
    pub(super) const fn decimal(name: &'static str, doc: &'static str) -> Self {
        Self::new(name, Shape::Decimal, doc)
    }
    pub(super) const fn boolean(name: &'static str, doc: &'static str) -> Self {
        Self::new(name, Shape::Boolean, doc)
    }
    pub(super) const fn date(name: &'static str, doc: &'static str) -> Self {
        Self::new(name, Shape::Date, doc)
    }
    pub(super) const fn id(name: &'static str, doc: &'static str) -> Self {
        Self::new(name, Shape::Id, doc)
    }
    pub(super) const fn code(name: &'static str, scalar: &'static Scalar, doc: &'static str) -> Self {
        Self::new(name, Shape::Code(scalar), doc)
    }
    pub(super) const fn closed(name: &'static str, set: &'static ClosedSet, doc: &'static str) -> Self {
        Self::new(name, Shape::Closed(set), doc)
    }
    pub(super) const fn object(name: &'static str, ty: &'static InputType, doc: &'static str) -> Self {
        Self::new(name, Shape::Object(ty), doc)
    }
    /// The same, which must be given.
    pub(super) const fn required(self) -> Self {
        Self { is_required: true, ..self }
    }
    /// A list of them.
    pub(super) const fn list(self) -> Self {
        Self { is_list: true, ..self }
    }
}
