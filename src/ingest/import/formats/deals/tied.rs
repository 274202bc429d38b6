//! A row that is a fact by itself, with its citations: what most lines without lists are.

use super::evidence::{self, Cited};
use super::run::Maker;
use super::sheet::{Change, Sheet};
use crate::ingest::import::{Desk, ImportError, Problem};
use crate::store::bulk::{Keyed, citations_of_facts};
use crate::store::records::{CitationRow, FactKind};

/// The rows of a table of facts, and their citations.
pub(super) struct Facts<R: Keyed> {
    pub(super) rows: Sheet<R>,
    pub(super) citations: Sheet<CitationRow>,
}

impl<R: Keyed> Facts<R> {
    /// Begins with the rows that stand.
    pub(super) fn of(rows: Vec<R>, desk: &mut Desk<'_>) -> Result<Self, ImportError> {
        let ids: Vec<i64> = rows.iter().map(R::id).collect();
        let citations = citations_of_facts(desk.connection, &ids)?;
        Ok(Self { rows: Sheet::of(rows), citations: Sheet::of(citations) })
    }

    /// Puts a fact and its citations.
    pub(super) fn put(
        &mut self,
        maker: &mut Maker<'_>,
        kind: FactKind,
        row: R,
        cited: Vec<Cited>,
    ) -> Result<(Change, Change), Problem> {
        let (id, own) = self.rows.put(maker.ids, row)?;
        Ok((own, evidence::put(&mut self.citations, maker, kind, id, cited)?))
    }

    /// Stores what is new or changed.
    pub(super) fn store(self, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        self.rows.store(desk)?;
        self.citations.store(desk)
    }
}
