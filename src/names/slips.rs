//! Whether one word is a slip of the pen for another.

use strsim::osa_distance;

use super::vocabulary::is_common;

/// Letters from which on a word can hold one slip, and two.
const ONE_SLIP_MIN: usize = 6;
const TWO_SLIPS_MIN: usize = 9;

/// How many slips lead from one word to the other, where they are slips and not two words.
///
/// Numbers are never misspelt; two words that many names share are two words; and so are two words which both can be read as
/// syllables of Chinese or Japanese, where each changed letter gives another name.
pub(super) fn slips(one: &str, other: &str) -> Option<usize> {
    if one == other {
        return Some(0);
    }
    let shorter = one.len().min(other.len());
    let budget = match shorter {
        0..ONE_SLIP_MIN => return None,
        ONE_SLIP_MIN..TWO_SLIPS_MIN => 1,
        _ => 2,
    };
    let number = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    if number(one) || number(other) || (is_common(one) && is_common(other)) || (is_syllabic(one) && is_syllabic(other))
    {
        return None;
    }
    let distance = osa_distance(one, other);
    (distance <= budget).then_some(distance)
}

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
    use super::{is_syllabic, slips};

    #[test]
    fn slips_are_counted() {
        for (one, other, count) in [
            ("microsoft", "microsft", 1),
            ("microsoft", "microosft", 1),
            ("foundation", "founadtion", 1),
            ("genetronic", "gentronic", 1),
            ("dekalb", "kekalb", 1),
        ] {
            assert_eq!(slips(one, other), Some(count), "{one} and {other}");
        }
    }

    #[test]
    fn other_words_are_no_slips() {
        for (one, other) in [
            ("nokia", "nokian"),
            ("electric", "electronic"),
            ("austria", "australia"),
            ("america", "american"),
            ("huaxing", "huaqing"),
            ("toshin", "toshi"),
            ("carolina", "california"),
            ("model100", "model200"),
        ] {
            assert_eq!(slips(one, other), None, "{one} and {other}");
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
