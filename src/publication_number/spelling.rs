//! A text taken apart: office, letters, groups of digits, kind. Nothing here knows what an office's numbers look like.

use unicode_normalization::UnicodeNormalization as _;

use crate::publication_number::{Fault, LENGTH_MAX};

/// What stands before a piece; where several characters do, the last of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    /// A dot alone: it groups digits, or a check digit follows.
    Dot,
    /// A blank, a comma, an apostrophe: it groups digits, or nothing.
    Blank,
    /// A hyphen or dash: it may part a year from a number.
    Dash,
    /// A slash: it parts a year from a number.
    Slash,
}

#[derive(Clone, Debug)]
struct Piece {
    gap: Gap,
    text: String,
}

impl Piece {
    fn is_digits(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// A publication number as it is spelt.
#[derive(Clone, Debug, Default)]
pub(super) struct Spelling {
    /// The office, where it is said.
    pub(super) office: Option<String>,
    /// The letters that belong to the number.
    pub(super) letters: String,
    /// Its digits; a dash or slash parts them, other marks only group them.
    pub(super) parts: Vec<String>,
    /// How many digits stand together, whatever parts or groups them; the check digit is not among them.
    pub(super) groups: Vec<usize>,
    /// A last digit or `X` behind a dot.
    pub(super) check: Option<char>,
    /// The kind code.
    pub(super) kind: Option<String>,
}

/// Words that say what follows, and nothing of it.
const WORDS: [&str; 14] = [
    "PATENT",
    "PAT",
    "NO",
    "NR",
    "NUMBER",
    "PUB",
    "PUBL",
    "PUBLICATION",
    "APP",
    "APPL",
    "APPLICATION",
    "LAID",
    "OPEN",
    "UNITED",
];

/// Words that name an office. `UK` is no code of WIPO ST.3, but written where one belongs.
const OFFICE_WORDS: [(&str, &str); 10] = [
    ("UK", "GB"),
    ("STATES", "US"),
    ("KINGDOM", "GB"),
    ("EUROPEAN", "EP"),
    ("GERMAN", "DE"),
    ("FRENCH", "FR"),
    ("BRITISH", "GB"),
    ("JAPANESE", "JP"),
    ("KOREAN", "KR"),
    ("CHINESE", "CN"),
];

/// What Germany called its kinds before they had codes.
const GERMAN_KINDS: [(&str, &str); 4] = [("OS", "A"), ("AS", "B"), ("PS", "C"), ("GM", "U")];

/// How Korea and China name themselves and what a number is of.
const KOREAN_AND_CHINESE: [(&str, &str); 11] = [
    ("대한민국", " KR "),
    ("한국", " KR "),
    ("특허", " KR "),
    ("실용신안", " KR "),
    ("등록", " "),
    ("공개", " "),
    ("공보", " "),
    ("제", " "),
    ("호", " "),
    ("中国专利", " CN "),
    ("中國專利", " CN "),
];

/// What says in words that a number is that of an application.
const OF_APPLICATIONS: [&str; 5] = ["特願", "実願", "출원", "申请号", "申請號"];

/// Letters before numbers of US grants; they stand where an office would, or a kind.
pub(super) const US_LETTERS: [&str; 6] = ["D", "RE", "PP", "H", "T", "AI"];

/// How Japan writes what a number is of, and how it is read here: the longer before what it begins with.
const JAPANESE: [(&str, &str); 22] = [
    ("号公報", ""),
    ("公報", ""),
    ("号", ""),
    ("第", ""),
    ("登録実用新案", "-U-"),
    ("実用新案登録", ""),
    ("再公表特許WO", "WO"),
    ("再表WO", "WO"),
    ("再公表特許", "WO"),
    ("再表", "WO"),
    ("特開", "-A-"),
    ("特表", "-A-"),
    ("特公", "-B-"),
    ("特許", ""),
    ("実開", "-U-"),
    ("実公", "-Y-"),
    ("平成", "H"),
    ("昭和", "S"),
    ("令和", "R"),
    ("平", "H"),
    ("昭", "S"),
    ("令", "R"),
];

impl Spelling {
    /// Takes a text apart.
    pub(super) fn new(text: &str) -> Result<Self, Fault> {
        if text.chars().nth(LENGTH_MAX).is_some() {
            return Err(Fault::Unknown);
        }
        let plain: String = text.nfkc().collect::<String>().to_ascii_uppercase();
        if plain.trim_start().starts_with("PCT/") || OF_APPLICATIONS.iter().any(|word| plain.contains(word)) {
            return Err(Fault::Application);
        }
        let pieces = pieces(&western(plain)).ok_or(Fault::Unknown)?;
        Self::of(pieces).ok_or(Fault::Unknown)
    }

    fn of(pieces: Vec<Piece>) -> Option<Self> {
        let mut spelling = Self::default();
        let mut rest = pieces.into_iter().peekable();
        let mut is_first = true;
        // Letters, up to the digits: words, the office, what belongs to the number.
        while let Some(piece) = rest.next_if(|piece| !piece.is_digits()) {
            // `NO` alone is Norway.
            let is_word = WORDS.contains(&piece.text.as_str()) && !(is_first && piece.text == "NO");
            is_first = false;
            if is_word {
                continue;
            }
            if let Some((_, office)) = OFFICE_WORDS.iter().find(|(word, _)| *word == piece.text) {
                spelling.add_letters(office)?;
            } else if let Some(kind) = spelling.leading_kind(&piece) {
                let digit = rest.next_if(|next| next.gap == Gap::None && next.text.len() == 1);
                spelling.kind = Some(kind + &digit.map_or_else(String::new, |digit| digit.text));
                // What else there is of the number stands apart from it.
                rest.peek().filter(|next| next.gap != Gap::None)?;
            } else {
                spelling.add_letters(&piece.text)?;
            }
        }
        while let Some(piece) = rest.next_if(Piece::is_digits) {
            let is_check =
                piece.gap == Gap::Dot && piece.text.len() == 1 && rest.peek().is_none_or(|next| !next.is_digits());
            if !is_check || spelling.parts.is_empty() {
                spelling.groups.push(piece.text.len());
            }
            match spelling.parts.last_mut() {
                Some(_) if is_check => spelling.check = piece.text.chars().next(),
                Some(last) if piece.gap < Gap::Dash => last.push_str(&piece.text),
                _ => spelling.parts.push(piece.text),
            }
        }
        spelling.end(&rest.collect::<Vec<_>>())?;
        let has_digits = spelling.parts.iter().any(|part| !part.is_empty());
        has_digits.then_some(spelling)
    }

    /// A kind that stands before the number, as in `EP-A1-0123456`: one letter, apart from the office. Letters that
    /// could belong to the number do.
    fn leading_kind(&self, piece: &Piece) -> Option<String> {
        let office = self.office.as_deref()?;
        let is_free = self.kind.is_none() && self.letters.is_empty() && piece.gap != Gap::None;
        if let Some((_, kind)) = GERMAN_KINDS.iter().find(|(word, _)| is_free && office == "DE" && *word == piece.text)
        {
            return Some((*kind).to_owned());
        }
        let is_letter = ["A", "B", "C", "U", "Y", "T"].contains(&piece.text.as_str());
        let is_number = match office {
            "US" => US_LETTERS.contains(&piece.text.as_str()),
            _ => false,
        };
        (is_free && is_letter && !is_number).then(|| piece.text.clone())
    }

    /// Letters before the digits: the office first, unless they are those of a number that needs none.
    fn add_letters(&mut self, text: &str) -> Option<()> {
        let text = match text {
            "DES" | "DESIGN" => "D",
            "REISSUE" => "RE",
            "PLANT" => "PP",
            other => other,
        };
        // `Reissue Patent No. Re. 35,312`, `European Patent EP 1 234 567`: said twice.
        let is_said = self.letters == text || (self.letters.is_empty() && self.office.as_deref() == Some(text));
        if is_said && !text.is_empty() {
            return Some(());
        }
        let is_office =
            self.office.is_none() && self.letters.is_empty() && text.len() >= 2 && !US_LETTERS.contains(&text);
        let (office, letters) = if is_office && text == "ZL" {
            ("CN", text)
        } else if is_office {
            text.split_at_checked(2)?
        } else {
            ("", text)
        };
        if is_office {
            self.office = Some(office.to_owned());
        }
        self.letters.push_str(if letters == "DES" { "D" } else { letters });
        (self.letters.len() <= 3).then_some(())
    }

    /// What follows the digits: a kind, a check digit, or nothing.
    fn end(&mut self, rest: &[Piece]) -> Option<()> {
        match rest {
            [] => Some(()),
            [letter] if letter.gap == Gap::Dot && letter.text == "X" => {
                self.check = Some('X');
                Some(())
            }
            [letter, digit @ ..] if letter.text.len() == 1 && self.kind.is_none() => {
                let digit = match digit {
                    [] => "",
                    [digit] if digit.gap == Gap::None && digit.text.len() == 1 && digit.is_digits() => &digit.text,
                    _ => return None,
                };
                self.kind = Some(format!("{}{digit}", letter.text));
                Some(())
            }
            _ => None,
        }
    }

    /// All digits, where nothing parts them.
    pub(super) fn whole(&self) -> Option<&str> {
        if let [only] = self.parts.as_slice() { Some(only) } else { None }
    }
}

/// What Japan, Korea and China write, in letters.
fn western(mut text: String) -> String {
    if text.is_ascii() {
        return text;
    }
    let mut is_other = false;
    for (word, letters) in KOREAN_AND_CHINESE {
        if text.contains(word) {
            text = text.replace(word, letters);
            is_other = true;
        }
    }
    let mut is_japanese = false;
    for (word, letters) in JAPANESE {
        if text.contains(word) {
            text = text.replace(word, letters);
            is_japanese = true;
        }
    }
    if is_japanese && !is_other && !text.trim_start().starts_with("JP") { format!("JP{text}") } else { text }
}

/// Runs of letters and of digits, with what stands before each; none where there is anything else.
fn pieces(text: &str) -> Option<Vec<Piece>> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut gap = Gap::None;
    for letter in text.chars() {
        let found = match letter {
            'A'..='Z' | '0'..='9' => {
                let is_digit = letter.is_ascii_digit();
                match pieces.last_mut() {
                    // `U.S.` is one word.
                    Some(last)
                        if last.is_digits() == is_digit && (gap == Gap::None || gap == Gap::Dot && !is_digit) =>
                    {
                        last.text.push(letter);
                    }
                    _ => pieces.push(Piece { gap, text: letter.to_string() }),
                }
                gap = Gap::None;
                continue;
            }
            // They show nothing.
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => continue,
            '.' => Gap::Dot,
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' => Gap::Dash,
            '/' | '\u{2044}' | '\u{2215}' => Gap::Slash,
            ',' | ':' | '\'' | '\u{2019}' | '(' | ')' => Gap::Blank,
            other if other.is_whitespace() => Gap::Blank,
            _ => return None,
        };
        gap = gap.max(found);
    }
    Some(pieces)
}
