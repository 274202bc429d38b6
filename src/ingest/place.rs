//! A place in an input, and reading values there.

use chrono::NaiveDate;

use crate::catalog::ClosedSet;
use crate::decimal::Decimal;
use crate::ingest::{IngestError, Wrong};
use crate::store::records::Placed;

/// Where in an input a value stands: in which list, and at which place there, from 0.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) item: Option<(&'static str, usize)>,
}

impl Place {
    /// The fault of a value.
    pub(super) fn wrong(self, field: &str, value: &str, expected: impl Into<String>) -> IngestError {
        self.fault(Wrong::Form, field, value, expected)
    }

    /// The fault of a value that names nothing known.
    pub(super) fn unknown(self, field: &str, value: &str, expected: impl Into<String>) -> IngestError {
        self.fault(Wrong::Unknown, field, value, expected)
    }

    /// The fault of a value, in its way.
    pub(super) fn fault(self, wrong: Wrong, field: &str, value: &str, expected: impl Into<String>) -> IngestError {
        IngestError::Value {
            field: field.to_owned(),
            value: value.to_owned(),
            expected: expected.into(),
            item: self.item,
            wrong,
        }
    }

    /// An item of a list at this place.
    pub(super) fn item(self, list: &'static str, index: usize) -> Self {
        Self { item: Some((list, index)) }
    }

    /// A text: not empty, without NUL and without blanks around it.
    pub(super) fn text(self, field: &str, value: &str) -> Result<String, IngestError> {
        if value.is_empty() || value.contains('\0') || value.trim() != value {
            return Err(self.wrong(field, value, "a text without NUL and without blanks around it"));
        }
        Ok(value.to_owned())
    }

    /// A text that may be absent.
    pub(super) fn optional_text(self, field: &str, value: Option<&str>) -> Result<Option<String>, IngestError> {
        value.map(|value| self.text(field, value)).transpose()
    }

    /// A permanent short name: lower-case letters, digits and hyphens.
    pub(super) fn slug(self, field: &str, value: &str) -> Result<String, IngestError> {
        let fits = |character: char| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-';
        if value.is_empty() || !value.chars().all(fits) {
            return Err(self.wrong(field, value, "a short name of lower-case letters, digits and hyphens"));
        }
        Ok(value.to_owned())
    }

    /// A value of a closed set.
    pub(super) fn closed(
        self,
        field: &str,
        value: &str,
        values: &'static ClosedSet,
    ) -> Result<&'static str, IngestError> {
        values.find(value).ok_or_else(|| {
            let known: Vec<&str> = values.values.iter().map(|(known, _)| *known).collect();
            self.wrong(field, value, format!("one of {}", known.join(", ")))
        })
    }

    /// A value of a closed set that may be absent.
    pub(super) fn optional_closed(
        self,
        field: &str,
        value: Option<&str>,
        values: &'static ClosedSet,
    ) -> Result<Option<&'static str>, IngestError> {
        value.map(|value| self.closed(field, value, values)).transpose()
    }

    /// A day, `YYYY-MM-DD`, that may be absent.
    pub(super) fn day(self, field: &str, value: Option<&str>) -> Result<Option<NaiveDate>, IngestError> {
        let read = |value| calendar_day(value).ok_or_else(|| self.wrong(field, value, "a day as YYYY-MM-DD"));
        value.map(read).transpose()
    }

    /// A day, month or year, as its first day and how exactly it is known; both absent together.
    pub(super) fn rough_day(self, field: &str, value: Option<&str>) -> Result<RoughDay, IngestError> {
        let Some(value) = value else { return Ok((None, None)) };
        let (day, precision) = match value.len() {
            4 => (calendar_day(&format!("{value}-01-01")), "YEAR"),
            7 => (calendar_day(&format!("{value}-01")), "MONTH"),
            _ => (calendar_day(value), "DAY"),
        };
        let day = day.ok_or_else(|| self.wrong(field, value, "a date as YYYY-MM-DD, YYYY-MM or YYYY"))?;
        Ok((Some(day), Some(precision)))
    }

    /// A decimal as an integer that is scaled by ten to the power of `scale`.
    pub(super) fn decimal(self, field: &str, value: &str, scale: u32) -> Result<i64, IngestError> {
        Decimal::parse(value)
            .and_then(|decimal| decimal.scaled(scale))
            .ok_or_else(|| self.wrong(field, value, format!("a decimal with at most {scale} digits after the point")))
    }

    /// A code of capital letters of a fixed length, such as a country or a currency.
    pub(super) fn code(self, field: &str, value: &str, length: usize, expected: &str) -> Result<String, IngestError> {
        if value.len() != length || !value.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(self.wrong(field, value, expected));
        }
        Ok(value.to_owned())
    }

    /// The id of a row that was placed, unless the files hold it twice.
    pub(super) fn once(self, field: &str, value: &str, placed: Placed) -> Result<i64, IngestError> {
        match placed {
            Placed::New(id) | Placed::Stood(id) => Ok(id),
            Placed::Repeated => {
                Err(self.fault(Wrong::Repeated, field, value, "something that is not in the files before"))
            }
        }
    }
}

/// A day and how exactly it is known.
pub(super) type RoughDay = (Option<NaiveDate>, Option<&'static str>);

/// The place of an item in a list, from 1.
pub(super) fn ordinal(index: usize) -> i32 {
    i32::try_from(index).map_or(i32::MAX, |index| index.saturating_add(1))
}

fn calendar_day(text: &str) -> Option<NaiveDate> {
    let fixed_width = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    fixed_width.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::calendar_day;

    #[test]
    fn days_have_a_fixed_width_and_are_in_the_calendar() {
        assert!(calendar_day("2016-02-29").is_some());
        for text in ["2017-02-29", "2017-7-05", "17-07-05", "2017-07-05Z", "+2017-07-5"] {
            assert_eq!(calendar_day(text), None, "{text}");
        }
    }
}
