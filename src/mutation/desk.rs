//! Where a mutation works: a transaction, its changes, and the moment.

use chrono::NaiveDateTime;

use crate::catalog::{ENTITIES, Entity};
use crate::changes::{Change, ChangeKind, Changes, Subject};
use crate::document::input::Input;
use crate::ingest::deals::SourceLine;
use crate::ingest::import::{Fact, Recorded, record};
use crate::mutation::error::Fault;
use crate::store::{Connection, IdMaker, snapshot};

/// The desk of a request's mutations.
pub(crate) struct Desk<'a> {
    pub(crate) connection: &'a mut Connection,
    pub(crate) ids: &'a mut IdMaker,
    pub(crate) changes: &'a mut Changes,
    /// When it happens, in UTC.
    pub(crate) now: NaiveDateTime,
}

impl Desk<'_> {
    /// Records something with the sources that come with it. Its changes are not recorded yet.
    pub(super) fn record(&mut self, input: &Input, sources: Vec<SourceLine>, fact: Fact) -> Result<Recorded, Fault> {
        record(self.connection, self.ids, self.now, sources, fact).map_err(|error| Fault::of_record(error, input))
    }

    /// Notes new rows in the change feed: the subject first, then what is said of it; sources are subjects themselves.
    pub(super) fn note_new(
        &mut self,
        subject: Subject,
        is_new: bool,
        stored: &[(&'static str, Vec<i64>)],
    ) -> Result<(), Fault> {
        let (of_subject, key) = subject.row();
        if is_new {
            let after = snapshot(self.connection, of_subject, key)?;
            self.changes.record(Change::of(ChangeKind::Recorded, subject, None, after));
        }
        for (table, ids) in stored {
            let Some(entity) = ENTITIES.iter().find(|entity| entity.table == *table) else { continue };
            for id in ids.iter().filter(|id| !(*entity == of_subject && **id == key)) {
                self.note_row(subject, entity, *id)?;
            }
        }
        Ok(())
    }

    fn note_row(&mut self, subject: Subject, entity: &'static Entity, id: i64) -> Result<(), Fault> {
        let after = snapshot(self.connection, entity, id)?;
        let change = if entity.table == "source" {
            Change::of(ChangeKind::Recorded, Subject::Source(id), None, after)
        } else {
            Change::of(ChangeKind::Recorded, subject, None, after).of_fact(entity, id)
        };
        self.changes.record(change);
        Ok(())
    }

    /// Notes a correction of a subject's own fields.
    pub(super) fn note_change(
        &mut self,
        kind: ChangeKind,
        subject: Subject,
        before: Option<String>,
    ) -> Result<(), Fault> {
        let (entity, key) = subject.row();
        let after = snapshot(self.connection, entity, key)?;
        self.changes.record(Change::of(kind, subject, before, after));
        Ok(())
    }

    /// Patents as they are before their owners are derived again.
    pub(super) fn states(&mut self, patents: &[i64]) -> Result<Vec<(i64, Option<String>)>, Fault> {
        patents.iter().map(|id| Ok((*id, self.state(Subject::Patent(*id))?))).collect()
    }

    /// Notes the patents that are otherwise than they were.
    pub(super) fn note_derived(&mut self, before: Vec<(i64, Option<String>)>) -> Result<(), Fault> {
        for (id, before) in before {
            let subject = Subject::Patent(id);
            let after = self.state(subject)?;
            if after != before {
                self.changes.record(Change::of(ChangeKind::Derived, subject, before, after));
            }
        }
        Ok(())
    }

    /// What a subject is at present, as the feed keeps it.
    pub(super) fn state(&mut self, subject: Subject) -> Result<Option<String>, Fault> {
        let (entity, key) = subject.row();
        Ok(snapshot(self.connection, entity, key)?)
    }
}
