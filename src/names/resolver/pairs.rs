//! The pairs of spellings that are like each other.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::{Decision, Other, Party, Spelling};
use crate::names::keys::Key;
use crate::names::matching::{Doubt, Reason, Verdict, compare};
use crate::names::normal::Name;

/// Spellings by their keys.
pub(super) struct Index {
    stored: HashMap<Key, Vec<usize>>,
    /// Those of the batch by the keys that they look for: whether two meet is not to depend on which comes first.
    wanted: HashMap<Key, Vec<usize>>,
}

impl Index {
    /// An index of spellings that are known.
    pub(super) fn new(known: &[Other]) -> Self {
        let mut index = Self { stored: HashMap::new(), wanted: HashMap::new() };
        for (number, other) in known.iter().enumerate() {
            index.add_stored(number, &other.name);
        }
        index
    }

    /// Adds a spelling of the batch.
    pub(super) fn add(&mut self, number: usize, name: &Name) {
        self.add_stored(number, name);
        for key in name.wanted_keys() {
            self.wanted.entry(key).or_default().push(number);
        }
    }

    fn add_stored(&mut self, number: usize, name: &Name) {
        for key in name.stored_keys() {
            self.stored.entry(key).or_default().push(number);
        }
    }

    /// Those that a name is worth comparing with.
    pub(super) fn like(&self, name: &Name) -> Vec<usize> {
        let (wanted, stored) = (name.wanted_keys(), name.stored_keys());
        let found = wanted.iter().filter_map(|key| self.stored.get(key));
        let finding = stored.iter().filter_map(|key| self.wanted.get(key));
        let mut numbers: Vec<usize> = found.chain(finding).flatten().copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

/// Two that are one company's, by their numbers; the later one is a spelling of the batch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Same {
    pub(super) reason: Reason,
    pub(super) earlier: usize,
    pub(super) later: usize,
}

/// Two that may be one company's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Doubtful {
    pub(super) score: f64,
    pub(super) doubt: Doubt,
    pub(super) earlier: usize,
    pub(super) later: usize,
}

/// What the comparisons of a batch gave.
#[derive(Default)]
pub(super) struct Pairs {
    /// The better reasons first.
    pub(super) same: Vec<Same>,
    /// The likelier ones first.
    pub(super) doubtful: Vec<Doubtful>,
}

impl Pairs {
    /// Compares a spelling with others. Whom it was said not to mean is left out.
    pub(super) fn compare(&mut self, one: &Other, numbers: &[usize], others: &[Other], decisions: &[(i64, Decision)]) {
        let later = others.len();
        let refused = |party: Party| {
            decisions
                .iter()
                .any(|(company, decision)| *decision == Decision::Refused && party == Party::Company(*company))
        };
        for earlier in numbers.iter().copied() {
            let Some(other) = others.get(earlier).filter(|other| !refused(other.party)) else { continue };
            match in_context(one, other) {
                Verdict::Same(reason) => self.same.push(Same { reason, earlier, later }),
                Verdict::Doubtful(score, doubt) => self.doubtful.push(Doubtful { score, doubt, earlier, later }),
                Verdict::Different => {}
            }
        }
    }

    /// Brings the pairs into an order that the order of the spellings does not change.
    pub(super) fn sort(&mut self, others: &[Other]) {
        let mut sorted: Vec<usize> = (0..others.len()).collect();
        sorted.sort_by_cached_key(|number| others.get(*number).map(standing));
        let mut ranks = vec![0; others.len()];
        for (rank, number) in sorted.into_iter().enumerate() {
            if let Some(place) = ranks.get_mut(number) {
                *place = rank;
            }
        }
        let rank = |number: usize| ranks.get(number).copied().unwrap_or(number);
        let both = |earlier: usize, later: usize| {
            let (one, other) = (rank(earlier), rank(later));
            (one.min(other), one.max(other))
        };
        self.same.sort_by_key(|pair| (Reverse(pair.reason), both(pair.earlier, pair.later)));
        self.doubtful.sort_by(|one, other| {
            let order = other.score.total_cmp(&one.score);
            order.then_with(|| both(one.earlier, one.later).cmp(&both(other.earlier, other.later)))
        });
    }
}

/// What tells spellings apart whatever their order is.
fn standing(other: &Other) -> (Option<i64>, Spelling) {
    let company = match other.party {
        Party::Company(company) => Some(company),
        Party::Spelling(_) => None,
    };
    (company, other.spelling.clone())
}

/// What identifiers and countries add to the comparison of two names.
fn in_context(one: &Other, other: &Other) -> Verdict {
    let both = |one: &Option<String>, other: &Option<String>| {
        one.as_ref().zip(other.as_ref()).map(|(one, other)| one == other)
    };
    match both(&one.spelling.lei, &other.spelling.lei) {
        Some(true) => return Verdict::Same(Reason::Identifier),
        Some(false) => return Verdict::Different,
        None => {}
    }
    let abroad = both(&one.spelling.country, &other.spelling.country) == Some(false);
    let alone = one.name.words.len().min(other.name.words.len()) == 1;
    match compare(&one.name, &other.name) {
        // The score is that of equal names, of which the country is all that is open.
        Verdict::Same(_) if abroad && alone => Verdict::Doubtful(0.8, Doubt::Country),
        verdict => verdict,
    }
}
