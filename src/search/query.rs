//! A text that is searched for.

use super::words::{pairs, runs};

/// Characters of a text at most.
pub(crate) const TEXT_MAX: usize = 256;

/// Words of a text that count; those behind them are passed over.
pub(crate) const WORDS_MAX: usize = 32;

/// The shortest beginning of a word that is completed to the words that are indexed; a shorter one is only looked for at
/// the beginning of names.
const COMPLETED_MIN: usize = 2;

/// A text that is searched for, as words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// As it was written.
    pub text: String,
    /// It, as names are looked up.
    pub(crate) name: String,
    /// The words that must be there, as they are indexed, each once; without the last, where that may be a beginning.
    pub(crate) words: Vec<String>,
    /// The last word, which may be the beginning of one.
    pub(crate) last: Option<String>,
    /// The runs that a name is ranked by; the last may be a beginning.
    pub(super) runs: Vec<String>,
}

impl Query {
    /// Reads a text. It finds nothing when it holds no letter and no digit.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut found = runs(text);
        found.truncate(WORDS_MAX);
        let names: Vec<String> = found.iter().map(|run| run.text.clone()).collect();
        let last = found.pop_if(|run| !run.is_dense).map(|run| run.text);
        let mut words = Vec::new();
        for word in found.iter().flat_map(|run| if run.is_dense { pairs(&run.text) } else { vec![run.text.clone()] }) {
            if !words.contains(&word) && words.len() < WORDS_MAX {
                words.push(word);
            }
        }
        Self { text: text.to_owned(), name: names.join(" "), words, last, runs: names }
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The last word, where it is long enough to be completed.
    pub(crate) fn completed(&self) -> Option<&str> {
        self.last.as_deref().filter(|last| last.chars().nth(COMPLETED_MIN - 1).is_some())
    }

    /// The same with other words in the place of some.
    pub(crate) fn corrected(&self, instead: impl Fn(&str) -> Option<String>) -> Self {
        let runs: Vec<String> = self.runs.iter().map(|run| instead(run).unwrap_or_else(|| run.clone())).collect();
        Self::new(&runs.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::Query;

    #[test]
    fn the_last_word_may_be_a_beginning() {
        let query = Query::new("  Nokia—Xia");
        assert_eq!((query.words.as_slice(), query.last.as_deref()), (&["nokia".to_owned()][..], Some("xia")));
        assert_eq!(query.name, "nokia xia");
        assert_eq!(Query::new("Nokia x").completed(), None);
    }

    #[test]
    fn a_run_without_spaces_is_asked_for_by_its_pairs() {
        let query = Query::new("北京小米");
        assert_eq!((query.words.join(" ").as_str(), query.last), ("北京 京小 小米", None));
    }

    #[test]
    fn punctuation_asks_for_nothing() {
        assert!(Query::new(" \"*() AND\u{0}? ".replace("AND", "").as_str()).is_empty());
    }
}
