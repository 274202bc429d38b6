//! The part of a text that shows why it was found.

use super::query::Query;
use super::words::{is_dense, runs};

/// Characters of a fragment, about.
const LENGTH: usize = 160;
/// Characters before the first match.
const BEFORE: usize = 40;
const CUT: &str = "…";

/// A piece of a fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// As it stands in the text.
    pub(crate) text: String,
    /// Whether it is what was searched for.
    pub(crate) is_match: bool,
}

/// How many words of a query a text has.
pub(crate) fn covered(query: &Query, text: &str) -> usize {
    let found = runs(text);
    let last = query.runs.len().saturating_sub(1);
    let has = |(place, asked): (usize, &String)| {
        found.iter().any(|run| part(asked, place == last, run.text.as_str()).is_some())
    };
    query.runs.iter().enumerate().filter(|(place, asked)| has((*place, asked))).count()
}

/// Which characters of a run a word of a query stands for: from, and how many. The last word may be a beginning.
fn part(asked: &str, is_last: bool, run: &str) -> Option<(usize, usize)> {
    let length = asked.chars().count();
    if asked.starts_with(is_dense) {
        let at = run.find(asked)?;
        return Some((run.get(..at)?.chars().count(), length));
    }
    (run == asked || (is_last && run.starts_with(asked))).then_some((0, length))
}

/// The matches of a query in a text, as ranges of bytes, in their order and apart from one another.
fn matches(query: &Query, text: &str) -> Vec<(usize, usize)> {
    let last = query.runs.len().saturating_sub(1);
    let mut found: Vec<(usize, usize)> = Vec::new();
    for run in runs(text) {
        for (place, asked) in query.runs.iter().enumerate() {
            let Some((from, length)) = part(asked, place == last, &run.text) else { continue };
            let Some(written) = text.get(run.start..run.end) else { continue };
            // Where folding changed the number of characters, the whole run is meant.
            let same = written.chars().count() == run.text.chars().count();
            let at = |place: usize| written.char_indices().nth(place).map_or(run.end, |(at, _)| run.start + at);
            let range = if same { (at(from), at(from + length)) } else { (run.start, run.end) };
            found.push(range);
        }
    }
    found.sort_unstable();
    let mut apart: Vec<(usize, usize)> = Vec::new();
    for (start, end) in found {
        match apart.last_mut().filter(|before| start <= before.1) {
            Some(before) => before.1 = before.1.max(end),
            None => apart.push((start, end)),
        }
    }
    apart
}

/// A text of which everything is what was searched for.
pub(crate) fn whole(text: &str) -> Vec<Piece> {
    vec![Piece { text: text.to_owned(), is_match: true }]
}

/// The part of a text around its matches: of a long text, that with most of them. What was cut off is shown by `…`.
pub(crate) fn fragment(query: &Query, text: &str) -> Vec<Piece> {
    let matches = matches(query, text);
    let (from, to) = window(text, &matches);
    let mut pieces = Vec::new();
    let mut push = |text: &str, is_match: bool| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), is_match });
        }
    };
    push(if from > 0 { CUT } else { "" }, false);
    let mut at = from;
    for (start, end) in matches.into_iter().filter(|(start, end)| *start >= from && *end <= to) {
        push(text.get(at..start).unwrap_or_default(), false);
        push(text.get(start..end).unwrap_or_default(), true);
        at = end;
    }
    push(text.get(at..to).unwrap_or_default(), false);
    push(if to < text.len() { CUT } else { "" }, false);
    pieces
}

/// From which byte to which a text is shown.
fn window(text: &str, matches: &[(usize, usize)]) -> (usize, usize) {
    let letters: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    if letters.len() <= LENGTH {
        return (0, text.len());
    }
    // Offsets of the characters stand in order: a byte's character is found by halving.
    let place = |byte: usize| letters.partition_point(|at| *at < byte);
    let places: Vec<(usize, usize)> = matches.iter().map(|(start, end)| (place(*start), place(*end))).collect();
    let within = |from: usize| places.iter().filter(|(start, end)| *start >= from && *end <= from + LENGTH).count();
    let starts = places.iter().map(|(start, _)| start.saturating_sub(BEFORE)).take(64);
    let mut best = (0, 0);
    for start in starts {
        let count = within(start);
        if count > best.1 {
            best = (start, count);
        }
    }
    let start = best.0.min(letters.len() - LENGTH);
    let byte = |place: usize| letters.get(place).copied().unwrap_or(text.len());
    // Words are shown whole, where there are spaces.
    let (mut from, mut to) = (byte(start), byte(start + LENGTH));
    let first = matches.iter().find(|(start, _)| *start >= from).map_or(to, |(start, _)| *start);
    if from > 0
        && let Some(space) = text.get(from..first).and_then(|before| before.find(' '))
    {
        from += space + 1;
    }
    let last = matches.iter().rfind(|(_, end)| *end <= to).map_or(from, |(_, end)| *end);
    if to < text.len()
        && let Some(space) = text.get(last..to).and_then(|behind| behind.rfind(' '))
    {
        to = last + space;
    }
    (from, to)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Query, fragment};

    /// Matches in brackets.
    fn shown(query: &str, text: &str) -> String {
        let pieces = fragment(&Query::new(query), text);
        pieces.into_iter().map(|piece| if piece.is_match { format!("[{}]", piece.text) } else { piece.text }).collect()
    }

    #[test]
    fn what_was_searched_for_is_marked_as_it_is_written() {
        assert_eq!(shown("electrique sig", "Électrique: 3 SIGNALS"), "[Électrique]: 3 [SIG]NALS");
        assert_eq!(shown("小米", "北京小米科技"), "北京[小米]科技");
        assert_eq!(shown("strasse", "Hohe Straße"), "Hohe [Straße]");
        assert_eq!(shown("nothing", "else"), "else");
    }

    #[test]
    fn a_long_text_is_cut_around_its_matches() {
        let text = format!("{}an antenna array for beams {}", "far away ".repeat(40), "behind it ".repeat(40));
        let shown = shown("antenna arr", &text);
        assert!(shown.starts_with('…') && shown.ends_with('…'), "{shown}");
        assert!(shown.contains("an [antenna] [arr]ay for"), "{shown}");
        assert!(shown.chars().count() <= 170, "{shown}");
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text(query in ".{0,12}", text in ".{0,120}") {
            let pieces = fragment(&Query::new(&query), &text);
            let joined: String = pieces.into_iter().map(|piece| piece.text).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
