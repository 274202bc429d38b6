//! Patents that stand, by office and number, with what belongs to them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::super::run::Maker;
use super::super::sheet::{Change, Links, Sheet};
use crate::ingest::import::{Desk, ImportError, Problem, Slot, Working};
use crate::store::IdMaker;
use crate::store::bulk::{
    BulkAssignee, BulkClassification, BulkPatent, Merge as _, PatentAreaLink, PatentSourceLink, all_assignees_of,
    areas_of, citations_of_facts, classifications_of, links_to_sources, patents_numbered,
};
use crate::store::records::CitationRow;

/// The days that ownership follows from, and the source, which dates what it states.
type Days = ([Option<NaiveDate>; 4], i64);

fn days(row: &BulkPatent) -> Days {
    ([row.filed_on, row.priority_on, row.published_on, row.granted_on], row.source_id)
}

/// The publications of a batch, beside those that stand under their numbers.
#[derive(Default)]
pub(in super::super) struct Publications {
    rows: Working<BulkPatent>,
    by_number: HashMap<(String, String), Vec<Slot>>,
    /// The days of those that stood.
    days: HashMap<i64, (Slot, Days)>,
}

impl Publications {
    fn of(rows: Vec<BulkPatent>) -> Self {
        let mut all = Self::default();
        for row in rows {
            let (key, id, days) = ((row.office.clone(), row.number.clone()), row.id, days(&row));
            let slot = all.rows.standing(row);
            all.by_number.entry(key).or_default().push(slot);
            all.days.insert(id, (slot, days));
        }
        all
    }

    /// The publication that is meant: that of the same kind, the only one where the line says none, or else the one whose
    /// kind was not known.
    fn meant(&self, row: &BulkPatent) -> Option<Slot> {
        let known = self.by_number.get(&(row.office.clone(), row.number.clone()))?;
        let of_kind = |kind: Option<&str>| {
            known.iter().find(|slot| self.rows.row(**slot).is_some_and(|row| row.kind_code.as_deref() == kind)).copied()
        };
        of_kind(row.kind_code.as_deref()).or_else(|| match (known.as_slice(), &row.kind_code) {
            ([only], None) => Some(*only),
            (_, Some(_)) => of_kind(None),
            _ => None,
        })
    }

    /// Puts a patent into the place of the one that is meant, or beside the others.
    pub(super) fn put(&mut self, ids: &mut IdMaker, mut row: BulkPatent) -> (i64, Change) {
        let Some(slot) = self.meant(&row) else {
            let id = ids.next_id();
            let key = (row.office.clone(), row.number.clone());
            let slot = self.rows.place(BulkPatent { id, ..row });
            self.by_number.entry(key).or_default().push(slot);
            return (id, Change::New);
        };
        let is_changed = self.rows.change(slot, |found| {
            if row.kind_code.is_none() {
                row.publication_number.clone_from(&found.publication_number);
            }
            found.merge(row);
        });
        let id = self.rows.row(slot).map_or(0, |row| row.id);
        (id, if is_changed { Change::Changed } else { Change::Same })
    }

    /// Whether a patent that stood has other days now.
    pub(super) fn is_redated(&self, id: i64) -> bool {
        let stood = self.days.get(&id);
        stood.is_some_and(|(slot, before)| self.rows.row(*slot).is_some_and(|row| days(row) != *before))
    }
}

/// The rows of a batch beside those that stand.
pub(in super::super) struct Sheets {
    pub(super) patents: Publications,
    assignees: Sheet<BulkAssignee>,
    pub(super) symbols: Sheet<BulkClassification>,
    pub(super) areas: Links<PatentAreaLink>,
    pub(super) sources: Links<PatentSourceLink>,
    pub(super) citations: Sheet<CitationRow>,
    /// The patents with other assignees.
    pub(super) titles: BTreeSet<i64>,
    /// The patents with other days.
    pub(super) days: Vec<i64>,
}

impl Sheets {
    pub(super) fn find<'a>(
        patents: impl Iterator<Item = &'a BulkPatent>,
        desk: &mut Desk<'_>,
    ) -> Result<Self, ImportError> {
        let mut numbers: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for row in patents {
            numbers.entry(&row.office).or_default().insert(&row.number);
        }
        let mut found = Vec::new();
        for (office, numbers) in numbers {
            let numbers: Vec<&str> = numbers.into_iter().collect();
            found.extend(patents_numbered(desk.connection, office, &numbers)?);
        }
        let ids: Vec<i64> = found.iter().map(|row| row.id).collect();
        Ok(Self {
            patents: Publications::of(found),
            assignees: Sheet::of(all_assignees_of(desk.connection, &ids)?),
            symbols: Sheet::of(classifications_of(desk.connection, &ids)?),
            areas: Links::of(areas_of(desk.connection, &ids)?),
            sources: Links::of(links_to_sources(desk.connection, &ids)?),
            citations: Sheet::of(citations_of_facts(desk.connection, &ids)?),
            titles: BTreeSet::new(),
            days: Vec::new(),
        })
    }

    /// Puts an assignee into its place. Another name there is another assignee, of which nothing is known but what the line
    /// says.
    pub(super) fn put_assignee(&mut self, maker: &mut Maker<'_>, row: BulkAssignee) -> Result<Change, Problem> {
        let key = (row.patent_id, row.named.clone(), row.ordinal);
        let is_other = self.assignees.find(&key).is_some_and(|found| found.name != row.name);
        if is_other {
            return Ok(self.assignees.replace(&key, row));
        }
        self.assignees.put(maker.ids, row).map(|(_, change)| change)
    }

    pub(super) fn store(self, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        desk.put(self.patents.rows)?;
        self.assignees.store(desk)?;
        self.symbols.store(desk)?;
        self.areas.store(desk)?;
        self.sources.store(desk)?;
        self.citations.store(desk)?;
        self.titles.into_iter().for_each(|patent| desk.title(patent));
        self.days.into_iter().for_each(|patent| desk.title_days(patent));
        Ok(())
    }
}
