//! A recorded spelling brought to the form in which it is compared.

use super::cuts::{Cut, cut};
use super::forms::{self, Form};
use super::vocabulary::{EMPTY, either, full};
use super::words::{Word, words};
use super::{governments, institutions, turned};

/// A recorded spelling, normalised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The words that tell it apart, in full and without plurals.
    pub(super) words: Vec<String>,
    /// The words without blanks: how it is compared, since blanks and hyphens come and go.
    pub(super) text: String,
    /// What it is also known by, likewise.
    pub(super) also: Vec<String>,
    /// All its words in the order of the alphabet, where they are enough to tell a name without their order.
    pub(super) bag: Option<String>,
    /// Its legal form.
    pub(super) form: Form,
}

/// Words from which on their order does not matter: `Washington University` is not the `University of Washington`.
const BAG_WORDS_MIN: usize = 3;

/// Words from which on another name of a company is enough to tell it.
const ALSO_WORDS_MIN: usize = 4;

impl Name {
    /// Normalises a spelling.
    #[must_use]
    pub fn new(spelling: &str) -> Self {
        let mut all = words(spelling);
        institutions::leading_article(&mut all);
        governments::governments(&mut all);
        let every = telling(&institutions::without_organs(strip(all.clone()).0));
        let agency = governments::agency(&all);
        let Cut { words, also } = cut(institutions::without_organs(all));
        let turned = turned::turned(&words).map(|words| telling(&words).concat());
        let (words, form) = strip(words);
        let glued = turned::glued(&words);
        let read = either_way(&words).map(|words| telling(&words).concat());
        let words = institutions::without_acronym(telling(&institutions::without_parts(words)));
        let also = also.into_iter().chain(agency).map(|words| telling(&institutions::without_parts(strip(words).0)));
        let also = also.filter(|words| words.len() >= ALSO_WORDS_MIN).map(|words| words.concat());
        let also = also.chain(turned).chain(glued).chain(read).collect();
        let bag = (every.len() >= BAG_WORDS_MIN).then(|| {
            let mut sorted = every;
            sorted.sort_unstable();
            sorted.join(" ")
        });
        Self { text: words.concat(), words, also, bag, form }
    }

    /// Whether nothing is left that could be compared.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

fn strip(mut words: Vec<Word>) -> (Vec<Word>, Form) {
    let form = forms::take(&mut words);
    (words, form)
}

/// The other reading, where a word stands for either of two: `Matsushita Electric Ind`. None where there is only one.
fn either_way(words: &[Word]) -> Option<Vec<Word>> {
    let read = |word: &Word| either(&word.text).map_or_else(|| word.clone(), Word::new);
    let is_read = words.len() > 1 && words.iter().any(|word| either(&word.text).is_some());
    is_read.then(|| words.iter().map(read).collect())
}

/// The words that tell names apart, in full.
fn telling(words: &[Word]) -> Vec<String> {
    let told: Vec<&Word> = words.iter().filter(|word| !word.is_any(EMPTY)).collect();
    let kept: Vec<&Word> = if told.is_empty() { words.iter().collect() } else { told };
    // A single word is a name, not an abbreviation.
    let alone = kept.len() == 1;
    let text = |word: &&Word| {
        let word = word.text.replace('/', "");
        if alone { umlauts(&word) } else { spelled(&word) }
    };
    kept.iter().map(text).collect()
}

fn spelled(word: &str) -> String {
    let full = match forms::misspelt(word) {
        Some("aktiengesellschaft") => "ag".into(),
        _ => full(word),
    };
    umlauts(&full)
}

/// `Koehler`, `Köhler` and `Kohler` are one: an `e` behind `a`, `o` or `u` is dropped, where no vowel or `q` stands before.
fn umlauts(word: &str) -> String {
    const LETTERS_MIN: usize = 6;
    if word.len() < LETTERS_MIN {
        return word.to_owned();
    }
    let mut text = String::with_capacity(word.len());
    let (mut before, mut last) = (' ', ' ');
    for letter in word.chars() {
        let umlaut =
            letter == 'e' && matches!(last, 'a' | 'o' | 'u') && !matches!(before, 'a' | 'e' | 'i' | 'o' | 'u' | 'q');
        if !umlaut {
            text.push(letter);
        }
        (before, last) = (last, letter);
    }
    text
}
