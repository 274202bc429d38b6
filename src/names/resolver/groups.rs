//! The companies of a batch while it is resolved: spellings that are one company's, joined.

use std::collections::{BTreeSet, HashMap};

use super::{CANDIDATES_MAX, Candidate, Comparisons, Decision, Other, Outcome, Party};
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

/// What is known of a spelling before the batch is through.
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
    fn join(&mut self, one: Party, other: Party) -> bool {
        let (one, other) = (self.root(one), self.root(other));
        if one == other {
            return true;
        }
        let both_stored = matches!((one, other), (Party::Company(_), Party::Company(_)));
        if both_stored || !self.can_be_one(one, other) {
            return false;
        }
        // Stored companies come before spellings, and earlier spellings before later ones.
        let (root, joined) = if one < other { (one, other) } else { (other, one) };
        let group = self.known.remove(&joined).unwrap_or_default();
        self.parent.insert(joined, root);
        for name in &group.names {
            self.add(root, name, group.lei.as_ref(), &[]);
        }
        self.known.entry(root).or_default().refused.extend(group.refused);
        true
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

    /// Joins a spelling with all whom it safely matches. Of several that cannot be joined with one another the best reason
    /// decides; where that leaves several, none is taken.
    pub(super) fn settle(&mut self, at: usize, compared: &Comparisons, others: &[Other]) -> Draft {
        let me = Party::Spelling(at);
        let mut same: Vec<(Reason, Party, &str)> = Vec::new();
        for (reason, number) in &compared.same {
            if let Some(other) = others.get(*number).filter(|other| !self.refuses(me, other.party)) {
                same.push((*reason, self.root(other.party), &other.spelling.name));
            }
        }
        same.sort_by_key(|(reason, party, _)| (std::cmp::Reverse(*reason), *party));
        let mut draft = Draft { reason: None, candidates: Vec::new() };
        let best = same.first().map(|(reason, ..)| *reason);
        let firsts: BTreeSet<Party> = same.iter().filter(|one| Some(one.0) == best).map(|one| one.1).collect();
        let split = firsts.iter().any(|one| firsts.iter().any(|other| one < other && !self.may_join(*one, *other)));
        for (reason, party, like) in same {
            if !split && self.join(party, me) {
                draft.reason.get_or_insert(reason);
            } else {
                draft.doubt(party, like, 1.0, Doubt::Ambiguous);
            }
        }
        let mut doubtful: Vec<_> = compared.doubtful.iter().collect();
        doubtful.sort_by(|one, other| other.0.total_cmp(&one.0));
        for (score, doubt, number) in doubtful {
            if let Some(other) = others.get(*number).filter(|other| !self.refuses(me, other.party)) {
                draft.doubt(other.party, &other.spelling.name, *score, *doubt);
            }
        }
        draft
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

    /// Whether it was said that they are not one.
    fn refuses(&self, one: Party, other: Party) -> bool {
        self.known.get(&one).is_some_and(|group| group.refused.contains(&other))
    }

    fn may_join(&self, one: Party, other: Party) -> bool {
        !matches!((one, other), (Party::Company(_), Party::Company(_))) && self.can_be_one(one, other)
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
