//! Words that many names share: how they are abbreviated, and which of them tell nothing.

mod abbreviations;
mod places;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use strsim::osa_distance;

use super::slips::is_of_the_hand;
use abbreviations::{ABBREVIATIONS, EITHER};
use places::{CITIES, COUNTRIES, STATES};

/// Words that are dropped wherever they stand, unless nothing else is left.
pub(super) const EMPTY: &[&str] = &[
    "the",
    "of",
    "and",
    "for",
    "in",
    "at",
    "a",
    "an",
    "und",
    "et",
    "der",
    "die",
    "das",
    "des",
    "dem",
    "fur",
    "fuer",
    "le",
    "la",
    "les",
    "de",
    "du",
    "di",
    "del",
    "della",
    "delle",
    "dei",
    "da",
    "do",
    "dos",
    "el",
    "los",
    "och",
    "og",
    "van",
    "het",
    "voor",
    "represented",
    "by",
    "through",
];

/// Common words by how they are written.
static FULL: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let written = |(full, short): &(&'static str, &'static [&'static str])| {
        short.iter().copied().chain([*full]).map(|short| (short, *full)).collect::<Vec<_>>()
    };
    ABBREVIATIONS.iter().chain(COUNTRIES).flat_map(written).collect()
});

/// Words that many names share.
static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let states = STATES.iter().map(|(state, _)| *state);
    FULL.values().copied().chain(states).chain(EMPTY.iter().copied()).chain(CITIES.iter().copied()).collect()
});

/// Long words of either kind, which are known when they are misspelt, and what they stand for.
static LONG: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let common = COMMON.iter().map(|word| (*word, *word)).filter(|(word, _)| !FULL.contains_key(word));
    let mut long: Vec<_> = common.chain(FULL.iter().map(|(short, full)| (*short, *full))).collect();
    long.retain(|(word, _)| word.len() >= MISSPELT_MIN);
    long.sort_unstable();
    long
});

/// Letters from which on a common word is known when it is misspelt.
const MISSPELT_MIN: usize = 8;

/// The word in full, where it is an abbreviation, without the plural's ending, and as it should be written, where it is a
/// common word in which letters were left out, added or changed places.
pub(super) fn full(word: &str) -> Cow<'_, str> {
    let known = |word: &str| FULL.get(word).map(|full| Cow::Borrowed(*full));
    let one = singular(word);
    let short = || word.strip_suffix('s').and_then(known);
    known(word).or_else(short).or_else(|| known(&one)).or_else(|| meant(&one).map(Cow::Borrowed)).unwrap_or(one)
}

/// What the common word stands for that a long word misspells.
fn meant(word: &str) -> Option<&'static str> {
    if word.len() < MISSPELT_MIN || COMMON.contains(word) {
        return None;
    }
    let same_first = |common: &str| common.bytes().next() == word.bytes().next();
    let close = |(common, _): &&(&'static str, &'static str)| {
        same_first(common)
            && common.len().abs_diff(word.len()) <= 1
            && !common.starts_with(word)
            && !word.starts_with(common)
            && is_of_the_hand(word, common)
            && osa_distance(word, common) == 1
    };
    LONG.iter().find(close).map(|(_, full)| *full)
}

/// What a word stands for as well, where it stands for either of two.
pub(super) fn either(word: &str) -> Option<&'static str> {
    EITHER.iter().find(|(short, _)| *short == word).map(|(_, full)| *full)
}

/// Whether a word is one that many names share.
pub(super) fn is_common(word: &str) -> bool {
    COMMON.contains(word)
}

/// The state that an abbreviation names, or a name of several words that stands for itself.
pub(super) fn state(word: &str) -> Option<&'static str> {
    STATES.iter().find(|(_, short)| short.contains(&word)).map(|(full, _)| *full)
}

/// Whether a word is a city, or a state of the United States.
pub(super) fn is_city(word: &str) -> bool {
    CITIES.contains(&word) || STATES.iter().any(|(state, _)| *state == word)
}

/// Whether a word is a country, or the abbreviation of a state.
pub(super) fn is_country_or_state(word: &str) -> bool {
    COUNTRIES.iter().any(|(country, names)| *country == word || names.contains(&word))
        || STATES.iter().any(|(state, short)| state.split(' ').any(|part| part == word) || short.contains(&word))
}

/// Without the ending of English plurals.
fn singular(word: &str) -> Cow<'_, str> {
    const LETTERS_MIN: usize = 5;
    if word.len() < LETTERS_MIN {
        return Cow::Borrowed(word);
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return Cow::Owned(format!("{stem}y"));
    }
    match word.strip_suffix('s') {
        Some(stem) if !stem.ends_with(['s', 'u', 'i']) => Cow::Borrowed(stem),
        _ => Cow::Borrowed(word),
    }
}

#[cfg(test)]
mod tests {
    use super::{ABBREVIATIONS, full, is_common, state};

    #[test]
    fn abbreviations_and_plurals_lead_to_one_word() {
        for (short, long) in
            [("intl", "international"), ("mfg", "manufacturing"), ("labs", "laboratory"), ("techs", "technology")]
        {
            assert_eq!(full(short), long);
        }
        assert_eq!(full("industries"), full("ind"));
        assert_eq!(full("siemens"), "siemen", "plurals are taken off alike from every name");
        assert_eq!(state("ky"), Some("kentucky"));
        assert!(is_common("electric") && !is_common("siemens"));
    }

    #[test]
    fn common_words_are_known_when_they_are_misspelt() {
        for (slip, word) in [("founadtion", "foundation"), ("univeristy", "university"), ("industral", "industrial")] {
            assert_eq!(full(slip), word);
        }
        assert_eq!(full("electronix"), "electronix", "another letter makes another name");
    }

    #[test]
    fn an_abbreviation_stands_for_one_word() {
        let mut all: Vec<&str> =
            ABBREVIATIONS.iter().flat_map(|(full, short)| short.iter().chain([full])).copied().collect();
        all.sort_unstable();
        let repeated: Vec<_> = all.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(repeated.is_empty(), "{repeated:?}");
    }
}
