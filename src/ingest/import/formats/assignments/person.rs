//! Who of the parties of a record is a natural person: the register writes `FAMILY NAME, GIVEN NAMES`, and companies as they
//! are called.

/// Words of organizations, and of what stands behind their names.
const OF_ORGANIZATIONS: &[&str] = &[
    "ADMINISTRATION",
    "ADMINISTRATIVE",
    "AGENCY",
    "AGENT",
    "AKTIENGESELLSCHAFT",
    "AMERICA",
    "ARMY",
    "ASSOCIATES",
    "ASSOCIATION",
    "AUTHORITY",
    "BOARD",
    "BROTHERS",
    "CAPITAL",
    "CENTER",
    "CENTRE",
    "CHEMICAL",
    "COLLEGE",
    "COMMISSARIAT",
    "COMMISSION",
    "COMPANY",
    "COMPANIES",
    "CORP",
    "CORPORATION",
    "COUNCIL",
    "COUNTY",
    "CREDIT",
    "DEPARTMENT",
    "DIVISION",
    "ELECTRIC",
    "ELECTRONICS",
    "ENERGY",
    "ENGINEERING",
    "ENTERPRISES",
    "ESTATE",
    "ET",
    "FINANCE",
    "FINANCIAL",
    "FORCE",
    "FOUNDATION",
    "FUND",
    "GESELLSCHAFT",
    "GOVERNMENT",
    "GROUP",
    "HOLDING",
    "HOLDINGS",
    "HOSPITAL",
    "INC",
    "INCORPORATED",
    "INDUSTRIES",
    "INSTITUT",
    "INSTITUTE",
    "INSTITUTION",
    "INSTRUMENTS",
    "INTERNATIONAL",
    "INVESTMENT",
    "INVESTMENTS",
    "LABORATORIES",
    "LABORATORY",
    "LABS",
    "LENDER",
    "LIMITED",
    "LLC",
    "LLP",
    "LTD",
    "MANUFACTURING",
    "MEDICAL",
    "MINISTER",
    "MINISTRY",
    "NATIONAL",
    "NAVY",
    "PARTNERS",
    "PARTNERSHIP",
    "PHARMACEUTICALS",
    "PLC",
    "PRODUCTS",
    "REGENTS",
    "REPRESENTED",
    "RESEARCH",
    "SCHOOL",
    "SCIENCES",
    "SECRETARY",
    "SERVICES",
    "SOCIETE",
    "SOCIETY",
    "SOLUTIONS",
    "STATES",
    "SYSTEMS",
    "TECHNOLOGIES",
    "TECHNOLOGY",
    "TRUST",
    "TRUSTEE",
    "TRUSTEES",
    "UNITED",
    "UNIVERSITY",
    "VENTURES",
    "WORKS",
];
/// What stands behind the comma of an organization.
const LEGAL_ENDINGS: &[&str] = &[
    "AB", "AG", "AS", "BV", "CO", "FSB", "GMBH", "KG", "KK", "LP", "NA", "NV", "OY", "PC", "PLLC", "PTE", "PTY", "SA",
    "SARL", "SAS", "SPA", "SRL", "THE",
];
/// What may stand behind a person's names.
const SUFFIXES: &[&str] =
    &["JR", "SR", "II", "III", "IV", "V", "DECEASED", "DR", "MD", "PHD", "ESQ", "MR", "MRS", "MS", "PROF"];

/// Words of a part of a name at most.
const WORDS_MAX: usize = 5;

/// Letters of a word, without dots.
fn bare(word: &str) -> String {
    word.chars().filter(|letter| *letter != '.').flat_map(char::to_uppercase).collect()
}

fn is_word_of_names(word: &str) -> bool {
    word.chars().any(char::is_alphabetic)
        && word.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '.' | '-' | '\'' | '’' | '`' | '´'))
}

/// Whether a name as the register writes it is a natural person's.
pub(super) fn is_person(name: &str) -> bool {
    let mut parts: Vec<Vec<&str>> = name.split(',').map(|part| part.split_whitespace().collect()).collect();
    let is_suffix = |part: &Vec<&str>| !part.is_empty() && part.iter().all(|word| SUFFIXES.contains(&&*bare(word)));
    while parts.len() > 2 && parts.last().is_some_and(|last| last.is_empty() || is_suffix(last)) {
        parts.pop();
    }
    let [family, given] = parts.as_slice() else { return false };
    let fits = |part: &Vec<&str>| {
        (1..=WORDS_MAX).contains(&part.len())
            && part.iter().all(|word| is_word_of_names(word) && !OF_ORGANIZATIONS.contains(&&*bare(word)))
    };
    let is_bank = family.iter().any(|word| bare(word).contains("BANK"));
    let is_legal = matches!(given.as_slice(), [word] if LEGAL_ENDINGS.contains(&&*bare(word)));
    let is_agent = given.first().is_some_and(|word| bare(word) == "AS") && given.len() > 1;
    fits(family) && fits(given) && !is_bank && !is_legal && !is_agent
}

#[cfg(test)]
mod tests {
    use super::is_person;

    #[test]
    fn persons_are_written_with_a_comma() {
        for name in [
            "LIU, WENJUN",
            "RAMM, ROBERT JAMES",
            "AL-JAFARI, MOHAMMED SALEM",
            "EASTWOOD, IAN M",
            "CHEN, C.Y.",
            "WANG, MARVIN",
            "O'BRIEN, MARY-ANN",
            "VAN DER BERG, JAN",
            "SMITH, JOHN A., JR.",
            "SMITH, JOHN A. III",
            "MÜLLER, JÜRGEN",
            "PARK, SE HOON",
            "AO, WEI",
        ] {
            assert!(is_person(name), "{name}");
        }
    }

    #[test]
    fn organizations_are_not() {
        for name in [
            "AUTHENTIX, INC.",
            "U.S. WELL SERVICES, LLC",
            "WILMINGTON SAVINGS FUND SOCIETY, FSB",
            "CITIBANK, N.A.",
            "BANK OF AMERICA, N.A., AS ADMINISTRATIVE AGENT",
            "U.S. BANK NATIONAL ASSOCIATION, AS ADMINSTRATIVE AGENT",
            "MASSACHUSETTS INSTITUTE OF TECHNOLOGY",
            "BIOLECTRON, INC., 200 HOLT ST., HACKENSACK, NJ 07601 A DE CORP.",
            "REGENTS OF THE UNIVERSITY OF CALIFORNIA, THE",
            "NAVY, UNITED STATES OF AMERICA AS REPRESENTED BY THE SECRETARY",
            "BRUMBAUGH, GRAVES DONOHUE, ET AL",
            "TEXAS INSTRUMENTS, INCORPORATED",
            "PHILIPS, N.V.",
            "SIEMENS AKTIENGESELLSCHAFT",
            "3M INNOVATIVE PROPERTIES, CO",
            "THE GENERAL HOSPITAL CORPORATION",
            "COLLINS & AIKMAN, PRODUCTS CO.",
        ] {
            assert!(!is_person(name), "{name}");
        }
    }
}
