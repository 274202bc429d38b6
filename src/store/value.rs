//! Values as they come from a row, into JSON or into a cursor, without a copy in between.

use std::io::Write as _;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::backend::Backend;
use diesel::pg::Pg;
use diesel::sqlite::Sqlite;

use crate::catalog::Kind;
use crate::plan::predicate::Datum;
use crate::store::StoreError;

/// Days from 1970-01-01 to 2000-01-01, where PostgreSQL counts from.
pub(super) const PG_EPOCH_DAYS: i32 = 10_957;
/// The same in microseconds.
pub(super) const PG_EPOCH_MICROS: i64 = 946_684_800_000_000;

/// `YYYY-MM-DD` of days since 1970-01-01.
pub(super) fn date_text(days: i32) -> String {
    NaiveDate::from_epoch_days(days).map_or_else(String::new, |date| date.format("%Y-%m-%d").to_string())
}

/// `YYYY-MM-DDTHH:MM:SS.ffffffZ` of microseconds since 1970-01-01.
pub(super) fn date_time_text(micros: i64) -> String {
    DateTime::<Utc>::from_timestamp_micros(micros)
        .map_or_else(String::new, |moment| moment.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string())
}

/// Reads the values of one database.
pub(super) trait ReadValue: Backend {
    /// A whole number of any width, a boolean included.
    fn integer(value: Self::RawValue<'_>, kind: Kind) -> Result<i64, StoreError>;
    /// A text, given to `read`.
    fn text<T>(value: Self::RawValue<'_>, read: impl FnOnce(&str) -> T) -> Result<T, StoreError>;
    /// Days since 1970-01-01.
    fn date(value: Self::RawValue<'_>) -> Result<i32, StoreError>;
    /// Microseconds since 1970-01-01.
    fn date_time(value: Self::RawValue<'_>) -> Result<i64, StoreError>;
    /// A date or a date-time as JSON.
    fn moment_json(value: Self::RawValue<'_>, kind: Kind, out: &mut Vec<u8>) -> Result<(), StoreError>;

    /// A value as JSON.
    fn json(value: Self::RawValue<'_>, kind: Kind, out: &mut Vec<u8>) -> Result<(), StoreError> {
        match kind {
            Kind::Text | Kind::Code(_) => Self::text(value, |text| json_text(text, out)),
            // A name of an enum needs no escapes.
            Kind::Closed(_) => Self::text(value, |text| quoted(text.as_bytes(), out)),
            Kind::Int | Kind::Key => {
                out.extend(itoa::Buffer::new().format(Self::integer(value, kind)?).as_bytes());
                Ok(())
            }
            Kind::Decimal(scale) => {
                json_decimal(Self::integer(value, kind)?, scale, out);
                Ok(())
            }
            Kind::Boolean => {
                out.extend(if Self::integer(value, kind)? == 0 { &b"false"[..] } else { b"true" });
                Ok(())
            }
            Kind::Date | Kind::DateTime => Self::moment_json(value, kind, out),
        }
    }

    /// A value as a cursor holds it.
    fn datum(value: Self::RawValue<'_>, kind: Kind) -> Result<Datum, StoreError> {
        Ok(match kind {
            Kind::Text | Kind::Code(_) | Kind::Closed(_) => Datum::Text(Self::text(value, str::to_owned)?),
            Kind::Int | Kind::Key | Kind::Decimal(_) | Kind::Boolean => Datum::Integer(Self::integer(value, kind)?),
            Kind::Date => Datum::Date(Self::date(value)?),
            Kind::DateTime => Datum::DateTime(Self::date_time(value)?),
        })
    }
}

fn quoted(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    out.extend(bytes);
    out.push(b'"');
}

/// A text as JSON: most need no escape, and are copied whole.
fn json_text(text: &str, out: &mut Vec<u8>) {
    // Whole chunks are looked at without a branch for each byte.
    let is_escaped = |found: bool, byte: &u8| found | (*byte < b' ') | (*byte == b'"') | (*byte == b'\\');
    if !text.as_bytes().chunks(32).any(|chunk| chunk.iter().fold(false, is_escaped)) {
        quoted(text.as_bytes(), out);
    } else if serde_json::to_writer(&mut *out, text).is_err() {
        tracing::error!("a text could not be written into memory");
    }
}

/// A scaled integer as the shortest decimal text, in quotes.
fn json_decimal(value: i64, scale: u32, out: &mut Vec<u8>) {
    let factor = 10_u64.checked_pow(scale).unwrap_or(u64::MAX);
    let magnitude = value.unsigned_abs();
    let (whole, fraction) = (magnitude / factor, magnitude % factor);
    out.extend(if value < 0 { &b"\"-"[..] } else { b"\"" });
    out.extend(itoa::Buffer::new().format(whole).as_bytes());
    if fraction > 0 {
        let digits = format!("{fraction:0width$}", width = usize::try_from(scale).unwrap_or(0));
        out.push(b'.');
        out.extend(digits.trim_end_matches('0').as_bytes());
    }
    out.push(b'"');
}

fn shape(what: &str) -> StoreError {
    StoreError::Shape(what.to_owned())
}

impl ReadValue for Sqlite {
    fn integer(mut value: Self::RawValue<'_>, _kind: Kind) -> Result<i64, StoreError> {
        Ok(value.read_long())
    }

    fn text<T>(mut value: Self::RawValue<'_>, read: impl FnOnce(&str) -> T) -> Result<T, StoreError> {
        Ok(read(value.read_text()))
    }

    fn date(mut value: Self::RawValue<'_>) -> Result<i32, StoreError> {
        let date = NaiveDate::parse_from_str(value.read_text(), "%Y-%m-%d").map_err(|_| shape("a date"))?;
        Ok(date.to_epoch_days())
    }

    fn date_time(mut value: Self::RawValue<'_>) -> Result<i64, StoreError> {
        let moment = DateTime::parse_from_rfc3339(value.read_text()).map_err(|_| shape("a date-time"))?;
        Ok(moment.timestamp_micros())
    }

    /// SQLite holds them as the text that is sent.
    fn moment_json(mut value: Self::RawValue<'_>, _kind: Kind, out: &mut Vec<u8>) -> Result<(), StoreError> {
        quoted(value.read_text().as_bytes(), out);
        Ok(())
    }
}

fn big_endian<const N: usize>(bytes: &[u8]) -> Result<[u8; N], StoreError> {
    bytes.try_into().map_err(|_| shape("a number of another width"))
}

impl ReadValue for Pg {
    fn integer(value: Self::RawValue<'_>, _kind: Kind) -> Result<i64, StoreError> {
        let bytes = value.as_bytes();
        match bytes {
            [byte] => Ok(i64::from(*byte)),
            [_, _, _, _] => Ok(i64::from(i32::from_be_bytes(big_endian(bytes)?))),
            _ => Ok(i64::from_be_bytes(big_endian(bytes)?)),
        }
    }

    fn text<T>(value: Self::RawValue<'_>, read: impl FnOnce(&str) -> T) -> Result<T, StoreError> {
        std::str::from_utf8(value.as_bytes()).map(read).map_err(|_| shape("a text that is not UTF-8"))
    }

    fn date(value: Self::RawValue<'_>) -> Result<i32, StoreError> {
        Ok(i32::from_be_bytes(big_endian(value.as_bytes())?) + PG_EPOCH_DAYS)
    }

    fn date_time(value: Self::RawValue<'_>) -> Result<i64, StoreError> {
        Ok(i64::from_be_bytes(big_endian(value.as_bytes())?) + PG_EPOCH_MICROS)
    }

    fn moment_json(value: Self::RawValue<'_>, kind: Kind, out: &mut Vec<u8>) -> Result<(), StoreError> {
        if matches!(kind, Kind::DateTime) {
            quoted(date_time_text(Self::date_time(value)?).as_bytes(), out);
            return Ok(());
        }
        let date = NaiveDate::from_epoch_days(Self::date(value)?).ok_or_else(|| shape("a date out of range"))?;
        write!(out, "\"{date}\"").map_err(|_| shape("a date that cannot be written"))
    }
}
