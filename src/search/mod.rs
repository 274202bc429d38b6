//! Search without a store: how texts become words, what a text that is searched for asks, how well a name answers it, and
//! which part of a text is shown.
//!
//! Both databases index the words that are made here and nothing else, and what they find is ranked here: so neither's own
//! rules of tokens and relevance can be seen in an answer.

mod fragment;
mod near;
mod query;
mod score;
mod words;

pub(crate) use fragment::{Piece, covered, fragment, whole};
pub(crate) use near::{distance, near_keys};
pub use query::Query;
pub(crate) use query::{TEXT_MAX, WORDS_MAX};
pub(crate) use score::{EXACT_NUMBER, FITTING_NUMBER, Matched, score};
pub(crate) use words::{name_of, words_of};

/// What is searched, in the order in which equals are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Companies, by all their names.
    Company,
    /// Areas of cooperation.
    Area,
    /// People.
    Person,
    /// Agreements.
    Agreement,
    /// Patents.
    Patent,
}

impl Kind {
    /// Every kind, in their order.
    pub const ALL: [Self; 5] = [Self::Company, Self::Area, Self::Person, Self::Agreement, Self::Patent];

    /// Its name, in the schema and in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Company => "COMPANY",
            Self::Area => "AREA",
            Self::Person => "PERSON",
            Self::Agreement => "AGREEMENT",
            Self::Patent => "PATENT",
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
