//! Whether two names are one company's.

use strsim::normalized_damerau_levenshtein;

use super::forms::{Agreement, Form};
use super::normal::Name;
use super::slips::{Patience, is_of_the_hand, slips};

/// Why two names are held to be one company's; the better reason is the greater one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// They differ by slips of the pen.
    Slips,
    /// They have the same words in another order.
    Words,
    /// One is also known by the other.
    AlsoKnown,
    /// They are equal once normalised.
    Equal,
    /// They are equal once normalised, legal form included.
    EqualWithForm,
    /// They have the same legal entity identifier.
    Identifier,
    /// Someone confirmed it.
    Confirmed,
}

/// Why two names may be one company's, and no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// Equal but for legal forms that are often those of two companies.
    LegalForm,
    /// Equal, but recorded in different countries, and the name says little.
    Country,
    /// They differ by what can be slips of the pen, or two names.
    Slips,
    /// Several companies are matched equally well.
    Ambiguous,
}

/// What the comparison of two names gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// One company's.
    Same(Reason),
    /// Perhaps; between 0 and 1, and why it is not sure.
    Doubtful(f64, Doubt),
    /// Nothing says that they are one company's.
    Different,
}

/// The likeness from which on two names are listed as doubtful.
const LIKE: f64 = 0.85;
/// The score of equal names whose forms leave it open.
const EQUAL_BUT: f64 = 0.9;
/// The score of equal names whose forms are of different countries.
const FORMS_APART: f64 = 0.6;

/// Compares two names.
#[must_use]
pub fn compare(one: &Name, other: &Name) -> Verdict {
    if one.is_empty() || other.is_empty() {
        return Verdict::Different;
    }
    let agreement = one.form.agreement(other.form);
    let reason = if one.text == other.text {
        if agreement == Agreement::Same { Reason::EqualWithForm } else { Reason::Equal }
    } else if known_as(one).any(|text| known_as(other).any(|known| known == text)) {
        Reason::AlsoKnown
    } else if one.bag.is_some() && one.bag == other.bag {
        Reason::Words
    } else {
        return compare_slips(one, other, agreement);
    };
    match agreement {
        Agreement::Conflict => Verdict::Doubtful(FORMS_APART, Doubt::LegalForm),
        Agreement::Unsure(words) if one.words.len() < words => Verdict::Doubtful(EQUAL_BUT, Doubt::LegalForm),
        _ => Verdict::Same(reason),
    }
}

/// Whether equal names can be those of one company.
pub(super) fn forms_can_be_one(one: &Name, other: &Name) -> bool {
    match one.form.agreement(other.form) {
        Agreement::Conflict => false,
        Agreement::Unsure(words) => one.words.len() >= words,
        _ => true,
    }
}

fn known_as(name: &Name) -> impl Iterator<Item = &String> {
    name.also.iter().chain([&name.text])
}

fn compare_slips(one: &Name, other: &Name, agreement: Agreement) -> Verdict {
    let likeness = normalized_damerau_levenshtein(&one.text, &other.text);
    if likeness < LIKE || agreement == Agreement::Conflict {
        return Verdict::Different;
    }
    let doubtful = Verdict::Doubtful(likeness, Doubt::Slips);
    if matches!(agreement, Agreement::Unsure(words) if one.words.len().min(other.words.len()) < words) {
        return doubtful;
    }
    match differing(one, other) {
        Differing::Slips if says_enough(one, other, agreement) => Verdict::Same(Reason::Slips),
        Differing::Words => Verdict::Different,
        _ => doubtful,
    }
}

/// How the words of two like names differ.
#[derive(PartialEq, Eq)]
enum Differing {
    /// Each by what is a slip of the pen.
    Slips,
    /// Perhaps.
    Unsure,
    /// Some are other words.
    Words,
}

/// Slips that a name can hold at most.
const SLIPS_MAX: usize = 3;
/// Letters of a name that can hold slips across its blanks.
const BLANKS_MIN: usize = 10;

fn differing(one: &Name, other: &Name) -> Differing {
    let patience = Patience::of(one.words.len().min(other.words.len()), one.text.len().min(other.text.len()));
    if one.words.len() != other.words.len() {
        // A blank was lost or added, and a letter besides.
        let long = one.text.len().min(other.text.len()) >= BLANKS_MIN;
        return if long && slips(&one.text, &other.text, patience) == Some(1) {
            Differing::Slips
        } else {
            Differing::Unsure
        };
    }
    let mut count = 0;
    let mut unsure = false;
    for (word, with) in one.words.iter().zip(&other.words) {
        match slips(word, with, patience) {
            Some(slips) => count += slips,
            None if is_other_word(word, with) => return Differing::Words,
            None => unsure = true,
        }
    }
    if unsure || count > SLIPS_MAX { Differing::Unsure } else { Differing::Slips }
}

fn is_other_word(one: &str, other: &str) -> bool {
    use super::vocabulary::is_common;
    (is_common(one) && is_common(other)) || one.bytes().chain(other.bytes()).any(|byte| byte.is_ascii_digit())
}

/// Letters of a single word from which on a slip in it is taken for one.
const ALONE_MIN: usize = 8;
/// Letters of a single word in which a slip of the hand is taken for one, where legal forms agree.
const ALONE_WITH_FORM_MIN: usize = 7;
/// Letters of a whole name that carry a slip in a first letter.
const FIRST_LETTER_MIN: usize = 12;

fn says_enough(one: &Name, other: &Name, agreement: Agreement) -> bool {
    let letters = one.text.len().min(other.text.len());
    let first = one.text.bytes().next() == other.text.bytes().next();
    let last = one.text.bytes().last() == other.text.bytes().last();
    if one.words.len() > 1 {
        return first || letters >= FIRST_LETTER_MIN;
    }
    let with_form = agreement == Agreement::Same && one.form != Form::Bare;
    first
        && (letters >= ALONE_MIN
            || (with_form && last && letters + 1 >= ALONE_WITH_FORM_MIN && is_of_the_hand(&one.text, &other.text)))
}

#[cfg(test)]
mod tests {
    use super::{Reason, Verdict, compare};
    use crate::names::Name;

    fn verdict(one: &str, other: &str) -> Verdict {
        let (one, other) = (Name::new(one), Name::new(other));
        let verdict = compare(&one, &other);
        assert_eq!(verdict, compare(&other, &one), "a comparison has no direction");
        verdict
    }

    fn is_same(verdict: Verdict) -> bool {
        matches!(verdict, Verdict::Same(_))
    }

    #[test]
    fn spellings_of_one_company_are_the_same() {
        for (one, other) in [
            ("US WELL SERVICES LLC", "U.S. WELL SERVICES, LLC"),
            ("BOREALIS AG", "BOREALIS A.G."),
            ("Microsoft Corporation", "Microsft"),
            ("Microosft Corp.", "MICROSOFT CORPORATION "),
            ("AT&T Intellectual Property I, L.P.", "AT & T INTELLECTUAL PROPERTY I LP"),
            ("Procter and Gamble Company", "The Procter & Gamble Co."),
            ("Société Bic", "SociÃƒÂ©tÃƒÂ© Bic"),
            ("Kabushiki Kaisha Toshiba", "Toshiba Corporation"),
            ("BASF SE", "BASF Aktiengesellschaft"),
            ("Hewlett-Packard Company", "Hewlett Packard Co"),
            ("Koehler GmbH", "Köhler GmbH"),
            ("INT'L BUSINESS MACHINES CORP", "International Business Machines Corporation"),
        ] {
            assert!(is_same(verdict(one, other)), "{one} and {other}: {:?} {:?}", Name::new(one), Name::new(other));
        }
    }

    #[test]
    fn companies_of_like_names_are_not_the_same() {
        for (one, other) in [
            ("Microsoft Corporation", "Micro FT Co., Ltd."),
            ("Nokia Corporation", "Nokian Tyres plc"),
            ("Samsung Electronics Co., Ltd.", "Samsung Display Co., Ltd."),
            ("Siemens Aktiengesellschaft", "Siemens AG Österreich"),
            ("Siemens AG", "Siemens Corporation"),
            ("Motorola, Inc.", "Motorola Ltd."),
            ("Washington University", "University of Washington"),
            ("Ohio University", "Ohio State University"),
            ("Shenzhen Huaxing Technology Co., Ltd.", "Shenzhen Huaqing Technology Co., Ltd."),
            ("Philips North America Corporation", "North American Philips Corporation"),
            ("Fuji Electric Co., Ltd.", "Fuji Electronics Co., Ltd."),
            ("University of South Carolina", "University of Southern California"),
        ] {
            assert!(!is_same(verdict(one, other)), "{one} and {other}: {:?} {:?}", Name::new(one), Name::new(other));
        }
    }

    #[test]
    fn the_best_reason_is_given() {
        assert_eq!(verdict("Nokia Corporation", "NOKIA CORP."), Verdict::Same(Reason::EqualWithForm));
        assert_eq!(verdict("Nokia", "NOKIA CORP."), Verdict::Same(Reason::Equal));
    }
}
