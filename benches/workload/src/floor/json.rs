//! JSON by hand: values appended to the response's bytes.

/// A text in quotes. Most need no escape, and are copied whole.
pub fn text(out: &mut Vec<u8>, text: &str) {
    if text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        plain(out, text.as_bytes());
    } else {
        let _ = serde_json::to_writer(out, text);
    }
}

/// A text that needs no escapes.
pub fn plain(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'"');
    out.extend_from_slice(text);
    out.push(b'"');
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
