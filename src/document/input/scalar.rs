//! The scalars as input.

use chrono::{DateTime, Datelike, NaiveDate};

use super::Input;
use super::given::{Given, Seen};
use crate::decimal::Decimal;

/// A value as a scalar; `None` when it is not one.
pub(super) fn coerce(value: Given<'_>, name: &str) -> Option<Input> {
    match (name, value.seen()) {
        ("Boolean", Seen::Boolean(value)) => Some(Input::Boolean(value)),
        ("Int", Seen::Number(number)) => int(number, value.is_literal()).map(Input::Int),
        ("Float", Seen::Number(number)) => number.as_f64().map(Input::Float),
        ("ID", Seen::Text(text)) => Some(Input::Id(text.to_owned())),
        ("ID", Seen::Number(number)) => number.as_i64().map(|number| Input::Id(number.to_string())),
        ("Date", Seen::Text(text)) => date(text).map(Input::Date),
        ("DateTime", Seen::Text(text)) => date_time(text).map(Input::DateTime),
        ("Decimal", Seen::Text(text)) => Decimal::parse(text).map(Input::Decimal),
        ("Decimal", Seen::Number(number)) => decimal_number(number).map(Input::Decimal),
        ("Boolean" | "Int" | "Float" | "Date" | "DateTime" | "Decimal", _) => None,
        (_, Seen::Text(text)) => Some(Input::Text(text.to_owned())),
        _ => None,
    }
}

/// What a scalar's value must be, for an error.
pub(super) fn expected(name: &str) -> String {
    match name {
        "Int" => "an Int, a whole number from -2147483648 to 2147483647".to_owned(),
        "Date" => "a Date such as \"2017-07-05\"".to_owned(),
        "DateTime" => "a DateTime such as \"2017-07-05T08:00:00Z\"".to_owned(),
        "Decimal" => "a Decimal such as \"1500.25\"".to_owned(),
        "ID" => "an ID".to_owned(),
        "Boolean" => "true or false".to_owned(),
        _ => format!("a {name}"),
    }
}

/// A number with a fraction went through 64 bits of floating point, which keep 15 digits; a text keeps all.
fn decimal_number(number: &async_graphql::Number) -> Option<Decimal> {
    let text = number.to_string();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (!number.is_f64() || digits <= 15).then(|| Decimal::parse(&text)).flatten()
}

/// JSON does not tell `1.0` from `1`; a literal does.
fn int(number: &async_graphql::Number, is_literal: bool) -> Option<i32> {
    if let Some(whole) = number.as_i64() {
        return i32::try_from(whole).ok();
    }
    let whole = number.as_f64().filter(|float| !is_literal && float.fract() == 0.0)?;
    format!("{whole:.0}").parse().ok()
}

fn date(text: &str) -> Option<NaiveDate> {
    let has_form = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    let date = has_form.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()?;
    (date.year() >= 1).then_some(date)
}

fn date_time(text: &str) -> Option<i64> {
    let moment = DateTime::parse_from_rfc3339(text).ok()?.to_utc();
    let whole_micros = moment.timestamp_subsec_nanos() % 1_000 == 0 && moment.timestamp_subsec_nanos() < 1_000_000_000;
    ((1..=9999).contains(&moment.year()) && whole_micros).then(|| moment.timestamp_micros())
}
