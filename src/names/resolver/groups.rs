//! The companies of a batch while it is resolved: spellings that are one company's, joined.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::pairs::{Pairs, Same};
use super::{CANDIDATES_MAX, Candidate, Decision, Other, Outcome, Party};
use crate::names::matching::{Doubt, Reason, forms_can_be_one};
use crate::names::normal::Name;

/// Companies, stored ones and those that spellings of the batch would found, joined as far as nothing speaks against it.
pub(super) struct Groups {
    parent: HashMap<Party, Party>,
    /// What is known of each, by the party at its root.
    known: HashMap<Party, Group>,
}

/// What is known of a company.
#[derive(Default)]
struct Group {
    /// Its names, one of a text and a form.
    names: Vec<Name>,
    /// Its identifier.
    lei: Option<String>,
    /// The companies that it was said not to be.
    refused: BTreeSet<Party>,
}

/// How many times as often others are matched, for a match to be taken for none.
const OUTWEIGHED: usize = 5;

/// Two spellings that can be joined, each by its number and the party that stands for its company.
struct Open {
    earlier: (usize, Party),
    later: (usize, Party),
}

/// What is known of a spelling before all are told.
#[derive(Default)]
pub(super) struct Draft {
    reason: Option<Reason>,
    candidates: Vec<Candidate>,
}

impl Groups {
    pub(super) fn new(known: &[Other]) -> Self {
        let mut groups = Self { parent: HashMap::new(), known: HashMap::new() };
        for other in known {
            groups.add(other.party, &other.name, other.spelling.lei.as_ref(), &[]);
        }
        groups
    }

    /// Adds a name to its party's, with its identifier and what was decided of it.
    pub(super) fn add(&mut self, party: Party, name: &Name, lei: Option<&String>, decisions: &[(i64, Decision)]) {
        let root = self.root(party);
        let group = self.known.entry(root).or_default();
        if !group.names.iter().any(|known| known.text == name.text && known.form == name.form) {
            group.names.push(name.clone());
        }
        group.lei = group.lei.take().or_else(|| lei.cloned());
        let refused = decisions.iter().filter(|(_, decision)| *decision == Decision::Refused);
        group.refused.extend(refused.map(|(company, _)| Party::Company(*company)));
    }

    /// The party that stands for a company: one that is stored, else the first of its spellings.
    pub(super) fn root(&mut self, party: Party) -> Party {
        let mut root = party;
        while let Some(parent) = self.parent.get(&root) {
            root = *parent;
        }
        if root != party {
            self.parent.insert(party, root);
        }
        root
    }

    /// Joins two companies, unless both are stored, or one has a name that the other has with a form that conflicts.
    fn join(&mut self, one: Party, other: Party) {
        let (one, other) = (self.root(one), self.root(other));
        if one == other || !self.may_join(one, other) {
            return;
        }
        // Stored companies come before spellings, and earlier spellings before later ones.
        let (root, joined) = if one < other { (one, other) } else { (other, one) };
        let group = self.known.remove(&joined).unwrap_or_default();
        self.parent.insert(joined, root);
        for name in &group.names {
            self.add(root, name, group.lei.as_ref(), &[]);
        }
        self.known.entry(root).or_default().refused.extend(group.refused);
    }

    fn can_be_one(&self, one: Party, other: Party) -> bool {
        let (Some(first), Some(second)) = (self.known.get(&one), self.known.get(&other)) else { return true };
        let apart = |name: &Name, with: &Name| name.text == with.text && !forms_can_be_one(name, with);
        let identifiers = first.lei.as_ref().zip(second.lei.as_ref());
        identifiers.is_none_or(|(one, other)| one == other)
            && !first.refused.contains(&other)
            && !second.refused.contains(&one)
            && !first.names.iter().any(|name| second.names.iter().any(|with| apart(name, with)))
    }

    /// Joins all who safely match, those with the better reasons first. A spelling that matches several equally well which
    /// cannot be joined with one another is joined with none of them, nor for any lesser reason; but who is spelt that way
    /// once is no match beside who is so many times.
    pub(super) fn join_all(&mut self, pairs: &Pairs, others: &[Other]) {
        let mut split: BTreeSet<usize> = BTreeSet::new();
        for level in pairs.same.chunk_by(|one, other| one.reason == other.reason) {
            let open = self.open(level, others);
            let mut met: BTreeMap<usize, BTreeMap<Party, usize>> = BTreeMap::new();
            for pair in &open {
                *met.entry(pair.earlier.0).or_default().entry(pair.later.1).or_default() += 1;
                *met.entry(pair.later.0).or_default().entry(pair.earlier.1).or_default() += 1;
            }
            let mut matched: BTreeMap<usize, BTreeSet<Party>> = BTreeMap::new();
            for (number, met) in met.into_iter().filter(|(number, _)| !split.contains(number)) {
                matched.insert(number, self.outstanding(&met));
            }
            split.extend(matched.iter().filter(|(_, matched)| self.are_apart(matched)).map(|(number, _)| *number));
            for Open { earlier, later } in open {
                let matches = |one: usize, party: Party| {
                    !split.contains(&one) && matched.get(&one).is_some_and(|matched| matched.contains(&party))
                };
                if matches(earlier.0, later.1) && matches(later.0, earlier.1) {
                    self.join(earlier.1, later.1);
                }
            }
        }
    }

    /// The pairs that can be joined, with the parties that stand for their companies now.
    fn open(&mut self, pairs: &[Same], others: &[Other]) -> Vec<Open> {
        let mut open = Vec::with_capacity(pairs.len());
        for pair in pairs {
            let Some((earlier, later)) = others.get(pair.earlier).zip(others.get(pair.later)) else { continue };
            let (earlier, later) = (self.root(earlier.party), self.root(later.party));
            if earlier != later && self.may_join(earlier, later) {
                open.push(Open { earlier: (pair.earlier, earlier), later: (pair.later, later) });
            }
        }
        open
    }

    /// Those of the parties met, by how often, that no others outweigh which they cannot be joined with.
    fn outstanding(&self, met: &BTreeMap<Party, usize>) -> BTreeSet<Party> {
        let against = |party: Party| -> usize {
            let apart = met.iter().filter(|(other, _)| **other != party && !self.may_join(party, **other));
            apart.map(|(_, count)| count).sum()
        };
        met.iter().filter(|(party, count)| against(**party) < OUTWEIGHED * **count).map(|(party, _)| *party).collect()
    }

    fn are_apart(&self, parties: &BTreeSet<Party>) -> bool {
        parties.iter().any(|one| parties.iter().any(|other| one < other && !self.may_join(*one, *other)))
    }

    /// What is known of each spelling of the batch, when all are joined.
    pub(super) fn drafts(&mut self, pairs: &Pairs, others: &[Other], spellings: usize) -> Vec<Draft> {
        let mut drafts: Vec<Draft> = Vec::new();
        drafts.resize_with(spellings, Draft::default);
        for pair in &pairs.same {
            let (Some(earlier), Some(later)) = (others.get(pair.earlier), others.get(pair.later)) else { continue };
            let is_one = self.root(earlier.party) == self.root(later.party);
            for party in [earlier.party, later.party] {
                if let Some(draft) = draft_of(&mut drafts, party).filter(|_| is_one) {
                    draft.reason.get_or_insert(pair.reason);
                }
            }
            if let Some(draft) = draft_of(&mut drafts, later.party).filter(|_| !is_one) {
                draft.doubt(earlier.party, &earlier.spelling.name, 1.0, Doubt::Ambiguous);
            }
        }
        for pair in &pairs.doubtful {
            if let (Some(earlier), Some(later)) = (others.get(pair.earlier), others.get(pair.later))
                && let Some(draft) = draft_of(&mut drafts, later.party)
            {
                draft.doubt(earlier.party, &earlier.spelling.name, pair.score, pair.doubt);
            }
        }
        drafts
    }

    /// Makes a spelling a company's, whatever its name says.
    pub(super) fn give(&mut self, at: usize, company: i64, reason: Reason) -> Draft {
        let (me, company) = (Party::Spelling(at), self.root(Party::Company(company)));
        let group = self.known.remove(&me).unwrap_or_default();
        self.parent.insert(me, company);
        for name in &group.names {
            self.add(company, name, group.lei.as_ref(), &[]);
        }
        Draft { reason: Some(reason), candidates: Vec::new() }
    }

    fn may_join(&self, one: Party, other: Party) -> bool {
        !matches!((one, other), (Party::Company(_), Party::Company(_))) && self.can_be_one(one, other)
    }
}

fn draft_of(drafts: &mut [Draft], party: Party) -> Option<&mut Draft> {
    match party {
        Party::Spelling(at) => drafts.get_mut(at),
        Party::Company(_) => None,
    }
}

impl Draft {
    fn doubt(&mut self, party: Party, like: &str, score: f64, doubt: Doubt) {
        self.candidates.push(Candidate { party, like: like.to_owned(), score, doubt });
    }

    /// The outcome, when the whole batch is known.
    pub(super) fn outcome(self, at: usize, groups: &mut Groups) -> Outcome {
        let party = groups.root(Party::Spelling(at));
        let mut candidates: Vec<Candidate> = Vec::new();
        for mut candidate in self.candidates {
            candidate.party = groups.root(candidate.party);
            let listed = candidates.iter().any(|other| other.party == candidate.party);
            if candidate.party != party && !listed && candidates.len() < CANDIDATES_MAX {
                candidates.push(candidate);
            }
        }
        let founds = party == Party::Spelling(at);
        Outcome { party, reason: self.reason.filter(|_| !founds), candidates }
    }
}
