//! Deriving who owns which patent: what is recorded is read, the rules are applied, what follows is stored.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::changes::{Actor, Change, ChangeKind};
use crate::ownership::{
    self, Assignor, Conveyance, Derived, History, Holder, ReelFrame, Statement, Transfer, derive, text,
};
use crate::store::bulk::BulkRow;
use crate::store::records::{
    Party, PatentFindingRow, PatentOwnershipRow, PatentRecord, Records, Replaced, TitleStepRow, TransferRecord,
    patents_after, set_owners,
};
use crate::store::{Connection, IdMaker, StoreError};

/// Patents that are read, derived and stored at once.
const BATCH: i64 = 2_000;

/// What a derivation did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DerivedSummary {
    /// The patents that were looked at.
    pub patents: usize,
    /// The rows that are new: owners, steps and findings.
    pub stored: usize,
    /// The rows that no longer follow.
    pub removed: usize,
    /// The patents that have another sole owner than before.
    pub owners_changed: usize,
    /// What became of the rows of each table.
    pub(crate) tables: BTreeMap<&'static str, Replaced>,
}

impl DerivedSummary {
    fn add(&mut self, table: &'static str, replaced: Replaced) {
        self.stored += replaced.stored;
        self.removed += replaced.removed;
        *self.tables.entry(table).or_default() += replaced;
    }
}

impl DerivedSummary {
    /// Takes in what a part of the derivation did.
    fn take_in(&mut self, part: Self) {
        self.patents += part.patents;
        self.stored += part.stored;
        self.removed += part.removed;
        self.owners_changed += part.owners_changed;
        for (table, replaced) in part.tables {
            *self.tables.entry(table).or_default() += replaced;
        }
    }

    fn changed_something(&self) -> bool {
        self.stored + self.removed + self.owners_changed > 0
    }

    fn counts(&self) -> serde_json::Value {
        serde_json::json!({
            "ownership": {
                "patents": self.patents,
                "stored": self.stored,
                "removed": self.removed,
                "ownersChanged": self.owners_changed,
            }
        })
    }
}

/// Derives the ownership of all patents again, some at a time: each batch is a write transaction of its own. What follows as
/// before stays as it is.
///
/// # Errors
/// What the database says; the batches before stay.
pub fn derive_ownership(connection: &mut Connection, ids: &mut IdMaker) -> Result<DerivedSummary, StoreError> {
    let actor = Actor::named("derive");
    let mut summary = DerivedSummary::default();
    let mut last = i64::MIN;
    loop {
        let batch = patents_after(connection, last, BATCH)?;
        let Some(end) = batch.last() else { return Ok(summary) };
        last = *end;
        let done = connection.write(&actor, |connection, changes| {
            let mut done = DerivedSummary::default();
            derive_batch(connection, ids, &batch, &mut done)?;
            if done.changed_something() {
                changes.record(Change::of_many(ChangeKind::Derived, &done.counts()));
            }
            Ok::<_, StoreError>(done)
        })?;
        summary.take_in(done);
    }
}

/// Derives the ownership of some patents again, inside the write transaction that touched them.
///
/// # Errors
/// What the database says.
pub fn derive_ownership_of(
    connection: &mut Connection,
    ids: &mut IdMaker,
    patents: &[i64],
) -> Result<DerivedSummary, StoreError> {
    let mut summary = DerivedSummary::default();
    for batch in patents.chunks(usize::try_from(BATCH).unwrap_or(usize::MAX)) {
        derive_batch(connection, ids, batch, &mut summary)?;
    }
    Ok(summary)
}

fn derive_batch(
    connection: &mut Connection,
    ids: &mut IdMaker,
    patents: &[i64],
    summary: &mut DerivedSummary,
) -> Result<(), StoreError> {
    let records = Records::of(connection, patents)?;
    let transfers: HashMap<i64, Transfer> =
        records.transfers.iter().filter_map(|(id, record)| Some((*id, transfer(*id, record)?))).collect();
    let mut rows = Rows::default();
    let mut owners: Vec<(i64, Option<i64>)> = Vec::new();
    for (id, record) in &records.patents {
        let derived = derive(&history(record, &transfers));
        if !derived.ownerships.is_empty() {
            let owner = sole_owner(&derived);
            if owner != record.owner_id {
                owners.push((*id, owner));
            }
        }
        rows.add(*id, derived, &names(record, &records));
    }
    let mut next_id = || ids.next_id();
    let ownerships = PatentOwnershipRow::replace(connection, patents, rows.ownerships, &mut next_id)?;
    let steps = TitleStepRow::replace(connection, patents, rows.steps, &mut next_id)?;
    let findings = PatentFindingRow::replace(connection, patents, rows.findings, &mut next_id)?;
    summary.add(PatentOwnershipRow::TABLE, ownerships);
    summary.add(TitleStepRow::TABLE, steps);
    summary.add(PatentFindingRow::TABLE, findings);
    set_owners(connection, &owners)?;
    summary.patents += patents.len();
    summary.owners_changed += owners.len();
    Ok(())
}

/// The one company that holds title in the end, by all that is known (rule 19).
fn sole_owner(derived: &Derived) -> Option<i64> {
    let mut last = derived.ownerships.iter().filter(|row| row.until.is_none() && row.known_until.is_none());
    match (last.next(), last.next()) {
        (Some(ownership::Ownership { holder: Holder::Company(id), .. }), None) => Some(*id),
        _ => None,
    }
}

fn holder((company, _, folded): &Party) -> Holder {
    company.map_or_else(|| Holder::Named(folded.clone()), Holder::Company)
}

/// Each once, in their order.
fn distinct(holders: impl Iterator<Item = Holder>) -> Vec<Holder> {
    let mut once = Vec::new();
    for holder in holders {
        if !once.contains(&holder) {
            once.push(holder);
        }
    }
    once
}

fn transfer(id: i64, record: &TransferRecord) -> Option<Transfer> {
    let words = record.conveyance_text.as_deref().unwrap_or_default();
    let named = record.refers_to_reel_frame.as_deref().and_then(ReelFrame::parse);
    let mut refers_to: Vec<ReelFrame> = named.into_iter().chain(text::references(words)).collect();
    refers_to.dedup();
    let conveyance = Conveyance::parse(&record.conveyance)?;
    let assignors = record.parties.iter().filter(|(_, is_assignor, _)| *is_assignor);
    let assignees = record.parties.iter().filter(|(_, is_assignor, _)| !*is_assignor);
    Some(Transfer {
        id,
        place: record.reel_frame.as_deref().and_then(ReelFrame::parse),
        refers_to,
        conveyance: if record.never_closed { Conveyance::Other } else { conveyance },
        assignors: assignors
            .map(|(party, _, executed_on)| Assignor { holder: holder(party), executed_on: *executed_on })
            .collect(),
        assignees: distinct(assignees.map(|(party, _, _)| holder(party))),
        executed_on: record.executed_on,
        recorded_on: record.recorded_on,
        reported_on: record.reported_on,
        is_announced: record.is_announced,
        is_retroactive: text::is_retroactive(words),
    })
}

fn history(record: &PatentRecord, transfers: &HashMap<i64, Transfer>) -> History {
    let first = record.assignees.iter().filter(|(_, at_present, _)| !*at_present);
    let present: Vec<_> = record.assignees.iter().filter(|(_, at_present, _)| *at_present).collect();
    let stated_on: Option<NaiveDate> = present.iter().filter_map(|(_, _, on)| *on).max();
    History {
        filed_on: record.filed_on,
        published_on: record.published_on.into_iter().chain(record.granted_on).min(),
        first: distinct(first.map(|(party, _, _)| holder(party))),
        present: (!present.is_empty()).then(|| Statement {
            stated_on: stated_on.or(record.source_on),
            holders: distinct(present.iter().map(|(party, _, _)| holder(party))),
        }),
        transfers: record.transfers.iter().filter_map(|id| transfers.get(id).cloned()).collect(),
    }
}

/// The names of those who are known by name only, by their folded names: of several spellings the first.
fn names(record: &PatentRecord, records: &Records) -> BTreeMap<String, String> {
    let transfers = record.transfers.iter().filter_map(|id| records.transfers.get(id));
    let parties = transfers.flat_map(|transfer| &transfer.parties).map(|(party, _, _)| party);
    let assignees = record.assignees.iter().map(|(party, _, _)| party);
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for (company, name, folded) in assignees.chain(parties) {
        if company.is_none() {
            names.entry(folded.clone()).or_insert_with(|| name.clone());
        }
    }
    names
}

/// The place of an item in a list, from 1.
fn ordinal(index: usize) -> i32 {
    i32::try_from(index).map_or(i32::MAX, |index| index.saturating_add(1))
}

/// The rows that follow for a batch, without ids.
#[derive(Default)]
struct Rows {
    ownerships: Vec<PatentOwnershipRow>,
    steps: Vec<TitleStepRow>,
    findings: Vec<PatentFindingRow>,
}

impl Rows {
    fn add(&mut self, patent_id: i64, derived: Derived, names: &BTreeMap<String, String>) {
        for row in derived.ownerships {
            let (company_id, folded) = match row.holder {
                Holder::Company(id) => (Some(id), None),
                Holder::Named(folded) => (None, Some(folded)),
            };
            self.ownerships.push(PatentOwnershipRow {
                id: 0,
                patent_id,
                company_id,
                holder_name: folded.as_ref().map(|folded| names.get(folded).unwrap_or(folded).clone()),
                holder_name_folded: folded,
                since: row.since,
                until: row.until,
                known_since: row.known_since,
                known_until: row.known_until,
                basis: row.basis.name().to_owned(),
                unbroken: row.is_unbroken,
                patent_transfer_id: row.transfer,
            });
        }
        for (index, step) in derived.steps.into_iter().enumerate() {
            self.steps.push(TitleStepRow {
                id: 0,
                patent_id,
                ordinal: ordinal(index),
                patent_transfer_id: step.transfer,
                effect: step.effect.name().to_owned(),
                counted_on: step.on,
                basis: step.basis.name().to_owned(),
            });
        }
        for finding in derived.findings {
            self.findings.push(PatentFindingRow {
                id: 0,
                patent_id,
                kind: finding.kind.name().to_owned(),
                patent_transfer_id: finding.transfer,
                other_transfer_id: finding.other,
                concerns_on: finding.on,
            });
        }
    }
}
