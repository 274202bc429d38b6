//! Who takes part in the transfers of a batch.

use std::collections::{BTreeMap, HashMap};

use super::Resolved;
use super::record::{Party, Recording};
use super::register::Register;
use crate::ingest::import::resolve::{AskedCompany, companies};
use crate::ingest::import::{Desk, Fate, ImportError, Slot};
use crate::store::bulk::{IndividualRow, TransferPartyRow};
use crate::text::fold;

/// The companies that parties name, each name once, by their names.
///
/// A country counts where all who name it alike agree.
pub(super) fn resolve<'p>(
    desk: &mut Desk<'_>,
    parties: impl IntoIterator<Item = (&'p Party, &'p str)>,
) -> Result<HashMap<String, i64>, ImportError> {
    let mut asked: Vec<AskedCompany> = Vec::new();
    let mut seen: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
    for (party, place) in parties.into_iter().filter(|(party, _)| !party.is_person) {
        let (at, agrees) = seen.entry(&party.name).or_insert((asked.len(), true));
        let Some(known) = asked.get_mut(*at) else {
            let record = format!("reel/frame {place}");
            asked.push(AskedCompany { name: party.name.clone(), country: party.country.clone(), record });
            continue;
        };
        *agrees &= known.country.is_none() || party.country.is_none() || known.country == party.country;
        known.country = known.country.take().or_else(|| party.country.clone()).filter(|_| *agrees);
    }
    let found = companies(desk, &asked)?;
    Ok(asked.into_iter().map(|company| company.name).zip(found).collect())
}

/// The companies of records.
pub(super) fn of_records(desk: &mut Desk<'_>, records: &[&Recording]) -> Result<HashMap<String, i64>, ImportError> {
    resolve(desk, records.iter().flat_map(|record| record.companies().map(|party| (party, &*record.place))))
}

impl Register {
    /// Makes the parties of a transfer those of a record; where the transfer is another source's, only completes them. Says
    /// whether any is another now.
    pub(super) fn take_parties(
        &mut self,
        desk: &mut Desk<'_>,
        id: i64,
        parties: &[Party],
        resolved: &Resolved,
        is_others: bool,
    ) -> bool {
        let roles: Vec<String> = if is_others { self.roles(id) } else { Vec::new() };
        let mut kept: Vec<(bool, Slot)> = Vec::new();
        let mut changed = false;
        for party in parties {
            let may_add = !roles.iter().any(|role| role == party.role);
            let Some((slot, differs)) = self.put_party(desk, id, party, resolved, may_add, &kept) else { continue };
            kept.push((party.is_person, slot));
            changed |= differs;
        }
        if !is_others {
            changed |= self.keep_parties(id, &kept);
        }
        changed
    }

    /// The roles that somebody has in a transfer.
    fn roles(&self, id: i64) -> Vec<String> {
        let companies = self.companies_of.get(&id).into_iter().flatten().filter_map(|slot| self.companies.row(*slot));
        let individuals =
            self.individuals_of.get(&id).into_iter().flatten().filter_map(|slot| self.individuals.row(*slot));
        companies.map(|row| row.role.clone()).chain(individuals.map(|row| row.role.clone())).collect()
    }

    /// Puts a party of a table's row in, unless it is there: a row with the same party says nothing new.
    pub(super) fn join(
        &mut self,
        desk: &mut Desk<'_>,
        id: i64,
        party: &Party,
        resolved: &Resolved,
        may_add: bool,
    ) -> Fate {
        let companies = self.companies_of.get(&id).into_iter().flatten().map(|slot| (false, *slot));
        let individuals = self.individuals_of.get(&id).into_iter().flatten().map(|slot| (true, *slot));
        let standing: Vec<(bool, Slot)> = companies.chain(individuals).collect();
        let put = self.put_party(desk, id, party, resolved, may_add, &standing);
        Fate::stored_if(put.is_some_and(|(_, is_new)| is_new))
    }

    /// Puts a party into the place of the one with its key, or beside the others; the first of two with one key counts. Says where
    /// it is and whether something changed.
    pub(super) fn put_party(
        &mut self,
        desk: &mut Desk<'_>,
        id: i64,
        party: &Party,
        resolved: &Resolved,
        may_add: bool,
        kept: &[(bool, Slot)],
    ) -> Option<(Slot, bool)> {
        if party.is_person {
            return self.put_individual(desk, id, party, may_add, kept);
        }
        let company_id = *resolved.companies.get(&party.name)?;
        let slots = self.companies_of.entry(id).or_default();
        let rows = &self.companies;
        let is_same =
            |slot: &&Slot| rows.row(**slot).is_some_and(|row| row.company_id == company_id && row.role == party.role);
        if let Some(slot) = slots.iter().find(is_same).copied() {
            if kept.contains(&(false, slot)) {
                return Some((slot, false));
            }
            let differs = self.companies.change(slot, |row| {
                row.executed_on = party.executed_on;
                row.recorded_name = Some(party.name.clone());
            });
            return Some((slot, differs));
        }
        if !may_add {
            return None;
        }
        let slot = self.companies.place(TransferPartyRow {
            id: desk.ids.next_id(),
            patent_transfer_id: id,
            company_id,
            role: party.role.to_owned(),
            executed_on: party.executed_on,
            recorded_name: Some(party.name.clone()),
        });
        slots.push(slot);
        Some((slot, true))
    }

    fn put_individual(
        &mut self,
        desk: &mut Desk<'_>,
        id: i64,
        party: &Party,
        may_add: bool,
        kept: &[(bool, Slot)],
    ) -> Option<(Slot, bool)> {
        let slots = self.individuals_of.entry(id).or_default();
        let rows = &self.individuals;
        let is_same =
            |slot: &&Slot| rows.row(**slot).is_some_and(|row| row.name == party.name && row.role == party.role);
        if let Some(slot) = slots.iter().find(is_same).copied() {
            if kept.contains(&(true, slot)) {
                return Some((slot, false));
            }
            return Some((slot, self.individuals.change(slot, |row| row.executed_on = party.executed_on)));
        }
        if !may_add {
            return None;
        }
        let slot = self.individuals.place(IndividualRow {
            id: desk.ids.next_id(),
            patent_transfer_id: id,
            name: party.name.clone(),
            name_folded: fold(&party.name),
            role: party.role.to_owned(),
            executed_on: party.executed_on,
        });
        slots.push(slot);
        Some((slot, true))
    }

    /// Takes the parties of a transfer away that are not among some; says whether there were any.
    fn keep_parties(&mut self, id: i64, kept: &[(bool, Slot)]) -> bool {
        let mut any = false;
        for (is_person, slots) in
            [(false, self.companies_of.entry(id).or_default()), (true, self.individuals_of.entry(id).or_default())]
        {
            let (stay, go): (Vec<Slot>, Vec<Slot>) = slots.iter().partition(|slot| kept.contains(&(is_person, **slot)));
            any |= !go.is_empty();
            for slot in go {
                if is_person {
                    self.individuals.remove(slot);
                } else {
                    self.companies.remove(slot);
                }
            }
            *slots = stay;
        }
        any
    }

    /// Takes all parties of a transfer away; says whether there were any.
    pub(super) fn without_parties(&mut self, id: i64) -> bool {
        self.keep_parties(id, &[])
    }
}
