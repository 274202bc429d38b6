//! Words that are spelt nearly alike: found by what is left of them when one letter is left out.

use std::collections::BTreeSet;

use strsim::osa_distance;

/// The shortest word that is looked for by other spellings: of shorter ones, too many are alike.
const NEAR_MIN: usize = 4;
const NEAR_MAX: usize = 24;
/// From this many letters on, two slips are allowed.
const LONG: usize = 6;

/// The keys by which a word is found when one letter is wrong, missing, too many or changed places with its neighbour: 64
/// bits of FNV-1a of the word, and of it without each of its letters. Two such words share a key. None for words that are
/// too short or too long for that, or hold digits.
pub(crate) fn near_keys(word: &str) -> BTreeSet<i64> {
    let letters: Vec<char> = word.chars().collect();
    let is_apt = (NEAR_MIN..=NEAR_MAX).contains(&letters.len()) && letters.iter().all(|letter| letter.is_alphabetic());
    let mut keys = BTreeSet::new();
    if !is_apt || letters.iter().any(|letter| super::words::is_dense(*letter)) {
        return keys;
    }
    keys.insert(hash(letters.iter()));
    for left_out in 0..letters.len() {
        keys.insert(hash(letters.iter().enumerate().filter(|(place, _)| *place != left_out).map(|(_, letter)| letter)));
    }
    keys
}

fn hash<'a>(letters: impl Iterator<Item = &'a char>) -> i64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for letter in letters {
        for byte in u32::from(*letter).to_le_bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash.cast_signed()
}

/// How many slips make one word of another; none when they are too many.
pub(crate) fn distance(word: &str, other: &str) -> Option<usize> {
    let slips = osa_distance(word, other);
    let allowed = if word.chars().count() < LONG { 1 } else { 2 };
    (slips <= allowed).then_some(slips)
}

#[cfg(test)]
mod tests {
    use super::{distance, near_keys};

    #[test]
    fn words_with_one_slip_share_a_key() {
        for (word, other) in [
            ("xiaomi", "xaiomi"),
            ("huawei", "huwei"),
            ("ericsson", "ericcson"),
            ("qualcomm", "qualcom"),
            ("nokia", "noxkia"),
            ("société", "sociéte"),
        ] {
            assert!(!near_keys(word).is_disjoint(&near_keys(other)), "{word} {other}");
            assert_eq!(distance(word, other), Some(1), "{word} {other}");
        }
        assert!(near_keys("nokia").is_disjoint(&near_keys("sharp")));
        assert!(near_keys("ibm").is_empty() && near_keys("h264").is_empty());
    }
}
