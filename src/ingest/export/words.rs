//! Values as the format writes them.

use chrono::NaiveDate;

use crate::store::records::Moment;

/// A day as exactly as it is known.
pub(super) fn rough_day(day: Option<NaiveDate>, precision: Option<&str>) -> Option<String> {
    let form = match precision {
        Some("YEAR") => "%Y",
        Some("MONTH") => "%Y-%m",
        _ => "%Y-%m-%d",
    };
    day.map(|day| day.format(form).to_string())
}

/// A moment in UTC, to the microsecond where it has any.
pub(super) fn moment(moment: Moment) -> String {
    moment.0.format("%Y-%m-%dT%H:%M:%S%.fZ").to_string()
}

/// A scaled integer as a decimal, without zeros at its end.
pub(super) fn decimal(scaled: i64, scale: u32) -> String {
    let factor = 10_u64.pow(scale);
    let (whole, part) = (scaled.unsigned_abs() / factor, scaled.unsigned_abs() % factor);
    let sign = if scaled < 0 { "-" } else { "" };
    let width = usize::try_from(scale).unwrap_or(0);
    let text = format!("{sign}{whole}.{part:0width$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A place that is not the one that counting gives, which is counted along.
pub(super) fn said(ordinal: i32, counted: &mut i32) -> Option<i32> {
    *counted += 1;
    (ordinal != *counted).then_some(ordinal)
}

#[cfg(test)]
mod tests {
    use super::decimal;
    use crate::decimal::Decimal;

    #[test]
    fn decimals_are_read_as_they_are_written() {
        for (scaled, scale, text) in
            [(0, 2, "0"), (-5, 2, "-0.05"), (450_000_000_000, 2, "4500000000"), (15_000, 4, "1.5"), (100, 0, "100")]
        {
            assert_eq!(decimal(scaled, scale), text);
            assert_eq!(Decimal::parse(text).and_then(|decimal| decimal.scaled(scale)), Some(scaled));
        }
    }
}
