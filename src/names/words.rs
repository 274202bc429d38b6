//! From a recorded spelling to its words: folded, in Latin letters, with initials joined.

use any_ascii::any_ascii;

use super::repair::repair;
use crate::text::fold;

/// A word of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Lower-case ASCII letters and digits; `/` only between single letters, as in `a/s`.
    pub(super) text: String,
    /// Whether a comma, a semicolon, a bracket or a dash between blanks stands before it.
    pub(super) breaks: bool,
}

impl Word {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), breaks: false }
    }

    pub(super) fn is(&self, text: &str) -> bool {
        self.text == text
    }

    pub(super) fn is_any(&self, texts: &[&str]) -> bool {
        texts.contains(&self.text.as_str())
    }

    pub(super) fn has_digit(&self) -> bool {
        self.text.bytes().any(|byte| byte.is_ascii_digit())
    }

    fn is_initial(&self) -> bool {
        self.text.len() == 1 && !self.has_digit()
    }
}

/// Legal forms in scripts without blanks, which would else grow into the name: (as folded, in Latin letters).
const UNSPACED: &[(&str, &str)] = &[
    ("株式会社", " kk "),
    ("(株)", " kk "),
    ("有限会社", " yk "),
    ("合同会社", " gk "),
    ("股份有限公司", " co ltd "),
    ("有限责任公司", " co ltd "),
    ("有限責任公司", " co ltd "),
    ("有限公司", " co ltd "),
    ("集团", " group "),
    ("集團", " group "),
    ("주식회사", " co ltd "),
    ("(주)", " co ltd "),
    ("유한회사", " co ltd "),
];

/// What stands between two words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Blank,
    Slash,
    Break,
}

/// The words of a spelling.
pub(super) fn words(spelling: &str) -> Vec<Word> {
    join_initials(split(&any_ascii(&with_forms_apart(fold(&repair(spelling)))).to_ascii_lowercase()))
}

/// A folded name, in which legal forms of scripts without blanks are in Latin letters and stand apart.
pub(crate) fn with_forms_apart(mut folded: String) -> String {
    for (unspaced, latin) in UNSPACED {
        if folded.contains(unspaced) {
            folded = folded.replace(unspaced, latin);
        }
    }
    folded
}

fn split(text: &str) -> Vec<(Gap, Word)> {
    let mut found: Vec<(Gap, Word)> = Vec::new();
    let mut gap = Gap::Blank;
    let mut open = false;
    let mut before = ' ';
    for character in text.chars() {
        match character {
            _ if character.is_ascii_alphanumeric() => {
                match found.last_mut().filter(|_| open) {
                    Some((_, word)) => word.text.push(character),
                    None => found.push((gap, Word { text: character.to_string(), breaks: gap == Gap::Break })),
                }
                (open, gap) = (true, Gap::Blank);
            }
            // "d'Énergie" is "Énergie", but "L'Air" begins a name; "INT'L" is one word.
            '\'' | '`' => {
                let elided = |(_, word): &mut (Gap, Word)| word.is("l") || word.is("d");
                if open
                    && found.len() > 1
                    && let Some((before, word)) = found.pop_if(elided)
                {
                    gap = if word.breaks { Gap::Break } else { before };
                    open = false;
                }
            }
            '&' | '+' => {
                found.push((gap, Word { text: "and".to_owned(), breaks: gap == Gap::Break }));
                (open, gap) = (false, Gap::Blank);
            }
            _ => {
                open = false;
                let dash = character == '-' && before == ' ';
                if dash || matches!(character, ',' | ';' | '(' | ')' | '[' | ']' | '"' | '|') {
                    gap = Gap::Break;
                } else if character == '/' && gap == Gap::Blank {
                    gap = Gap::Slash;
                }
            }
        }
        before = character;
    }
    found
}

/// Joins single letters that follow one another: `U.S.`, `U S` and `US` are the same word, and `A/S` keeps its stroke.
fn join_initials(split: Vec<(Gap, Word)>) -> Vec<Word> {
    let mut joined: Vec<Word> = Vec::new();
    let mut initials = false;
    for (gap, word) in split {
        let initial = word.is_initial();
        match joined.last_mut() {
            Some(last) if initials && initial && gap != Gap::Break => {
                if gap == Gap::Slash {
                    last.text.push('/');
                }
                last.text.push_str(&word.text);
            }
            _ => joined.push(word),
        }
        initials = initial;
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::words;

    fn spaced(spelling: &str) -> String {
        words(spelling).into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn initials_are_joined_however_they_are_written() {
        for spelling in ["U.S. Well Services", "US WELL SERVICES", "U S Well Services", "u. s. well services "] {
            assert_eq!(spaced(spelling), "us well services");
        }
        assert_eq!(spaced("Telefonaktiebolaget L M Ericsson (publ)"), "telefonaktiebolaget lm ericsson publ");
        assert_eq!(spaced("Novo Nordisk A/S"), "novo nordisk a/s");
        assert_eq!(spaced("Spółka z o.o."), "spolka zoo");
    }

    #[test]
    fn every_script_becomes_latin_and_forms_stand_apart() {
        assert_eq!(spaced("ООО «Яндекс»"), "ooo yandeks");
        assert_eq!(spaced("㈱東芝"), spaced("株式会社東芝"));
        assert!(spaced("华为技术有限公司").ends_with(" co ltd"));
        assert_eq!(spaced("ＮＥＣ"), "nec");
    }

    #[test]
    fn a_comma_is_kept_as_a_break() {
        let breaks: Vec<bool> = words("Rutgers, The State - of").iter().map(|word| word.breaks).collect();
        assert_eq!(breaks, [false, true, false, true]);
    }
}
