//! The rows of a table that a batch looks at, and what it makes of them.

use crate::store::bulk::BulkUpdate;

/// The place of a row in a [`Working`] set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Slot(usize);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Stood,
    Changed,
    New,
    Removed,
    /// It was new, and is not wanted after all.
    Dropped,
}

/// Rows that stand and rows that are new; what changed is told by comparing, and only that is written.
#[derive(Debug)]
pub(crate) struct Working<R> {
    rows: Vec<(R, State)>,
}

impl<R> Default for Working<R> {
    fn default() -> Self {
        Self { rows: Vec::new() }
    }
}

impl<R: BulkUpdate> Working<R> {
    /// Takes in a row that stands.
    pub(crate) fn standing(&mut self, row: R) -> Slot {
        self.add(row, State::Stood)
    }

    /// Takes in a new row.
    pub(crate) fn place(&mut self, row: R) -> Slot {
        self.add(row, State::New)
    }

    fn add(&mut self, row: R, state: State) -> Slot {
        self.rows.push((row, state));
        Slot(self.rows.len() - 1)
    }

    /// A row as it is now.
    pub(crate) fn row(&self, slot: Slot) -> Option<&R> {
        self.rows.get(slot.0).map(|(row, _)| row)
    }

    /// Changes a row; says whether it is another now.
    pub(crate) fn change(&mut self, slot: Slot, change: impl FnOnce(&mut R)) -> bool {
        let Some((row, state)) = self.rows.get_mut(slot.0) else { return false };
        let before = row.clone();
        change(row);
        let differs = *row != before;
        if differs && *state == State::Stood {
            *state = State::Changed;
        }
        differs
    }

    /// Takes a row away.
    pub(crate) fn remove(&mut self, slot: Slot) {
        if let Some((_, state)) = self.rows.get_mut(slot.0) {
            let is_new = matches!(state, State::New | State::Dropped);
            *state = if is_new { State::Dropped } else { State::Removed };
        }
    }

    /// The rows to insert, those to put back, and the ids of those to remove.
    pub(super) fn into_writes(self) -> (Vec<R>, Vec<R>, Vec<i64>) {
        let (mut new, mut changed, mut removed) = (Vec::new(), Vec::new(), Vec::new());
        for (row, state) in self.rows {
            match state {
                State::New => new.push(row),
                State::Changed => changed.push(row),
                State::Removed => removed.push(row.id()),
                State::Stood | State::Dropped => {}
            }
        }
        (new, changed, removed)
    }
}
