//! Publication numbers of patents: one parser for the spellings that people and registers use, one canonical form.
//!
//! The canonical form is the office's two letters (WIPO ST.3), its number, and the kind code (WIPO ST.16) where it is
//! known, without anything between them. What the number looks like is the office's own matter; it is collected in
//! WIPO ST.10/C and in the EPO's concordance of number formats. Ours:
//!
//! | office | number | such as |
//! |---|---|---|
//! | US | grants without leading zeros; `D`, `RE`, `PP`, `H`, `T`, `AI` before those that are no utility patents | `US8566251B2`, `USD544875S1`, `USRE35312E` |
//! | US | applications: year, seven digits | `US20170123456A1` |
//! | EP | seven digits | `EP0484069B1` |
//! | WO | year in four digits, six digits; the notation since 2004, for older ones too | `WO1993012990A1` |
//! | CN | as printed, seven to nine digits | `CN1201611C`, `CN104618449A` |
//! | JP | to 1999 the era's letter, its year in two digits, the serial number without leading zeros | `JPH096531A` |
//! | JP | since 2000 the year, six digits; what is registered without leading zeros; `WO` where a PCT application is published again | `JP2004012345A`, `JP3000001B2` |
//! | KR | applications: year, seven digits; what is registered with its type (`10` patent, `20` utility model) | `KR20150012345A`, `KR101234567B1` |
//! | DE | as printed, without leading zeros and check digit, which has to fit: publications have the application's number | `DE102010012345A1`, `DE19912345C2` |
//! | GB, FR | without leading zeros | `GB2123456A`, `FR2854321A1` |
//! | others | as printed | `CA2176629`, `MXPA04001234A` |
//!
//! A text can have several readings: `8566251` says no office. Which of them is meant, only the store can tell.

mod offices;
#[cfg(test)]
mod properties;
mod spelling;
#[cfg(test)]
mod tests;

use std::fmt;

use spelling::Spelling;

/// Characters of a text at most: the longest spelling in use has fewer.
const LENGTH_MAX: usize = 100;

/// The offices whose numbers are known, in the order in which a number without an office is tried.
const OFFICES: [&str; 9] = ["US", "EP", "WO", "CN", "JP", "KR", "DE", "GB", "FR"];

/// A publication number in parts, such as `US`, `8566251`, `B2`; canonical.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PublicationNumber {
    /// The two-letter code of the office.
    pub office: String,
    /// The number within the office, with the letters that belong to it: `D544875` for a design, `H03246712` for a year of an era.
    pub number: String,
    /// The kind code; absent where it is not said, a letter alone where the spelling tells no more.
    pub kind: Option<String>,
}

/// Why a text is no publication number. Each says what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It has no form that is known.
    Unknown,
    /// It is the number of an application.
    Application,
    /// It is the number of an application, or that of a publication behind a zero.
    Either {
        /// The publication, canonical.
        publication: String,
        /// The application: the last two digits of its year, and its number in that year.
        application: String,
    },
    /// Its check digit is wrong.
    CheckDigit,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str(
                "not a publication number: an office, its number and perhaps a kind code were expected, such as \
                 US8566251B2, US 8,566,251, US 2017/0123456 A1, EP 1 234 567 A1, WO 2017/123456 or CN104618449A",
            ),
            Self::Application => f.write_str("the number of an application, not of a publication"),
            Self::Either { publication, application } => write!(
                f,
                "ambiguous: it can be the publication {publication}, or the application {application} (its year and its \
                 number); write the publication without the zero in front"
            ),
            Self::CheckDigit => f.write_str("no number of its office: its check digit does not fit"),
        }
    }
}

impl PublicationNumber {
    /// What a text can mean, each once; never empty.
    ///
    /// # Errors
    /// It is no publication number.
    pub fn readings(text: &str) -> Result<Vec<Self>, Fault> {
        let spelling = Spelling::new(text)?;
        if let Some(office) = &spelling.office {
            return Self::of_office(office, &spelling);
        }
        // Without an office, `15/994,759` is an application of the US, whatever else it could be.
        if spelling.letters.is_empty()
            && matches!(spelling.parts.as_slice(), [first, serial] if first.len() == 2 && serial.len() < 7)
        {
            return Err(Fault::Application);
        }
        let found = OFFICES.iter().filter_map(|office| Self::of_office(office, &spelling).ok());
        let readings: Vec<Self> = found.flatten().collect();
        if readings.is_empty() { Err(Fault::Unknown) } else { Ok(readings) }
    }

    /// What a text can mean where its office stands elsewhere, such as in a column of its own; an office in the text
    /// must be that one.
    ///
    /// # Errors
    /// It is no publication number of that office.
    pub fn readings_at(office: &str, text: &str) -> Result<Vec<Self>, Fault> {
        let mut spelling = Spelling::new(text)?;
        if spelling.office.get_or_insert_with(|| office.to_owned()) != office {
            return Err(Fault::Unknown);
        }
        Self::of_office(office, &spelling)
    }

    /// The one reading that a text has; none where it has several, or is no publication number.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut readings = Self::readings(text).ok()?;
        let only = readings.pop()?;
        readings.is_empty().then_some(only)
    }

    fn of_office(office: &str, spelling: &Spelling) -> Result<Vec<Self>, Fault> {
        let numbers = offices::numbers(office, spelling)?;
        let whole = |(number, implied): (String, Option<&str>)| Self {
            office: office.to_owned(),
            number,
            kind: spelling.kind.clone().or_else(|| implied.map(str::to_owned)),
        };
        Ok(numbers.into_iter().map(whole).collect())
    }
}

impl fmt::Display for PublicationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.office, self.number, self.kind.as_deref().unwrap_or_default())
    }
}
