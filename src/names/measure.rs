//! How well spellings are resolved: pairs of spellings, against labels given by hand.

use std::collections::BTreeMap;
use std::io::Read;

use serde::Deserialize;

use super::memory::Memory;
use super::resolver::{Party, Resolver, Spelling};

/// A spelling and the entity that it was labelled with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Labelled {
    /// The entity, by any name that is one entity's.
    pub unique_id: String,
    /// The spelling.
    pub organization: String,
}

/// Pairs of spellings, counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Spellings that were resolved.
    pub spellings: usize,
    /// Entities that they are labelled with.
    pub entities: usize,
    /// Companies that they were resolved to.
    pub companies: usize,
    /// Pairs of one company that are of one entity.
    pub right: usize,
    /// Pairs of one company.
    pub joined: usize,
    /// Pairs of one entity.
    pub labelled: usize,
    /// The company of each spelling, in their order.
    pub company_of: Vec<i64>,
}

/// Spellings of a batch, as many as an import has rows in one.
const BATCH: usize = 5_000;

/// Reads labelled spellings: CSV with the columns `unique_id` and `organization`, and any others.
///
/// # Errors
/// What is wrong with the file.
pub fn read(file: impl Read) -> Result<Vec<Labelled>, csv::Error> {
    csv::Reader::from_reader(file).deserialize().collect()
}

/// Resolves the spellings, as an import into an empty store would, and counts pairs.
#[must_use]
pub fn measure(labelled: &[Labelled]) -> Measured {
    measure_by(labelled, BATCH)
}

/// The same, so many spellings of a batch at a time.
#[must_use]
pub fn measure_by(labelled: &[Labelled], batch: usize) -> Measured {
    let mut resolver = Resolver::new(Memory::default());
    let mut company_of: Vec<i64> = Vec::new();
    for batch in labelled.chunks(batch.max(1)) {
        let spellings: Vec<Spelling> = batch.iter().map(|one| Spelling::new(&one.organization)).collect();
        let Ok(outcomes) = resolver.resolve(&spellings);
        let first = company_of.len();
        for (outcome, spelling) in outcomes.iter().zip(spellings) {
            let company = match outcome.party {
                Party::Company(company) => company,
                Party::Spelling(at) => i64::try_from(first + at).unwrap_or(i64::MAX),
            };
            company_of.push(company);
            resolver.known().add(company, spelling);
        }
    }
    let entities: Vec<&str> = labelled.iter().map(|one| one.unique_id.as_str()).collect();
    let both: Vec<(i64, &str)> = company_of.iter().copied().zip(entities.iter().copied()).collect();
    Measured {
        spellings: labelled.len(),
        entities: count(&entities).len(),
        companies: count(&company_of).len(),
        right: pairs(&both),
        joined: pairs(&company_of),
        labelled: pairs(&entities),
        company_of,
    }
}

fn count<T: Ord + Clone>(of: &[T]) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for one in of {
        *counts.entry(one.clone()).or_insert(0) += 1;
    }
    counts
}

fn pairs<T: Ord + Clone>(of: &[T]) -> usize {
    count(of).values().map(|count| count * (count - 1) / 2).sum()
}

impl Measured {
    /// Of the pairs that were joined, which part is right. One where none was joined.
    #[must_use]
    pub fn precision(&self) -> f64 {
        part(self.right, self.joined)
    }

    /// Of the pairs that are one entity's, which part was joined. One where there are none.
    #[must_use]
    pub fn recall(&self) -> f64 {
        part(self.right, self.labelled)
    }

    /// What went wrong: entities that were split, companies that were joined wrongly, and their spellings.
    #[must_use]
    pub fn explain(&self, labelled: &[Labelled]) -> Vec<String> {
        let mut by_entity: BTreeMap<&str, BTreeMap<i64, Vec<&str>>> = BTreeMap::new();
        let mut by_company: BTreeMap<i64, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
        for (one, company) in labelled.iter().zip(&self.company_of) {
            let (entity, spelling) = (one.unique_id.as_str(), one.organization.as_str());
            by_entity.entry(entity).or_default().entry(*company).or_default().push(spelling);
            by_company.entry(*company).or_default().entry(entity).or_default().push(spelling);
        }
        let split = by_entity.iter().filter(|(_, parts)| parts.len() > 1);
        let split = split.map(|(entity, parts)| format!("split: {entity}: {:?}", parts.values().collect::<Vec<_>>()));
        let joined = by_company.values().filter(|parts| parts.len() > 1).map(|parts| format!("joined: {parts:?}"));
        split.chain(joined).collect()
    }
}

fn part(of: usize, all: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    if all == 0 { 1.0 } else { number(of) / number(all) }
}
