//! Governments: the organ that is named, however registers turn its name about.

use super::forms::ends_names;
use super::words::Word;

use strsim::osa_distance;

/// Words of an organ that say who signs, and not for what.
const SIGNS: &[&str] = &[
    "represented",
    "secretary",
    "administrator",
    "department",
    "dept",
    "director",
    "government",
    "govt",
    "gov",
    "minister",
    "ministry",
];

/// The armed forces, which need no such word.
const FORCES: &[&[&str]] = &[&["navy"], &["army"], &["air", "force"], &["marine", "corps"], &["coast", "guard"]];

/// A government's organ is told by what it is for: `The United States of America as represented by the Secretary of the
/// Navy`, `NAVY, UNITED STATES OF AMERICA, AS REPRESENTED BY THE SECRETARY OF THE` and `US Department of Navy` are all
/// `us government navy`.
pub(super) fn governments(words: &mut Vec<Word>) {
    united_states(words);
    crown(words);
    let Some(us) = words.iter().position(|word| word.is("us")) else { return };
    let rest: Vec<&str> = words.iter().filter(|word| !word.is("us")).map(|word| word.text.as_str()).collect();
    let of = |word: &Word| words.iter().zip(words.iter().skip(1)).any(|(one, next)| one == word && next.is("of"));
    let signs = words.iter().any(|word| match word.text.as_str() {
        "represented" | "secretary" | "administrator" => true,
        "department" | "dept" | "government" | "govt" => of(word),
        _ => false,
    });
    // A company's name may say as much, and ends in its legal form.
    if words.last().is_some_and(ends_names) || !(signs || (us == 0 && FORCES.contains(&rest.as_slice()))) {
        return;
    }
    let left = |word: &&Word| !(word.is_any(SIGNS) || word.is_any(&["us", "as", "by", "the", "of", "and", "its"]));
    let organ: Vec<Word> = words.iter().filter(left).map(|word| Word::new(&word.text)).collect();
    *words = [Word::new("us"), Word::new("government")].into_iter().chain(organ).collect();
}

/// What the agency that a government is represented by calls itself: by its name alone, and with the country's before it.
pub(super) fn agency(words: &[Word]) -> Vec<Vec<Word>> {
    let [us, government, agency @ ..] = words else { return Vec::new() };
    let names_itself =
        agency.last().is_some_and(|word| word.is_any(&["agency", "administration", "commission", "service"]));
    if !(us.is("us") && government.is("government") && names_itself) {
        return Vec::new();
    }
    vec![agency.to_vec(), [us].into_iter().chain(agency).cloned().collect()]
}

/// However the United States are written, they become `us`.
fn united_states(words: &mut Vec<Word>) {
    let states = |word: &Word| osa_distance(&word.text, "states") <= 1 && word.text.starts_with('s');
    let mut at = 0;
    while at < words.len() {
        let (_, rest) = words.split_at(at);
        let long = match rest {
            [usa, ..] if usa.is("usa") => 1,
            [united, is, of, america, ..]
                if united.is("united") && states(is) && of.is("of") && america.is("america") =>
            {
                4
            }
            [united, is, america, ..] if united.is("united") && states(is) && america.is("america") => 3,
            [united, is, ..] if united.is("united") && is.is("states") => 2,
            _ => 0,
        };
        if long > 0 {
            let breaks = words.get(at).is_some_and(|word| word.breaks);
            words.splice(at..at + long, [Word { text: "us".to_owned(), breaks }]);
        }
        at += 1;
    }
}

/// `Her Majesty the Queen in right of Canada` is Canada.
fn crown(words: &mut Vec<Word>) {
    let titles = ["her", "his", "majesty", "queen", "king", "right", "in", "the", "of"];
    if let [whose, majesty, ..] = words.as_slice()
        && whose.is_any(&["her", "his"])
        && majesty.is("majesty")
    {
        let begins = words.iter().position(|word| !word.is_any(&titles)).unwrap_or(0);
        words.drain(..begins);
    }
}

#[cfg(test)]
mod tests {
    use super::governments;
    use crate::names::words::words;

    fn text(spelling: &str) -> String {
        let mut words = words(spelling);
        governments(&mut words);
        words.into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_organ_is_told_by_what_it_is_for() {
        for spelling in [
            "The United States of America as represented by the Secretary of the Navy",
            "NAVY, UNITED STATES OF AMERICA, AS REPRESENTED BY THE SECRETARY OF, THE",
            "NAVY, GOVERNMENT OF THE UNITED STATES OF AMERICA, AS REPRESENTED BY THE SECRETARY OF THE, THE",
            "The United Sates of America as represented by the Department of the Navy",
            "US Department of Navy",
            "U.S. Navy",
        ] {
            assert_eq!(text(spelling), "us government navy", "{spelling}");
        }
        assert_eq!(text("United States of America as Administrator of NASA"), "us government nasa");
    }

    #[test]
    fn companies_are_no_government() {
        for name in ["US Energy Inc", "us steel", "us navy league inc", "united states department of energy trust inc"]
        {
            assert!(!text(name).contains("government"), "{name}");
        }
    }

    #[test]
    fn the_crown_is_its_country() {
        let canada = "canada as represented by the minister of national defence";
        assert_eq!(text(&format!("Her Majesty the Queen in right of {canada}")), canada);
        assert_eq!(text(&format!("Her Majesty in right of {canada}")), canada);
    }
}
