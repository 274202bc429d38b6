//! What a record conveys, by the words of its conveyance: free text, mostly one of the office's own phrases.
//!
//! The first rule that fits decides. The order is that of what overrules what: a release of a security interest is a release,
//! and a correction of a merger is a correction. The classes of the research data set go before these rules, but for
//! licences, of which it has no class.

/// Whether words stand in a text as whole words, beside one another.
fn says(words: &[&str], phrase: &str) -> bool {
    let is = |word: &str, wanted: &str| {
        wanted.strip_suffix('*').map_or(word == wanted, |beginning| word.starts_with(beginning))
    };
    (0..words.len()).any(|from| {
        let mut rest = words.iter().skip(from);
        phrase.split(' ').all(|wanted| rest.next().is_some_and(|word| is(word, wanted)))
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

#[cfg(test)]
mod tests {
    use super::{class_given, class_of};

    /// Words of the register, in the office's phrases and in those of who records; each with what it is.
    const TEXTS: &[(&str, &[&str])] = &[
        (
            "ASSIGNMENT",
            &[
                "ASSIGNMENT OF ASSIGNORS INTEREST (SEE DOCUMENT FOR DETAILS).",
                "ASSIGNMENT OF ASSIGNORS INTEREST.",
                "ASSIGNOR ASSIGNS 50% INTEREST",
                "NUNC PRO TUNC ASSIGNMENT (SEE DOCUMENT FOR DETAILS).",
                "ASSIGNS THE ENTIRE INTEREST",
                "ASSIGNMENT OF ONE-HALF INTEREST",
                "QUITCLAIM ASSIGNMENT",
                "BILL OF SALE",
                "ASSET PURCHASE AGREEMENT",
                "PATENT TRANSFER AGREEMENT",
                "DECREE OF DISTRIBUTION (SEE DOCUMENT FOR DETAILS).",
                "CONTRIBUTION AGREEMENT",
                "ASSIGNMENT AND LICENSE BACK AGREEMENT",
            ],
        ),
        (
            "SECURITY_INTEREST",
            &[
                "SECURITY INTEREST (SEE DOCUMENT FOR DETAILS).",
                "SECURITY AGREEMENT",
                "GRANT OF SECURITY INTEREST IN UNITED STATES PATENTS",
                "INTELLECTUAL PROPERTY SECURITY AGREEMENT",
                "FIRST LIEN PATENT SECURITY AGREEMENT",
                "MORTGAGE (SEE DOCUMENT FOR DETAILS).",
                "COLLATERAL ASSIGNMENT",
                "PATENT COLLATERAL ASSIGNMENT AND SECURITY AGREEMENT",
                "CONDITIONAL ASSIGNMENT OF COLLATERAL",
                "NOTICE OF GRANT OF SECURITY INTEREST",
                "ASSIGNMENT OF SECURITY INTEREST",
            ],
        ),
        (
            "RELEASE",
            &[
                "RELEASE BY SECURED PARTY (SEE DOCUMENT FOR DETAILS).",
                "RELEASE OF SECURITY INTEREST AT REEL/FRAME NO. 49111/0583",
                "TERMINATION AND RELEASE OF PATENT SECURITY AGREEMENT RECORDED AT REEL 048818/FRAME 0520",
                "TERMINATION OF SECURITY INTEREST IN PATENTS",
                "SATISFACTION OF SECURITY AGREEMENT",
                "PATENT RELEASE",
                "LIEN TERMINATION",
                "DISCHARGE OF MORTGAGE",
                "REASSIGNMENT AND RELEASE OF SECURITY INTEREST",
                "FULL RELEASE OF LIENS",
            ],
        ),
        (
            "NAME_CHANGE",
            &[
                "CHANGE OF NAME (SEE DOCUMENT FOR DETAILS).",
                "CHANGE OF NAME EFFECTIVE 1/1/1999",
                "NAME CHANGE",
                "CERTIFICATE OF CONVERSION",
                "CONVERSION TO LIMITED LIABILITY COMPANY",
                "CERTIFICATE OF AMENDMENT OF ARTICLES OF INCORPORATION",
                "CHANGE OF ASSIGNEE ADDRESS",
            ],
        ),
        (
            "MERGER",
            &[
                "MERGER (SEE DOCUMENT FOR DETAILS).",
                "MERGER AND CHANGE OF NAME (SEE DOCUMENT FOR DETAILS).",
                "CERTIFICATE OF MERGER",
                "MERGER INTO PARENT CORPORATION",
                "ARTICLES OF AMALGAMATION",
            ],
        ),
        (
            "CORRECTION",
            &[
                "CORRECTIVE ASSIGNMENT TO CORRECT THE ASSIGNEE'S NAME PREVIOUSLY RECORDED AT REEL: 028805 FRAME: 0592.",
                "CORRECTIVE ASSIGNMENT TO REMOVE THE PATENT NUMBER PREVIOUSLY RECORDED ON REEL 012345 FRAME 0678. ASSIGNOR(S) \
                 HEREBY CONFIRMS THE MERGER.",
                "CORRECTION BY DECLARATION OF INCORRECT APPLICATION NUMBER",
                "RE-RECORD TO CORRECT THE NAME OF THE RECEIVING PARTY",
                "CORRECTIVE ASSIGNMENT TO CORRECT THE RELEASE OF SECURITY INTEREST",
            ],
        ),
        (
            "GOVERNMENT_INTEREST",
            &[
                "CONFIRMATORY LICENSE (SEE DOCUMENT FOR DETAILS).",
                "GOVERNMENT INTEREST AGREEMENT",
                "EXECUTIVE ORDER 9424, CONFIRMATORY LICENSE",
            ],
        ),
        (
            "LICENCE",
            &[
                "LICENSE (SEE DOCUMENT FOR DETAILS).",
                "EXCLUSIVE LICENSE",
                "PATENT LICENSE AGREEMENT",
                "NON-EXCLUSIVE LICENCE AGREEMENT",
                "SUBLICENSE AGREEMENT",
            ],
        ),
        ("OTHER", &["", "AFFIDAVIT", "TERMINATION OF LICENSE AGREEMENT", "POWER OF ATTORNEY", "LETTERS TESTAMENTARY"]),
    ];

    #[test]
    fn words_lead_to_what_they_are() {
        let mut wrong = Vec::new();
        for (class, texts) in TEXTS {
            let found = texts.iter().map(|text| (class_of(text), text)).filter(|(found, _)| found != class);
            wrong.extend(found.map(|(found, text)| format!("{text}: {found}, not {class}")));
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_class_that_is_given_goes_before_the_words_but_for_licences() {
        assert_eq!(class_given("security", "ASSIGNMENT OF ASSIGNORS INTEREST"), Some("SECURITY_INTEREST"));
        assert_eq!(class_given("other", "EXCLUSIVE LICENSE"), Some("LICENCE"));
        assert_eq!(class_given("assignment", "PATENT LICENSE AGREEMENT"), Some("LICENCE"));
        assert_eq!(class_given("govern", "CONFIRMATORY LICENSE"), Some("GOVERNMENT_INTEREST"));
        assert_eq!(class_given("missing", "MERGER (SEE DOCUMENT FOR DETAILS)."), Some("MERGER"));
        assert_eq!(class_given("gift", "MERGER"), None);
    }
}
