//! Random values for columns: few enough that they tie, odd enough that they tell two databases apart.

use dealgraph::catalog::{Entity, Field, Kind};

use crate::random::Rng;
use crate::value::{Value, parse_date, parse_date_time};

/// Whole texts. Their orders by code point, by UTF-16 and by language differ.
const TEXTS: &[&str] = &[
    "",
    " ",
    "a",
    "A",
    "b",
    "Zebra",
    "zebra",
    "straße",
    "STRASSE",
    "İstanbul",
    "istanbul",
    "ısı",
    "小米",
    "小米科技",
    "诺基亚 Nokia",
    "Газпром",
    "ГАЗПРОМ",
    "ёж",
    "e\u{301}tude",
    "étude",
    "Étude",
    "ﬁne ﬂow",
    "ＦＵＬＬ ｗｉｄｔｈ",
    "100%",
    "100_",
    "1000",
    "back\\slash",
    "\\",
    "%",
    "_",
    "it's",
    "''",
    "say \"so\"",
    "line\nbreak",
    "tab\there",
    "\u{1}control\u{1f}",
    "\u{7f}delete",
    "😀",
    "😀 grin",
    "\u{ff5e}tilde",
    "\u{e000}private",
    "\u{2028}separator",
    "</script>",
    "null",
    "NULL",
    "0",
    "00",
    "-1",
    "ς final Σ",
    "ΣΊΣΥΦΟΣ",
    "ǅ title",
];

const PIECES: &[&str] =
    &["a", "B", "ß", "é", "小", "米", "Й", "😀", "%", "_", "\\", "'", "\"", " ", "\n", "İ", "ﬀ", "x", "0"];

const DATES: &[&str] =
    &["0001-01-01", "9999-12-31", "1970-01-01", "1969-12-31", "2000-02-29", "2017-07-05", "2017-07-01", "2017-01-01"];

const MOMENTS: &[&str] = &[
    "0001-01-01T00:00:00.000000Z",
    "9999-12-31T23:59:59.999999Z",
    "1970-01-01T00:00:00.000000Z",
    "1969-12-31T23:59:59.999999Z",
    "2017-07-05T08:00:00.000000Z",
    "2017-07-05T08:00:00.000001Z",
    "2017-07-05T08:00:00.100000Z",
];

/// A value for a column, ignoring what other columns have to say.
pub fn value(rng: &mut Rng, entity: &Entity, field: &Field) -> Value {
    if field.nullable && rng.chance(30) {
        return Value::Null;
    }
    match field.kind {
        Kind::Text | Kind::Code(_) => Value::Text(text(rng, entity.table, field.column)),
        Kind::Json => Value::text(*rng.pick(&["{}", "{\"name\":\"Ünal \\\"x\\\"\",\"n\":[1,null]}"])),
        Kind::Int | Kind::Key => Value::Int(int(rng, field.column)),
        Kind::Decimal(_) => Value::Int(decimal(rng, field.column)),
        Kind::Boolean => Value::Int(i64::from(rng.chance(50))),
        Kind::Date => Value::Int(date(rng)),
        Kind::DateTime => Value::Int(moment(rng)),
        Kind::Closed(set) => Value::text(rng.pick(set.values).0),
    }
}

fn text(rng: &mut Rng, table: &str, column: &str) -> String {
    match (table, column) {
        (_, "country" | "legal_country" | "headquarters_country") => {
            (*rng.pick(&["CN", "DE", "US", "FI", "JP"])).to_owned()
        }
        (_, "value_currency") => (*rng.pick(&["CNY", "EUR", "USD"])).to_owned(),
        (_, "office") => (*rng.pick(&["CN", "EP", "US", "WO"])).to_owned(),
        (_, "lei" | "successor_lei") => format!("{:020}", rng.draw()),
        (_, "slug" | "reel_frame") => format!("{}{}", any_text(rng), rng.below(1000)),
        (_, "url") => format!("https://example.com/{}?q={}", any_text(rng), rng.below(1000)),
        ("patent_classification", "symbol") | ("area_prefix", _) => {
            (*rng.pick(&["H04W4/70", "H04W", "h04w4/70", "G06F3/01", "G06F", "Y02D30/70"])).to_owned()
        }
        (_, "metric" | "period") => (*rng.pick(&["connected-devices", "2017-Q1", "Ümsatz", ""])).to_owned(),
        _ => any_text(rng),
    }
}

/// A text of the list, or one made of pieces.
pub fn any_text(rng: &mut Rng) -> String {
    if rng.chance(65) {
        return (*rng.pick(TEXTS)).to_owned();
    }
    (0..rng.between(1, 4)).map(|_| *rng.pick(PIECES)).collect()
}

fn int(rng: &mut Rng, column: &str) -> i64 {
    let small = i64::try_from(rng.below(6)).unwrap();
    match column {
        "ordinal" => small + 1,
        _ if rng.chance(10) => i64::from(i32::MAX),
        _ => small * 10,
    }
}

fn decimal(rng: &mut Rng, column: &str) -> i64 {
    let amount =
        *rng.pick(&[0, 1, 10, 100, 150, 12_345, 15_000, 1_000_000, 9_007_199_254_740_993, 900_719_925_474_099_300]);
    if column == "value" && rng.chance(40) { -amount } else { amount }
}

fn date(rng: &mut Rng) -> i64 {
    if rng.chance(60) {
        return parse_date(rng.pick::<&str>(DATES));
    }
    parse_date("1900-01-01") + i64::try_from(rng.below(73_000)).unwrap()
}

fn moment(rng: &mut Rng) -> i64 {
    if rng.chance(60) {
        return parse_date_time(rng.pick::<&str>(MOMENTS));
    }
    let step = i64::try_from(rng.below(200)).unwrap();
    parse_date_time("2000-01-01T00:00:00Z") + step * 31_536_000_123_457 / 7
}
