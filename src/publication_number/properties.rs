//! Properties of all numbers: canonical forms survive every spelling of them.

use proptest::prelude::*;

use super::{OFFICES, PublicationNumber};

fn year() -> impl Strategy<Value = u32> {
    2001..2030_u32
}

/// Canonical numbers of every office, and the spellings that the office or its users have for each.
fn spelt() -> impl Strategy<Value = (String, Vec<String>)> {
    prop_oneof![us_grant(), us_application(), us_letters(), ep(), wo(), cn(), jp_era(), jp_year(), kr(), de(), gb_fr()]
}

/// Digits in groups of three, as numbers are printed.
fn grouped(digits: &str, mark: &str) -> String {
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push_str(mark);
        }
        out.push(digit);
    }
    out
}

/// The ways in which office, number and kind are put together.
fn around(office: &str, number: &str, kind: &str) -> Vec<String> {
    let mut all = vec![
        format!("{office}{number}{kind}"),
        format!("{office}-{number}-{kind}"),
        format!("{office} {number} {kind}"),
        format!("{office} {number} ({kind})"),
        format!("  {office}\u{2013}{number}\u{a0}{kind} "),
    ];
    all.extend(all.clone().into_iter().map(|text| text.to_lowercase()));
    let wide = |letter: char| match letter {
        '!'..='~' => char::from_u32(u32::from(letter) + 0xfee0).unwrap_or(letter),
        other => other,
    };
    all.extend(all.clone().iter().map(|text| text.chars().map(wide).collect::<String>()));
    all
}

fn spellings(canonical: String, office: &str, numbers: &[String], kind: &str) -> (String, Vec<String>) {
    let texts = numbers.iter().flat_map(|number| around(office, number, kind)).collect();
    (canonical, texts)
}

fn us_grant() -> impl Strategy<Value = (String, Vec<String>)> {
    (1..13_000_000_u32, prop::sample::select(vec!["A", "B1", "B2", "C1"])).prop_map(|(number, kind)| {
        let digits = number.to_string();
        let numbers = [digits.clone(), grouped(&digits, ","), grouped(&digits, " "), format!("{number:08}")];
        spellings(format!("US{digits}{kind}"), "US", &numbers, kind)
    })
}

fn us_application() -> impl Strategy<Value = (String, Vec<String>)> {
    (year(), 1..1_000_000_u32, prop::sample::select(vec!["A1", "A2", "A9", "P1"])).prop_map(|(year, serial, kind)| {
        let numbers = [format!("{year}{serial:07}"), format!("{year}/{serial:07}"), format!("{year}{serial:06}")];
        spellings(format!("US{year}{serial:07}{kind}"), "US", &numbers, kind)
    })
}

fn us_letters() -> impl Strategy<Value = (String, Vec<String>)> {
    let letters = vec![("D", "S1"), ("RE", "E1"), ("PP", "P2"), ("H", "H1"), ("T", "I4")];
    (1..999_999_u32, prop::sample::select(letters)).prop_map(|(number, (letters, kind))| {
        let number = if letters == "H" { number % 2293 + 1 } else { number };
        let numbers = [
            format!("{letters}{number}"),
            format!("{letters}{number:07}"),
            format!("{letters} {}", grouped(&number.to_string(), ",")),
        ];
        let (canonical, mut texts) = spellings(format!("US{letters}{number}{kind}"), "US", &numbers, kind);
        texts.extend(numbers.iter().map(|number| format!("{number} {kind}")));
        (canonical, texts)
    })
}

fn ep() -> impl Strategy<Value = (String, Vec<String>)> {
    (1..4_999_999_u32, prop::sample::select(vec!["A1", "A2", "B1", "B9"])).prop_map(|(number, kind)| {
        let digits = format!("{number:07}");
        let numbers = [digits.clone(), grouped(&digits, " "), number.to_string()];
        let (canonical, mut texts) = spellings(format!("EP{digits}{kind}"), "EP", &numbers, kind);
        texts.push(format!("EP-{kind}-{digits}"));
        (canonical, texts)
    })
}

fn wo() -> impl Strategy<Value = (String, Vec<String>)> {
    (1978..2030_u32, 1..100_000_u32).prop_map(|(year, serial)| {
        let mut numbers = vec![
            format!("{year}/{serial:06}"),
            format!("{year}{serial:06}"),
            format!("{:02}/{serial:06}", year % 100),
            format!("{:02}{serial:06}", year % 100),
        ];
        if year <= 2002 {
            numbers.push(format!("{:02}/{serial:05}", year % 100));
            numbers.push(format!("{:02}{serial:05}", year % 100));
        }
        spellings(format!("WO{year}{serial:06}A1"), "WO", &numbers, "A1")
    })
}

fn cn() -> impl Strategy<Value = (String, Vec<String>)> {
    let numbers = prop_oneof![1_000_000..2_000_000_u32, 100_000_000..400_000_000_u32];
    (numbers, prop::sample::select(vec!["A", "B", "C", "U", "S", "Y"])).prop_map(|(number, kind)| {
        let digits = number.to_string();
        spellings(format!("CN{digits}{kind}"), "CN", &[digits.clone(), grouped(&digits, " ")], kind)
    })
}

fn jp_era() -> impl Strategy<Value = (String, Vec<String>)> {
    let years = prop_oneof![(Just('S'), 46..64_u32), (Just('H'), 1..12_u32)];
    (years, 1..1_000_000_u32).prop_map(|((era, year), serial)| {
        let western = if era == 'S' { 1925 + year } else { 1988 + year };
        let numbers = [
            format!("{era}{year:02}{serial}"),
            format!("{era}{year:02}{serial:06}"),
            format!("{era}{year}-{serial:06}"),
            format!("{year}-{serial}"),
            format!("{year:02}{serial:06}"),
            format!("{western}-{serial}"),
        ];
        let (canonical, mut texts) = spellings(format!("JP{era}{year:02}{serial}A"), "JP", &numbers, "A");
        let name = if era == 'S' { "昭" } else { "平" };
        texts.extend([format!("特開{name}{year}-{serial}"), format!("特開{name}{year:02}－{serial:06}号公報")]);
        (canonical, texts)
    })
}

fn jp_year() -> impl Strategy<Value = (String, Vec<String>)> {
    (2000..2030_u32, 1..1_000_000_u32).prop_map(|(year, serial)| {
        let numbers = [format!("{year}{serial:06}"), format!("{year}-{serial}"), format!("{year}-{serial:06}")];
        let (canonical, mut texts) = spellings(format!("JP{year}{serial:06}A"), "JP", &numbers, "A");
        texts.push(format!("特開{year}-{serial:06}"));
        (canonical, texts)
    })
}

fn kr() -> impl Strategy<Value = (String, Vec<String>)> {
    let application = (year(), 1..1_000_000_u32, prop::sample::select(vec![("10", "A"), ("20", "U")]));
    let application = application.prop_map(|(year, serial, (ty, kind))| {
        let numbers =
            [format!("{year}{serial:07}"), format!("{ty}-{year}-{serial:07}"), format!("{ty} {year} {serial:07}")];
        let (canonical, mut texts) = spellings(format!("KR{year}{serial:07}{kind}"), "KR", &numbers, kind);
        texts.push(format!("KR {ty}-{year}-{serial:07}"));
        (canonical, texts)
    });
    let registration = (1..3_000_000_u32, prop::sample::select(vec![("10", "B1"), ("20", "Y1")]));
    let registration = registration.prop_map(|(number, (ty, kind))| {
        let numbers = [format!("{ty}{number:07}"), format!("{ty}-{number:07}"), format!("{ty}-{number:07}-0000")];
        spellings(format!("KR{ty}{number:07}{kind}"), "KR", &numbers, kind)
    });
    prop_oneof![application, registration]
}

/// A check digit as the office has described it since 1981, a step at a time; none where ten are missing.
fn german_check_digit(digits: &str) -> Option<u32> {
    let mut sum = 0;
    for (weight, digit) in (2..).zip(digits.bytes().rev()) {
        sum += weight * u32::from(digit - b'0');
    }
    (0..10).find(|check| (sum + check) % 11 == 0)
}

fn de() -> impl Strategy<Value = (String, Vec<String>)> {
    let twelve = (
        prop::sample::select(vec![("10", "A1"), ("20", "U1"), ("60", "T2"), ("11", "T5")]),
        2004..2030_u32,
        1..1_000_000_u32,
    );
    let twelve = twelve.prop_map(|((ty, kind), year, serial)| {
        let serial = format!("{serial:06}");
        let whole = format!("{ty}{year}{serial}");
        let mut numbers = vec![whole.clone(), format!("{ty} {year} {}", grouped(&serial, " "))];
        numbers.extend(german_check_digit(&whole).map(|check| format!("{ty} {year} {serial}.{check}")));
        spellings(format!("DE{ty}{year}{serial}{kind}"), "DE", &numbers, kind)
    });
    let eight =
        (prop_oneof![1..10_000_000_u32, 19_500_000..20_400_000_u32], prop::sample::select(vec!["A1", "C2", "C", "U1"]));
    let eight = eight.prop_map(|(number, kind)| {
        let digits = number.to_string();
        spellings(format!("DE{digits}{kind}"), "DE", &[digits.clone(), grouped(&digits, " ")], kind)
    });
    prop_oneof![twelve, eight]
}

fn gb_fr() -> impl Strategy<Value = (String, Vec<String>)> {
    let offices = vec![("GB", "A"), ("GB", "B"), ("FR", "A1"), ("FR", "B1")];
    (1..4_000_000_u32, prop::sample::select(offices)).prop_map(|(number, (office, kind))| {
        let digits = number.to_string();
        let numbers = [digits.clone(), grouped(&digits, " "), grouped(&digits, ",")];
        spellings(format!("{office}{digits}{kind}"), office, &numbers, kind)
    })
}

proptest! {
    #[test]
    fn every_canonical_form_survives_each_spelling((canonical, texts) in spelt()) {
        for text in texts {
            let read = PublicationNumber::readings(&text).unwrap_or_default();
            let read: Vec<String> = read.iter().map(ToString::to_string).collect();
            prop_assert_eq!(&read, std::slice::from_ref(&canonical), "{}", text);
        }
    }

    /// Texts are made of what numbers are made of, so that many are read.
    #[test]
    fn canonicalising_twice_is_canonicalising_once(text in "(US|EP|WO|CN|JP|KR|DE|GB|FR|CA|ZL)?[ -]?(D|RE|PP|H|S|R|WO|A-)?[0-9]{0,4}[-/., ]?[0-9]{1,9}[ -]?([A-EUSTY][0-9]?)?") {
        for reading in PublicationNumber::readings(&text).unwrap_or_default() {
            let again = PublicationNumber::readings(&reading.to_string());
            prop_assert_eq!(again, Ok(vec![reading]), "{}", text);
        }
    }

    #[test]
    fn no_text_is_too_strange(text in any::<String>()) {
        for reading in PublicationNumber::readings(&text).unwrap_or_default() {
            prop_assert!(reading.office.len() == 2 && !reading.number.is_empty());
        }
    }

    #[test]
    fn a_reading_without_an_office_is_one_with_it(digits in "[0-9]{1,13}") {
        for reading in PublicationNumber::readings(&digits).unwrap_or_default() {
            prop_assert!(OFFICES.contains(&reading.office.as_str()));
            let said = PublicationNumber::readings_at(&reading.office, &digits).unwrap_or_default();
            prop_assert!(said.contains(&reading), "{}", digits);
        }
    }
}
