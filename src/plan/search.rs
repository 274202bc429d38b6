//! A search in a plan, and its arguments.

use std::collections::HashSet;

use crate::catalog::search::SEARCHED;
use crate::error::{ClientError, Code};
use crate::plan::{Level, cursor};
use crate::search::{Kind, Query, TEXT_MAX};

/// Statements that a search takes at most besides those of what it finds: one each for numbers, names, words and near words;
/// two for each kind, and for each of three ways in which misspelt words were meant; one for the texts of each table.
pub(super) const STATEMENTS_MAX: usize = 4 + 2 * 5 + 2 * 3 + 6;

/// A search of a plan.
#[derive(Debug)]
pub struct SearchPlan {
    /// The slot of its arguments.
    pub slot: usize,
    /// How what is found is read, for each kind in the order of [`SEARCHED`]. All have the same shapes.
    pub arms: Vec<Level>,
    /// How it is written.
    pub parts: Vec<SearchPart>,
}

/// A piece of a search as it is written.
#[derive(Debug)]
pub enum SearchPart {
    /// As it stands.
    Text(String),
    /// What was found, each written like this, with commas between.
    Hits(Vec<HitPart>),
    /// The cursor of what was found first, or null.
    First,
    /// The cursor of what was found last, or null.
    Last,
    /// Whether there is a next page.
    HasNext,
    /// Whether there is a previous page.
    HasPrevious,
}

/// A piece of what was found.
#[derive(Debug)]
pub enum HitPart {
    /// As it stands.
    Text(String),
    /// Its cursor.
    Cursor,
    /// Its row in this shape.
    Node(usize),
    /// The field that answers.
    Field,
    /// How well.
    Score,
    /// The part of the field's text, each piece written like this, with commas between.
    Fragment(Vec<FragmentPart>),
}

/// A piece of a part of a text.
#[derive(Debug)]
pub enum FragmentPart {
    /// As it stands.
    Text(String),
    /// The words.
    Words,
    /// Whether they were searched for.
    IsMatch,
}

impl SearchPlan {
    /// Whether anything is asked of why something was found.
    #[must_use]
    pub fn shows_why(&self) -> bool {
        let is_why = |part: &HitPart| matches!(part, HitPart::Field | HitPart::Fragment(_));
        self.parts.iter().any(|part| matches!(part, SearchPart::Hits(parts) if parts.iter().any(is_why)))
    }

    /// Whether anything is asked of what was found.
    #[must_use]
    pub fn reads_nodes(&self) -> bool {
        self.arms.iter().any(|arm| !arm.shapes.is_empty())
    }

    pub(super) fn statements_max(&self) -> usize {
        let arms = if self.reads_nodes() { self.arms.iter().map(Level::statements_max).sum() } else { 0 };
        STATEMENTS_MAX + arms
    }
}

/// The bound arguments of a search.
#[derive(Clone, Debug)]
pub struct BoundSearch {
    /// What is searched for.
    pub query: Query,
    /// Among what, in the order in which equals are shown.
    pub kinds: Vec<Kind>,
    /// How many are wanted.
    pub size: u32,
    /// Behind this place in the order.
    pub after: Option<[i64; 3]>,
    /// What binds a cursor to this search.
    pub fingerprint: u32,
}

impl BoundSearch {
    /// Reads the arguments; no kinds are all.
    ///
    /// # Errors
    /// The text is too long, or the cursor belongs to another search.
    pub(super) fn new(
        text: &str,
        kinds: Option<&HashSet<String>>,
        size: u32,
        after: Option<&str>,
    ) -> Result<Self, ClientError> {
        let letters = text.chars().count();
        if letters > TEXT_MAX {
            let message = format!("`text` has {letters} characters; at most {TEXT_MAX} are allowed.");
            return Err(ClientError::new(Code::BadInput, message));
        }
        let query = Query::new(text);
        let is_wanted = |kind: &Kind| kinds.is_none_or(|kinds| kinds.contains(kind.name()));
        let kinds: Vec<Kind> = SEARCHED.iter().map(|searched| searched.kind).filter(is_wanted).collect();
        let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
        let fingerprint = cursor::fingerprint_of(&format!("search|{}|{}", names.join(","), query.name));
        let after = match after {
            Some(text) => Some(cursor::decode_place(text, fingerprint).ok_or_else(|| {
                ClientError::new(Code::BadCursor, "`after` is not a cursor of this search.".to_owned())
            })?),
            None => None,
        };
        Ok(Self { query, kinds, size, after, fingerprint })
    }
}
