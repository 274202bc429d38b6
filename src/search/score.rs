//! How well a name answers a query.
//!
//! A score is a class and, within it, how much else the name holds: classes are hundreds. The same on both databases, it
//! says nothing but the order within one answer.

use super::query::Query;
use super::words::is_dense;

/// A publication under just the number that was asked for.
pub(crate) const EXACT_NUMBER: i64 = 1_200;
/// A publication that the number can mean.
pub(crate) const FITTING_NUMBER: i64 = 1_100;

const WHOLE: i64 = 1_000;
const BEGINS_WITH_WORDS: i64 = 900;
const BEGINS: i64 = 800;
const TOGETHER: i64 = 700;
const ALL: i64 = 600;
const SOME: i64 = 300;
/// What one misspelt word costs.
const SLIP: i64 = 120;
/// What is taken off at most for what a name holds besides.
const BESIDE_MAX: usize = 99;

/// What is known of a match besides the name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Matched {
    /// Whether the index says that all words are there, though not all in the name.
    pub(crate) is_found: bool,
    /// Whether it is another name of what is found than its own.
    pub(crate) is_other_name: bool,
    /// How many slips were taken for the words of the query.
    pub(crate) slips: usize,
}

/// The score of a name, in the form of `name_of`; none when it does not answer.
pub(crate) fn score(query: &Query, name: &str, matched: Matched) -> Option<i64> {
    let beside = name.chars().count().saturating_sub(query.name.chars().count()).min(BESIDE_MAX);
    let beside = i64::try_from(beside).unwrap_or(0);
    let base = if name == query.name {
        WHOLE
    } else if let Some(rest) = name.strip_prefix(&query.name) {
        let is_whole_word = rest.starts_with(' ') || query.name.ends_with(is_dense);
        (if is_whole_word { BEGINS_WITH_WORDS } else { BEGINS }) - beside
    } else {
        let present = present(query, name);
        if present == query.runs.len() {
            (if stands_together(&query.name, name) { TOGETHER } else { ALL }) - beside
        } else if matched.is_found {
            // A third of a class for the share of words that the name has.
            SOME + i64::try_from(100 * present / query.runs.len().max(1)).unwrap_or(0)
        } else {
            return None;
        }
    };
    let slips = i64::try_from(matched.slips).unwrap_or(i64::MAX).saturating_mul(SLIP);
    Some((base - i64::from(matched.is_other_name)).saturating_sub(slips).max(1))
}

/// How many of a query's words a name has; the last may be the beginning of one.
fn present(query: &Query, name: &str) -> usize {
    let words: Vec<&str> = name.split(' ').collect();
    let has = |(place, run): (usize, &String)| {
        if run.starts_with(is_dense) {
            name.contains(run.as_str())
        } else if place + 1 == query.runs.len() {
            words.iter().any(|word| word.starts_with(run.as_str()))
        } else {
            words.contains(&run.as_str())
        }
    };
    query.runs.iter().enumerate().filter(|entry| has((entry.0, entry.1))).count()
}

/// Whether the words stand one behind another.
fn stands_together(query: &str, name: &str) -> bool {
    let at_word = |at: usize| at == 0 || name.get(..at).is_some_and(|before| before.ends_with(' '));
    name.match_indices(query).any(|(at, _)| at_word(at) || query.starts_with(is_dense))
}

#[cfg(test)]
mod tests {
    use super::{Matched, Query, score};
    use crate::search::name_of;

    const PLAIN: Matched = Matched { is_found: true, is_other_name: false, slips: 0 };

    fn of(text: &str, name: &str) -> i64 {
        score(&Query::new(text), &name_of(name), PLAIN).unwrap_or(0)
    }

    #[test]
    fn the_more_of_a_name_is_asked_for_the_better() {
        let names = ["Nokia", "Nokia Bell Labs", "Nokian Tyres", "Bell Nokia Labs", "Labs of Nokia's Kin", "Acme"];
        let scores: Vec<i64> = names.iter().map(|name| of("nokia", name)).collect();
        assert_eq!(scores, [1000, 890, 793, 690, 686, 300]);
    }

    #[test]
    fn a_phrase_is_better_than_its_words() {
        assert!(of("bell labs", "Alcatel Bell Labs") > of("bell labs", "Labs of Alcatel Bell"));
        assert!(of("小米", "北京小米科技") > of("小米", "北京小科技米"));
    }

    #[test]
    fn a_name_that_lacks_a_word_answers_only_where_the_index_says_so() {
        let query = Query::new("nokia antenna");
        assert_eq!(score(&query, "nokia", Matched { is_found: false, ..PLAIN }), None);
        assert!(score(&query, "nokia", PLAIN) > score(&query, "acme", PLAIN));
    }
}
