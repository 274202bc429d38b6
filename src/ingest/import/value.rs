//! Reading the values of fields: what is empty is absent, what cannot be is refused.

use chrono::NaiveDate;

use crate::ingest::import::Problem;
use crate::ingest::import::delimited::Fields;

/// Bytes of a text that is ordered by, and so in an index: PostgreSQL's hold a third of a page.
pub(crate) const INDEXED_BYTES_MAX: usize = 2_000;
/// Bytes of any other text.
pub(crate) const TEXT_BYTES_MAX: usize = 1024 * 1024;

impl<'a> Fields<'a> {
    /// A text that is short enough for an index; absent when it is empty.
    pub(crate) fn name(&self, column: &str) -> Result<Option<&'a str>, Problem> {
        self.text_within(column, INDEXED_BYTES_MAX)
    }

    /// A text that has to be there and is short enough for an index.
    pub(crate) fn required(&self, column: &str) -> Result<&'a str, Problem> {
        self.name(column)?.ok_or_else(|| Problem::new(column, "", "it is empty", "a value"))
    }

    /// A text of any length that is reasonable; absent when it is empty.
    pub(crate) fn prose(&self, column: &str) -> Result<Option<&'a str>, Problem> {
        self.text_within(column, TEXT_BYTES_MAX)
    }

    fn text_within(&self, column: &str, most: usize) -> Result<Option<&'a str>, Problem> {
        let text = self.raw(column)?;
        if text.len() > most {
            let problem = format!("it is too long: {} bytes", text.len());
            return Err(Problem::new(column, text, problem, format!("at most {most} bytes")));
        }
        Ok((!text.is_empty()).then_some(text))
    }

    /// A day, `YYYY-MM-DD`; absent when it is empty.
    pub(crate) fn day(&self, column: &str) -> Result<Option<NaiveDate>, Problem> {
        let text = self.raw(column)?;
        if text.is_empty() {
            return Ok(None);
        }
        let day = (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten();
        day.map(Some).ok_or_else(|| Problem::new(column, text, "it is no day of the calendar", "a day as YYYY-MM-DD"))
    }

    /// The day of a moment as it is written, whatever its offset: `2017-04-24T00:00:00+02:00`; absent when it is empty.
    pub(crate) fn day_of(&self, column: &str) -> Result<Option<NaiveDate>, Problem> {
        let text = self.raw(column)?;
        if text.is_empty() {
            return Ok(None);
        }
        let (day, rest) = text.split_at_checked(10).unwrap_or((text, ""));
        let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok().filter(|_| day.len() == 10);
        let day = day.filter(|_| rest.is_empty() || rest.starts_with(['T', ' ']));
        let expected = "a moment as YYYY-MM-DDThh:mm:ss, or its day";
        day.map(Some).ok_or_else(|| Problem::new(column, text, "it begins with no day of the calendar", expected))
    }

    /// A number from 0 on; absent when it is empty.
    pub(crate) fn count(&self, column: &str) -> Result<Option<i32>, Problem> {
        let text = self.raw(column)?;
        if text.is_empty() {
            return Ok(None);
        }
        let count = text.parse().ok().filter(|count: &i32| *count >= 0);
        count.map(Some).ok_or_else(|| Problem::new(column, text, "it is no number", "a whole number from 0"))
    }

    /// A flag, `0` or `1`; false when it is empty.
    pub(crate) fn flag(&self, column: &str) -> Result<bool, Problem> {
        match self.raw(column)? {
            "" | "0" => Ok(false),
            "1" => Ok(true),
            other => Err(Problem::new(column, other, "it is no flag", "0 or 1")),
        }
    }

    /// A country as two capital letters; absent when it is empty.
    pub(crate) fn country(&self, column: &str) -> Result<Option<&'a str>, Problem> {
        let text = self.raw(column)?;
        let is_code = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        if text.is_empty() || is_code {
            return Ok((!text.is_empty()).then_some(text));
        }
        Err(Problem::new(column, text, "it is no country", "a country as two capital letters (ISO 3166-1)"))
    }
}
