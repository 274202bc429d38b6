//! Entities that are companies of the store already, by their names: those that have no LEI yet.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::level1::Record;
use crate::ingest::import::{Desk, ImportError};
use crate::names::{Candidate, Doubt, Key, Known as _, Outcome, Party, Reason, Resolver, Spelling};
use crate::store::bulk::{self, BulkCompany, BulkLeiRecord};
use crate::store::names::{KnownNames, NewCandidate, add_candidates, keys_of_unidentified};

/// The companies that records lead to, by the place of the record. What may be meant and is not sure is listed.
pub(super) fn companies(
    desk: &mut Desk<'_>,
    records: &[Record],
    by_lei: &HashMap<String, i64>,
) -> Result<HashMap<usize, i64>, ImportError> {
    let mut seen = BTreeSet::new();
    let open: Vec<(usize, &Record)> = (0..)
        .zip(records)
        .filter(|(_, Record { row, .. })| !by_lei.contains_key(&row.lei) && can_be_joined(row) && seen.insert(&row.lei))
        .collect();
    let open = comparable(desk, open)?;
    if open.is_empty() {
        return Ok(HashMap::new());
    }
    let spellings: Vec<Spelling> = open.iter().map(|(_, row)| spelling(row)).collect();
    let outcomes = Resolver::new(KnownNames::new(desk.connection)).resolve(&spellings)?;
    let led_to: BTreeSet<i64> = outcomes.iter().filter_map(|outcome| company(outcome.party)).collect();
    let known = bulk::companies(desk.connection, &led_to.into_iter().collect::<Vec<_>>())?;
    let known: BTreeMap<i64, BulkCompany> = known.into_iter().map(|company| (company.id, company)).collect();
    let contested = contested(&outcomes);
    let mut joined = HashMap::new();
    let mut doubts: Vec<(&str, i64, Candidate)> = Vec::new();
    for ((at, row), outcome) in open.iter().zip(&outcomes) {
        for candidate in &outcome.candidates {
            doubts.extend(company(candidate.party).map(|id| (&*row.legal_name, id, candidate.clone())));
        }
        let Some((id, found)) = company(outcome.party).and_then(|id| Some((id, known.get(&id)?))) else { continue };
        match doubt(row, found, outcome.reason, contested.contains(&id)) {
            // A second LEI of a company is another company's, whatever was decided of its name.
            _ if found.lei.is_some() || joined.values().any(|other| *other == id) => {}
            None => drop(joined.insert(*at, id)),
            Some(doubt) => {
                let candidate = Candidate { party: outcome.party, like: found.name.clone(), score: 0.9, doubt };
                doubts.push((&row.legal_name, id, candidate));
            }
        }
    }
    let listed: Vec<NewCandidate<'_>> = doubts
        .iter()
        .map(|(spelling, company, candidate)| NewCandidate { spelling, company: *company, candidate })
        .collect();
    add_candidates(desk.connection, desk.ids, &listed)?;
    Ok(joined)
}

/// The entities that are worth comparing: few have a key of a company without an LEI, or were decided of.
fn comparable<'r>(
    desk: &mut Desk<'_>,
    open: Vec<(usize, &'r Record)>,
) -> Result<Vec<(usize, &'r BulkLeiRecord)>, ImportError> {
    let wanted: BTreeSet<Key> = open.iter().flat_map(|(_, record)| &record.wanted).copied().collect();
    let found = keys_of_unidentified(desk.connection, &wanted.into_iter().collect::<Vec<_>>())?;
    let names: Vec<&str> = open.iter().map(|(_, record)| &*record.row.legal_name).collect();
    let decided = KnownNames::new(desk.connection).decided(&names)?;
    let decided: BTreeSet<String> = decided.into_iter().map(|decided| decided.name).collect();
    let is_worth = |record: &Record| {
        decided.contains(&record.row.legal_name) || record.wanted.iter().any(|key| found.contains(&key.number()))
    };
    Ok(open.into_iter().filter(|(_, record)| is_worth(record)).map(|(at, record)| (at, &record.row)).collect())
}

/// Whether an entity can be a company that files of patents name: no fund, no branch, and still registered.
fn can_be_joined(row: &BulkLeiRecord) -> bool {
    let is = |value: &Option<String>, allowed: &[&str]| value.as_deref().is_none_or(|value| allowed.contains(&value));
    row.withdrawn_on.is_none()
        && is(&row.category, &["GENERAL"])
        && is(&row.entity_status, &["ACTIVE"])
        && is(&row.registration_status, &["ISSUED", "LAPSED", "PENDING_TRANSFER", "PENDING_ARCHIVAL"])
}

fn spelling(row: &BulkLeiRecord) -> Spelling {
    let country = row.legal_country.as_ref().or(row.headquarters_country.as_ref()).cloned();
    Spelling { name: row.legal_name.clone(), country, lei: Some(row.lei.clone()) }
}

fn company(party: Party) -> Option<i64> {
    match party {
        Party::Company(id) => Some(id),
        Party::Spelling(_) => None,
    }
}

/// The companies that several entities of the batch would be.
fn contested(outcomes: &[Outcome]) -> BTreeSet<i64> {
    let candidates = outcomes.iter().flat_map(|outcome| &outcome.candidates);
    candidates
        .filter(|candidate| candidate.doubt == Doubt::Ambiguous)
        .filter_map(|candidate| company(candidate.party))
        .collect()
}

/// Why an entity is not sure to be a company that the resolver leads to: an LEI is not given by a slip of the pen, nor across
/// countries, and where a country is not known the legal form has to be the same.
fn doubt(row: &BulkLeiRecord, found: &BulkCompany, reason: Option<Reason>, is_contested: bool) -> Option<Doubt> {
    let reason = reason?;
    if reason >= Reason::Identifier {
        return None;
    }
    let countries: Vec<&String> = row.legal_country.iter().chain(&row.headquarters_country).collect();
    let country = found.country.as_ref().filter(|_| !countries.is_empty());
    match country {
        _ if is_contested => Some(Doubt::Ambiguous),
        _ if reason < Reason::AlsoKnown => Some(Doubt::Slips),
        Some(country) if !countries.contains(&country) => Some(Doubt::Country),
        None if reason != Reason::EqualWithForm => Some(Doubt::LegalForm),
        _ => None,
    }
}
