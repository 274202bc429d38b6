//! Known spellings in memory: for measurements and tests.

use std::collections::{BTreeSet, HashMap};
use std::convert::Infallible;

use super::keys::Key;
use super::normal::Name;
use super::resolver::{Decided, Decision, Found, Known, Spelling};

/// Spellings of companies, by key.
#[derive(Debug, Default)]
pub struct Memory {
    spellings: Vec<Found>,
    by_key: HashMap<Key, Vec<usize>>,
    decided: Vec<Decided>,
}

impl Memory {
    /// Adds a spelling of a company.
    pub fn add(&mut self, company: i64, spelling: Spelling) {
        let number = self.spellings.len();
        for key in Name::new(&spelling.name).stored_keys() {
            self.by_key.entry(key).or_default().push(number);
        }
        self.spellings.push(Found { company, spelling });
    }

    /// Takes a decision.
    pub fn decide(&mut self, name: &str, company: i64, decision: Decision) {
        self.decided.push(Decided { name: name.to_owned(), company, decision });
    }
}

impl Known for Memory {
    type Error = Infallible;

    fn with_keys(&mut self, keys: &[Key]) -> Result<Vec<Found>, Infallible> {
        let numbers: BTreeSet<usize> = keys.iter().filter_map(|key| self.by_key.get(key)).flatten().copied().collect();
        Ok(numbers.into_iter().filter_map(|number| self.spellings.get(number)).cloned().collect())
    }

    fn with_identifiers(&mut self, identifiers: &[&str]) -> Result<Vec<(String, i64)>, Infallible> {
        let with = |found: &Found| {
            let lei = found.spelling.lei.clone()?;
            identifiers.contains(&lei.as_str()).then_some((lei, found.company))
        };
        Ok(self.spellings.iter().filter_map(with).collect())
    }

    fn decided(&mut self, names: &[&str]) -> Result<Vec<Decided>, Infallible> {
        Ok(self.decided.iter().filter(|decided| names.contains(&decided.name.as_str())).cloned().collect())
    }
}
