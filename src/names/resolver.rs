//! Spellings to companies, a batch at a time.

mod groups;
mod pairs;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::keys::Key;
use super::matching::{Doubt, Reason};
use super::normal::Name;
use groups::Groups;
use pairs::{Index, Pairs};

/// A spelling as a source records it, and what the source says beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spelling {
    /// The name, as it is written.
    pub name: String,
    /// The country, as ISO 3166 has it in two letters.
    pub country: Option<String>,
    /// The legal entity identifier, in 20 letters and digits.
    pub lei: Option<String>,
}

impl Spelling {
    /// A spelling of which nothing else is known.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }
}

/// A spelling that the store has, found by a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The id of its company.
    pub company: i64,
    /// The spelling, with the country and the identifier of its company.
    pub spelling: Spelling,
}

/// What someone decided of a spelling and a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decision {
    /// It is the company's.
    Confirmed,
    /// It is another's.
    Refused,
}

/// A decision that holds for all imports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The spelling, as it is written.
    pub name: String,
    /// The company.
    pub company: i64,
    /// What was decided.
    pub decision: Decision,
}

/// The spellings that are known already. A store implements it by its indexes, in one statement a call.
pub trait Known {
    /// What can go wrong.
    type Error;

    /// The spellings stored under any of the keys, each once. A key of very many spellings is a common half of a name: of
    /// those it is enough to give some hundred.
    ///
    /// # Errors
    /// What the store says.
    fn with_keys(&mut self, keys: &[Key]) -> Result<Vec<Found>, Self::Error>;

    /// The companies with these identifiers, as identifier and company.
    ///
    /// # Errors
    /// What the store says.
    fn with_identifiers(&mut self, identifiers: &[&str]) -> Result<Vec<(String, i64)>, Self::Error>;

    /// What was decided of these spellings.
    ///
    /// # Errors
    /// What the store says.
    fn decided(&mut self, names: &[&str]) -> Result<Vec<Decided>, Self::Error>;
}

/// One of those whom a spelling may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// A company that the store has.
    Company(i64),
    /// The company of another spelling of this batch, by the spelling's place in it.
    Spelling(usize),
}

/// A match that was not made.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Whom the spelling may mean.
    pub party: Party,
    /// The spelling of that company that is like it.
    pub like: String,
    /// How like it is, between 0 and 1.
    pub score: f64,
    /// Why it was not made.
    pub doubt: Doubt,
}

/// What becomes of a spelling.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Whose it is: a company that the store has, or that of the first spelling of the batch that is this company's. A
    /// spelling that leads to itself founds a company.
    pub party: Party,
    /// Why, unless it founds a company.
    pub reason: Option<Reason>,
    /// Whom else it may mean, the likeliest first.
    pub candidates: Vec<Candidate>,
}

/// Candidates of a spelling at most.
const CANDIDATES_MAX: usize = 3;

/// Resolves spellings against those that are known.
#[derive(Debug)]
pub struct Resolver<K> {
    known: K,
}

/// What was decided, by spelling.
type Decisions = HashMap<String, Vec<(i64, Decision)>>;

/// One with whom a spelling is compared.
struct Other {
    party: Party,
    spelling: Spelling,
    name: Name,
}

impl<K: Known> Resolver<K> {
    /// A resolver over what is known.
    pub const fn new(known: K) -> Self {
        Self { known }
    }

    /// What is known, to be added to.
    pub const fn known(&mut self) -> &mut K {
        &mut self.known
    }

    /// Resolves a batch: an outcome for each spelling, in their order. Two spellings of a batch can be one company's, also when
    /// a third says so; companies that are stored are never joined here. Which spellings are one company's does not depend on
    /// their order in the batch: all are compared before any is joined, and the better reasons come first.
    ///
    /// # Errors
    /// What the store says.
    pub fn resolve(&mut self, spellings: &[Spelling]) -> Result<Vec<Outcome>, K::Error> {
        let names: Vec<Name> = spellings.iter().map(|spelling| Name::new(&spelling.name)).collect();
        let mut others = self.others(&names)?;
        let decided = self.decided(spellings)?;
        let identified = self.identified(spellings)?;
        let mut groups = Groups::new(&others);
        let mut index = Index::new(&others);
        let mut pairs = Pairs::default();
        let mut given = Vec::with_capacity(spellings.len());
        for (at, (spelling, name)) in spellings.iter().zip(names).enumerate() {
            let decisions = decided.get(spelling.name.as_str()).map_or(&[][..], Vec::as_slice);
            let other = Other { party: Party::Spelling(at), spelling: spelling.clone(), name };
            groups.add(other.party, &other.name, spelling.lei.as_ref(), decisions);
            let by_identifier = spelling.lei.as_ref().and_then(|lei| identified.get(lei));
            given.push(match (confirmed(decisions), by_identifier) {
                (Some(company), _) => Some(groups.give(at, company, Reason::Confirmed)),
                (None, Some(company)) => Some(groups.give(at, *company, Reason::Identifier)),
                (None, None) => None,
            });
            pairs.compare(&other, &index.like(&other.name), &others, decisions);
            index.add(others.len(), &other.name);
            others.push(other);
        }
        pairs.sort(&others);
        groups.join_all(&pairs, &others);
        let mut drafts = groups.drafts(&pairs, &others, spellings.len());
        // What someone said of a spelling leaves nothing open.
        for (draft, given) in drafts.iter_mut().zip(given) {
            if let Some(given) = given {
                *draft = given;
            }
        }
        Ok(drafts.into_iter().enumerate().map(|(at, draft)| draft.outcome(at, &mut groups)).collect())
    }

    fn others(&mut self, names: &[Name]) -> Result<Vec<Other>, K::Error> {
        let mut keys: Vec<Key> = names.iter().flat_map(Name::wanted_keys).collect();
        keys.sort_unstable();
        keys.dedup();
        let found = self.known.with_keys(&keys)?;
        let other = |found: Found| {
            let name = Name::new(&found.spelling.name);
            Other { party: Party::Company(found.company), spelling: found.spelling, name }
        };
        Ok(found.into_iter().map(other).collect())
    }

    fn decided(&mut self, spellings: &[Spelling]) -> Result<Decisions, K::Error> {
        let names: Vec<&str> = spellings.iter().map(|spelling| spelling.name.as_str()).collect();
        let mut decided = Decisions::new();
        for one in self.known.decided(&names)? {
            decided.entry(one.name).or_default().push((one.company, one.decision));
        }
        Ok(decided)
    }

    fn identified(&mut self, spellings: &[Spelling]) -> Result<HashMap<String, i64>, K::Error> {
        let identifiers: Vec<&str> = spellings.iter().filter_map(|spelling| spelling.lei.as_deref()).collect();
        if identifiers.is_empty() {
            return Ok(HashMap::new());
        }
        Ok(self.known.with_identifiers(&identifiers)?.into_iter().collect())
    }
}

fn confirmed(decisions: &[(i64, Decision)]) -> Option<i64> {
    decisions.iter().find(|(_, decision)| *decision == Decision::Confirmed).map(|(company, _)| *company)
}
