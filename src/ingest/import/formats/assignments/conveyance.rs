//! What a record conveys, by the words of its conveyance: free text, mostly one of the office's own phrases.
//!
//! The first rule that fits decides. The order is that of what overrules what: a release of a security interest is a release,
//! and a correction of a merger is a correction. The classes of the research data set go before these rules, but for
//! licences, of which it has no class.

/// Whether words stand in a text as whole words, beside one another.
fn says(words: &[&str], phrase: &str) -> bool {
    let phrase: Vec<&str> = phrase.split(' ').collect();
    words.windows(phrase.len()).any(|window| {
        window.iter().zip(&phrase).all(|(word, wanted)| {
            wanted.strip_suffix('*').map_or(*word == *wanted, |beginning| word.starts_with(beginning))
        })
    })
}

fn any(words: &[&str], phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| says(words, phrase))
}

const GOVERNMENT: &[&str] =
    &["CONFIRMATORY LICEN*", "GOVERNMENT INTEREST*", "EXECUTIVE ORDER", "CONFIRMATORY INSTRUMENT", "GOVERNMENT RIGHTS"];
const CORRECTION: &[&str] =
    &["CORRECTIVE", "TO CORRECT", "CORRECTION", "CORRECTING", "CORRECTED", "CORRECTS", "ERRONEOUSLY", "RERECORD*"];
const LIEN: &[&str] = &[
    "SECURITY",
    "SECURED",
    "SECURTIY",
    "SECUIRTY",
    "LIEN*",
    "MORTGAGE*",
    "COLLATERAL*",
    "PLEDGE*",
    "DEBENTURE*",
    "HYPOTHEC*",
    "CHARGE",
    "INDENTURE",
    "UCC",
];
const END: &[&str] =
    &["TERMINAT*", "DISCHARGE*", "SATISFACTION", "SATISFIED", "CANCEL*", "RECONVEYANCE", "REASSIGN*", "EXTINGUISH*"];
const RELEASE: &[&str] =
    &["RELEASE", "RELEASES", "RELEASED", "RELEASING", "RELEASE/TERMINATION", "RELEASEE", "LIENRELEASE"];
const MERGER: &[&str] =
    &["MERGER*", "MERGED", "MERGE", "MERGING", "AMALGAMATION", "AMALGAMATED", "ABSORPTION", "CONSOLIDATION"];
const NAME: &[&str] = &[
    "CHANGE OF NAME",
    "CHANGE OF THE NAME",
    "NAME CHANGE*",
    "CHANGE IN NAME",
    "CHANGED NAME",
    "CHANGES NAME",
    "CHANGED ITS NAME",
    "CHANGING ITS NAME",
    "CHANGE NAME",
    "CHANGE OF CORPORATE NAME",
    "CHANGE OF COMPANY NAME",
    "CHANGE OF ENTITY",
    "CHANGE OF LEGAL",
    "CHANGE OF CORPORATE FORM",
    "CONVERSION",
    "CONVERTED",
    "CHANGE OF ADDRESS",
    "ADDRESS CHANGE",
    "CHANGE OF ASSIGNEE*",
    "CERTIFICATE OF AMENDMENT",
    "CERTIFICATE OF NAME",
    "REGISTERED CHANGE",
];
const LICENCE: &[&str] = &["LICENSE*", "LICENCE*", "LICENSING", "SUBLICEN*", "COVENANT NOT", "CROSS LICENSE*"];
const TITLE: &[&str] = &[
    "ASSIGN*",
    "ASSIGMENT",
    "ASSIGNEMENT",
    "ASSINGMENT",
    "ASIGNMENT",
    "NUNC PRO TUNC",
    "TRANSFER*",
    "SALE",
    "SALES",
    "DEED",
    "QUITCLAIM",
    "CONVEY*",
    "CONTRIBUTION",
    "DISTRIBUTION",
    "PURCHASE",
    "BEQUEST",
    "DECREE",
    "PROBATE",
    "INHERITANCE",
    "SUCCESSION",
    "ACQUISITION",
    "DEMERGER",
    "SPIN OFF",
    "PARTIAL INTEREST",
    "UNDIVIDED",
    "ENTIRE INTEREST",
    "LETTERS OF ADMINISTRATION",
];

/// The conveyance of a text, by its name in the catalogue.
pub(super) fn class_of(text: &str) -> &'static str {
    let text = text.to_uppercase();
    let words: Vec<&str> = text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let ends_lien = any(&words, RELEASE) || any(&words, END) && any(&words, LIEN);
    let conveys_title = any(&words, TITLE);
    if any(&words, GOVERNMENT) {
        "GOVERNMENT_INTEREST"
    } else if any(&words, CORRECTION) {
        "CORRECTION"
    } else if ends_lien && !says(&words, "RELEASE OF LICEN*") {
        "RELEASE"
    } else if any(&words, MERGER) {
        "MERGER"
    } else if any(&words, LIEN) {
        "SECURITY_INTEREST"
    } else if any(&words, NAME) {
        "NAME_CHANGE"
    } else if any(&words, LICENCE) && !conveys_title {
        if any(&words, END) { "OTHER" } else { "LICENCE" }
    } else if conveys_title {
        "ASSIGNMENT"
    } else {
        "OTHER"
    }
}

/// The conveyance of a class of the research data set, with the words beside it. Nothing for a class that it has not.
pub(super) fn class_given(class: &str, text: &str) -> Option<&'static str> {
    let given = match class.to_lowercase().as_str() {
        "assignment" => "ASSIGNMENT",
        "namechg" => "NAME_CHANGE",
        "govern" => "GOVERNMENT_INTEREST",
        "merger" => "MERGER",
        "release" => "RELEASE",
        "security" => "SECURITY_INTEREST",
        "correct" => "CORRECTION",
        "other" => "OTHER",
        "missing" | "" => return Some(class_of(text)),
        _ => return None,
    };
    // Licences have no class there: they are among the assignments and the rest.
    let may_hide = matches!(given, "ASSIGNMENT" | "OTHER");
    Some(if may_hide && class_of(text) == "LICENCE" { "LICENCE" } else { given })
}
