//! Spellings of real numbers, and what is no publication number.

use super::{Fault, PublicationNumber};

fn canonical(text: &str) -> Vec<String> {
    let readings = PublicationNumber::readings(text).unwrap_or_default();
    readings.iter().map(ToString::to_string).collect()
}

/// A canonical number, and spellings of it.
const SPELLINGS: &[(&str, &[&str])] = &[
    (
        "US8566251B2",
        &[
            "US8566251B2",
            "US-8566251-B2",
            "US 8,566,251 B2",
            "us 8 566 251 b2",
            "US B2 8566251",
            "US 08566251 B2",
            "U.S. Patent No. 8,566,251 B2",
            "ＵＳ８５６６２５１Ｂ２",
            "US 8,566,251 (B2)",
            "US‑8566251‑B2",
            "US8’566’251B2",
        ],
    ),
    (
        "US8566251",
        &[
            "United States Patent 8,566,251",
            "US Patent No.: 8,566,251",
            "US 8,566,251",
            "U.S. Pat. No. 8,566,251",
            "US Pat. Nr. 8566251",
            "US\u{a0}8\u{202f}566\u{202f}251",
        ],
    ),
    (
        "USD939807",
        &[
            "Design Pat. No. D939,807",
            "US Design Patent No. 939,807",
            "D0939807",
            "D939807",
            "D939,807",
            "Des. 939,807",
            "US D939,807",
            "USD0939807",
            "U.S. Patent No. Des. 939,807",
        ],
    ),
    ("USD662395S1", &["US D662395 S1", "D662395S1", "US662395S1", "USD0662395 S1"]),
    (
        "USRE35312",
        &[
            "Reissue Pat. No. Re. 35,312",
            "Reissue 35,312",
            "RE35,312",
            "Re. 35,312",
            "RE035312",
            "US RE 35,312",
            "US Patent RE35,312",
        ],
    ),
    ("USRE35312E", &["US35312E", "USRE35312E", "US-RE35312-E"]),
    ("USPP8901P3", &["PP08,901 P3", "US PP8901 P3", "US8901P3"]),
    ("USH1523", &["H1523", "H0001523", "H001,523", "US H1523"]),
    ("UST109201", &["T109,201", "US T109201"]),
    ("US5123456C1", &["US 5,123,456 C1", "US-5123456-C1"]),
    ("US5539867A", &["US5539867A", "US-A-5539867", "US-A-5,539,867"]),
    (
        "US20170123456",
        &[
            "Pub. No.: US 2017/0123456",
            "US Pat. App. Pub. No. 2017/0123456",
            "US2017/123456",
            "2017/0123456",
            "US 2017/0123456",
            "US20170123456",
            "Pub. No. US 2017/0123456",
            "US 2017-0123456",
        ],
    ),
    (
        "US20170123456A1",
        &["US20170123456A1", "US 2017/0123456 A1", "US2017123456A1", "US-2017-0123456-A1", "2017/0123456A1"],
    ),
    (
        "EP1234567A1",
        &["EP 1 234 567 A1", "EP1234567A1", "EP-1234567-A1", "EP-A1-1234567", "EP 1.234.567 A1", "EP 1234567 (A1)"],
    ),
    (
        "EP0484069",
        &["European Patent No. 0 484 069", "European Patent EP 484 069", "EP 484069", "EP0484069", "EP 0 484 069"],
    ),
    ("EP0484069A", &["EP-A-0484069", "EP-A-484 069", "EP0484069A"]),
    (
        "WO2017123456",
        &["WO2017/123456", "WO 17/123456", "WO 2017/123456", "WO-2017-123456", "WO17123456", "WO2017123456"],
    ),
    ("WO1993012990A1", &["WO 93/12990 A1", "WO9312990A1", "WO 1993/012990 A1", "WO199312990A1", "WO-A1-93/12990"]),
    ("WO2003017694", &["WO 03/017694", "WO03017694", "WO 2003/017694", "WO 03/17694"]),
    (
        "CN104618449A",
        &[
            "中国专利 CN104618449A",
            "CN104618449A",
            "CN 104618449 A",
            "CN-104618449-A",
            "CN-A-104618449",
            "CN 104 618 449 A",
        ],
    ),
    ("CN1201611C", &["CN1201611C", "CN 1201611 C"]),
    ("CN306350869S", &["CN306350869S", "CN 306350869 S"]),
    ("CN85100001A", &["CN85100001A", "CN 85100001 A"]),
    (
        "JPH07123456A",
        &[
            "JPH07123456A",
            "特開平7-123456",
            "特開平７－１２３４５６号公報",
            "特開平07-123456号",
            "JP-A-H07-123456",
            "JP H7-123456 A",
            "JP 7-123456 A",
            "JP-A-7-123456",
            "JP07123456A",
            "JP1995123456A",
            "H07123456A",
        ],
    ),
    ("JPH096531A", &["JPH096531A", "JPH09006531A", "特開平９−６５３１", "JP 9-6531 A", "JP09006531A"]),
    ("JPS58123456A", &["JPS58123456A", "特開昭58-123456", "特開昭和58-123456", "JP 58-123456 A", "JP58123456A"]),
    (
        "JP2004012345A",
        &["JP2004012345A", "特開2004-12345", "特開2004-012345号公報", "JP-A-2004-012345", "JP 2004-12345 A"],
    ),
    ("JPH0712345B", &["特公平7-12345", "JP-B-H07-12345", "JPH0712345B"]),
    ("JP3000001", &["Japanese Patent No. 3,000,001", "特許第3000001号", "特許3000001", "JP 3,000,001", "JP3000001"]),
    ("JP3000001B2", &["JP3000001B2", "JP 3000001 B2"]),
    (
        "JPWO2004012345A1",
        &["再公表特許WO2004/012345 A1", "JPWO2004012345A1", "JP WO2004/012345 A1", "再表2004/012345 A1"],
    ),
    (
        "KR20150012345A",
        &[
            "공개특허 10-2015-0012345",
            "KR 10-2015-0012345",
            "KR 10-2015-0012345 A",
            "KR20150012345A",
            "KR1020150012345A",
            "10-2015-0012345",
        ],
    ),
    ("KR20150001234U", &["KR 20-2015-0001234", "KR20150001234U"]),
    (
        "KR101234567B1",
        &[
            "등록특허 10-1234567 B1",
            "대한민국 등록특허공보 제10-1234567호 (B1)",
            "KR 10-1234567 B1",
            "KR101234567B1",
            "KR 10-1234567-0000 B1",
        ],
    ),
    (
        "DE102010012345A1",
        &["DE 10 2010 012 345 A1", "DE102010012345A1", "DE 10 2010 012 345.5 A1", "DE-102010012345-A1"],
    ),
    ("DE102007004488", &["DE 10 2007 004 488.9", "DE102007004488.9"]),
    ("DE10001499", &["DE 100 01 499.2"]),
    ("DE3025842", &["DE 30 25 842.5", "DE P 30 25 842.5"]),
    ("DE3130619", &["DE 31 30 619.5", "DE P 31 30 619.5"]),
    ("DE602004012345T2", &["DE 60 2004 012 345 T2", "DE602004012345T2"]),
    ("DE19912345C2", &["DE 199 12 345 C2", "DE19912345C2", "DE-C2-19912345"]),
    (
        "GB2123456A",
        &[
            "UK Patent 2,123,456 A",
            "British Patent GB 2123456 A",
            "GB 2 123 456 A",
            "GB2123456A",
            "GB-A-2123456",
            "GB 2,123,456 A",
        ],
    ),
    ("GB189912345A", &["GB189912345A"]),
    ("USPP8901", &["Plant Pat. No. 8,901", "PP8,901"]),
    ("JP3012345U", &["登録実用新案第3012345号"]),
    ("KR101234567", &["10-1234567", "KR 10-1234567", "특허 10-1234567", "Korean Patent No. 10-1234567"]),
    ("DE4123456", &["DE P 41 23 456", "DE P 41 23 456.1", "DE 41 23 456", "German Patent 41 23 456"]),
    ("DE8812345U", &["DE G 88 12 345", "DE G 88 12 345.6", "DE-GM 88 12 345"]),
    ("DE2345678A", &["DE-OS 2 345 678", "DE-A-2345678", "DE OS 2345678"]),
    ("DE2345678C", &["DE-PS 2345678", "DE-C-2 345 678"]),
    ("FR2854321A1", &["FR 2 854 321 A1", "FR2854321A1", "FR-A1-2 854 321"]),
    ("CA2176629", &["CA2176629", "CA 2,176,629"]),
    ("FI20010958A0", &["FI20010958A0", "FI 20010958 A0"]),
    ("NO312345", &["NO312345", "NO 312345"]),
    ("MXPA04001234A", &["MXPA04001234A", "MX PA04001234 A"]),
];

#[test]
fn each_spelling_has_its_canonical_form() {
    for (expected, spellings) in SPELLINGS {
        for text in *spellings {
            assert_eq!(canonical(text), [*expected], "{text}");
        }
    }
}

/// What says no office, or not which of two numbers it is, can be several.
#[test]
fn an_ambiguous_number_has_all_its_readings() {
    let cases: &[(&str, &[&str])] = &[
        ("8566251", &["US8566251", "EP8566251", "CN8566251", "JP8566251", "DE8566251"]),
        ("2854321", &["US2854321", "EP2854321", "CN2854321", "JP2854321", "DE2854321", "GB2854321", "FR2854321"]),
        ("8566251B2", &["US8566251B2", "EP8566251B2", "CN8566251B2", "JP8566251B2", "DE8566251B2"]),
        ("12,345,678", &["US12345678", "DE12345678"]),
        ("2017/123456", &["WO2017123456", "JP2017123456"]),
        ("20170123456", &["US20170123456", "KR20170123456"]),
        ("H07123456", &["JPH07123456"]),
        ("1020150010000", &["KR20150010000A", "KR102015001"]),
        ("KR1020150010000B1", &["KR102015001B1"]),
        ("KR1020150010000", &["KR20150010000A", "KR102015001"]),
    ];
    for (text, expected) in cases {
        assert_eq!(canonical(text), *expected, "{text}");
    }
    assert_eq!(PublicationNumber::parse("8566251"), None);
}

#[test]
fn an_office_that_stands_elsewhere_decides() {
    let read = |office, text| {
        let readings = PublicationNumber::readings_at(office, text).unwrap_or_default();
        readings.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(read("US", "8566251"), ["US8566251"]);
    assert_eq!(read("US", "US8566251B2"), ["US8566251B2"]);
    assert_eq!(read("JP", "H0712345"), ["JPH0712345"]);
    assert_eq!(read("EP", "US8566251"), [""; 0]);
}

#[test]
fn anything_else_is_refused() {
    let nonsense = [
        "",
        " ",
        "U",
        "US",
        "USB2",
        "hello",
        "hello 123",
        "drop table patent",
        "US123B22",
        "US123BB",
        "USABC1",
        "ÄÖ1",
        "US123ß",
        "US0",
        "US123456789",
        "US 1/2",
        "2017-01-23",
        "10.5",
        "EP12345678901",
        "WO2017",
        "WO1712345",
        "WO 1850/123456",
        "CN123",
        "CN0123456",
        "JPH99123",
        "JPH00123456",
        "KR123",
        "DE 10 1800 012 345",
        "GB12345678",
        "FR0000000",
        "US8566251 B2 x",
        "US_8566251",
        "-",
        "特許",
        "٣٤٥",
        "8566251;",
        "US8566251B2 EP1234567A1",
    ];
    for text in nonsense {
        assert_eq!(PublicationNumber::readings(text), Err(Fault::Unknown), "{text}");
    }
    assert_eq!(PublicationNumber::readings(&"1".repeat(100_000)), Err(Fault::Unknown));
}

#[test]
fn an_application_is_told_from_a_publication() {
    for text in [
        "US15994759X0",
        "15/994,759",
        "US 15/994,759",
        "EP04712345.6",
        "EP 04712345.6",
        "CN201410000001.6",
        "ZL 02803734.0",
        "ZL02803734.0",
        "CN ZL 02803734.0",
        "CN201410000001",
        "CN2014100000016",
        "PCT/US2004/012345",
        "PCT/EP99/01234",
        "特願2004-123456",
        "FR 04 12345",
        "FR 04/12345",
        "FR 83 12345",
        "FR8312345",
        "FR 20 01234",
        "GB 0412345.6",
        "GB 83 12345",
        "GB8312345",
    ] {
        assert_eq!(PublicationNumber::readings(text), Err(Fault::Application), "{text}");
    }
    // Publications of 1969 have the digits that applications have since 2020.
    assert_eq!(canonical("FR2001234"), ["FR2001234"]);
    assert_eq!(canonical("FR 2 001 234"), ["FR2001234"]);
    // To 1988 both were one.
    assert_eq!(canonical("ZL 85100001.0"), ["CN85100001"]);
}

#[test]
fn a_wrong_check_digit_is_told() {
    let wrong = [
        "ZL 02803734.1",
        "DE 10 2004 012 345.6",
        "DE 10 2007 004 489.9",
        "DE 10 2007 004 848.9",
        "DE 100 01 499.3",
        "DE P 41 23 456.7",
        "DE 30 25 842.6",
        "DE 31 30 619.X",
        // Ten are missing to a multiple of eleven.
        "DE 10 2007 004 483.0",
        "DE 10 2007 004 483.1",
    ];
    for text in wrong {
        assert_eq!(PublicationNumber::readings(text), Err(Fault::CheckDigit), "{text}");
    }
}

#[test]
fn a_number_that_an_application_may_have_is_told_with_both() {
    for (text, publication, application) in [
        ("FR0412345", "FR412345", "04 12345"),
        ("FR0412345A", "FR412345A", "04 12345"),
        ("GB-0412345", "GB412345", "04 12345"),
        ("FR0012345", "FR12345", "00 12345"),
    ] {
        let fault = PublicationNumber::readings(text).expect_err(text);
        let (publication, application) = (publication.to_owned(), application.to_owned());
        for candidate in [&publication, &application] {
            assert!(fault.to_string().contains(candidate), "{fault}");
        }
        assert_eq!(fault, Fault::Either { publication: publication.clone(), application }, "{text}");
        assert_eq!(canonical(&publication), [publication], "{text}");
    }
}

/// What the store holds stays as it is.
#[test]
fn every_number_of_the_starter_data_is_canonical() {
    let mut count = 0;
    for line in include_str!("../../data/patents.jsonl").lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let number = line["patent"]["number"].as_str().unwrap();
        assert_eq!(canonical(number), [number]);
        count += 1;
    }
    assert!(count > 1_000, "{count} numbers");
}
