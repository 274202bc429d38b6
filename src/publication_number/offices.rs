//! What the numbers of each office look like, and how they are written here.
//!
//! The forms follow what WIPO Standard ST.10/C, the USPTO's page on patent numbers, Section 404 of the PCT's Administrative
//! Instructions and the EPO's patent information pages describe. They were held to numbers at hand, not to each of these
//! texts line by line: where a form is wrong, the office's own description counts.

use crate::publication_number::Fault;
use crate::publication_number::spelling::{Spelling, US_LETTERS};

/// A number within an office, with the letter of the kind where its spelling tells it.
type Number = (String, Option<&'static str>);

type Outcome = Result<Vec<Number>, Fault>;

/// What a spelling can be a number of within an office; never empty.
pub(super) fn numbers(office: &str, spelling: &Spelling) -> Outcome {
    // Registers of assignments give applications the kind X0.
    if spelling.kind.as_deref() == Some("X0") {
        return Err(Fault::Application);
    }
    match office {
        "US" => us(spelling),
        "EP" => plain(spelling).and_then(ep),
        "WO" => wo(spelling).map(only),
        "CN" => cn(spelling),
        "JP" => jp(spelling),
        "KR" => kr(spelling),
        "DE" => de(spelling),
        "GB" => {
            gb_fr(spelling).or_else(|fault| spelling.whole().and_then(|digits| dated(digits, 5)).ok_or(fault)).map(only)
        }
        "FR" => gb_fr(spelling).map(only),
        _ => other(spelling),
    }
}

fn only(number: String) -> Vec<Number> {
    vec![(number, None)]
}

/// Digits that nothing parts, without letters and check digit.
fn plain(spelling: &Spelling) -> Result<&str, Fault> {
    let digits = spelling.whole().filter(|_| spelling.letters.is_empty()).ok_or(Fault::Unknown)?;
    if spelling.check.is_some() { Err(Fault::Application) } else { Ok(digits) }
}

fn plain_parts(spelling: &Spelling) -> Result<&[String], Fault> {
    if spelling.letters.is_empty() && spelling.check.is_none() { Ok(&spelling.parts) } else { Err(Fault::Unknown) }
}

/// Digits without leading zeros; at least one, and so many at most.
fn short(digits: &str, length_max: usize) -> Result<String, Fault> {
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() || digits.len() > length_max { Err(Fault::Unknown) } else { Ok(digits.to_owned()) }
}

/// Digits with so many in front that they are of a length; leading zeros beyond it go.
fn padded(digits: &str, length: usize) -> Result<String, Fault> {
    short(digits, length).map(|digits| format!("{digits:0>length$}"))
}

/// A year in digits, if it is one in which patents were numbered by year.
fn year(digits: &str) -> Option<u16> {
    digits.parse().ok().filter(|year| digits.len() == 4 && (1850..2100).contains(year))
}

/// A year and a serial number of so many digits, without anything between them.
fn dated(digits: &str, serial: usize) -> Option<String> {
    let (first, rest) = digits.split_at_checked(4)?;
    (year(first).is_some() && rest.len() == serial).then(|| digits.to_owned())
}

fn us(spelling: &Spelling) -> Outcome {
    if spelling.check.is_some() {
        return Err(Fault::Unknown);
    }
    let kind = spelling.kind.as_deref().unwrap_or_default();
    let letters = spelling.letters.as_str();
    match (spelling.parts.as_slice(), letters) {
        ([digits], "") => {
            if let Some(number) = us_application(digits.split_at_checked(4)) {
                return Ok(only(number));
            }
            // Registers leave the letters out where the kind tells as much.
            let letters = match kind.as_bytes() {
                [b'S', ..] => "D",
                [b'E', ..] => "RE",
                [b'P', ..] => "PP",
                [b'H', ..] => "H",
                _ => "",
            };
            let length_max = match letters {
                "" => 8,
                "H" => 4,
                _ => 7,
            };
            Ok(only(format!("{letters}{}", short(digits, length_max)?)))
        }
        // The last statutory invention registration was H2293: a longer number is one of Japan.
        ([digits], "H") => Ok(only(format!("H{}", short(digits, 4)?))),
        ([digits], letters) if US_LETTERS.contains(&letters) => Ok(only(format!("{letters}{}", short(digits, 7)?))),
        ([first, serial], "") if first.len() == 2 && serial.len() == 6 => Err(Fault::Application),
        // Without an office, six digits behind a year are an international application's.
        ([first, serial], "") if serial.len() == 7 || (serial.len() == 6 && spelling.office.is_some()) => {
            us_application(Some((first, serial))).map(only).ok_or(Fault::Unknown)
        }
        _ => Err(Fault::Unknown),
    }
}

/// Applications are published since 2001, by year; the EPO writes them with six digits behind it.
fn us_application(parts: Option<(&str, &str)>) -> Option<String> {
    let (first, serial) = parts?;
    let is_year = year(first).is_some_and(|year| year > 2000);
    if is_year && (6..=7).contains(&serial.len()) { Some(format!("{first}{serial:0>7}")) } else { None }
}

fn ep(digits: &str) -> Outcome {
    // Applications have eight digits: a year, a serial number, and a check digit that is often left out.
    if digits.len() == 8 && !digits.starts_with('0') { Err(Fault::Application) } else { padded(digits, 7).map(only) }
}

/// A year of two digits and five more up to June 2002, six up to 2003; then a year of four.
fn wo(spelling: &Spelling) -> Result<String, Fault> {
    let parts = plain_parts(spelling)?;
    let (first, serial) = match parts {
        [first, serial] => (first.as_str(), serial.as_str()),
        [digits] => digits.split_at_checked(if digits.len() > 8 { 4 } else { 2 }).ok_or(Fault::Unknown)?,
        _ => return Err(Fault::Unknown),
    };
    // Without an office, two digits are no year: `8566251` is of another office.
    if spelling.office.is_none() && first.len() != 4 {
        return Err(Fault::Unknown);
    }
    let full = match first.len() {
        2 if first >= "78" => format!("19{first}"),
        2 => format!("20{first}"),
        _ => first.to_owned(),
    };
    let year = year(&full).filter(|year| *year >= 1978).ok_or(Fault::Unknown)?;
    let is_whole = match (parts.len(), first.len(), serial.len()) {
        (2, _, 1..=6) | (1, 4, 5..=6) | (1, 2, 6) => true,
        (1, 2, 5) => year <= 2002,
        _ => false,
    };
    if is_whole { Ok(format!("{full}{}", padded(serial, 6)?)) } else { Err(Fault::Unknown) }
}

/// Publications had their application's number to 1988; since then they have seven digits, or nine.
fn cn(spelling: &Spelling) -> Outcome {
    let digits = spelling.whole().ok_or(Fault::Unknown)?;
    let is_certificate = match spelling.letters.as_str() {
        "" => false,
        "ZL" => true,
        _ => return Err(Fault::Unknown),
    };
    let is_early = digits.len() == 8 && ("85".."89").contains(&digits.get(..2).unwrap_or_default());
    if let Some(check) = spelling.check {
        return match check_digit(digits).ok_or(Fault::Unknown)? {
            fitting if fitting != check => Err(Fault::CheckDigit),
            _ if is_early => Ok(only(digits.to_owned())),
            _ => Err(Fault::Application),
        };
    }
    match digits.len() {
        _ if is_early => Ok(only(digits.to_owned())),
        12 | 13 => Err(Fault::Application),
        9 if is_certificate => Err(Fault::Application),
        7 | 9 if !is_certificate && !digits.starts_with('0') => Ok(only(digits.to_owned())),
        _ => Err(Fault::Unknown),
    }
}

/// The digit behind an application's number of China: weights 2 to 9 over and over, modulo 11.
fn check_digit(digits: &str) -> Option<char> {
    let weighted = digits.chars().zip((2..=9).cycle()).map(|(digit, weight)| Some(digit.to_digit(10)? * weight));
    let sum = weighted.sum::<Option<u32>>()?;
    let fits = matches!(digits.len(), 8 | 12);
    fits.then(|| char::from_digit(sum % 11, 10).unwrap_or('X'))
}

fn jp(spelling: &Spelling) -> Outcome {
    if spelling.check.is_some() {
        return Err(Fault::Unknown);
    }
    let era = spelling.letters.chars().next();
    match (spelling.parts.as_slice(), spelling.letters.as_str()) {
        (_, "WO") => {
            let plain = Spelling { letters: String::new(), ..spelling.clone() };
            wo(&plain).map(|number| only(format!("WO{number}")))
        }
        ([first, serial], "" | "H" | "S" | "R") => jp_dated(era, first, serial).map(only),
        // A short number with an `H` and no office is one of the US.
        ([digits], "H" | "S" | "R") if spelling.office.is_some() || digits.len() > 7 => jp_split(era, digits, 2),
        ([digits], "") if digits.len() == 10 => jp_split(None, digits, 4),
        ([digits], "") if digits.len() == 8 && !digits.starts_with("00") => jp_split(None, digits, 2),
        ([digits], "") => short(digits, 7).map(only),
        _ => Err(Fault::Unknown),
    }
}

fn jp_split(era: Option<char>, digits: &str, year: usize) -> Outcome {
    let (first, serial) = digits.split_at_checked(year).ok_or(Fault::Unknown)?;
    jp_dated(era, first, serial).map(only)
}

/// A number of a year: of an era to 1999, of the calendar since 2000. Where the era is not said, patents of two-digit
/// years are those of Heisei to 1999 and of Showa from 1971, when applications began to be published.
fn jp_dated(era: Option<char>, first: &str, serial: &str) -> Result<String, Fault> {
    let count: u16 = first.parse().map_err(|_| Fault::Unknown)?;
    if serial.len() > 6 {
        return Err(Fault::Unknown);
    }
    let year = match (era, first.len(), count) {
        (Some('S'), 1..=2, 1..=64) | (None, 2, 46..=64) => 1925 + count,
        (Some('H'), 1..=2, 1..=31) | (None, 1..=2, 1..=11) => 1988 + count,
        (Some('R'), 1..=2, 1..=80) => 2018 + count,
        (None, 4, 1971..=2099) => count,
        _ => return Err(Fault::Unknown),
    };
    if year >= 2000 {
        return Ok(format!("{year}{}", padded(serial, 6)?));
    }
    // 1989 began as the 64th year of Showa.
    let is_showa = year < 1989 || year == 1989 && (era == Some('S') || era.is_none() && count == 64);
    let (letter, count) = if is_showa { ('S', year - 1925) } else { ('H', year - 1988) };
    Ok(format!("{letter}{count:02}{}", short(serial, 6)?))
}

/// A type of two digits (10 patent, 20 utility model, 30 design), then year and serial number of an application, or the
/// number of a registration. The type of an application is left out: the kind's letter says the same.
fn kr(spelling: &Spelling) -> Outcome {
    let parts: Vec<&str> = plain_parts(spelling)?.iter().map(String::as_str).collect();
    match parts.as_slice() {
        [ty, first, serial] if year(first).is_some() => Ok(vec![kr_application(ty, first, serial)?]),
        [ty, serial, "0000"] | [ty, serial] if kr_letter(ty).is_ok() => Ok(vec![kr_registration(ty, serial)?]),
        [first, serial] if spelling.office.is_some() && year(first).is_some() && serial.len() == 7 => {
            Ok(only(format!("{first}{serial}")))
        }
        [digits] => match digits.len() {
            11 => dated(digits, 7).map(only).ok_or(Fault::Unknown),
            9 => Ok(only((*digits).to_owned())),
            13 => kr_long(digits, spelling.kind.as_deref().unwrap_or_default()),
            _ => Err(Fault::Unknown),
        },
        _ => Err(Fault::Unknown),
    }
}

fn kr_letter(ty: &str) -> Result<&'static str, Fault> {
    match ty {
        "10" => Ok("A"),
        "20" => Ok("U"),
        "30" => Ok("S"),
        _ => Err(Fault::Unknown),
    }
}

fn kr_application(ty: &str, first: &str, serial: &str) -> Result<Number, Fault> {
    Ok((format!("{first}{}", padded(serial, 7)?), Some(kr_letter(ty)?)))
}

fn kr_registration(ty: &str, serial: &str) -> Result<Number, Fault> {
    Ok((format!("{ty}{}", padded(serial, 7)?), None))
}

/// Registers write both in thirteen digits. A registration ends with four zeros then, which an application may too:
/// where the kind does not tell, it can be either.
fn kr_long(digits: &str, kind: &str) -> Outcome {
    let (ty, rest) = digits.split_at_checked(2).ok_or(Fault::Unknown)?;
    let letter = kr_letter(ty)?;
    let (first, serial) = rest.split_at_checked(4).ok_or(Fault::Unknown)?;
    let mut found = Vec::new();
    if year(first).is_some() && (kind.is_empty() || kind.starts_with(letter)) {
        found.extend(kr_application(ty, first, serial));
    }
    if let Some(serial) = rest.strip_suffix("0000").filter(|_| !kind.starts_with('A')) {
        found.extend(kr_registration(ty, serial));
    }
    if found.is_empty() { Err(Fault::Unknown) } else { Ok(found) }
}

/// Up to seven digits, of which none has reached five millions. Applications have seven too, the last two digits of the year
/// and five more: `04 12345` is one as it stands, and `8312345` because no publication is that high. `0412345` can be
/// either.
fn gb_fr(spelling: &Spelling) -> Result<String, Fault> {
    const LENGTH: usize = 7;
    let digits = match (spelling.parts.as_slice(), spelling.groups.as_slice()) {
        (_, [2, 5]) if spelling.letters.is_empty() => return Err(Fault::Application),
        _ => plain(spelling)?,
    };
    let number = short(digits, LENGTH)?;
    match digits.split_at_checked(2) {
        Some((year, serial)) if digits.len() == LENGTH && year.starts_with('0') => {
            let office = spelling.office.as_deref().unwrap_or_default();
            let kind = spelling.kind.as_deref().unwrap_or_default();
            Err(Fault::Either {
                publication: format!("{office}{number}{kind}"),
                application: format!("{year} {serial}"),
            })
        }
        _ if number.len() == LENGTH && number.as_str() >= "5" => Err(Fault::Application),
        _ => Ok(number),
    }
}

/// To 1994 up to seven digits, then eight with type and year of two, since 2004 twelve with type and year of four. A
/// publication has its application's number, without the check digit and the letter that applications had: `P` of patents,
/// `G` of utility models.
fn de(spelling: &Spelling) -> Outcome {
    let digits = spelling.whole().ok_or(Fault::Unknown)?;
    if let Some(check) = spelling.check {
        let fitting = de_check_digit(digits).ok_or(Fault::Unknown)?;
        if check.to_digit(10) != Some(fitting) {
            return Err(Fault::CheckDigit);
        }
    }
    match spelling.letters.as_str() {
        "" => {}
        "P" if digits.len() == 7 => return Ok(only(digits.to_owned())),
        "G" if digits.len() == 7 => return Ok(vec![(digits.to_owned(), Some("U"))]),
        _ => return Err(Fault::Unknown),
    }
    if digits.len() != 12 {
        return short(digits, 8).map(only);
    }
    let is_year = digits.get(2..6).and_then(year).is_some_and(|year| year >= 1995);
    if is_year && !digits.starts_with('0') { Ok(only(digits.to_owned())) } else { Err(Fault::Unknown) }
}

/// The digit behind an application's number of Germany, by the office's notice 3/1983: weights from the last digit on, 1, 2
/// and so on modulo 10 to 1980; then 2, 3 and so on, and what is missing to a multiple of 11. Where ten are missing, no digit
/// fits. The longer numbers since 1995 and 2004 go on with it: `100 01 499.2`, `10 2007 004 488.9`.
fn de_check_digit(digits: &str) -> Option<u32> {
    // The first two of seven digits are the year: less 50 of patents, and the year itself of utility models.
    let is_old = match digits.len() {
        7 => digits.get(..2).is_some_and(|year| year <= "30" || ("50"..="80").contains(&year)),
        8 | 12 => false,
        _ => return None,
    };
    let first = if is_old { 1 } else { 2 };
    let weighted = digits.chars().rev().zip(first..).map(|(digit, weight)| Some(digit.to_digit(10)? * weight));
    let sum = weighted.sum::<Option<u32>>()?;
    Some(if is_old { sum % 10 } else { (11 - sum % 11) % 11 })
}

/// Numbers of an office that is not known here stay as they are.
fn other(spelling: &Spelling) -> Outcome {
    let fits = spelling.letters.len() <= 2 && spelling.check.is_none();
    if fits { Ok(only(format!("{}{}", spelling.letters, spelling.parts.concat()))) } else { Err(Fault::Unknown) }
}
