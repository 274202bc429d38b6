//! A transaction of an import: what it writes is counted, and enters the change feed as one change.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::changes::{Actor, Change, ChangeKind, Changes, Subject};
use crate::ingest::import::{ImportError, TableChange};
use crate::store::{Connection, StoreError, Written};

/// Rows by table.
pub(super) type Tables = BTreeMap<&'static str, TableChange>;

/// The transactions of an import, one after another.
pub(super) struct Transactions {
    actor: Actor,
    open: Option<Written>,
    /// What the open transaction wrote.
    pub(super) tables: Tables,
    /// What those before it wrote.
    ended: Tables,
}

impl Transactions {
    pub(super) fn by(actor: Actor) -> Self {
        Self { actor, open: None, tables: Tables::new(), ended: Tables::new() }
    }

    pub(super) fn begin(&mut self, connection: &mut Connection) -> Result<(), StoreError> {
        self.open = Some(connection.begin()?);
        Ok(())
    }

    /// Keeps what the open transaction wrote. `about` is the source of the file, where it read but one.
    pub(super) fn commit(&mut self, connection: &mut Connection, about: Option<i64>) -> Result<(), ImportError> {
        let Some(written) = self.open.take() else { return Ok(()) };
        let mut changes = Changes::by(&self.actor);
        let counted = counts(&self.tables);
        if counted.is_empty() {
            // Keys of names are no facts; and PostgreSQL takes a row that was held for one that was written.
            changes.writes_no_facts();
        } else {
            let change = Change::of_many(ChangeKind::Imported, &json!({ "tables": counted }));
            changes.record(change.about(about.map(Subject::Source)));
        }
        connection.commit(changes, &written)?;
        self.end();
        Ok(())
    }

    /// Takes back what the open transaction wrote. It stays counted: a dry run says what would have changed.
    pub(super) fn roll_back(&mut self, connection: &mut Connection) -> Result<(), StoreError> {
        self.open = None;
        self.end();
        connection.roll_back()
    }

    fn end(&mut self) {
        for (table, change) in std::mem::take(&mut self.tables) {
            let all = self.ended.entry(table).or_default();
            all.inserted += change.inserted;
            all.updated += change.updated;
            all.removed += change.removed;
        }
    }

    /// What all transactions wrote.
    pub(super) fn into_tables(mut self) -> Tables {
        self.end();
        self.ended
    }
}

fn counts(tables: &Tables) -> Map<String, Value> {
    let changed = tables.iter().filter(|(_, change)| **change != TableChange::default());
    let count = |(table, change): (&&'static str, &TableChange)| {
        let TableChange { inserted, updated, removed } = *change;
        ((*table).to_owned(), json!({ "inserted": inserted, "updated": updated, "removed": removed }))
    };
    changed.map(count).collect()
}
