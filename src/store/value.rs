//! Values as they come from a row, into JSON or into a cursor, without a copy in between.

use std::io::Write as _;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::PgValue;
use rusqlite::types::ValueRef;

use crate::catalog::Kind;
use crate::plan::predicate::Datum;
use crate::store::StoreError;

/// Days from 1970-01-01 to 2000-01-01, where PostgreSQL counts from.
pub(super) const PG_EPOCH_DAYS: i32 = 10_957;
/// The same in microseconds.
pub(super) const PG_EPOCH_MICROS: i64 = 946_684_800_000_000;

/// `YYYY-MM-DD` of days since 1970-01-01.
pub(super) fn date_text(days: i32) -> String {
    NaiveDate::from_epoch_days(days).map_or_else(String::new, |date| date.to_string())
}

/// `YYYY-MM-DDTHH:MM:SS.ffffffZ` of microseconds since 1970-01-01.
pub(super) fn date_time_text(micros: i64) -> String {
    DateTime::<Utc>::from_timestamp_micros(micros)
        .map_or_else(String::new, |moment| moment.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string())
}

/// A value of a row that is not null.
pub(super) trait ReadValue: Sized {
    /// A whole number of any width, a boolean included.
    fn integer(self, kind: Kind) -> Result<i64, StoreError>;
    /// The bytes of a text, given to `read`.
    fn with_bytes<T>(self, read: impl FnOnce(&[u8]) -> T) -> Result<T, StoreError>;
    /// A text, given to `read`.
    fn text<T>(self, read: impl FnOnce(&str) -> T) -> Result<T, StoreError> {
        self.with_bytes(|bytes| utf8(bytes).map(read))?
    }
    /// Days since 1970-01-01.
    fn date(self) -> Result<i32, StoreError>;
    /// Microseconds since 1970-01-01.
    fn date_time(self) -> Result<i64, StoreError>;
    /// A date or a date-time as JSON.
    fn moment_json(self, kind: Kind, out: &mut Vec<u8>) -> Result<(), StoreError>;

    /// A value as JSON.
    #[inline]
    fn json(self, kind: Kind, out: &mut Vec<u8>) -> Result<(), StoreError> {
        match kind {
            Kind::Text | Kind::Code(_) => self.with_bytes(|bytes| json_text(bytes, out))?,
            // A name of an enum needs no escapes.
            Kind::Closed(_) => self.with_bytes(|bytes| quoted(bytes, out)),
            Kind::Int | Kind::Key => {
                out.extend(itoa::Buffer::new().format(self.integer(kind)?).as_bytes());
                Ok(())
            }
            Kind::Decimal(scale) => {
                json_decimal(self.integer(kind)?, scale, out);
                Ok(())
            }
            Kind::Boolean => {
                out.extend(if self.integer(kind)? == 0 { &b"false"[..] } else { b"true" });
                Ok(())
            }
            Kind::Date | Kind::DateTime => self.moment_json(kind, out),
            Kind::Json => self.with_bytes(|bytes| out.extend(bytes)),
        }
    }

    /// A value as a cursor holds it.
    fn datum(self, kind: Kind) -> Result<Datum, StoreError> {
        Ok(match kind {
            Kind::Text | Kind::Code(_) | Kind::Closed(_) | Kind::Json => Datum::Text(self.text(str::to_owned)?),
            Kind::Int | Kind::Key | Kind::Decimal(_) | Kind::Boolean => Datum::Integer(self.integer(kind)?),
            Kind::Date => Datum::Date(self.date()?),
            Kind::DateTime => Datum::DateTime(self.date_time()?),
        })
    }
}

pub(super) fn quoted(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    out.extend(bytes);
    out.push(b'"');
}

/// A text as JSON. Most need no escape: such a text is copied as it stands.
pub(super) fn json_text(bytes: &[u8], out: &mut Vec<u8>) -> Result<(), StoreError> {
    let marks = Marks::of(bytes);
    if marks.has_escapes() {
        return serde_json::to_writer(&mut *out, utf8(bytes)?).map_err(|_| shape("a text that can be written"));
    }
    if !marks.is_ascii() {
        utf8(bytes)?;
    }
    quoted(bytes, out);
    Ok(())
}

/// A one in each byte.
const EACH: u64 = u64::from_ne_bytes([1; 8]);

/// What bytes of a text there are, eight looked at together.
#[derive(Clone, Copy, Default)]
struct Marks {
    /// Has a high bit where JSON escapes a byte.
    escapes: u64,
    /// Has a high bit where a byte is not ASCII.
    others: u64,
}

impl Marks {
    /// The last eight bytes overlap those before them; a shorter text has blanks behind it.
    fn of(bytes: &[u8]) -> Self {
        let mut marks = Self::default();
        if let Some(last) = bytes.last_chunk() {
            bytes.as_chunks().0.iter().for_each(|word| marks.look_at(*word));
            marks.look_at(*last);
        } else {
            let mut short = [b' '; 8];
            short.iter_mut().zip(bytes).for_each(|(place, byte)| *place = *byte);
            marks.look_at(short);
        }
        marks
    }

    /// Each difference has a high bit where it is of such a byte, or, since a borrow goes on from such a byte only, behind
    /// one. With one bit turned, the quotation mark stands beside the control characters.
    #[inline]
    fn look_at(&mut self, bytes: [u8; 8]) {
        let word = u64::from_le_bytes(bytes);
        let controls_and_quotes = (word ^ (EACH * 0x02)).wrapping_sub(EACH * 0x21);
        let backslashes = (word ^ (EACH * 0x5C)).wrapping_sub(EACH);
        self.escapes |= (controls_and_quotes | backslashes) & !word;
        self.others |= word;
    }

    const fn has_escapes(self) -> bool {
        self.escapes & (EACH * 0x80) != 0
    }

    const fn is_ascii(self) -> bool {
        self.others & (EACH * 0x80) == 0
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

fn utf8(bytes: &[u8]) -> Result<&str, StoreError> {
    std::str::from_utf8(bytes).map_err(|_| shape("a text that is not UTF-8"))
}

/// A date as SQLite holds it, in days since 1970-01-01.
pub(super) fn date_of_text(text: &str) -> Result<i32, StoreError> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| shape("a date"))?;
    Ok(date.to_epoch_days())
}

/// A date-time as SQLite holds it, in microseconds since 1970-01-01.
pub(super) fn moment_of_text(text: &str) -> Result<i64, StoreError> {
    let moment = DateTime::parse_from_rfc3339(text).map_err(|_| shape("a date-time"))?;
    Ok(moment.timestamp_micros())
}

impl ReadValue for ValueRef<'_> {
    fn integer(self, _kind: Kind) -> Result<i64, StoreError> {
        match self {
            ValueRef::Integer(value) => Ok(value),
            _ => Err(shape("a whole number")),
        }
    }

    fn with_bytes<T>(self, read: impl FnOnce(&[u8]) -> T) -> Result<T, StoreError> {
        match self {
            ValueRef::Text(bytes) => Ok(read(bytes)),
            _ => Err(shape("a text")),
        }
    }

    fn date(self) -> Result<i32, StoreError> {
        self.text(date_of_text)?
    }

    fn date_time(self) -> Result<i64, StoreError> {
        self.text(moment_of_text)?
    }

    /// SQLite holds them as the text that is sent.
    fn moment_json(self, _kind: Kind, out: &mut Vec<u8>) -> Result<(), StoreError> {
        self.with_bytes(|bytes| quoted(bytes, out))
    }
}

fn big_endian<const N: usize>(bytes: &[u8]) -> Result<[u8; N], StoreError> {
    bytes.try_into().map_err(|_| shape("a number of another width"))
}

impl ReadValue for PgValue<'_> {
    fn integer(self, _kind: Kind) -> Result<i64, StoreError> {
        let bytes = self.as_bytes();
        match bytes {
            [byte] => Ok(i64::from(*byte)),
            [_, _, _, _] => Ok(i64::from(i32::from_be_bytes(big_endian(bytes)?))),
            _ => Ok(i64::from_be_bytes(big_endian(bytes)?)),
        }
    }

    fn with_bytes<T>(self, read: impl FnOnce(&[u8]) -> T) -> Result<T, StoreError> {
        Ok(read(self.as_bytes()))
    }

    fn date(self) -> Result<i32, StoreError> {
        Ok(i32::from_be_bytes(big_endian(self.as_bytes())?) + PG_EPOCH_DAYS)
    }

    fn date_time(self) -> Result<i64, StoreError> {
        Ok(i64::from_be_bytes(big_endian(self.as_bytes())?) + PG_EPOCH_MICROS)
    }

    fn moment_json(self, kind: Kind, out: &mut Vec<u8>) -> Result<(), StoreError> {
        if matches!(kind, Kind::DateTime) {
            quoted(date_time_text(self.date_time()?).as_bytes(), out);
            return Ok(());
        }
        let date = NaiveDate::from_epoch_days(self.date()?).ok_or_else(|| shape("a date out of range"))?;
        write!(out, "\"{date}\"").map_err(|_| shape("a date that cannot be written"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Marks, json_text};

    #[test]
    fn every_byte_is_told_at_every_place_of_a_text() {
        for length in 1..=24 {
            for place in 0..length {
                for byte in 0..=u8::MAX {
                    let mut text = vec![b'~'; length];
                    text[place] = byte;
                    let marks = Marks::of(&text);
                    let is_escaped = byte < b' ' || byte == b'"' || byte == b'\\';
                    assert_eq!(marks.has_escapes(), is_escaped, "{byte:#04x} at {place} of {length}");
                    assert_eq!(marks.is_ascii(), byte.is_ascii(), "{byte:#04x} at {place} of {length}");
                }
            }
        }
        assert!(!Marks::of(b"").has_escapes());
    }

    #[test]
    fn texts_are_written_as_serde_does_and_others_refused() {
        for text in
            ["", "plain", "a text of more than sixteen bytes", "Kürzel “é”", "\u{7f}", "a \"quoted\" \u{1} \\ ü"]
        {
            let mut out = Vec::new();
            assert!(json_text(text.as_bytes(), &mut out).is_ok());
            assert_eq!(out, serde_json::to_vec(text).unwrap_or_default(), "{text}");
        }
        let mut out = Vec::new();
        assert!(json_text(b"not UTF-8: \xFF", &mut out).is_err());
        assert!(out.is_empty());
    }
}
