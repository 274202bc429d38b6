//! Texts as words: folded, without accents, and with the characters of scripts that write no spaces in ones and twos.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::text::fold;

/// Characters of a word that count.
const WORD_MAX: usize = 40;

/// Different words of one entry that are indexed.
const ENTRY_WORDS_MAX: usize = 2_000;

/// Characters of a name that are kept to look it up by its beginning and to rank it.
const NAME_MAX: usize = 160;

/// An unbroken run of letters and digits of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// It, folded.
    pub(super) text: String,
    /// Whether it is of a script without spaces.
    pub(super) is_dense: bool,
    /// Where it stands in the text, in bytes.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
}

/// Whether a character is of a script that puts no spaces between words: Chinese characters and kana.
pub(super) fn is_dense(letter: char) -> bool {
    matches!(letter,
        '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}')
}

/// Accents of Latin, Greek and Cyrillic letters. Marks of other scripts tell words apart and stay.
const fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// Adds a character as it is compared: nothing for one that no word holds.
fn push_folded(letter: char, run: &mut String) {
    if letter.is_ascii() {
        run.extend(letter.is_ascii_alphanumeric().then(|| letter.to_ascii_lowercase()));
        return;
    }
    for part in fold(letter.encode_utf8(&mut [0; 4])).nfd().filter(|part| !is_accent(*part)) {
        match part {
            // Latin letters that are no letter with an accent, such as `ø` and `ł`.
            '\u{e6}'..='\u{24f}' => run.push_str(any_ascii::any_ascii_char(part)),
            part if part.is_alphanumeric() || is_combining_mark(part) => run.push(part),
            _ => {}
        }
    }
}

/// The runs of a text, in their order.
pub(super) fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open = false;
    let mut folded = String::new();
    for (start, letter) in text.char_indices() {
        let end = start + letter.len_utf8();
        let is_mark = !letter.is_ascii() && is_combining_mark(letter);
        let belongs = letter.is_alphanumeric() || (is_mark && open);
        if !belongs {
            open = false;
            continue;
        }
        folded.clear();
        push_folded(letter, &mut folded);
        // Kana of half width are folded to those of full width, which are of a script without spaces.
        let is_dense = folded.chars().next().is_some_and(is_dense);
        match runs.last_mut().filter(|run| open && (run.is_dense == is_dense || is_mark)) {
            Some(run) => {
                run.text.push_str(&folded);
                run.end = end;
            }
            None => {
                runs.push(Run { text: folded.clone(), is_dense, start, end });
            }
        }
        open = true;
    }
    for run in &mut runs {
        if !run.text.is_ascii() {
            run.text = run.text.nfc().collect();
        }
        if run.is_dense {
            // Its characters are words by themselves, which a mark that is left by itself is not.
            run.text.retain(char::is_alphanumeric);
        } else {
            cut(&mut run.text, WORD_MAX);
        }
    }
    runs.retain(|run| run.text.chars().any(char::is_alphanumeric));
    runs
}

fn cut(text: &mut String, letters: usize) {
    if let Some((end, _)) = text.char_indices().nth(letters) {
        text.truncate(end);
    }
}

/// The pairs of neighbours in a run without spaces; a run of one is itself.
pub(super) fn pairs(run: &str) -> Vec<String> {
    let letters: Vec<char> = run.chars().collect();
    match letters.as_slice() {
        [only] => vec![only.to_string()],
        letters => letters.windows(2).map(|pair| pair.iter().collect()).collect(),
    }
}

/// The words by which texts are indexed, each once: of a run without spaces, its characters and its pairs.
pub(crate) fn words_of<'t>(texts: impl IntoIterator<Item = &'t str>) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for run in texts.into_iter().flat_map(runs) {
        if words.len() >= ENTRY_WORDS_MAX {
            break;
        }
        if run.is_dense {
            words.extend(run.text.chars().map(String::from));
            words.extend(pairs(&run.text));
        } else {
            words.insert(run.text);
        }
    }
    words
}

/// A name as it is looked up by its beginning: its runs with spaces between them, as far as they count.
pub(crate) fn name_of(text: &str) -> String {
    let mut name = String::new();
    for run in runs(text) {
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(&run.text);
        if name.len() >= NAME_MAX * 4 {
            break;
        }
    }
    cut(&mut name, NAME_MAX);
    name.truncate(name.trim_end().len());
    name
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{name_of, runs, words_of};

    #[test]
    fn case_accents_and_width_do_not_matter() {
        assert_eq!(name_of("Société Électrique (Zürich)"), "societe electrique zurich");
        assert_eq!(name_of("E\u{301}lectrique"), "electrique");
        assert_eq!(name_of("ＸＩＡＯＭＩ Inc."), "xiaomi inc");
        assert_eq!(name_of("Møller–Mærsk Łódź Straße"), "moller maersk lodz strasse");
        assert_eq!(name_of("AT&T"), "at t");
    }

    #[test]
    fn scripts_without_spaces_are_indexed_by_ones_and_twos() {
        let words: Vec<String> = words_of(["小米科技 Inc"]).into_iter().collect();
        assert_eq!(words, ["inc", "小", "小米", "技", "科", "科技", "米", "米科"]);
        assert_eq!(name_of("株式会社ガス 5G対応"), "株式会社ガス 5g 対応");
        assert_eq!(name_of("aｦ"), "a ヲ");
        assert_eq!(name_of("𠀀\u{1cf00}"), "𠀀");
        assert_eq!(name_of("삼성전자 주식회사"), "삼성전자 주식회사");
    }

    proptest! {
        /// Words go into the query languages of both databases: they hold nothing that has a meaning there.
        #[test]
        fn words_hold_letters_digits_and_marks_alone(text in ".{0,60}") {
            for word in words_of([text.as_str()]) {
                prop_assert!(word.chars().any(char::is_alphanumeric));
                for letter in word.chars() {
                    prop_assert!(letter.is_alphanumeric() || !letter.is_ascii(), "{word:?}");
                    prop_assert!(!letter.is_whitespace() && !letter.is_control(), "{word:?}");
                }
            }
        }

        #[test]
        fn a_name_is_its_own_name(text in ".{0,60}") {
            let name = name_of(&text);
            prop_assert_eq!(name_of(&name), name);
        }

        #[test]
        fn runs_stand_in_the_text_one_behind_another(text in ".{0,60}") {
            let mut at = 0;
            for run in runs(&text) {
                prop_assert!(at <= run.start && run.start < run.end && text.get(run.start..run.end).is_some());
                at = run.end;
            }
        }
    }
}
