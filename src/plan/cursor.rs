//! Cursors: where a row stands in an order.
//!
//! A cursor holds the row's values of that order, so it stays good when the row goes. It is bound to its order by a
//! fingerprint: under another one it is refused, and never guessed at.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Datelike, NaiveDate};

use crate::catalog::{Direction, Entity, Kind};
use crate::plan::OrderStep;
use crate::plan::predicate::Datum;

const VERSION: u8 = 1;
const NULL: u8 = 0;
const INTEGER: u8 = 1;
const TEXT: u8 = 2;

/// What binds a cursor to an entity and an order: FNV-1a of both, 32 bits.
#[must_use]
pub fn fingerprint(entity: &Entity, order: &[OrderStep]) -> u32 {
    let mut text = entity.name.to_owned();
    for step in order {
        let way = if step.direction == Direction::Asc { "ASC" } else { "DESC" };
        text.push_str(&format!("|{} {way}", step.column));
    }
    fingerprint_of(&text)
}

/// What binds a cursor to what a text names.
#[must_use]
pub fn fingerprint_of(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Writes a cursor.
#[must_use]
pub fn encode(fingerprint: u32, values: &[Datum]) -> String {
    let mut bytes = vec![VERSION];
    bytes.extend(fingerprint.to_be_bytes());
    for value in values {
        match value {
            Datum::Null => bytes.push(NULL),
            Datum::Boolean(value) => put_integer(&mut bytes, i64::from(*value)),
            Datum::Integer(value) | Datum::DateTime(value) => put_integer(&mut bytes, *value),
            Datum::Date(days) => put_integer(&mut bytes, i64::from(*days)),
            Datum::Text(text) => {
                bytes.push(TEXT);
                bytes.extend(u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes());
                bytes.extend(text.as_bytes());
            }
        }
    }
    URL_SAFE_NO_PAD.encode(bytes)
}

fn put_integer(bytes: &mut Vec<u8>, value: i64) {
    bytes.push(INTEGER);
    bytes.extend(value.to_be_bytes());
}

/// Reads a cursor: a value for each step of the order. `None` when it does not decode or belongs to another order.
#[must_use]
pub fn decode(cursor: &str, entity: &Entity, order: &[OrderStep]) -> Option<Vec<Datum>> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let mut rest = Rest::of(&bytes, fingerprint(entity, order))?;
    let values: Option<Vec<Datum>> = order.iter().map(|step| rest.datum(step)).collect();
    rest.0.is_empty().then_some(values)?
}

/// Reads a cursor of three whole numbers. `None` when it does not decode or has another fingerprint.
#[must_use]
pub fn decode_place(cursor: &str, fingerprint: u32) -> Option<[i64; 3]> {
    const STEP: OrderStep = OrderStep { column: "", kind: Kind::Key, is_nullable: false, direction: Direction::Asc };
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let mut rest = Rest::of(&bytes, fingerprint)?;
    let mut place = [0; 3];
    for step in &mut place {
        let Datum::Integer(value) = rest.datum(&STEP)? else { return None };
        *step = value;
    }
    rest.0.is_empty().then_some(place)
}

struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    /// What stands behind the version and the fingerprint, if they are right.
    fn of(bytes: &'a [u8], fingerprint: u32) -> Option<Self> {
        let mut rest = Self(bytes);
        let is_ours = rest.take(1)? == [VERSION] && rest.take(4)? == fingerprint.to_be_bytes();
        is_ours.then_some(rest)
    }

    fn take(&mut self, bytes: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(taken)
    }

    fn datum(&mut self, step: &OrderStep) -> Option<Datum> {
        match *self.take(1)? {
            [NULL] => step.is_nullable.then_some(Datum::Null),
            [INTEGER] => {
                let value = i64::from_be_bytes(self.take(8)?.try_into().ok()?);
                integer(step.kind, value)
            }
            [TEXT] => {
                let length = u32::from_be_bytes(self.take(4)?.try_into().ok()?);
                let text = std::str::from_utf8(self.take(usize::try_from(length).ok()?)?).ok()?;
                let is_text = matches!(step.kind, Kind::Text | Kind::Code(_) | Kind::Closed(_));
                (is_text && !text.contains('\0')).then(|| Datum::Text(text.to_owned()))
            }
            _ => None,
        }
    }
}

/// A whole number as a value of a kind, within what the kind holds.
fn integer(kind: Kind, value: i64) -> Option<Datum> {
    match kind {
        Kind::Int => i32::try_from(value).ok().map(|value| Datum::Integer(i64::from(value))),
        Kind::Decimal(_) | Kind::Key => Some(Datum::Integer(value)),
        Kind::Boolean => (0..=1).contains(&value).then_some(Datum::Boolean(value == 1)),
        Kind::Date => {
            let days = i32::try_from(value).ok()?;
            let date = NaiveDate::from_epoch_days(days)?;
            (1..=9999).contains(&date.year()).then_some(Datum::Date(days))
        }
        Kind::DateTime => {
            let moment = DateTime::from_timestamp_micros(value)?;
            (1..=9999).contains(&moment.year()).then_some(Datum::DateTime(value))
        }
        Kind::Text | Kind::Code(_) | Kind::Closed(_) | Kind::Json => None,
    }
}
