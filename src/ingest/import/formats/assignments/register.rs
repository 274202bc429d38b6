//! The records of a batch, as the store has them and as a file states them: which version stands, and what changes.
//!
//! The register changes its records and takes some back. A version is told by the day of its last change; of one day, the
//! research data set's goes before the daily files', and these before the portal's, which gives no such day. An older
//! version than the one that stands changes nothing, so that files can be imported in any order, and again.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;

use super::conveyance::class_of;
use super::record::{ASSIGNOR, Recording};
use super::{DATA_SETS, Resolved};
use crate::ingest::import::{Desk, Fate, ImportError, Slot, Working, grouped};
use crate::ownership::text::references;
use crate::store::bulk::{
    BulkPurged, IndividualRow, TransferPartyRow, TransferPatentLink, TransferRow, citations_of_transfers,
    individuals_of, patents_of_transfers, purged_at, remove_citations, sources_of_publisher, transfer_parties_of,
    transfers_recorded,
};
use crate::store::records::FactKind;

/// When the register changed a record last, and how much the data set counts that says so.
pub(super) type Version = (Option<NaiveDate>, u8);

/// See the module.
pub(super) struct Register {
    /// The rank of the data set that is read.
    rank: u8,
    /// The ranks of the data sets' sources.
    ranks: HashMap<i64, u8>,
    pub(super) transfers: Working<TransferRow>,
    by_place: HashMap<String, Slot>,
    standing: HashSet<i64>,
    /// The citations of the register's files, and the rank of the data set that the version is from.
    origins: HashMap<i64, (Vec<i64>, u8)>,
    purged: Working<BulkPurged>,
    purged_by_place: HashMap<String, Slot>,
    pub(super) companies: Working<TransferPartyRow>,
    pub(super) individuals: Working<IndividualRow>,
    pub(super) companies_of: HashMap<i64, Vec<Slot>>,
    pub(super) individuals_of: HashMap<i64, Vec<Slot>>,
    /// The patents that each transfer names, and as it was before.
    links: BTreeMap<i64, BTreeSet<i64>>,
    links_before: BTreeMap<i64, BTreeSet<i64>>,
    /// The transfers that are as this file states them now.
    cited: BTreeMap<i64, String>,
    gone: Vec<i64>,
}

/// Where a row of a table leads that has only the place of its record.
pub(super) enum Led {
    /// No record of the store.
    Nowhere,
    /// A record that is not as this data set states it.
    Elsewhere,
    /// The record.
    To(Slot),
}

impl Register {
    /// Reads what the store has at some places.
    pub(super) fn find<'p>(
        desk: &mut Desk<'_>,
        rank: u8,
        places: impl IntoIterator<Item = &'p str>,
    ) -> Result<Self, ImportError> {
        let places: Vec<&str> = places.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        let mut ranks = HashMap::new();
        for (rank, data_set) in DATA_SETS {
            ranks.extend(sources_of_publisher(desk.connection, data_set.publisher)?.into_iter().map(|id| (id, *rank)));
        }
        let (mut transfers, mut by_place, mut standing) = (Working::default(), HashMap::new(), HashSet::new());
        for row in transfers_recorded(desk.connection, &places)? {
            standing.insert(row.id);
            if let Some(place) = row.reel_frame.clone() {
                by_place.insert(place, transfers.standing(row));
            }
        }
        let ids: Vec<i64> = standing.iter().copied().collect();
        let mut origins: HashMap<i64, (Vec<i64>, u8)> = HashMap::new();
        for cited in citations_of_transfers(desk.connection, &ids)? {
            if let (Some(transfer), Some(rank)) = (cited.transfer, ranks.get(&cited.source_id)) {
                let origin = origins.entry(transfer).or_default();
                origin.0.push(cited.id);
                origin.1 = origin.1.max(*rank);
            }
        }
        let (mut purged, mut purged_by_place) = (Working::default(), HashMap::new());
        for row in purged_at(desk.connection, &places)? {
            purged_by_place.insert(row.reel_frame.clone(), purged.standing(row));
        }
        Ok(Self {
            rank,
            ranks,
            transfers,
            by_place,
            standing,
            origins,
            purged,
            purged_by_place,
            companies: Working::default(),
            individuals: Working::default(),
            companies_of: HashMap::new(),
            individuals_of: HashMap::new(),
            links: BTreeMap::new(),
            links_before: BTreeMap::new(),
            cited: BTreeMap::new(),
            gone: Vec::new(),
        })
    }

    /// Reads who takes part in them, and which patents they name.
    pub(super) fn with_parts(mut self, desk: &mut Desk<'_>) -> Result<Self, ImportError> {
        let ids: Vec<i64> = self.standing.iter().copied().collect();
        for row in transfer_parties_of(desk.connection, &ids)? {
            let transfer = row.patent_transfer_id;
            self.companies_of.entry(transfer).or_default().push(self.companies.standing(row));
        }
        for row in individuals_of(desk.connection, &ids)? {
            let transfer = row.patent_transfer_id;
            self.individuals_of.entry(transfer).or_default().push(self.individuals.standing(row));
        }
        let links = patents_of_transfers(desk.connection, &ids)?;
        let links = grouped(links.into_iter().map(|link| (link.patent_transfer_id, link.patent_id)));
        self.links_before = links.into_iter().map(|(id, patents)| (id, patents.into_iter().collect())).collect();
        self.links = self.links_before.clone();
        Ok(self)
    }

    /// Whether it belongs to an agreement, or to a source that lists it: then the register only completes it.
    pub(super) fn is_others(row: &TransferRow) -> bool {
        row.agreement_id.is_some() || row.listed_by_id.is_some()
    }

    fn version(&self, row: &TransferRow) -> Version {
        (row.last_updated_on, self.origins.get(&row.id).map_or(0, |origin| origin.1))
    }

    /// Whether a record can change anything, as far as the store alone tells it.
    pub(super) fn may_change(&self, record: &Recording) -> bool {
        let version = (record.updated_on, self.rank);
        let standing = self.by_place.get(&record.place).and_then(|slot| self.transfers.row(*slot));
        let is_late = standing.is_none_or(|row| version >= self.version(row));
        is_late && !record.is_purged && self.tomb(&record.place).is_none_or(|(_, purged)| version > purged)
    }

    fn tomb(&self, place: &str) -> Option<(Slot, Version)> {
        let slot = *self.purged_by_place.get(place)?;
        let row = self.purged.row(slot)?;
        Some((slot, (row.last_updated_on, self.ranks.get(&row.source_id).copied().unwrap_or(0))))
    }

    /// Where a row of a table leads.
    pub(super) fn led(&self, place: &str) -> Led {
        match self.by_place.get(place) {
            None if self.purged_by_place.contains_key(place) => Led::Elsewhere,
            None => Led::Nowhere,
            Some(slot) => match self.transfers.row(*slot) {
                Some(row) if self.version(row).1 == self.rank => Led::To(*slot),
                _ => Led::Elsewhere,
            },
        }
    }

    /// Takes over what a file states of a record.
    pub(super) fn apply(
        &mut self,
        desk: &mut Desk<'_>,
        record: &Recording,
        resolved: &Resolved,
    ) -> Result<Fate, ImportError> {
        let version = (record.updated_on, self.rank);
        if let Some((tomb, purged)) = self.tomb(&record.place) {
            if version <= purged {
                return Ok(Fate::Unchanged);
            }
            if record.is_purged {
                let source_id = desk.source()?;
                return Ok(Fate::updated_if(self.purged.change(tomb, |row| {
                    (row.last_updated_on, row.source_id) = (record.updated_on, source_id);
                })));
            }
            self.purged.remove(tomb);
            self.purged_by_place.remove(&record.place);
        }
        let Some(slot) = self.by_place.get(&record.place).copied() else {
            if record.is_purged {
                self.bury(desk, record)?;
            } else {
                self.add(desk, record, resolved);
            }
            return Ok(Fate::Stored);
        };
        let Some(row) = self.transfers.row(slot) else { return Ok(Fate::Unchanged) };
        let is_newer = version > self.version(row);
        if version < self.version(row) || record.is_purged && Self::is_others(row) {
            return Ok(Fate::Unchanged);
        }
        if record.is_purged {
            self.purge(desk, slot, record)?;
            return Ok(Fate::Updated);
        }
        Ok(Fate::updated_if(self.amend(desk, slot, record, resolved, is_newer)))
    }

    fn add(&mut self, desk: &mut Desk<'_>, record: &Recording, resolved: &Resolved) {
        let id = desk.ids.next_id();
        let slot = self.transfers.place(TransferRow {
            id,
            agreement_id: None,
            listed_by_id: None,
            ordinal: 1,
            reel_frame: Some(record.place.clone()),
            conveyance: class_of(record.text.as_deref().unwrap_or_default()).to_owned(),
            executed_on: None,
            recorded_on: record.recorded_on,
            stated_count: None,
            stated_as: None,
            conveyance_text: record.text.clone(),
            refers_to_reel_frame: None,
            last_updated_on: record.updated_on,
        });
        self.by_place.insert(record.place.clone(), slot);
        self.amend(desk, slot, record, resolved, true);
        self.stated(desk, id, &record.place);
    }

    /// Says that a transfer is as this file states it: it cites the file, and its patents are derived again.
    fn stated(&mut self, desk: &mut Desk<'_>, id: i64, place: &str) {
        self.cited.insert(id, place.to_owned());
        self.origins.entry(id).or_default().1 = self.rank;
        self.derive_again(desk, id);
    }

    /// Has the patents of a transfer derived again, also those that it no longer names.
    pub(super) fn derive_again(&self, desk: &mut Desk<'_>, id: i64) {
        let patents = self.links.get(&id).into_iter().chain(self.links_before.get(&id)).flatten();
        patents.for_each(|patent| desk.title(*patent));
    }

    /// Changes a transfer to what a record says; says whether it is another now.
    fn amend(
        &mut self,
        desk: &mut Desk<'_>,
        slot: Slot,
        record: &Recording,
        resolved: &Resolved,
        is_newer: bool,
    ) -> bool {
        let Some((id, is_others)) = self.transfers.row(slot).map(|row| (row.id, Self::is_others(row))) else {
            return false;
        };
        let mut changed = self.transfers.change(slot, |row| words(row, record, is_others, is_newer));
        match &record.parties {
            Some(parties) => changed |= self.take_parties(desk, id, parties, resolved, is_others),
            // The tables that say it follow.
            None if is_newer && !is_others => changed |= self.without_parties(id),
            None => {}
        }
        let is_whole = self.rank != super::portal::RANK && !is_others;
        match &record.properties {
            Some(_) => {
                let named = record.numbers().filter_map(|number| resolved.patents.get(number).copied());
                let mut links: BTreeSet<i64> = named.collect();
                if !is_whole {
                    links.extend(self.links.get(&id).into_iter().flatten());
                }
                changed |= self.links.insert(id, links.clone()).unwrap_or_default() != links;
            }
            None if is_newer && !is_others => {
                changed |= self.links.insert(id, BTreeSet::new()).is_some_and(|links| !links.is_empty());
            }
            None => {}
        }
        changed |= self.settle_execution(slot);
        if changed {
            self.stated(desk, id, &record.place);
        }
        changed
    }

    /// The day of execution of the whole is that on which all who convey signed, where it is one.
    pub(super) fn settle_execution(&mut self, slot: Slot) -> bool {
        let Some((id, is_others)) = self.transfers.row(slot).map(|row| (row.id, Self::is_others(row))) else {
            return false;
        };
        let companies = self.companies_of.get(&id).into_iter().flatten().filter_map(|slot| self.companies.row(*slot));
        let individuals =
            self.individuals_of.get(&id).into_iter().flatten().filter_map(|slot| self.individuals.row(*slot));
        let companies = companies.map(|row| (&row.role, row.executed_on));
        let individuals = individuals.map(|row| (&row.role, row.executed_on));
        let conveying = companies.chain(individuals).filter(|(role, _)| *role == ASSIGNOR);
        let days: BTreeSet<Option<NaiveDate>> = conveying.map(|(_, day)| day).collect();
        let mut days = days.into_iter();
        let day = days.next().flatten().filter(|_| days.next().is_none());
        self.transfers.change(slot, |row| {
            if !is_others || row.executed_on.is_none() {
                row.executed_on = day;
            }
        })
    }

    /// Links a transfer to patents; says whether any is new.
    pub(super) fn link(&mut self, id: i64, patents: impl IntoIterator<Item = i64>) -> bool {
        let links = self.links.entry(id).or_default();
        let before = links.len();
        links.extend(patents);
        links.len() > before
    }

    fn bury(&mut self, desk: &mut Desk<'_>, record: &Recording) -> Result<(), ImportError> {
        let row = BulkPurged {
            id: desk.ids.next_id(),
            reel_frame: record.place.clone(),
            last_updated_on: record.updated_on,
            source_id: desk.source()?,
        };
        self.ranks.insert(row.source_id, self.rank);
        self.purged_by_place.insert(record.place.clone(), self.purged.place(row));
        Ok(())
    }

    fn purge(&mut self, desk: &mut Desk<'_>, slot: Slot, record: &Recording) -> Result<(), ImportError> {
        let Some(id) = self.transfers.row(slot).map(|row| row.id) else { return Ok(()) };
        self.without_parties(id);
        self.links.insert(id, BTreeSet::new());
        self.derive_again(desk, id);
        self.by_place.remove(&record.place);
        self.cited.remove(&id);
        if self.standing.contains(&id) {
            self.gone.push(id);
        } else {
            self.transfers.remove(slot);
        }
        self.bury(desk, record)
    }

    /// Stores what is new or changed.
    pub(super) fn put(mut self, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        desk.put(self.transfers)?;
        desk.put(self.companies)?;
        desk.put(self.individuals)?;
        desk.put(self.purged)?;
        let (mut new, mut gone) = (Vec::new(), Vec::new());
        for (id, links) in &self.links {
            let before = self.links_before.remove(id).unwrap_or_default();
            let link = |patent: &i64| TransferPatentLink { patent_transfer_id: *id, patent_id: *patent };
            new.extend(links.difference(&before).map(link));
            gone.extend(before.difference(links).map(link));
        }
        desk.remove_links(&gone)?;
        desk.insert(&new)?;
        let stated = self.cited.keys().chain(&self.gone);
        let replaced: Vec<i64> =
            stated.filter_map(|id| self.origins.get(id)).flat_map(|origin| origin.0.clone()).collect();
        remove_citations(desk.connection, &replaced)?;
        let mut citations = Vec::with_capacity(self.cited.len());
        for (id, place) in self.cited {
            citations.push(desk.citation(FactKind::PatentTransfer, id, None, format!("reel/frame {place}"))?);
        }
        desk.insert(&citations)?;
        if !self.gone.is_empty() {
            // What was derived from them goes first.
            desk.derive()?;
            desk.remove::<TransferRow>(&self.gone)?;
        }
        Ok(())
    }
}

/// Takes over what a record says beside its parties and patents.
fn words(row: &mut TransferRow, record: &Recording, is_others: bool, is_newer: bool) {
    let refers_to = references(record.text.as_deref().unwrap_or_default()).first().map(ToString::to_string);
    if is_others {
        row.recorded_on = row.recorded_on.or(record.recorded_on);
        row.last_updated_on = record.updated_on.or(row.last_updated_on);
        if row.conveyance_text.is_none() {
            row.conveyance_text.clone_from(&record.text);
            row.refers_to_reel_frame = row.refers_to_reel_frame.take().or(refers_to);
        }
        return;
    }
    // The class of the words stays while they do: the research data set may have given another.
    if row.conveyance_text != record.text {
        class_of(record.text.as_deref().unwrap_or_default()).clone_into(&mut row.conveyance);
    }
    row.conveyance_text.clone_from(&record.text);
    row.refers_to_reel_frame = refers_to;
    row.recorded_on = record.recorded_on;
    row.last_updated_on = record.updated_on;
    match &record.properties {
        Some(properties) => row.stated_count = i32::try_from(properties.len()).ok(),
        None if is_newer => row.stated_count = None,
        None => {}
    }
}
