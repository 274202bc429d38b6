//! What becomes of spellings in a batch and against what is known.

use super::{Decision, Outcome, Party, Resolver, Spelling};
use crate::names::{Doubt, Memory, Reason};

fn spellings(names: &[&str]) -> Vec<Spelling> {
    names.iter().map(|name| Spelling::new(name)).collect()
}

fn resolve(known: Memory, names: &[&str]) -> Vec<Outcome> {
    let Ok(outcomes) = Resolver::new(known).resolve(&spellings(names));
    outcomes
}

fn parties(known: Memory, names: &[&str]) -> Vec<Party> {
    resolve(known, names).into_iter().map(|outcome| outcome.party).collect()
}

fn knowing(names: &[(i64, &str)]) -> Memory {
    let mut known = Memory::default();
    for (company, name) in names {
        known.add(*company, Spelling::new(name));
    }
    known
}

#[test]
fn a_slip_is_matched_and_a_decoy_is_not() {
    let known = || knowing(&[(1, "Microsoft Corporation"), (2, "Nokia Corporation")]);
    let names = ["Microsft", "Microosft", "Micro FT Co., Ltd.", "Nokian Tyres", "NOKIA CORP."];
    let expected = [Party::Company(1), Party::Company(1), Party::Spelling(2), Party::Spelling(3), Party::Company(2)];
    assert_eq!(parties(known(), &names), expected);
    assert_eq!(resolve(known(), &["NOKIA CORP."])[0].reason, Some(Reason::EqualWithForm));
}

#[test]
fn spellings_of_a_batch_are_joined_by_a_third_in_any_order() {
    let names =
        ["Rutgers University", "The State University of New Jersey", "Rutgers, The State University of New Jersey"];
    for turn in 0..3 {
        let mut turned = names;
        turned.rotate_left(turn);
        assert_eq!(parties(Memory::default(), &turned), [Party::Spelling(0); 3], "{turned:?}");
    }
}

/// All orders of some names.
fn orders<'n>(names: &[&'n str]) -> Vec<Vec<&'n str>> {
    let Some((first, rest)) = names.split_first() else { return vec![Vec::new()] };
    let put = |order: Vec<&'n str>| {
        (0..=order.len()).map(move |at| [&order[..at], &[*first], &order[at..]].concat()).collect::<Vec<_>>()
    };
    orders(rest).into_iter().flat_map(put).collect()
}

#[test]
fn a_name_without_a_form_is_nobodys_where_forms_keep_two_apart() {
    for names in orders(&["Siemens AG", "Siemens Inc.", "Siemens", "SIEMENS"]) {
        let parties = parties(Memory::default(), &names);
        let of = |name: &str| names.iter().position(|one| *one == name).map(|at| parties[at]);
        assert_ne!(of("Siemens AG"), of("Siemens Inc."), "{names:?}");
        assert_eq!(of("Siemens"), of("SIEMENS"), "{names:?}");
        assert!(of("Siemens") != of("Siemens AG") && of("Siemens") != of("Siemens Inc."), "{names:?}");
    }
    let ambiguous = &resolve(Memory::default(), &["Siemens AG", "Siemens Inc.", "Siemens"])[2];
    assert_eq!(ambiguous.party, Party::Spelling(2));
    assert_eq!(ambiguous.candidates.iter().map(|one| one.doubt).collect::<Vec<_>>(), [Doubt::Ambiguous; 2]);
}

#[test]
fn one_odd_form_does_not_keep_a_name_from_those_who_mostly_have_it() {
    let mut names = vec!["SIEMENS A.G.", "Siemens Aktiengesellschaft", "Siemens, AG", "Siemens AG.", "Siemens"];
    names.extend(["SIEMENS AG", "Siemens Inc."]);
    for _ in 0..names.len() {
        names.rotate_left(1);
        let outcomes = resolve(Memory::default(), &names);
        let of = |name: &str| names.iter().position(|one| *one == name).map(|at| outcomes[at].party);
        assert_eq!(of("Siemens"), of("SIEMENS AG"), "{names:?}");
        assert_ne!(of("Siemens Inc."), of("SIEMENS AG"), "{names:?}");
        let doubts = outcomes.iter().flat_map(|outcome| &outcome.candidates);
        assert!(doubts.map(|one| one.doubt).any(|doubt| doubt == Doubt::Ambiguous), "it is listed all the same");
    }
}

#[test]
fn what_is_not_sure_is_a_candidate() {
    let outcome = &resolve(knowing(&[(1, "Motorola, Inc.")]), &["Motorola Ltd."])[0];
    assert_eq!(outcome.party, Party::Spelling(0));
    let [candidate] = outcome.candidates.as_slice() else { panic!("{outcome:?}") };
    assert_eq!((candidate.party, candidate.doubt), (Party::Company(1), Doubt::LegalForm));
    assert_eq!(candidate.like, "Motorola, Inc.");
}

#[test]
fn decisions_come_before_rules() {
    let mut known = knowing(&[(1, "Motorola, Inc."), (2, "Nokia Corporation")]);
    known.decide("Motorola Ltd.", 1, Decision::Confirmed);
    known.decide("NOKIA CORP", 2, Decision::Refused);
    let outcomes = resolve(known, &["Motorola Ltd.", "NOKIA CORP"]);
    assert_eq!((outcomes[0].party, outcomes[0].reason), (Party::Company(1), Some(Reason::Confirmed)));
    assert_eq!((outcomes[1].party, outcomes[1].candidates.len()), (Party::Spelling(1), 0));
}

#[test]
fn a_refused_company_is_not_joined_through_another_spelling() {
    let mut known = knowing(&[(2, "Nokia Oyj")]);
    known.decide("NOKIA OYJ", 2, Decision::Refused);
    let parties = parties(known, &["NOKIA OYJ", "Nokia Oyj."]);
    assert_eq!(parties[0], Party::Spelling(0));
    assert_ne!(parties[1], Party::Company(2), "it is like both, so it is neither's");
}

#[test]
fn identifiers_tell_more_than_names() {
    let with_lei = |name: &str, lei: &str| Spelling { lei: Some(lei.to_owned()), ..Spelling::new(name) };
    let mut known = Memory::default();
    known.add(1, with_lei("Siemens Energy Limited", "529900K2W4AROK3NB587"));
    let batch = [
        with_lei("SIEMENS ENERGY LIMITED", "529900R18A1LYQAJ1025"),
        with_lei("Another Name Altogether", "529900K2W4AROK3NB587"),
        Spelling::new("Siemens Energy Ltd."),
    ];
    let Ok(outcomes) = Resolver::new(known).resolve(&batch);
    let parties: Vec<Party> = outcomes.iter().map(|outcome| outcome.party).collect();
    assert_eq!(parties[..2], [Party::Spelling(0), Party::Company(1)]);
    assert_eq!(parties[2], Party::Spelling(2), "two companies have this name: {:?}", outcomes[2]);
}

#[test]
fn a_word_alone_in_two_countries_is_not_sure() {
    let in_country = |name: &str, country: &str| Spelling { country: Some(country.to_owned()), ..Spelling::new(name) };
    let mut known = Memory::default();
    known.add(1, in_country("Acme Inc.", "US"));
    let batch = [in_country("ACME", "FR"), in_country("ACME INC", "US")];
    let Ok(outcomes) = Resolver::new(known).resolve(&batch);
    assert_eq!(outcomes[0].party, Party::Spelling(0));
    assert_eq!(outcomes[0].candidates[0].doubt, Doubt::Country);
    assert_eq!(outcomes[1].party, Party::Company(1));
}
