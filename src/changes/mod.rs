//! What a write transaction says of itself: its changes, which enter the feed in the same transaction.
//!
//! [`Connection::write`](crate::store::Connection::write) hands a [`Changes`] to its body and settles it as the last thing
//! before the commit. A transaction that wrote and recorded nothing is taken back, so that none is forgotten.

use serde_json::Value;

use crate::catalog::Entity;
use crate::catalog::entities::{AGREEMENT, COMPANY, COOPERATION_AREA, PATENT, PATENT_TRANSFER, PERSON, SOURCE};
use crate::plan::ids;

/// Who writes, as the feed shows it: `import patentsview`, `token newsroom`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor(String);

impl Actor {
    /// Somebody of this name.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }
}

/// What a change did. The closed set `CHANGE_KIND` says what each means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// Rows came in by an import, many at once.
    Imported,
    /// Rows that follow from others were derived again.
    Derived,
    /// Somebody decided a match of names.
    Decided,
    /// Something is new.
    Recorded,
    /// Something that stood is otherwise.
    Updated,
    /// Something is marked as withdrawn.
    Retracted,
    /// A part is gone.
    Removed,
    /// Two became one.
    Merged,
}

impl ChangeKind {
    /// The value of the closed set.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Imported => "IMPORTED",
            Self::Derived => "DERIVED",
            Self::Decided => "DECIDED",
            Self::Recorded => "RECORDED",
            Self::Updated => "UPDATED",
            Self::Retracted => "RETRACTED",
            Self::Removed => "REMOVED",
            Self::Merged => "MERGED",
        }
    }
}

/// What a change is about: each has a column of its own in the feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A company.
    Company(i64),
    /// A person.
    Person(i64),
    /// An agreement.
    Agreement(i64),
    /// A patent.
    Patent(i64),
    /// A transfer that is of no agreement; one of an agreement is a fact of the agreement.
    PatentTransfer(i64),
    /// A field of technology.
    CooperationArea(i64),
    /// A source.
    Source(i64),
}

impl Subject {
    /// What it is in the catalogue, and its key.
    #[must_use]
    pub fn row(self) -> (&'static Entity, i64) {
        match self {
            Self::Company(id) => (&COMPANY, id),
            Self::Person(id) => (&PERSON, id),
            Self::Agreement(id) => (&AGREEMENT, id),
            Self::Patent(id) => (&PATENT, id),
            Self::PatentTransfer(id) => (&PATENT_TRANSFER, id),
            Self::CooperationArea(id) => (&COOPERATION_AREA, id),
            Self::Source(id) => (&SOURCE, id),
        }
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it did.
    pub kind: ChangeKind,
    /// What it is about; none for what concerns much at once, as an import.
    pub subject: Option<Subject>,
    /// The type and the opaque id of what changed, where that is not the subject itself but something said of it, such as
    /// a grant of an agreement or a citation.
    pub fact: Option<(&'static str, String)>,
    /// What stood before, as JSON; none when it is new.
    pub before: Option<String>,
    /// What stands now, as JSON; none when it is gone.
    pub after: Option<String>,
    /// Whether much at once is told by counts: then there are no states of one thing.
    pub is_counted: bool,
}

impl Change {
    /// A change of a subject. Its states are those that [`snapshot`](crate::store::snapshot) gives.
    #[must_use]
    pub fn of(kind: ChangeKind, subject: Subject, before: Option<String>, after: Option<String>) -> Self {
        Self { kind, subject: Some(subject), fact: None, before, after, is_counted: false }
    }

    /// The same, of a fact that is said of the subject.
    #[must_use]
    pub fn of_fact(self, entity: &'static Entity, key: i64) -> Self {
        Self { fact: Some((entity.name, ids::encode(entity, key))), ..self }
    }

    /// A change that concerns much at once, told by counts.
    #[must_use]
    pub fn of_many(kind: ChangeKind, counts: &Value) -> Self {
        Self { kind, subject: None, fact: None, before: None, after: Some(counts.to_string()), is_counted: true }
    }

    /// The same, about a subject.
    #[must_use]
    pub fn about(self, subject: Option<Subject>) -> Self {
        Self { subject, ..self }
    }
}

/// The changes of one transaction, in the order in which they were made.
#[derive(Debug)]
pub struct Changes {
    pub(crate) actor: Actor,
    pub(crate) made: Vec<Change>,
    pub(crate) may_be_none: bool,
}

impl Changes {
    /// None yet.
    #[must_use]
    pub fn by(actor: &Actor) -> Self {
        Self { actor: actor.clone(), made: Vec::new(), may_be_none: false }
    }

    /// Records a change.
    pub fn record(&mut self, change: Change) {
        self.made.push(change);
    }

    /// Says that what the transaction writes is not of the graph: a token, the answer to a repeated call.
    pub fn writes_no_facts(&mut self) {
        self.may_be_none = true;
    }

    /// Whether none was recorded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.made.is_empty()
    }
}
