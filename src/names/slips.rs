//! Whether one word is a slip of the pen for another.

use strsim::osa_distance;

use super::vocabulary::is_common;

/// How long words and names must be to hold slips.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// Letters from which on a word can hold a slip.
    pub(super) one: usize,
    /// Letters from which on it can hold two.
    pub(super) two: usize,
}

impl Patience {
    /// For a name of so many words and letters: the more the rest of it says, the shorter a word that differs may be.
    pub(super) const fn of(words: usize, letters: usize) -> Self {
        match (words, letters) {
            (4.., 24..) => Self { one: 4, two: 6 },
            (3.., 16..) => Self { one: 4, two: 9 },
            _ => Self { one: 6, two: 9 },
        }
    }
}

/// How many slips lead from one word to the other, where they are slips and not two words.
///
/// Numbers are never misspelt; two words that many names share are two words; a word that goes on where the other ends is
/// another word; and so are two words which both can be read as syllables of Chinese or Japanese, where each changed letter
/// gives another name.
pub(super) fn slips(one: &str, other: &str, patience: Patience) -> Option<usize> {
    if one == other {
        return Some(0);
    }
    let shorter = one.len().min(other.len());
    let budget = match shorter {
        _ if shorter >= patience.two => 2,
        _ if shorter >= patience.one => 1,
        _ => return None,
    };
    let number = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    // A last letter that is doubled is a slip all the same, and so is a plural.
    let slight = long.len() == short.len() + 1 && (long.ends_with('s') || short.bytes().last() == long.bytes().last());
    let goes_on = long.starts_with(short) && !slight;
    if goes_on
        || number(one)
        || number(other)
        || (is_common(one) && is_common(other))
        || (is_syllabic(one) && is_syllabic(other))
        || (shorter < SUBSTITUTED_MIN && !is_of_the_hand(one, other))
    {
        return None;
    }
    let distance = osa_distance(one, other);
    (distance <= budget).then_some(distance)
}

/// Letters from which on another letter in a place can be a slip.
const SUBSTITUTED_MIN: usize = 6;

/// Whether letters only changed places, or one was left out, doubled or added: what hands do; another letter in a place is
/// also what another name looks like.
pub(super) fn is_of_the_hand(one: &str, other: &str) -> bool {
    one.len() != other.len() || {
        let mut letters = [one, other].map(|word| word.bytes().collect::<Vec<u8>>());
        letters.iter_mut().for_each(|letters| letters.sort_unstable());
        let [one, other] = letters;
        one == other
    }
}

/// Whether a word can be read as syllables of pinyin or of romanised Japanese or Korean.
pub(super) fn is_syllabic(word: &str) -> bool {
    const INITIALS: &[&str] = &[
        "zh", "ch", "sh", "ts", "ky", "ry", "ny", "hy", "gy", "my", "by", "py", "b", "p", "m", "f", "d", "t", "n", "l",
        "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y", "w", "",
    ];
    const FINALS: &[&str] = &[
        "iang", "iong", "uang", "ang", "eng", "ing", "ong", "iao", "ian", "uai", "uan", "ai", "ei", "ao", "ou", "an",
        "en", "in", "un", "on", "ia", "ie", "iu", "ua", "uo", "ui", "ue", "a", "e", "i", "o", "u",
    ];
    // Which prefixes of the word are whole syllables.
    let mut reached = vec![false; word.len() + 1];
    if let Some(start) = reached.first_mut() {
        *start = true;
    }
    for at in 0..word.len() {
        if reached.get(at) != Some(&true) {
            continue;
        }
        let Some(rest) = word.get(at..) else { continue };
        for initial in INITIALS {
            let Some(after) = rest.strip_prefix(initial) else { continue };
            for last in FINALS.iter().filter(|last| after.starts_with(*last)) {
                if let Some(end) = reached.get_mut(at + initial.len() + last.len()) {
                    *end = true;
                }
            }
        }
    }
    reached.last() == Some(&true)
}

#[cfg(test)]
mod tests {
    use super::{Patience, is_syllabic, slips};

    #[test]
    fn slips_are_counted() {
        for (one, other, count) in [
            ("microsoft", "microsft", 1),
            ("microsoft", "microosft", 1),
            ("foundation", "founadtion", 1),
            ("genetronic", "gentronic", 1),
            ("siemens", "seimens", 1),
            ("hoffman", "hoffmann", 1),
            ("dekalb", "kekalb", 1),
        ] {
            assert_eq!(slips(one, other, Patience::of(2, 12)), Some(count), "{one} and {other}");
        }
    }

    #[test]
    fn other_words_are_no_slips() {
        for (one, other) in [
            ("nokia", "nokian"),
            ("diagnostic", "diagnostico"),
            ("electric", "electronic"),
            ("austria", "australia"),
            ("america", "american"),
            ("huaxing", "huaqing"),
            ("toshin", "toshi"),
            ("carolina", "california"),
            ("model100", "model200"),
        ] {
            assert_eq!(slips(one, other, Patience::of(2, 12)), None, "{one} and {other}");
        }
    }

    #[test]
    fn syllables_are_read() {
        for word in ["huaxing", "shenzhen", "toyota", "mitsubishi", "kanazawa"] {
            assert!(is_syllabic(word), "{word}");
        }
        for word in ["siemens", "microsoft", "ericsson", "motorolla"] {
            assert!(!is_syllabic(word), "{word}");
        }
    }
}
