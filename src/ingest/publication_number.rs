//! Publication numbers of patents: office, number and kind.

use std::fmt;

/// A publication number in parts, such as `US`, `8566251`, `B2`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PublicationNumber {
    /// The two-letter code of the office.
    pub office: String,
    /// The number within the office, with the letters that belong to it: `D544875` for a design, `H03246712` for a year of an era.
    pub number: String,
    /// The kind code; absent where the source lacks it.
    pub kind: Option<String>,
}

impl PublicationNumber {
    /// Reads the canonical form, such as `US8566251B2`, `USD544875S1`, `JPH03246712A` or `EP1574091`; anything else is `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (office, rest) = text.split_at_checked(2)?;
        if !office.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        let letters = rest.bytes().take_while(u8::is_ascii_uppercase).count();
        let (prefix, rest) = rest.split_at_checked(letters)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, kind) = rest.split_at_checked(digits)?;
        let fits = prefix.len() <= 2 && !digits.is_empty() && is_kind(kind);
        fits.then(|| Self {
            office: office.to_owned(),
            number: format!("{prefix}{digits}"),
            kind: (!kind.is_empty()).then(|| kind.to_owned()),
        })
    }
}

fn is_kind(text: &str) -> bool {
    let mut bytes = text.bytes();
    let letter = bytes.next().is_none_or(|byte| byte.is_ascii_uppercase());
    let digit = bytes.next().is_none_or(|byte| byte.is_ascii_digit());
    letter && digit && bytes.next().is_none()
}

impl fmt::Display for PublicationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.office, self.number, self.kind.as_deref().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::PublicationNumber;

    #[test]
    fn the_forms_of_the_starter_data_come_back_as_they_were() {
        for text in ["US9678868B2", "US9386714", "US20110315698", "USD544875S1", "JPH03246712A", "EP4038475", "FI1"] {
            assert_eq!(PublicationNumber::parse(text).map(|number| number.to_string()).as_deref(), Some(text));
        }
        let design = PublicationNumber::parse("USD544875S1").expect("a design");
        assert_eq!(
            (design.office.as_str(), design.number.as_str(), design.kind.as_deref()),
            ("US", "D544875", Some("S1"))
        );
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "U", "US", "us123", "US 123", "US123B22", "US123b2", "USABC1", "8566251", "ÄÖ1", "US123ß"] {
            assert_eq!(PublicationNumber::parse(text), None, "{text}");
        }
    }
}
