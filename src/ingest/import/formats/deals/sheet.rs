//! The rows of a table that lines bring, beside those that stand, by their natural keys.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use crate::ingest::import::{Desk, Fate, ImportError, Problem, Slot, Working};
use crate::store::IdMaker;
use crate::store::bulk::{BulkRow, Keyed};

/// What a row did to the table, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
    /// It stood as it is.
    Same,
    /// It stood, and says something else now.
    Changed,
    /// It is new.
    New,
}

impl Change {
    /// What became of a line: of what it is about, and of all that is in it.
    pub(super) fn fate(self, inside: Self) -> Fate {
        match (self, inside) {
            (Self::New, _) => Fate::Stored,
            (Self::Same, Self::Same) => Fate::Unchanged,
            _ => Fate::Updated,
        }
    }
}

/// See the module.
pub(super) struct Sheet<R: Keyed> {
    rows: Working<R>,
    at: HashMap<R::Key, Slot>,
}

impl<R: Keyed> Default for Sheet<R> {
    fn default() -> Self {
        Self { rows: Working::default(), at: HashMap::new() }
    }
}

impl<R: Keyed> Sheet<R> {
    /// Begins with the rows that stand; one may be among them twice.
    pub(super) fn of(rows: Vec<R>) -> Self {
        let mut sheet = Self::default();
        let mut seen = HashSet::new();
        for row in rows {
            if seen.insert(row.id()) {
                let keys = row.keys();
                let slot = sheet.rows.standing(row);
                sheet.at.extend(keys.into_iter().map(|key| (key, slot)));
            }
        }
        sheet
    }

    /// The row with a key.
    pub(super) fn find(&self, key: &R::Key) -> Option<&R> {
        self.rows.row(*self.at.get(key)?)
    }

    /// Puts a row into the place of the one with one of its keys, or beside the others.
    ///
    /// # Errors
    /// Its keys are those of several rows.
    pub(super) fn put(&mut self, ids: &mut IdMaker, mut row: R) -> Result<(i64, Change), Problem> {
        let slots: BTreeSet<Slot> = row.keys().iter().filter_map(|key| self.at.get(key)).copied().collect();
        let mut slots = slots.into_iter();
        let (slot, change) = match (slots.next(), slots.next()) {
            (Some(_), Some(_)) => return Err(several::<R>()),
            (Some(slot), None) => {
                self.fits(slot, &row)?;
                let is_changed = self.rows.change(slot, |found| found.merge(row));
                (slot, if is_changed { Change::Changed } else { Change::Same })
            }
            (None, _) => {
                row.set_id(ids.next_id());
                (self.rows.place(row), Change::New)
            }
        };
        let row = self.rows.row(slot);
        self.at.extend(row.iter().flat_map(|row| row.keys()).map(|key| (key, slot)));
        Ok((row.map_or(0, R::id), change))
    }

    /// Whether a row has a place of its own; nothing is put.
    ///
    /// # Errors
    /// Its keys are those of several rows.
    pub(super) fn check(&self, row: &R) -> Result<(), Problem> {
        match row.keys().iter().find_map(|key| self.at.get(key)) {
            Some(slot) => self.fits(*slot, row),
            None => Ok(()),
        }
    }

    /// Whether a row can take a place: neither what it says nor what it becomes there has a key of another row.
    fn fits(&self, slot: Slot, row: &R) -> Result<(), Problem> {
        let mut merged = self.rows.row(slot).cloned();
        merged.iter_mut().for_each(|found| found.merge(row.clone()));
        let keys = merged.iter().flat_map(|row| row.keys()).chain(row.keys());
        let is_of_another = keys.into_iter().any(|key| self.at.get(&key).is_some_and(|other| *other != slot));
        if is_of_another { Err(several::<R>()) } else { Ok(()) }
    }

    /// Puts a row into the place of the one with a key, whole: what it is silent of is not known any more.
    pub(super) fn replace(&mut self, key: &R::Key, mut row: R) -> Change {
        let Some(slot) = self.at.get(key) else { return Change::Same };
        let is_changed = self.rows.change(*slot, |found| {
            row.set_id(found.id());
            *found = row;
        });
        if is_changed { Change::Changed } else { Change::Same }
    }

    /// Stores what is new or changed.
    pub(super) fn store(self, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        desk.put(self.rows)
    }
}

/// The fault of a row that has the keys of several.
fn several<R: Keyed>() -> Problem {
    let problem = format!("what identifies it is that of several rows of `{}`", R::TABLE);
    Problem::new("", "", problem, "what identifies one")
}

/// The links of two tables that lines bring, beside those that stand.
pub(super) struct Links<L> {
    known: HashSet<L>,
    new: Vec<L>,
}

impl<L> Default for Links<L> {
    fn default() -> Self {
        Self { known: HashSet::new(), new: Vec::new() }
    }
}

impl<L: BulkRow + Copy + Eq + Hash> Links<L> {
    /// Begins with the links that stand.
    pub(super) fn of(links: Vec<L>) -> Self {
        Self { known: links.into_iter().collect(), new: Vec::new() }
    }

    /// Puts a link beside the others, unless it stands.
    pub(super) fn put(&mut self, link: L) -> Change {
        if !self.known.insert(link) {
            return Change::Same;
        }
        self.new.push(link);
        Change::New
    }

    /// Stores the new ones.
    pub(super) fn store(self, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        desk.insert(&self.new)
    }
}
