//! What the graph holds, said once: each entity with its table, fields, edges and words.
//!
//! Everything else comes from here: the schema's types, filters and orders, their documentation, and the plan of a
//! query. Nothing here knows GraphQL's syntax or a database's.

pub mod abstracts;
pub mod closed;
pub mod entities;
mod in_order;
pub mod scalars;
pub mod search;
mod spelling;

pub use entities::ENTITIES;
pub use in_order::{in_order, is_kept_in_order};
pub use spelling::{camel_case, words};

/// Which way an order runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Smallest first, null last.
    Asc,
    /// Largest first, null first.
    Desc,
}

impl Direction {
    /// The other way.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::Asc => Self::Desc,
            Self::Desc => Self::Asc,
        }
    }
}

/// A closed set of values: an enum in GraphQL, text with a check in the store.
#[derive(Debug)]
pub struct ClosedSet {
    /// The enum's name.
    pub name: &'static str,
    /// What the set is about.
    pub doc: &'static str,
    /// Each value, as it is stored and as it is sent, with what it means.
    pub values: &'static [(&'static str, &'static str)],
}

impl ClosedSet {
    /// The set's own spelling of a value.
    #[must_use]
    pub fn find(&self, value: &str) -> Option<&'static str> {
        self.values.iter().map(|(known, _)| *known).find(|known| *known == value)
    }
}

/// A scalar of the schema beyond GraphQL's own.
#[derive(Debug)]
pub struct Scalar {
    /// Its name.
    pub name: &'static str,
    /// What its values look like.
    pub doc: &'static str,
    /// Where its form is specified.
    pub specified_by: &'static str,
}

/// What a field's values are.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Text, compared by code point.
    Text,
    /// A whole number of 32 bits.
    Int,
    /// A decimal number, stored as an integer scaled by a power of ten.
    Decimal(u32),
    /// True or false.
    Boolean,
    /// A calendar date.
    Date,
    /// A moment in UTC, to the microsecond.
    DateTime,
    /// Text of a form specified elsewhere, such as a country code.
    Code(&'static Scalar),
    /// One of a closed set.
    Closed(&'static ClosedSet),
    /// JSON, stored as text and answered as it stands. It is neither compared nor ordered by.
    Json,
    /// A key: the id of a row.
    Key,
}

/// A field that is a column.
#[derive(Debug)]
pub struct Field {
    /// The column; the GraphQL name is its camel case.
    pub column: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// Whether it can be null.
    pub nullable: bool,
    /// The column with its folded text, by which `contains` and `startsWith` search.
    pub folded: Option<&'static str>,
    /// Whether clients can order by it.
    pub ordered: bool,
    /// Why it will go and what to ask instead, if it will. Its filter and its order go with it.
    pub deprecated: Option<&'static str>,
    /// What it means, and what null means.
    pub doc: &'static str,
}

impl Field {
    const fn new(column: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self { column, kind, nullable: false, folded: None, ordered: true, deprecated: None, doc }
    }
    const fn text(column: &'static str, doc: &'static str) -> Self {
        Self::new(column, Kind::Text, doc)
    }
    const fn int(column: &'static str, doc: &'static str) -> Self {
        Self::new(column, Kind::Int, doc)
    }
    const fn decimal(column: &'static str, scale: u32, doc: &'static str) -> Self {
        Self::new(column, Kind::Decimal(scale), doc)
    }
    const fn boolean(column: &'static str, doc: &'static str) -> Self {
        Self::new(column, Kind::Boolean, doc)
    }
    const fn date(column: &'static str, doc: &'static str) -> Self {
        Self::new(column, Kind::Date, doc)
    }
    const fn date_time(column: &'static str, doc: &'static str) -> Self {
        Self::new(column, Kind::DateTime, doc)
    }
    const fn code(column: &'static str, scalar: &'static Scalar, doc: &'static str) -> Self {
        Self::new(column, Kind::Code(scalar), doc)
    }
    const fn closed(column: &'static str, set: &'static ClosedSet, doc: &'static str) -> Self {
        Self::new(column, Kind::Closed(set), doc)
    }
    const fn json(column: &'static str, doc: &'static str) -> Self {
        Self { ordered: false, ..Self::new(column, Kind::Json, doc) }
    }
    const fn nullable(self) -> Self {
        Self { nullable: true, ..self }
    }
    const fn folded(self, column: &'static str) -> Self {
        Self { folded: Some(column), ..self }
    }
    const fn unordered(self) -> Self {
        Self { ordered: false, ..self }
    }

    /// The same, which will go: why, and what to ask instead.
    #[must_use]
    pub const fn deprecated(self, why: &'static str) -> Self {
        Self { deprecated: Some(why), ..self }
    }

    /// The name in GraphQL.
    #[must_use]
    pub fn name(&self) -> String {
        camel_case(self.column)
    }

    /// Whether this is its name in GraphQL.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        spelling::is_camel_case_of(name, self.column)
    }
}

/// A table that links two entities, each pair at most once unless an edge says otherwise.
#[derive(Debug)]
pub struct Link {
    /// The table.
    pub table: &'static str,
    /// Its column that holds the key of the entity the edge belongs to.
    pub near: &'static str,
    /// Its column that holds the key of the entity the edge leads to.
    pub far: &'static str,
}

/// Several entities under one name: an interface or a union.
#[derive(Debug)]
pub struct Abstract {
    /// Its name in GraphQL.
    pub name: &'static str,
    /// What they have in common.
    pub doc: &'static str,
    /// Whether it is an interface of facts (`id`, `citations`), not a union.
    pub is_interface: bool,
    /// Whether there may be none.
    pub is_optional: bool,
    /// The column that holds the key if the thing is of that entity; exactly one is not null, or none where there may be none.
    pub arms: &'static [(&'static str, &'static Entity)],
}

/// How an edge's rows are reached from the entity it belongs to.
#[derive(Debug)]
pub enum Reach {
    /// A column here holds the key of the one there.
    One {
        /// The column.
        column: &'static str,
        /// The entity there.
        target: &'static Entity,
        /// Whether there may be none.
        nullable: bool,
    },
    /// One of several columns here holds the key of the one there.
    OneOf(&'static Abstract),
    /// A column there holds the key of the one here.
    Many {
        /// The entity there.
        target: &'static Entity,
        /// The column.
        column: &'static str,
    },
    /// A link table holds both keys; each entity there counts once.
    Through {
        /// The entity there.
        target: &'static Entity,
        /// The table.
        link: Link,
    },
}

/// The columns of a row that say from when until when it holds, and from when until when that was known. A first day is
/// in, a last day is out; null is without end.
#[derive(Debug)]
pub struct Periods {
    /// From this day.
    pub since: &'static str,
    /// Up to this day.
    pub until: &'static str,
    /// Known from this day.
    pub known_since: &'static str,
    /// Known up to this day.
    pub known_until: &'static str,
}

/// What the arguments `asOf` and `knownAt` of an edge choose among.
#[derive(Debug)]
pub enum AsOf {
    /// The rows there: those of the present, which have not ended, where no day is given.
    Rows(Periods),
    /// The rows of a link. Where a day is given, the edge leads along it; else where it leads without.
    Link(Reach, Periods),
}

/// An edge: a field that leads to other entities.
#[derive(Debug)]
pub struct Edge {
    /// The name in snake case; the GraphQL name is its camel case.
    pub name: &'static str,
    /// How its rows are reached.
    pub reach: Reach,
    /// What its rows on a day are, if they change with the days.
    pub as_of: Option<AsOf>,
    /// Why it will go and what to ask instead, if it will. Its filter goes with it.
    pub deprecated: Option<&'static str>,
    /// What it means, and what null means.
    pub doc: &'static str,
}

impl Edge {
    const fn one(name: &'static str, column: &'static str, target: &'static Entity, doc: &'static str) -> Self {
        Self { name, reach: Reach::One { column, target, nullable: false }, as_of: None, deprecated: None, doc }
    }
    const fn one_of(name: &'static str, arms: &'static Abstract, doc: &'static str) -> Self {
        Self { name, reach: Reach::OneOf(arms), as_of: None, deprecated: None, doc }
    }
    const fn many(name: &'static str, target: &'static Entity, column: &'static str, doc: &'static str) -> Self {
        Self { name, reach: Reach::Many { target, column }, as_of: None, deprecated: None, doc }
    }
    const fn through(name: &'static str, target: &'static Entity, link: Link, doc: &'static str) -> Self {
        Self { name, reach: Reach::Through { target, link }, as_of: None, deprecated: None, doc }
    }
    const fn nullable(self) -> Self {
        match self.reach {
            Reach::One { column, target, .. } => Self { reach: Reach::One { column, target, nullable: true }, ..self },
            _ => self,
        }
    }
    const fn on_days(self, as_of: AsOf) -> Self {
        Self { as_of: Some(as_of), ..self }
    }

    /// The same, which will go: why, and what to ask instead.
    #[must_use]
    pub const fn deprecated(self, why: &'static str) -> Self {
        Self { deprecated: Some(why), ..self }
    }

    /// The name in GraphQL.
    #[must_use]
    pub fn field_name(&self) -> String {
        camel_case(self.name)
    }

    /// Whether this is its name in GraphQL.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        spelling::is_camel_case_of(name, self.name)
    }
}

/// A way to find one entity by a natural key.
#[derive(Debug)]
pub struct Lookup {
    /// The root field.
    pub root: &'static str,
    /// The unique column; the argument is its camel case.
    pub column: &'static str,
    /// How the argument may be written.
    pub spelling: Spelling,
    /// The table of keys that lead here since a row became one with another, and its column with the key of the row.
    pub former: Option<(&'static str, &'static str)>,
}

impl Lookup {
    const fn exact(root: &'static str, column: &'static str) -> Self {
        Self { root, column, spelling: Spelling::Exact, former: None }
    }
}

/// How the argument of a lookup may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// As the column has it.
    Exact,
    /// As people and registers write publication numbers; several rows may fit one text.
    PublicationNumber,
}

impl Spelling {
    /// What else is to be said of the argument.
    #[must_use]
    pub const fn doc(self) -> &'static str {
        match self {
            Self::Exact => "",
            Self::PublicationNumber => {
                " Other spellings are read too: `US 8,566,251`, `8566251`, `US 2017/0123456 A1`, `D939,807`, \
                `EP 1 234 567 A1`, `WO 17/123456`, `JP H07-123456 A`, `KR 10-2015-0012345`, `DE 10 2010 012 345 A1`. What \
                stands under just this number is found first; else what has the number and does not contradict the kind. \
                Where several publications fit, the field is null with the error `AMBIGUOUS_NUMBER`, which lists them."
            }
        }
    }
}

/// A thing of the graph.
#[derive(Debug)]
pub struct Entity {
    /// Its name as a type.
    pub name: &'static str,
    /// The root field that lists it.
    pub plural: &'static str,
    /// Its table. The key is always the column `id`.
    pub table: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Whether citations can support it.
    pub is_fact: bool,
    /// Its columns, but for the keys.
    pub fields: &'static [Field],
    /// Where it leads.
    pub edges: &'static [Edge],
    /// The order of a list for which none was asked; the key follows.
    pub default_order: &'static [(&'static str, Direction)],
    /// How one is found by a natural key.
    pub lookups: &'static [Lookup],
}

impl Entity {
    /// The field of a column.
    #[must_use]
    pub fn field(&self, column: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.column == column)
    }

    /// The entity of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        ENTITIES.iter().copied().find(|entity| entity.name == name)
    }
}

/// Entities are the same when their names are: each stands in the catalogue once.
impl PartialEq for Entity {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}
