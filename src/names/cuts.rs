//! What is written into the field of a name and is no part of it: roles, former names, descriptions, addresses, and words of
//! the register.

use strsim::osa_distance;

use super::forms::ends_names;
use super::vocabulary::{EMPTY, full, is_city, is_common, is_country_or_state};
use super::words::Word;

/// A name without what does not belong to it.
pub(super) struct Cut {
    /// The words of the name.
    pub(super) words: Vec<Word>,
    /// What is also said to be its name: the description of a university, the whole of which it is a division.
    pub(super) also: Vec<Vec<Word>>,
}

/// Cuts a name out of what the register wrote.
pub(super) fn cut(mut words: Vec<Word>) -> Cut {
    for find in [register_words, other_name, role, person, address] {
        if let Some(at) = find(&words) {
            words.truncate(at);
        }
    }
    let (mut words, also) = description(words);
    if let Some(at) = place_after_form(&words) {
        words.truncate(at);
    }
    Cut { words, also }
}

/// Where the words from the second on, looked at with what follows them, first satisfy something.
fn first_after(words: &[Word], from: usize, is_it: impl Fn(&[Word]) -> bool) -> Option<usize> {
    (from.max(1)..words.len()).find(|at| is_it(words.split_at(*at).1))
}

fn begins(words: &[Word], phrase: &[&str]) -> bool {
    words.len() >= phrase.len() && words.iter().zip(phrase).all(|(word, text)| word.is(text))
}

/// `…, REEL/FRAME 8536/0732`, `(SEE DOCUMENT FOR DETAILS)`, `ET AL.`
fn register_words(words: &[Word]) -> Option<usize> {
    first_after(words, 1, |rest| {
        begins(rest, &["reel", "frame"])
            || begins(rest, &["see", "document"])
            || begins(rest, &["et", "al"])
            || begins(rest, &["deceased"])
            || (rest.first().is_some_and(|word| word.is("reel")) && rest.get(1).is_some_and(Word::has_digit))
    })
}

/// `…, FORMERLY KNOWN AS …`, `D/B/A …`, `C/O …`
fn other_name(words: &[Word]) -> Option<usize> {
    first_after(words, 1, |rest| {
        let first = rest.first().is_some_and(|word| {
            word.is_any(&["f/k/a", "fka", "d/b/a", "dba", "a/k/a", "aka", "n/k/a", "nka", "t/a", "formerly", "c/o"])
        });
        first
            || [&["doing", "business", "as"], &["also", "known", "as"], &["now", "known", "as"]]
                .iter()
                .any(|phrase| begins(rest, *phrase))
            || begins(rest, &["trading", "as"])
    })
}

/// Words of roles in which someone signs. They are long enough to be known when they are misspelt.
const ROLES: &[&str] = &[
    "agent",
    "trustee",
    "administrative",
    "administrator",
    "collateral",
    "lender",
    "representative",
    "purchaser",
    "assignee",
    "assignor",
    "beneficiary",
    "guarantor",
    "grantee",
    "grantor",
    "successor",
    "noteholder",
    "borrower",
    "security",
];

fn is_role(word: &Word) -> bool {
    ROLES.iter().any(|role| {
        let budget = if role.len() > 6 { 2 } else { 1 };
        word.is(role) || (word.text.len() >= 5 && osa_distance(&word.text, role) <= budget)
    })
}

/// `…, AS ADMINISTRATIVE AGENT`, `…, COLLATERAL AGENT`. Who is represented is no role: it stays.
fn role(words: &[Word]) -> Option<usize> {
    const ROLE_WORDS_MAX: usize = 12;
    first_after(words, 1, |rest| {
        let Some((first, after)) = rest.split_first() else { return false };
        if begins(rest, &["in", "its", "capacity"]) || begins(rest, &["for", "the", "benefit", "of"]) {
            return true;
        }
        let signs = after.iter().take(ROLE_WORDS_MAX).any(is_role);
        let alone = first.breaks && is_role(first) && after.iter().all(|word| is_role(word) || word.is("and"));
        alone || (first.is("as") && signs && !begins(after, &["represented"]))
    })
}

/// `University of Southern California by G. June Marshall`: who signed for it.
fn person(words: &[Word]) -> Option<usize> {
    let institution = words.iter().position(is_institution)?;
    let by = |rest: &[Word]| rest.first().is_some_and(|word| word.is("by"));
    first_after(words, institution + 1, by).filter(|at| !words.get(at - 1).is_some_and(|word| word.is("represented")))
}

fn is_institution(word: &Word) -> bool {
    matches!(&*full(&word.text), "university" | "college" | "institute")
}

const STREETS: &[&str] = &[
    "street",
    "st",
    "avenue",
    "ave",
    "road",
    "rd",
    "drive",
    "dr",
    "boulevard",
    "blvd",
    "suite",
    "floor",
    "lane",
    "way",
    "parkway",
    "pkwy",
    "highway",
    "hwy",
    "square",
    "court",
    "place",
    "building",
    "bldg",
    "box",
    "strasse",
    "str",
    "platz",
    "chome",
    "ku",
    "cho",
    "rue",
    "via",
    "plaza",
    "circle",
    "room",
    "gil",
    "ro",
    "dong",
];

/// `…, 200 HOLT ST., HACKENSACK, NJ 07601`: an address begins at a comma, with a number or with what a number follows.
fn address(words: &[Word]) -> Option<usize> {
    first_after(words, 1, |rest| {
        let Some(first) = rest.first() else { return false };
        let street = || rest.iter().skip(1).any(|word| word.is_any(STREETS));
        let post_box = begins(rest, &["po", "box"]) || begins(rest, &["post", "office", "box"]);
        post_box || (first.breaks && (first.has_digit() || first.is_any(&["suite", "floor", "room"])) && street())
    })
}

/// What follows a form that ends names: a city, or `of` a city; and behind a comma also a country, a state, or a single word
/// that is no common one. `Siemens AG Österreich` is another company and stays whole.
fn place_after_form(words: &[Word]) -> Option<usize> {
    let beside = |word: &Word| is_city(&word.text) || word.has_digit() || word.is_any(&["and", "und", "of", "in", "d"]);
    let after = |at: usize| {
        let (before, rest) = words.split_at(at);
        let cities = rest.iter().any(|word| is_city(&word.text));
        let comma = rest.first().is_some_and(|word| word.breaks);
        let [.., last] = before else { return false };
        let listed = rest.iter().all(|word| beside(word) || (comma && is_country_or_state(&word.text)));
        let name = matches!(rest, [word] if word.text.len() > FORM_LETTERS_MAX && !is_common(&full(&word.text)) && !ends_names(word));
        let number = rest.first().is_some_and(|word| word.text.bytes().all(|byte| byte.is_ascii_digit()));
        let of = matches!(rest, [of, _, ..] if of.is("of"));
        (ends_names(last) && (of || (cities && rest.iter().all(beside)) || (comma && (listed || name || number))))
            || (comma && is_form(last) && (listed || name || is_city_and_state(rest)))
    };
    (1..words.len()).find(|at| after(*at))
}

/// `…, Beaverton, OR`: a city and its state or country, each behind a comma.
fn is_city_and_state(words: &[Word]) -> bool {
    const WORDS_MAX: usize = 4;
    let [.., last] = words else { return false };
    words.len() <= WORDS_MAX
        && words.iter().filter(|word| word.breaks).count() == 2
        && last.breaks
        && is_country_or_state(&last.text)
}

/// Letters of a legal form that is written short.
const FORM_LETTERS_MAX: usize = 4;

fn is_form(word: &Word) -> bool {
    word.is_any(&["corp", "corporation", "co", "company"])
}

/// What a description after an article says that someone is.
const KINDS: &[&str] = &[
    "corporation",
    "corp",
    "company",
    "co",
    "division",
    "div",
    "subsidiary",
    "partnership",
    "body",
    "association",
    "institution",
    "organization",
    "agency",
    "firm",
    "llc",
    "gmbh",
    "entity",
    "trust",
    "enterprise",
];

/// Cuts a description off: `a Delaware corporation`, `a division of …`, `the State University of New Jersey`.
fn description(mut words: Vec<Word>) -> (Vec<Word>, Vec<Vec<Word>>) {
    const KIND_WITHIN: usize = 7;
    let found = first_after(&words, 1, |rest| {
        let Some((first, after)) = rest.split_first() else { return false };
        let kind = after.iter().take(KIND_WITHIN).any(|word| word.is_any(KINDS));
        let part = first.breaks && is_part(rest);
        part || (first.is_any(&["a", "an"]) && kind) || begins(rest, &["organized", "under"])
    });
    if let Some(at) = found {
        let tail = words.split_off(at);
        let of = tail.iter().position(|word| word.is("of"));
        let is_division = tail.iter().take(KIND_WITHIN).any(|word| full(&word.text) == "division");
        let whole = of.filter(|_| is_division).map(|of| tail.split_at(of + 1).1.to_vec());
        return match whole {
            Some(whole) => division(words, &whole),
            None => (words, Vec::new()),
        };
    }
    apposition(words)
}

fn is_part(words: &[Word]) -> bool {
    let part = words.first().is_some_and(|word| word.is_any(&["division", "div", "subsidiary"]));
    part && words.get(1).is_some_and(|word| word.is("of"))
}

/// A division is named with its whole, which may stand in its name already: `X of Y, a division of Y` is `X of Y`. It is
/// also known without.
fn division(words: Vec<Word>, whole: &[Word]) -> (Vec<Word>, Vec<Vec<Word>>) {
    let stands = |word: &Word| word.is_any(EMPTY) || words.iter().any(|other| full(&other.text) == full(&word.text));
    let missing: Vec<Word> = whole.iter().filter(|word| !stands(word)).cloned().collect();
    if missing.is_empty() {
        return (words, Vec::new());
    }
    let mut together = words.clone();
    together.extend(missing);
    (together, vec![words])
}

/// `Rutgers, The State University of New Jersey` is `Rutgers University`, and is also known by what follows the article.
fn apposition(mut words: Vec<Word>) -> (Vec<Word>, Vec<Vec<Word>>) {
    const HEAD_WORDS_MAX: usize = 3;
    let article = (1..words.len()).find(|at| {
        let before = words.get(at - 1);
        let joins = before.is_some_and(|word| word.is_any(EMPTY) || word.is("from") || word.is("on"));
        !joins && words.get(*at).is_some_and(|word| word.is("the"))
    });
    let Some(at) = article.filter(|at| *at <= HEAD_WORDS_MAX) else { return (words, Vec::new()) };
    let tail = words.split_off(at);
    let Some(institution) = tail.iter().find(|word| is_institution(word)).cloned() else {
        words.extend(tail);
        return (words, Vec::new());
    };
    if words.iter().any(is_institution) {
        return (words, Vec::new());
    }
    words.push(Word::new(&institution.text));
    (words, vec![tail])
}

#[cfg(test)]
mod tests {
    use super::cut;
    use crate::names::words::words;

    fn text(spelling: &str) -> String {
        cut(words(spelling)).words.into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_no_part_of_the_name_is_cut() {
        let cases = [
            ("U.S. BANK NATIONAL ASSOCIATION, AS ADMINSTRATIVE AGENT", "us bank national association"),
            ("BANK OF AMERICA, N.A., AS COLLATERAL AGENT FOR THE LENDERS", "bank of america na"),
            ("ACME BANK, COLLATERAL AGENT", "acme bank"),
            ("BIOLECTRON, INC., 200 HOLT ST., HACKENSACK, NJ 07601 A DE CORP.", "biolectron inc"),
            ("Kekalb Genetics Corporation Reel/Frame 8536/0732", "kekalb genetics corporation"),
            ("ACME INC. F/K/A WIDGETS INC.", "acme inc"),
            ("Acme, Inc., a Delaware corporation", "acme inc"),
            ("Siemens Aktiengesellschaft, Berlin und Munchen", "siemens aktiengesellschaft"),
            ("Siemens AG Oesterreich", "siemens ag oesterreich"),
            ("Siemens AG, Germany", "siemens ag"),
            ("Motorola, Inc., Schaumburg", "motorola inc"),
            ("North American Philips Corporation, N.Y.", "north american philips corporation"),
            ("Tokyo Electron Co., Limited", "tokyo electron co limited"),
            ("University of Southern California by G. June Marshall", "university of southern california"),
            ("Rutgers, The State University of New Jersey", "rutgers university"),
        ];
        for (spelling, name) in &cases {
            assert_eq!(text(spelling), *name, "{spelling}");
        }
    }

    #[test]
    fn a_division_is_named_with_its_whole_once() {
        assert_eq!(text("A B College of C University, a Division of C Univ."), "ab college of c university");
        assert_eq!(text("Widget Works, a division of Acme"), "widget works acme");
    }

    #[test]
    fn who_is_represented_stays() {
        let name = "the united states of america as represented by the secretary of the navy";
        assert_eq!(text(name), name);
    }
}
