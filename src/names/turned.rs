//! A name as it is also written: turned about, and without the blanks of its particles.

use super::forms::{self, Form};
use super::vocabulary::{EMPTY, full, is_city, is_common, is_country_or_state};
use super::words::Word;

/// Bibliographic data turn names of persons about: `LILLY CO ELI` is `Eli Lilly Co`. What stands behind the form in the
/// middle is a first name or initials, and neither a place nor a common word.
pub(super) fn turned(words: &[Word]) -> Option<Vec<Word>> {
    const FIRST_NAMES_MAX: usize = 2;
    let first_name = |word: &Word| {
        let text = &word.text;
        let other = is_common(&full(text)) || is_city(text) || is_country_or_state(text) || word.is_any(EMPTY);
        !word.breaks && !word.has_digit() && !other && !forms::ends_names(word)
    };
    (1..words.len()).rev().find_map(|at| {
        let (head, rest) = words.split_at(at);
        let whole = rest.len() <= FIRST_NAMES_MAX && rest.iter().all(first_name);
        let mut head = head.to_vec();
        let form = if whole { forms::take(&mut head) } else { Form::Bare };
        (form != Form::Bare).then(|| rest.iter().chain(&head).cloned().collect())
    })
}

/// Particles that come with a blank and without.
const PARTICLES: &[&str] = &["du", "de", "di", "da", "do", "la", "le", "el", "van", "het", "der", "del"];

/// All words without blanks, particles too: `E. I. Du Pont de Nemours` and `E.I. duPont de Nemours`. None without particles.
pub(super) fn glued(words: &[Word]) -> Option<String> {
    const LETTERS_MIN: usize = 10;
    let kept = words.iter().filter(|word| !word.is_any(EMPTY) || word.is_any(PARTICLES));
    let text: String = kept.map(|word| full(&word.text).into_owned()).collect();
    let holds = words.iter().any(|word| word.is_any(PARTICLES));
    (holds && text.len() >= LETTERS_MIN).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{glued, turned};
    use crate::names::words::words;

    fn turned_text(spelling: &str) -> Option<String> {
        turned(&words(spelling)).map(|words| words.into_iter().map(|word| word.text).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn first_names_stand_behind_the_form() {
        assert_eq!(turned_text("LILLY CO ELI").as_deref(), Some("eli lilly"));
        assert_eq!(turned_text("GOODRICH CO B F").as_deref(), Some("bf goodrich"));
        for name in ["Sanyo Electric Co Tokyo", "Eli Lilly and Company", "Acme Inc., Research", "Ford Motor Co Canada"]
        {
            assert_eq!(turned_text(name), None, "{name}");
        }
    }

    #[test]
    fn particles_stand_with_a_blank_or_without() {
        assert_eq!(glued(&words("E. I. Du Pont de Nemours")), glued(&words("E.I. duPont de Nemours")));
        assert_eq!(glued(&words("Acme Widgets")), None);
    }
}
