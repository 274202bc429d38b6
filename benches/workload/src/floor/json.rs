//! JSON by hand: values appended to the response's bytes.

/// A text in quotes. Most need no escape, and are copied whole.
pub fn text(out: &mut Vec<u8>, text: &[u8]) {
    // Without an early end, the compiler compares many bytes at once.
    let is_plain = text.iter().fold(true, |plain, byte| plain & (*byte >= b' ') & (*byte != b'"') & (*byte != b'\\'));
    out.reserve(text.len() + 2);
    out.push(b'"');
    if is_plain {
        out.extend_from_slice(text);
    } else {
        text.iter().for_each(|byte| escaped(out, *byte));
    }
    out.push(b'"');
}

fn escaped(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'"' => out.extend_from_slice(br#"\""#),
        b'\\' => out.extend_from_slice(br"\\"),
        b'\n' => out.extend_from_slice(br"\n"),
        b'\r' => out.extend_from_slice(br"\r"),
        b'\t' => out.extend_from_slice(br"\t"),
        0x08 => out.extend_from_slice(br"\b"),
        0x0C => out.extend_from_slice(br"\f"),
        0..b' ' => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
        _ => out.push(byte),
    }
}

pub fn optional<T>(out: &mut Vec<u8>, value: Option<T>, write: impl FnOnce(&mut Vec<u8>, T)) {
    match value {
        Some(value) => write(out, value),
        None => out.extend_from_slice(b"null"),
    }
}

pub fn integer(out: &mut Vec<u8>, value: impl itoa::Integer) {
    out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
}

/// Days since 1970-01-01 of a date: with years that begin in March, leap days come last.
pub fn days(year: i32, month: i32, day: i32) -> i32 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, era_year) = (year.div_euclid(400), year.rem_euclid(400));
    let year_day = (153 * month + 2) / 5 + day - 1;
    era * 146_097 + era_year * 365 + era_year / 4 - era_year / 100 + year_day - 719_468
}

/// A date from days since 1970-01-01.
pub fn date(out: &mut Vec<u8>, days: i32) {
    let (era_day, era) = ((days + 719_468).rem_euclid(146_097), (days + 719_468).div_euclid(146_097));
    let era_year = (era_day - era_day / 1_460 + era_day / 36_524 - era_day / 146_096) / 365;
    let year_day = era_day - (365 * era_year + era_year / 4 - era_year / 100);
    let shifted = (5 * year_day + 2) / 153;
    let (day, month) = (year_day - (153 * shifted + 2) / 5 + 1, if shifted < 10 { shifted + 3 } else { shifted - 9 });
    let year = era_year + era * 400 + i32::from(month <= 2);
    let digit = |value: i32| b'0' + u8::try_from(value.rem_euclid(10)).unwrap_or(0);
    let text = [
        b'"',
        digit(year / 1000),
        digit(year / 100),
        digit(year / 10),
        digit(year),
        b'-',
        digit(month / 10),
        digit(month),
        b'-',
        digit(day / 10),
        digit(day),
        b'"',
    ];
    out.extend_from_slice(&text);
}

/// What stands between the items of a list.
pub fn comma(out: &mut Vec<u8>, is_first: &mut bool) {
    if !std::mem::take(is_first) {
        out.push(b',');
    }
}

#[cfg(test)]
mod tests {
    use super::{date, days, text};

    #[test]
    fn dates_come_back_as_they_went() {
        for (year, month, day) in [(2000, 2, 29), (1999, 12, 31), (2023, 3, 1), (1, 1, 1), (9999, 12, 31)] {
            let mut out = Vec::new();
            date(&mut out, days(year, month, day));
            assert_eq!(String::from_utf8_lossy(&out), format!("\"{year:04}-{month:02}-{day:02}\""));
        }
        assert_eq!(days(1970, 1, 1), 0);
    }

    #[test]
    fn texts_are_escaped_as_json_has_it() {
        let all: String = (0..=0x2FF).filter_map(char::from_u32).collect();
        let mut out = Vec::new();
        text(&mut out, all.as_bytes());
        assert_eq!(serde_json::from_slice::<String>(&out).ok(), Some(all));
    }
}
