//! Universities: which organ signed for them, and which of their parts is named.

use super::vocabulary::{full, is_common, state};
use super::words::Word;

/// Organs that sign for an institution, as they begin its name.
const ORGANS: &[&[&str]] = &[
    &["board", "of", "trustees"],
    &["board", "of", "regents"],
    &["board", "of", "governors"],
    &["board", "of", "supervisors"],
    &["board", "of", "curators"],
    &["board", "of", "directors"],
    &["trustees"],
    &["regents"],
    &["regent"],
    &["curators"],
    &["governors"],
    &["governing", "council"],
    &["president", "and", "fellows"],
    &["president", "and", "board", "of", "trustees"],
    &["president"],
    &["rector", "and", "visitors"],
    &["chancellor", "masters", "and", "scholars"],
    &["chancellor", "and", "masters", "and", "scholars"],
    &["provost", "fellows", "and", "scholars"],
    &["provost", "fellows", "foundation", "scholars"],
    &["administrators"],
    &["corporation"],
];

/// What stands between an organ and what it signs for: `Board of Trustees operating Michigan State University`.
const JOINTS: &[&str] = &["of", "the", "for", "operating", "acting", "by", "through", "and", "on", "behalf"];

/// Parts that are named behind a university and belong to it. Hospitals and medical centres are often others' and stay.
const PARTS: &[&str] = &[
    "research",
    "foundation",
    "school",
    "college",
    "department",
    "faculty",
    "office",
    "patent",
    "technology",
    "board",
    "trustee",
    "regent",
    "alumni",
    "campus",
    "division",
    "intellectual",
    "licensing",
    "system",
];

/// Words behind a university after which its part begins with a name of its own: `University Park Campus`.
const PART_ENDS: &[&str] = &["campus"];

/// Drops the article that begins a name.
pub(super) fn leading_article(words: &mut Vec<Word>) {
    if words.len() > 1 && words.first().is_some_and(|word| word.is("the")) {
        words.remove(0);
    }
}

/// Without an acronym that stands beside the name it abbreviates: `INSERM (Institut National …)`, `… (USAA)`.
pub(super) fn without_acronym(words: Vec<String>) -> Vec<String> {
    const INITIALS_MIN: usize = 3;
    const ACRONYM_MAX: usize = 6;
    let abbreviates = |acronym: &str, name: &[String]| {
        let mut letters = acronym.chars();
        let held = name.iter().all(|word| letters.any(|letter| initials(word).contains(&letter)));
        let mut words = name.iter();
        let few = (INITIALS_MIN..=ACRONYM_MAX).contains(&acronym.len()) && !is_common(acronym);
        // `CEA` stands for the first words of the longer name that its bearer took.
        let leads = few && acronym.chars().all(|letter| words.any(|word| initials(word).contains(&letter)));
        let first = acronym.chars().next() == name.first().and_then(|word| word.chars().next());
        name.len() >= INITIALS_MIN && first && (held || leads)
    };
    match words.as_slice() {
        [acronym, name @ ..] if abbreviates(acronym, name) => name.to_vec(),
        [name @ .., acronym] if abbreviates(acronym, name) => name.to_vec(),
        _ => words,
    }
}

/// The letters by which an acronym can stand for a word: its first, and in French the one behind an elided article.
fn initials(word: &str) -> Vec<char> {
    let mut letters = word.chars();
    let (first, second) = (letters.next(), letters.next());
    let elided = matches!(first, Some('l' | 'd')) && matches!(second, Some('a' | 'e' | 'i' | 'o' | 'u' | 'h'));
    first.into_iter().chain(second.filter(|_| elided)).collect()
}

fn find(words: &[Word], phrase: &[&str]) -> Option<usize> {
    words.windows(phrase.len()).position(|window| window.iter().zip(phrase).all(|(word, text)| word.is(text)))
}

fn is_institution(word: &Word) -> bool {
    matches!(&*full(&word.text), "university" | "college" | "institute")
}

/// Without the organ that signs for it, where an institution is named behind it.
pub(super) fn without_organs(mut words: Vec<Word>) -> Vec<Word> {
    if let Some(at) = find(&words, &["on", "behalf", "of"]) {
        let (before, after) = words.split_at(at);
        let signs = before.iter().any(|word| word.is_any(&["board", "regents", "trustees", "governors"]));
        if signs && after.iter().any(is_institution) {
            words.drain(..at + 3);
            leading_article(&mut words);
        }
    }
    let bare = |organ: &&[&str]| -> Option<Vec<Word>> {
        let begins = words.len() > organ.len() && words.iter().zip(organ.iter()).all(|(word, text)| word.is(text));
        let (_, rest) = words.split_at_checked(organ.len()).filter(|_| begins)?;
        let from = rest.iter().position(|word| !word.is_any(JOINTS))?;
        let named = rest.split_at(from).1;
        // "Board of Trustees of the University of …": another organ may follow, as in "President and Board of Trustees".
        named.iter().any(is_institution).then(|| named.to_vec())
    };
    match ORGANS.iter().find_map(bare) {
        Some(rest) => without_organs(rest),
        None => words,
    }
}

/// A university without the part of it that is named, and with its state in full.
pub(super) fn without_parts(mut words: Vec<Word>) -> Vec<Word> {
    let Some(university) = words.iter().position(|word| full(&word.text) == "university") else { return words };
    states(&mut words);
    let leads = words.get(university + 1).is_some_and(|word| word.is_any(&["of", "at"]));
    // What makes the name must stand before a part can: two words behind "of", or one before "University".
    let named = if leads { university + 2 } else { university };
    let from = if leads { named + 1 } else { university + 1 };
    if named == 0 || from > words.len() || (leads && words.get(named).is_none()) {
        return words;
    }
    let part = (from..words.len()).find(|at| {
        let rest = words.split_at(*at).1;
        rest.first().is_some_and(|word| PARTS.contains(&&*full(&word.text)))
            || rest.first().is_some_and(|word| full(&word.text) == "university" || (!leads && word.is("in")))
            || rest.last().is_some_and(|word| word.is_any(PART_ENDS) && rest.len() <= PART_WORDS_MAX)
    });
    if let Some(at) = part {
        words.truncate(at);
        while words.len() > 1 && words.last().is_some_and(|word| word.is_any(&["of", "the", "at", "and", "for"])) {
            words.pop();
        }
    }
    words
}

/// Words of a part that ends in `Campus`.
const PART_WORDS_MAX: usize = 3;

/// Spells out the states behind `of` and at the end: `University of KY`, `The State University of NJ`.
fn states(words: &mut Vec<Word>) {
    let last = words.len().saturating_sub(1);
    let mut after_of = false;
    let mut spelled = Vec::with_capacity(words.len());
    for (at, word) in words.drain(..).enumerate() {
        match state(&word.text).filter(|_| after_of || (at == last && word.text.len() > 2)) {
            Some(name) => spelled.extend(name.split(' ').map(Word::new)),
            None => spelled.push(word.clone()),
        }
        after_of = word.is("of");
    }
    *words = spelled;
}
