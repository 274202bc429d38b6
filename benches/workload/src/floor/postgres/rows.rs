//! Columns of rows as JSON, and rows by parent.

use std::collections::HashMap;
use std::error::Error;
use std::ops::Range;

use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use super::json;
use crate::Fault;

/// Days from 1970-01-01 to 2000-01-01, where PostgreSQL counts from.
const EPOCH_DAYS: i32 = 10_957;

/// A date as PostgreSQL has it: days since 2000-01-01.
#[derive(Clone, Copy, Debug)]
pub struct Date(i32);

impl Date {
    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let mut parts = text.splitn(3, '-').map(str::parse::<i32>);
        let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day))) = (parts.next(), parts.next(), parts.next()) else {
            return Err("not a date".into());
        };
        Ok(Self(json::days(year, month, day) - EPOCH_DAYS))
    }
}

impl<'a> FromSql<'a> for Date {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        i32::from_sql(&Type::INT4, raw).map(Self)
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::DATE
    }
}

impl ToSql for Date {
    fn to_sql(&self, _: &Type, out: &mut bytes::BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.0.to_sql(&Type::INT4, out)
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::DATE
    }

    to_sql_checked!();
}

/// Parents, each once, in the order in which they were first met.
#[derive(Default)]
pub struct Parents {
    pub keys: Vec<i64>,
    places: HashMap<i64, usize>,
}

impl Parents {
    /// The place of a parent's rows among the groups.
    pub fn place(&mut self, key: i64) -> usize {
        *self.places.entry(key).or_insert_with(|| {
            self.keys.push(key);
            self.keys.len() - 1
        })
    }

    /// The places of the parents whose keys are in a column.
    pub fn of(rows: &[Row], column: usize) -> (Self, Vec<usize>) {
        let mut parents = Self::default();
        parents.places.reserve(rows.len());
        let places = rows.iter().map(|row| parents.place(row.get(column))).collect();
        (parents, places)
    }
}

/// The rows of each parent: where they begin and end. They come in the order of the parents, whose place is their first
/// column, counted from 1.
pub fn groups(rows: &[Row], parents: usize) -> Vec<Range<usize>> {
    let mut groups = vec![0..0; parents];
    for (place, row) in rows.iter().enumerate() {
        let parent = usize::try_from(row.get::<_, i64>(0) - 1).unwrap_or(0);
        if let Some(group) = groups.get_mut(parent) {
            if group.start == group.end {
                group.start = place;
            }
            group.end = place + 1;
        }
    }
    groups
}

pub fn text(row: &Row, column: usize, out: &mut Vec<u8>) {
    json::optional(out, row.get::<_, Option<&str>>(column), |out, text| json::text(out, text.as_bytes()));
}

pub fn integer(row: &Row, column: usize, out: &mut Vec<u8>) {
    json::optional(out, row.get::<_, Option<i32>>(column), json::integer);
}

pub fn date(row: &Row, column: usize, out: &mut Vec<u8>) {
    json::optional(out, row.get::<_, Option<Date>>(column), |out, days| json::date(out, days.0 + EPOCH_DAYS));
}

/// `{"slug":…,"name":…}` of two columns, or null where there is no such row.
pub fn slug_and_name(row: &Row, column: usize, out: &mut Vec<u8>) {
    let Some(slug) = row.get::<_, Option<&str>>(column) else { return out.extend_from_slice(b"null") };
    out.extend_from_slice(br#"{"slug":"#);
    json::text(out, slug.as_bytes());
    out.extend_from_slice(br#","name":"#);
    text(row, column + 1, out);
    out.push(b'}');
}
