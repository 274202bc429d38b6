//! A record of the register, as a file states it, whatever the file is; and how its values are read.

use chrono::NaiveDate;

use super::watched::BROKEN;
use super::{country, person};
use crate::ingest::import::Problem;
use crate::ingest::import::value::{INDEXED_BYTES_MAX, TEXT_BYTES_MAX};
use crate::ownership::ReelFrame;
use crate::publication_number::PublicationNumber;

/// The office of all of its patents.
pub(super) const OFFICE: &str = "US";

/// The role of whoever conveys.
pub(super) const ASSIGNOR: &str = "ASSIGNOR";
/// The role of whoever receives.
pub(super) const ASSIGNEE: &str = "ASSIGNEE";

/// A record.
#[derive(Debug, Clone, Default)]
pub(super) struct Recording {
    /// Reel and frame.
    pub(super) place: String,
    pub(super) text: Option<String>,
    pub(super) recorded_on: Option<NaiveDate>,
    /// When the register changed it last.
    pub(super) updated_on: Option<NaiveDate>,
    /// Whether the register has taken it back.
    pub(super) is_purged: bool,
    /// Who takes part; absent where the file says it elsewhere.
    pub(super) parties: Option<Vec<Party>>,
    /// What is conveyed; absent where the file does not say all of it here.
    pub(super) properties: Option<Vec<Property>>,
}

/// Who conveys or receives.
#[derive(Debug, Clone)]
pub(super) struct Party {
    pub(super) name: String,
    pub(super) role: &'static str,
    pub(super) is_person: bool,
    pub(super) executed_on: Option<NaiveDate>,
    pub(super) country: Option<String>,
}

/// One invention of those that a record conveys: its application, and what was published of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Property {
    pub(super) publications: Vec<Publication>,
    pub(super) application: Option<String>,
    pub(super) filed_on: Option<NaiveDate>,
    pub(super) title: Option<String>,
}

/// A publication of an application, or a grant.
#[derive(Debug, Clone)]
pub(super) struct Publication {
    pub(super) number: String,
    pub(super) kind: Option<String>,
    pub(super) on: Option<NaiveDate>,
    pub(super) is_grant: bool,
}

/// A text without blanks around it; absent when it is empty, or the word for null of older answers.
fn text_within<'t>(column: &str, text: &'t str, most: usize) -> Result<Option<&'t str>, Problem> {
    let text = text.trim();
    if text.contains(BROKEN) {
        let shown = text.replace(BROKEN, "\u{FFFD}");
        return Err(Problem::new(column, &shown, "it is not UTF-8", "a text in UTF-8"));
    }
    if text.contains('\0') {
        return Err(Problem::new(column, text, "it has a NUL in it", "a text without NUL"));
    }
    if text.len() > most {
        let problem = format!("it is too long: {} bytes", text.len());
        return Err(Problem::new(column, text, problem, format!("at most {most} bytes")));
    }
    Ok((!text.is_empty() && text != "NULL").then_some(text))
}

/// A text that is short enough for an index.
pub(super) fn name<'t>(column: &str, text: &'t str) -> Result<Option<&'t str>, Problem> {
    text_within(column, text, INDEXED_BYTES_MAX)
}

/// A text of any length that is reasonable.
pub(super) fn prose<'t>(column: &str, text: &'t str) -> Result<Option<&'t str>, Problem> {
    text_within(column, text, TEXT_BYTES_MAX)
}

/// Reel and frame, canonical: `031066/0972`.
pub(super) fn place(column: &str, reel: &str, frame: &str) -> Result<String, Problem> {
    let text = format!("{}/{}", reel.trim(), frame.trim());
    let refusal = || Problem::new(column, &text, "it is no place in the register", "a reel and a frame, as numbers");
    ReelFrame::parse(&text).map(|place| place.to_string()).ok_or_else(refusal)
}

/// A day as `20130824`, `2013-08-24`, `2013-08-24T00:00:00Z` or `24aug2013`; absent when it is empty, partial (`20130000`) or a
/// null of older answers (`0001-01-01`). Times are midnight in the office's own zone, so only the day counts.
pub(super) fn day(column: &str, text: &str) -> Result<Option<NaiveDate>, Problem> {
    let Some(text) = name(column, text)? else { return Ok(None) };
    let bare = text.split_once('T').map_or(text, |(day, _)| day);
    let digits: String = bare.chars().filter(|sign| *sign != '-').collect();
    let is_number = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number {
        let is_partial = digits.ends_with("00") || digits.get(4..6) == Some("00") || digits.starts_with("0000");
        if is_partial || digits.starts_with("0001") {
            return Ok(None);
        }
    }
    let formats: &[&str] = if is_number { &["%Y%m%d"] } else { &["%d%b%Y"] };
    let day = formats.iter().find_map(|format| NaiveDate::parse_from_str(&digits, format).ok());
    let refusal = || Problem::new(column, text, "it is no day of the calendar", "a day as YYYYMMDD or YYYY-MM-DD");
    day.map(Some).ok_or_else(refusal)
}

impl Party {
    /// A party by its name; `executed_on` and the address as the file has them.
    pub(super) fn new(name: &str, role: &'static str, executed_on: Option<NaiveDate>) -> Self {
        let is_person = person::is_person(name);
        Self { name: name.to_owned(), role, is_person, executed_on, country: None }
    }

    /// With the country of an address.
    pub(super) fn of_country(self, country: Option<&str>, state: Option<&str>) -> Self {
        Self { country: country::country_of(country, state), ..self }
    }
}

impl Publication {
    /// A publication by its number; nothing where the text is no number of one.
    pub(super) fn new(number: &str, kind: Option<&str>, on: Option<NaiveDate>, is_grant: bool) -> Option<Self> {
        let mut readings = PublicationNumber::readings_at(OFFICE, number).ok()?;
        let reading = readings.pop().filter(|_| readings.is_empty())?;
        // The register has one kind for all grants with a publication before, and one for all without: not that of the grant.
        let kind = if is_grant { None } else { reading.kind.or_else(|| kind.map(str::to_owned)) };
        Some(Self { number: reading.number, kind, on, is_grant })
    }
}

impl Recording {
    /// The companies that take part.
    pub(super) fn companies(&self) -> impl Iterator<Item = &Party> {
        self.parties.iter().flatten().filter(|party| !party.is_person)
    }

    /// The numbers of all publications that it names.
    pub(super) fn numbers(&self) -> impl Iterator<Item = &str> {
        self.properties.iter().flatten().flat_map(|property| &property.publications).map(|named| &*named.number)
    }
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days_are_read_in_the_spellings_of_the_files() {
        let read = |text: &str| day("day", text).map(|day| day.map(|day| day.to_string()));
        for text in ["20130824", "2013-08-24", "2013-08-24T00:00:00Z", "2013-08-24T04:00:00.000Z", "24aug2013"] {
            assert_eq!(read(text), Ok(Some("2013-08-24".to_owned())), "{text}");
        }
        for text in ["", "  ", "NULL", "20130000", "20130800", "00000000", "0001-01-01T00:00:00Z"] {
            assert_eq!(read(text), Ok(None), "{text}");
        }
        for text in ["20130231", "soon", "2013-13-01", "201308"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
