//! Short names for new companies: one of the letters of the name, and a number where that is taken.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use any_ascii::any_ascii_char;
use unicode_normalization::UnicodeNormalization as _;

use crate::ingest::import::{Desk, ImportError};
use crate::names::with_forms_apart;
use crate::store::bulk::{slugs_numbered, slugs_taken};
use crate::text::fold;

/// The number that the second company of a short name has.
const FIRST: u64 = 2;

/// Numbers that are looked up beyond those that a batch can need: some of them may be taken.
const SPARE: u64 = 8;

/// Short names whose numbers are remembered.
const REMEMBERED_MAX: usize = 10_000;

/// From which number on each short name is to be tried: all before it were taken. It is kept from batch to batch, so that
/// a name that thousands of companies share is not counted from the beginning each time.
#[derive(Debug, Default)]
pub(crate) struct SlugNumbers(HashMap<String, u64>);

/// Short names that are free.
pub(crate) struct Slugs {
    taken: HashSet<String>,
    /// From which number on each short name is to be tried.
    next: HashMap<String, u64>,
}

impl Slugs {
    /// Looks up what is taken of the short names that some names would have, and of those with numbers as many as these
    /// names can need. Where nearly all of them are taken, all that there are are read, by one range of the index.
    pub(super) fn find(desk: &mut Desk<'_>, names: &[&str]) -> Result<Self, ImportError> {
        let mut wanted: BTreeMap<String, u64> = BTreeMap::new();
        for name in names {
            *wanted.entry(slug(name)).or_default() += 1;
        }
        let bases: Vec<&str> = wanted.keys().map(String::as_str).collect();
        let mut taken = slugs_taken(desk.connection, &bases)?;
        // The numbers of those short names that are taken, or will be.
        let first = |base: &str| desk.slugs.0.get(base).copied().unwrap_or(FIRST);
        let numbered: Vec<(&str, u64, u64)> = wanted
            .iter()
            .filter(|(base, count)| **count > 1 || taken.contains(*base))
            .map(|(base, count)| (base.as_str(), first(base), *count))
            .collect();
        let mut tried = Vec::new();
        for (base, first, count) in &numbered {
            tried.extend((*first..first + count + SPARE).map(|number| format!("{base}-{number}")));
        }
        let tried: Vec<&str> = tried.iter().map(String::as_str).collect();
        taken.extend(slugs_taken(desk.connection, &tried)?);
        let mut next = HashMap::new();
        for (base, first, count) in numbered {
            let free = (first..first + count + SPARE).filter(|number| !taken.contains(&format!("{base}-{number}")));
            if u64::try_from(free.count()).is_ok_and(|free| free < count) {
                taken.extend(slugs_numbered(desk.connection, base)?);
            }
            let number = (first..).find(|number| !taken.contains(&format!("{base}-{number}"))).unwrap_or(first);
            next.insert(base.to_owned(), number);
        }
        Ok(Self { taken, next })
    }

    /// Keeps from which number on short names are to be tried for the next batch.
    pub(super) fn remember(self, numbers: &mut SlugNumbers) {
        for (base, number) in self.next.into_iter().filter(|(_, number)| *number > FIRST + SPARE) {
            if numbers.0.len() < REMEMBERED_MAX || numbers.0.contains_key(&base) {
                numbers.0.insert(base, number);
            }
        }
    }

    /// The same, where a name that is taken gets an identifier instead of a number.
    pub(crate) fn find_plain(desk: &mut Desk<'_>, names: &[&str]) -> Result<Self, ImportError> {
        let bases: BTreeSet<String> = names.iter().map(|name| slug(name)).collect();
        let bases: Vec<&str> = bases.iter().map(String::as_str).collect();
        Ok(Self { taken: slugs_taken(desk.connection, &bases)?, next: HashMap::new() })
    }

    /// A short name for a name: the plain one, or where it is taken or says nothing, one with an identifier that is
    /// nobody else's.
    pub(crate) fn identified(&mut self, name: &str, identifier: &str) -> String {
        let base = slug(name);
        if base != NO_SLUG && self.taken.insert(base.clone()) {
            return base;
        }
        format!("{base}-{}", identifier.to_ascii_lowercase())
    }

    /// A short name for a name: the plain one, or one with the first free number.
    pub(super) fn next(&mut self, name: &str) -> String {
        let base = slug(name);
        if self.taken.insert(base.clone()) {
            return base;
        }
        let number = self.next.entry(base.clone()).or_insert(FIRST);
        loop {
            let free = format!("{base}-{number}");
            *number += 1;
            if self.taken.insert(free.clone()) {
                return free;
            }
        }
    }
}

/// Characters of a short name at most, without its number.
const SLUG_CHARACTERS: usize = 60;

/// The short name of a name that says nothing in Latin letters.
const NO_SLUG: &str = "company";

/// What says that a name is Japanese, besides kana.
const JAPANESE_FORMS: [&str; 4] = ["株式会社", "有限会社", "合同会社", "(株)"];

/// A name as lower-case letters, digits and hyphens: `小米` is `xiaomi`.
///
/// Which Latin letters stand for a Chinese character depends on the language. They are those of Chinese; in a name that is
/// seen to be Japanese such characters are passed over, and `トヨタ自動車株式会社` is `toyota`.
fn slug(name: &str) -> String {
    let mut folded = fold(name);
    let is_japanese = folded.chars().any(is_kana) || JAPANESE_FORMS.iter().any(|form| folded.contains(form));
    if !is_japanese {
        folded = with_forms_apart(folded);
    }
    let mut slug = String::new();
    for character in folded.chars() {
        let is_passed_over = is_japanese && is_han(character);
        if slug.len() >= SLUG_CHARACTERS {
            break;
        }
        let latin = latin(character).filter(|_| !is_passed_over);
        match latin {
            Some(latin) => {
                slug.extend(latin.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()))
            }
            None if slug.is_empty() || slug.ends_with('-') || matches!(character, '\'' | '.') => {}
            None => slug.push('-'),
        }
    }
    slug.truncate(SLUG_CHARACTERS);
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { NO_SLUG.to_owned() } else { slug.to_owned() }
}

/// A letter or digit in Latin letters, without its marks; none where it is neither. A mark by itself is nothing.
fn latin(character: char) -> Option<String> {
    let plain: String =
        std::iter::once(character).nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    if plain.is_empty() || plain.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Some(plain);
    }
    (!plain.is_ascii() && character.is_alphanumeric()).then(|| any_ascii_char(character).to_owned())
}

fn is_kana(character: char) -> bool {
    matches!(character, '\u{3041}'..='\u{30ff}') && character.is_alphabetic()
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3005}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::{Slugs, slug};

    #[test]
    fn short_names_are_of_letters_digits_and_hyphens() {
        assert_eq!(slug("Société d'Électricité S.A."), "societe-delectricite-sa");
        assert_eq!(slug("3M Company, Inc."), "3m-company-inc");
        assert_eq!(slug("株式会社"), "company");
        assert_eq!(slug("☃ & ☃"), "company");
        assert!(slug(&"long name ".repeat(50)).len() <= 60);
    }

    #[test]
    fn other_scripts_are_written_in_latin_letters_where_those_are_known() {
        for (name, expected) in [
            ("小米", "xiaomi"),
            ("小米科技有限责任公司", "xiaomikeji-co-ltd"),
            ("华为技术有限公司", "huaweijishu-co-ltd"),
            ("삼성전자 주식회사", "samseongjeonja-co-ltd"),
            ("ООО «Яндекс»", "ooo-yandeks"),
            ("Μυτιληναίος Α.Ε.", "mytilinaios-ae"),
            ("Møller & Søn A/S", "moller-son-a-s"),
            ("トヨタ自動車株式会社", "toyota"),
            ("ソニー株式会社", "soni"),
            ("ガスト", "gasuto"),
            // How it is read, only a Japanese knows.
            ("株式会社東芝", "company"),
            ("㈱日立", "company"),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
        assert_eq!(slug(&"龍".repeat(100)).len(), 60);
        let mut slugs = Slugs { taken: HashSet::new(), next: HashMap::new() };
        assert_eq!(
            [slugs.next("小米"), slugs.next("Xiaomi"), slugs.next("XIAOMI")],
            ["xiaomi", "xiaomi-2", "xiaomi-3"]
        );
    }

    #[test]
    fn numbers_that_are_taken_are_passed_over() {
        let taken = ["one", "one-2", "one-4"].map(str::to_owned);
        let mut slugs = Slugs { taken: HashSet::from(taken), next: HashMap::new() };
        let given: Vec<String> = (0..3).map(|_| slugs.next("One")).collect();
        assert_eq!(given, ["one-3", "one-5", "one-6"]);
        assert_eq!(slugs.next("Two"), "two");
    }
}
