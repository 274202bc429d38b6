//! What the words of a conveyance say: the records that they name, and whether they take effect from an earlier day.

use std::fmt;

/// A place in the register: reel and frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReelFrame {
    /// The reel.
    pub reel: u32,
    /// The frame.
    pub frame: u32,
}

/// Padded, as the office's portal writes it: `027124/0640`.
impl fmt::Display for ReelFrame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}/{:04}", self.reel, self.frame)
    }
}

impl ReelFrame {
    /// Reads `27124/640` and `027124/0640`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (reel, frame) = text.trim().split_once('/')?;
        Some(Self { reel: number(reel.trim())?, frame: number(frame.trim())? })
    }
}

/// A number of digits only.
fn number(text: &str) -> Option<u32> {
    let is_number = !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// A word or a number of a text.
#[derive(Debug, PartialEq, Eq)]
enum Token<'a> {
    /// Its value, and how many digits it has.
    Number(u32, usize),
    Word(&'a str),
    Slash,
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for piece in text.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '/') {
        for (index, part) in piece.split('/').enumerate() {
            if index > 0 {
                tokens.push(Token::Slash);
            }
            if let Some(number) = number(part) {
                tokens.push(Token::Number(number, part.len()));
            } else if !part.is_empty() {
                tokens.push(Token::Word(part));
            }
        }
    }
    tokens
}

fn is_word(token: Option<&Token<'_>>, words: &[&str]) -> bool {
    matches!(token, Some(Token::Word(word)) if words.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// The records that a conveyance text names: `REEL/FRAME NO. 49111/0583`, `REEL 048818/FRAME 0520`,
/// `REEL: 48041 FRAME: 605`, `REEL 12345, FRAME 0678`. Without the word, only `(010247/0886)` is one: numbers as long as
/// those of a reel and of a padded frame.
#[must_use]
pub fn references(text: &str) -> Vec<ReelFrame> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut is_behind_reel = false;
    for at in 0..tokens.len() {
        let rest = tokens.get(at..).unwrap_or_default();
        is_behind_reel |= is_word(rest.first(), &["REEL", "REELS"]);
        let [Token::Number(reel, digits), rest @ ..] = rest else { continue };
        let slashes = rest.iter().take_while(|token| **token == Token::Slash).count();
        let rest = rest.get(slashes..).unwrap_or_default();
        let words =
            rest.iter().take_while(|token| is_word(Some(token), &["FRAME", "FRAMES", "NO", "NOS", "NUMBER"])).count();
        let named = rest.first().is_some_and(|token| is_word(Some(token), &["FRAME", "FRAMES"]));
        let Some(Token::Number(frame, padded)) = rest.get(words).filter(|_| slashes > 0 || named) else { continue };
        if is_behind_reel || *digits >= 4 && *padded == 4 && words == 0 {
            found.push(ReelFrame { reel: *reel, frame: *frame });
        }
    }
    found.dedup();
    found
}

/// Whether it says that it takes effect from a day before it was signed.
#[must_use]
pub fn is_retroactive(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    let words: Vec<&str> =
        upper.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(3).any(|three| three == ["NUNC", "PRO", "TUNC"])
}

#[cfg(test)]
mod tests {
    use super::{ReelFrame, is_retroactive, references};

    #[test]
    fn the_records_that_a_text_names_are_found_in_each_spelling() {
        for (text, expected) in [
            ("TERMINATION AND RELEASE OF PATENT SECURITY AGREEMENT RECORDED AT REEL 048818/FRAME 0520", "048818/0520"),
            ("RELEASE OF SECURITY INTEREST AT REEL/FRAME NO. 49111/0583", "049111/0583"),
            ("CORRECTIVE ASSIGNMENT TO CORRECT THE NAME PREVIOUSLY RECORDED AT REEL: 12345 FRAME: 0678", "012345/0678"),
            (
                "PREVIOUSLY RECORDED ON REEL 012345, FRAME 678. ASSIGNOR(S) HEREBY CONFIRMS THE ASSIGNMENT",
                "012345/0678",
            ),
            ("RELEASE OF SECURITY AGREEMENT (010247/0886)", "010247/0886"),
            ("AGREEMENT OF 10/2004", ""),
            ("RECORDED AT REEL/FRAME 1/2 AND 3/4", "000001/0002 000003/0004"),
            ("CORRECT PATENT NO. 7/123 OF 2 PATENTS", ""),
            ("RELEASE BY SECURED PARTY (SEE DOCUMENT FOR DETAILS).", ""),
            ("REEL 123 IS MISSING A FRAME", ""),
            ("RECORDED AT REEL 12345 FRAMES 0678-0690 AND REEL 12346, FRAME NOS. 17", "012345/0678 012346/0017"),
            ("REEL 99999999999/FRAME 1", ""),
        ] {
            let found: Vec<String> = references(text).iter().map(ToString::to_string).collect();
            assert_eq!(found.join(" "), expected, "{text}");
        }
        assert_eq!(ReelFrame::parse("027124/0640"), ReelFrame::parse("27124/640"));
        assert_eq!(ReelFrame::parse("27124"), None);
    }

    #[test]
    fn a_text_says_whether_it_takes_effect_from_before() {
        assert!(is_retroactive("NUNC PRO TUNC ASSIGNMENT (SEE DOCUMENT FOR DETAILS)."));
        assert!(is_retroactive("Assignment (nunc-pro-tunc)"));
        assert!(!is_retroactive("ASSIGNMENT OF ASSIGNORS INTEREST (SEE DOCUMENT FOR DETAILS)."));
    }
}
