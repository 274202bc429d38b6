//! Reading the values of fields: each is what its field allows, or refused with what was expected.

use chrono::{DateTime, NaiveDate};

use crate::catalog::ClosedSet;
use crate::decimal::Decimal;
use crate::ingest::import::value::{INDEXED_BYTES_MAX, TEXT_BYTES_MAX};
use crate::ingest::import::{Problem, Wrong};
use crate::store::records::Moment;

pub(super) const COUNTRY: &str = "a country as two capital letters (ISO 3166-1)";

/// The fault of a value.
pub(super) fn wrong(field: &str, value: &str, expected: impl Into<String>) -> Problem {
    Problem::new(field, value, "it is not what the field asks for", expected)
}

/// Reads a value that may be absent.
pub(super) fn optional<T>(
    value: Option<&String>,
    read: impl FnOnce(&str) -> Result<T, Problem>,
) -> Result<Option<T>, Problem> {
    value.map(|value| read(value)).transpose()
}

fn within(field: &str, value: &str, most: usize) -> Result<String, Problem> {
    if value.len() > most {
        let problem = format!("it is too long: {} bytes", value.len());
        return Err(Problem::new(field, value, problem, format!("at most {most} bytes")));
    }
    if value.trim().is_empty() || value.contains('\0') {
        return Err(wrong(field, value, "a text that is not empty and has no NUL in it"));
    }
    Ok(value.to_owned())
}

/// A name: a text that is ordered by, without blanks around it.
pub(super) fn name(field: &str, value: &str) -> Result<String, Problem> {
    if value.trim() != value {
        return Err(wrong(field, value, "a text without blanks around it"));
    }
    within(field, value, INDEXED_BYTES_MAX)
}

/// A text of any length that is reasonable.
pub(super) fn prose(field: &str, value: &str) -> Result<String, Problem> {
    within(field, value, TEXT_BYTES_MAX)
}

/// A permanent short name: lower-case letters, digits and hyphens.
pub(super) fn slug(field: &str, value: &str) -> Result<String, Problem> {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if value.is_empty() || !value.bytes().all(fits) {
        return Err(wrong(field, value, "a short name of lower-case letters, digits and hyphens"));
    }
    name(field, value)
}

/// A value of a closed set.
pub(super) fn closed(field: &str, value: &str, values: &'static ClosedSet) -> Result<String, Problem> {
    values.find(value).map(str::to_owned).ok_or_else(|| {
        let known: Vec<&str> = values.values.iter().map(|(known, _)| *known).collect();
        wrong(field, value, format!("one of {}", known.join(", ")))
    })
}

/// A day, `YYYY-MM-DD`.
pub(super) fn day(field: &str, value: &str) -> Result<NaiveDate, Problem> {
    calendar_day(value).ok_or_else(|| wrong(field, value, "a day as YYYY-MM-DD"))
}

/// A day, month or year, as its first day and how exactly it is known.
pub(super) fn rough_day(field: &str, value: &str) -> Result<(NaiveDate, String), Problem> {
    let (day, precision) = match value.len() {
        4 => (calendar_day(&format!("{value}-01-01")), "YEAR"),
        7 => (calendar_day(&format!("{value}-01")), "MONTH"),
        _ => (calendar_day(value), "DAY"),
    };
    let day = day.ok_or_else(|| wrong(field, value, "a date as YYYY-MM-DD, YYYY-MM or YYYY"))?;
    Ok((day, precision.to_owned()))
}

fn calendar_day(text: &str) -> Option<NaiveDate> {
    let fixed_width = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    fixed_width.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()
}

/// A moment in UTC, to the microsecond.
pub(super) fn moment(field: &str, value: &str) -> Result<Moment, Problem> {
    let read = DateTime::parse_from_rfc3339(value).ok().map(|moment| moment.naive_utc());
    // What has more digits would not be what is stored.
    let read = read.filter(|moment| moment.and_utc().timestamp_subsec_nanos() % 1_000 == 0);
    read.map(Moment).ok_or_else(|| wrong(field, value, "a moment such as 2026-11-22T00:00:00Z, to the microsecond"))
}

/// A decimal as an integer that is scaled by ten to the power of `scale`.
pub(super) fn decimal(field: &str, value: &str, scale: u32) -> Result<i64, Problem> {
    Decimal::parse(value)
        .and_then(|decimal| decimal.scaled(scale))
        .ok_or_else(|| wrong(field, value, format!("a decimal with at most {scale} digits after the point")))
}

/// A code of capital letters of a fixed length, such as a country or a currency.
pub(super) fn code(field: &str, value: &str, length: usize, expected: &str) -> Result<String, Problem> {
    if value.len() != length || !value.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(wrong(field, value, expected));
    }
    Ok(value.to_owned())
}

/// A Legal Entity Identifier.
pub(super) fn lei(field: &str, value: &str) -> Result<String, Problem> {
    if value.len() != 20 || !value.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) {
        return Err(wrong(field, value, "a Legal Entity Identifier of 20 capital letters and digits"));
    }
    Ok(value.to_owned())
}

/// A key of 64 bits, in hexadecimal.
pub(super) fn key(field: &str, value: &str) -> Result<i64, Problem> {
    let is_hexadecimal = value.len() == 16 && value.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let bits = u64::from_str_radix(value, 16).ok().filter(|_| is_hexadecimal);
    let key = bits.map(|bits| i64::from_le_bytes(bits.to_le_bytes()));
    key.ok_or_else(|| wrong(field, value, "16 digits from 0 to 9 and a to f"))
}

/// A number from `least` on.
pub(super) fn number(field: &str, value: i32, least: i32) -> Result<i32, Problem> {
    if value < least {
        return Err(wrong(field, &value.to_string(), format!("a whole number from {least}")));
    }
    Ok(value)
}

/// The place of an item: the one that is said, or the one in its list, from 1.
pub(super) fn place(field: &str, said: Option<i32>, index: usize) -> Result<i32, Problem> {
    match said {
        Some(said) => number(field, said, 1),
        None => Ok(i32::try_from(index).map_or(i32::MAX, |index| index.saturating_add(1))),
    }
}

/// Reads the items of a list; what is wrong with one says with which.
pub(super) fn each<'a, T, R>(
    list: &'static str,
    items: &'a [T],
    mut read: impl FnMut(usize, &'a T) -> Result<R, Problem>,
) -> Result<Vec<R>, Problem> {
    let one = |(index, item)| read(index, item).map_err(|problem: Problem| problem.within(list, index));
    items.iter().enumerate().map(one).collect()
}

/// Refuses a line that says something twice.
pub(super) fn once<K: std::hash::Hash + Eq>(
    field: &str,
    found: &str,
    key: K,
    seen: &mut std::collections::HashSet<K>,
) -> Result<(), Problem> {
    if seen.insert(key) {
        return Ok(());
    }
    Err(Problem::new(field, found, "it stands twice on the line", "each once").of_kind(Wrong::Repeated))
}

#[cfg(test)]
mod tests {
    use super::{calendar_day, key, moment, rough_day};

    #[test]
    fn keys_are_sixteen_digits_of_either_sign() {
        assert!(key("k", "ffffffffffffffff").is_ok_and(|key| key == -1));
        assert!(key("k", "000000000000000a").is_ok_and(|key| key == 10));
        for text in ["", "a", "+00000000000000a", "000000000000000A", "0000000000000000a"] {
            assert!(key("k", text).is_err(), "{text}");
        }
    }

    #[test]
    fn days_have_a_fixed_width_and_are_in_the_calendar() {
        assert!(calendar_day("2016-02-29").is_some());
        for text in ["2017-02-29", "2017-7-05", "17-07-05", "2017-07-05Z", "+2017-07-5"] {
            assert_eq!(calendar_day(text), None, "{text}");
        }
        assert!(rough_day("d", "2017").is_ok_and(|(_, precision)| precision == "YEAR"));
        assert!(rough_day("d", "2017-13").is_err());
    }

    #[test]
    fn moments_are_as_exact_as_what_is_stored() {
        assert!(moment("m", "2026-11-22T00:00:00.000001Z").is_ok());
        assert!(moment("m", "2026-11-22T00:00:00.0000001Z").is_err());
        assert!(moment("m", "2026-11-22").is_err());
    }
}
