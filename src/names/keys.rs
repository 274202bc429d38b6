//! Keys by which a store finds the spellings that a name is to be compared with.

use super::normal::Name;

/// A key of a name: 64 bits, the same on every machine and in every release, so that it can be stored and indexed.
///
/// Names that share a key are worth comparing; they need not be one company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(i64);

/// The number of the rules that make the keys. It goes up with every change of a rule by which a name gets other keys: a store
/// says by it which of its keys are of older rules, and makes them anew.
pub const RULES: i32 = 1;

/// Which part of a name a key stands for.
#[derive(Clone, Copy)]
enum Part {
    /// The whole text of the name, or of another name of it.
    Whole,
    /// All words, without their order.
    Bag,
    /// The first half of a text of a length.
    Head,
    /// The second half of a text of a length.
    Tail,
}

/// How much longer or shorter a misspelt name can be.
const LONGER_MAX: usize = 2;

/// The shortest text that is looked for by its halves.
const HALVED_MIN: usize = 6;

impl Key {
    /// As a number to be stored.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }

    /// From a number that was stored.
    #[must_use]
    pub const fn from_number(number: i64) -> Self {
        Self(number)
    }

    /// FNV-1a over the part, the length and the text. Its constants are the standard's.
    fn of(part: Part, length: usize, text: &[u8]) -> Self {
        const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
        const PRIME: u64 = 0x0000_0100_0000_01b3;
        let part = match part {
            Part::Whole => 0,
            Part::Bag => 1,
            Part::Head => 2,
            Part::Tail => 3,
        };
        let length = u64::try_from(length).unwrap_or(u64::MAX).to_le_bytes();
        let bytes = [part].into_iter().chain(length).chain(text.iter().copied());
        let hash = bytes.fold(BASIS, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME));
        Self(i64::from_le_bytes(hash.to_le_bytes()))
    }
}

impl Name {
    /// The keys under which a spelling is to be stored: at most a handful.
    #[must_use]
    pub fn stored_keys(&self) -> Vec<Key> {
        let mut keys = self.exact_keys();
        keys.extend(self.halves(self.text.len()));
        sorted(keys)
    }

    /// The keys under which the spellings are stored that this name can match.
    #[must_use]
    pub fn wanted_keys(&self) -> Vec<Key> {
        let mut keys = self.exact_keys();
        let length = self.text.len();
        for other in length.saturating_sub(LONGER_MAX)..=length + LONGER_MAX {
            keys.extend(self.halves(other));
        }
        sorted(keys)
    }

    fn exact_keys(&self) -> Vec<Key> {
        let whole = |text: &String| Key::of(Part::Whole, text.len(), text.as_bytes());
        let mut keys: Vec<Key> =
            self.also.iter().chain([&self.text]).filter(|text| !text.is_empty()).map(whole).collect();
        keys.extend(self.bag.iter().map(|bag| Key::of(Part::Bag, bag.len(), bag.as_bytes())));
        keys
    }

    /// The halves that a text of a length shares with this one, when slips touch only the other half.
    fn halves(&self, length: usize) -> impl Iterator<Item = Key> {
        let text = self.text.as_bytes();
        let (head, tail) = (length / 2, length - length / 2);
        let long_enough = self.text.len() >= HALVED_MIN && length >= HALVED_MIN;
        let head = text.get(..head).filter(|_| long_enough).map(|half| Key::of(Part::Head, length, half));
        let from = text.len().checked_sub(tail);
        let tail = from.and_then(|from| text.get(from..)).filter(|_| long_enough);
        head.into_iter().chain(tail.map(|half| Key::of(Part::Tail, length, half)))
    }
}

fn sorted(mut keys: Vec<Key>) -> Vec<Key> {
    keys.sort_unstable();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use crate::names::Name;

    fn meet(one: &str, other: &str) -> bool {
        let stored = Name::new(one).stored_keys();
        Name::new(other).wanted_keys().iter().any(|key| stored.contains(key))
    }

    #[test]
    fn misspelt_names_meet_and_strangers_do_not() {
        assert!(meet("Microsoft Corporation", "Microsft Corp."));
        assert!(meet("Microosft", "Microsoft"));
        assert!(meet("Kekalb Genetics Corporation", "DeKalb Genetics Corp."));
        assert!(!meet("Nokia", "Xiaomi"));
    }

    #[test]
    fn a_key_never_changes() {
        let keys: Vec<i64> = Name::new("Nokia Corporation").stored_keys().iter().map(|key| key.number()).collect();
        assert_eq!(keys, [1_481_783_460_476_600_468], "stores hold keys of earlier releases");
    }
}
