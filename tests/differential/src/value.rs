//! The values of rows as the reference holds them, the rows, and how values are written as text.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate};
use icu_casemap::CaseMapper;
use unicode_normalization::UnicodeNormalization;

/// A value. The order of the variants and their own orders are the order of the semantics: numbers by size, text by
/// code point (which is the order of its UTF-8), null greater than everything.
///
/// Decimals are scaled, booleans 0 and 1, dates days and date-times microseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    Int(i64),
    Text(String),
    Null,
}

impl Value {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub fn is_null(&self) -> bool {
        *self == Self::Null
    }

    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            _ => None,
        }
    }

    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// A row: every column with its value.
pub type Row = HashMap<&'static str, Value>;

/// The key of a row.
pub fn id_of(row: &Row) -> i64 {
    row["id"].as_int().unwrap()
}

/// All rows, by table, found by key and by the keys they refer to.
#[derive(Default)]
pub struct Rows {
    tables: HashMap<&'static str, Vec<Row>>,
    by_id: HashMap<(&'static str, i64), usize>,
    referring: HashMap<(&'static str, &'static str, i64), Vec<usize>>,
}

impl Rows {
    /// The rows of a table, in the order in which they were added.
    pub fn table(&self, table: &str) -> &[Row] {
        self.tables.get(table).map_or(&[], Vec::as_slice)
    }

    /// The row of a key.
    pub fn by_id(&self, table: &'static str, id: i64) -> Option<&Row> {
        self.by_id.get(&(table, id)).map(|at| &self.tables[table][*at])
    }

    /// The rows of a table in which a column holds a key.
    pub fn referring(&self, table: &'static str, column: &'static str, id: i64) -> impl Iterator<Item = &Row> {
        self.referring.get(&(table, column, id)).into_iter().flatten().map(move |at| &self.tables[table][*at])
    }

    /// Adds a row.
    pub fn add(&mut self, table: &'static str, row: Row) {
        let rows = self.tables.entry(table).or_default();
        let at = rows.len();
        for (column, value) in &row {
            if let Value::Int(id) = value {
                if *column == "id" {
                    self.by_id.insert((table, *id), at);
                } else if column.ends_with("_id") {
                    self.referring.entry((table, column, *id)).or_default().push(at);
                }
            }
        }
        rows.push(row);
    }
}

/// Text as `contains` and `startsWith` see it.
pub fn fold(text: &str) -> String {
    let normal: String = text.nfkc().collect();
    CaseMapper::new().fold_string(&normal).nfkc().collect()
}

pub fn days(date: NaiveDate) -> i64 {
    i64::from(date.to_epoch_days())
}

pub fn parse_date(text: &str) -> i64 {
    days(NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap())
}

pub fn date_text(days: i64) -> String {
    NaiveDate::from_epoch_days(i32::try_from(days).unwrap()).unwrap().format("%Y-%m-%d").to_string()
}

pub fn parse_date_time(text: &str) -> i64 {
    DateTime::parse_from_rfc3339(text).unwrap().timestamp_micros()
}

pub fn date_time_text(micros: i64) -> String {
    DateTime::from_timestamp_micros(micros).unwrap().format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

/// `-50` at scale 2 as `-0.5`: no more digits than it needs.
pub fn decimal_text(scaled: i64, scale: u32) -> String {
    let unit = 10_u64.pow(scale);
    let (whole, part) = (scaled.unsigned_abs() / unit, scaled.unsigned_abs() % unit);
    let sign = if scaled < 0 { "-" } else { "" };
    let digits = format!("{part:0width$}", width = scale as usize);
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{digits}") }
}

pub fn parse_decimal(text: &str, scale: u32) -> i64 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part = part.trim_end_matches('0');
    assert!(part.len() <= scale as usize, "{text} has more than {scale} decimal places");
    format!("{whole}{part:0<width$}", width = scale as usize).parse().unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_written_with_the_digits_they_need() {
        let cases =
            [(0, "0"), (-50, "-0.5"), (150, "1.5"), (100, "1"), (-12_345, "-123.45"), (1, "0.01"), (1000, "10")];
        for (scaled, text) in cases {
            assert_eq!(decimal_text(scaled, 2), text);
            assert_eq!(parse_decimal(text, 2), scaled);
        }
        assert_eq!(parse_decimal("1.5000", 2), 150);
    }

    #[test]
    fn dates_and_moments_are_written_at_full_width() {
        assert_eq!(date_text(parse_date("0001-01-01")), "0001-01-01");
        assert_eq!(parse_date("1969-12-31"), -1);
        assert_eq!(date_time_text(-1), "1969-12-31T23:59:59.999999Z");
        assert_eq!(parse_date_time("2017-07-05T10:00:00.5+02:00"), parse_date_time("2017-07-05T08:00:00.500000Z"));
    }

    #[test]
    fn null_is_greater_than_everything_and_text_is_ordered_by_code_point() {
        assert!(Value::Null > Value::text("\u{10FFFF}") && Value::Null > Value::Int(i64::MAX));
        assert!(Value::text("\u{1F600}") > Value::text("\u{FF5E}"));
        assert!(Value::text("Z") < Value::text("a"));
    }

    #[test]
    fn folding_ignores_case_and_compatibility_forms() {
        assert_eq!(fold("STRASSE"), fold("straße"));
        assert_eq!(fold("ＡＢ"), fold("ab"));
        assert_eq!(fold("e\u{301}"), fold("É"));
    }
}
