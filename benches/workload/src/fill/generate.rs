//! The rows: companies, agreements with parties and areas, patents with owners and areas. Degrees are skewed: few
//! companies are in many agreements and own many patents, most are in few.

use super::{Sink, Table, Value};
use crate::Fault;

const COMPANY: Table =
    Table { name: "company", columns: &["id", "slug", "name", "name_folded", "country", "city", "founded_on"] };
const AREA: Table = Table { name: "cooperation_area", columns: &["id", "slug", "name", "name_folded"] };
const AGREEMENT: Table = Table {
    name: "agreement",
    columns: &["id", "slug", "title", "title_folded", "announced_on", "announced_precision", "status"],
};
const PARTY: Table = Table { name: "agreement_party", columns: &["id", "agreement_id", "company_id", "role"] };
const AGREEMENT_AREA: Table = Table { name: "agreement_area", columns: &["agreement_id", "area_id"] };
const SOURCE: Table = Table { name: "source", columns: &["id", "publisher", "publisher_folded", "url"] };
const PATENT: Table = Table {
    name: "patent",
    columns: &[
        "id",
        "publication_number",
        "office",
        "number",
        "kind_code",
        "title",
        "title_folded",
        "owner_id",
        "filed_on",
        "granted_on",
        "status",
        "claims_count",
        "source_id",
    ],
};
const PATENT_AREA: Table = Table { name: "patent_area", columns: &["patent_id", "area_id"] };

const AREAS: u64 = 60;
const ROWS_AT_ONCE: u64 = 10_000;
const WORDS: &[&str] = &[
    "Optical",
    "Signal",
    "Quantum",
    "Mobile",
    "Vector",
    "Polar",
    "Lattice",
    "Kinetic",
    "Harbour",
    "Meridian",
    "Copper",
    "Nordic",
    "Atlas",
    "Beacon",
    "Cobalt",
    "Delta",
    "Ember",
    "Falcon",
    "Granite",
    "Helix",
    "Iris",
    "Juniper",
    "Électrique",
    "Zürich",
];
const THINGS: &[&str] = &[
    "method",
    "apparatus",
    "antenna",
    "encoder",
    "battery",
    "display",
    "receiver",
    "compound",
    "sensor",
    "network",
    "memory",
    "\"smart\" lens",
];
const COUNTRIES: &[&str] = &["US", "CN", "JP", "DE", "KR", "FR", "GB", "SE", "NL", "FI"];
const ROLES: &[&str] = &["LICENSOR", "LICENSEE", "PARTNER", "ASSIGNOR", "ASSIGNEE", "SUPPLIER", "CUSTOMER"];

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    /// For one row of one table, so that no row depends on those before it.
    fn of(table: u64, row: u64) -> Self {
        Self((table << 40) ^ row ^ 0x9E37_79B9_7F4A_7C15)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    fn one_in(&mut self, chances: u64) -> bool {
        self.below(chances) == 0
    }

    fn pick(&mut self, among: &[&'static str]) -> &'static str {
        let place = usize::try_from(self.below(among.len() as u64)).unwrap_or(0);
        among.get(place).copied().unwrap_or_default()
    }

    /// Below `end`, small ones much more often: the density falls with the cube root.
    fn skewed(&mut self, end: u64) -> u64 {
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        ((unit * unit * unit * end as f64) as u64).min(end.saturating_sub(1))
    }

    /// How many: one, with a half of a chance for each more.
    fn several(&mut self, least: u64, most: u64) -> u64 {
        let mut count = least;
        while count < most && self.one_in(2) {
            count += 1;
        }
        count
    }

    /// A day from 2000 on.
    fn date(&mut self) -> String {
        format!("{:04}-{:02}-{:02}", 2000 + self.below(26), 1 + self.below(12), 1 + self.below(28))
    }
}

/// An id as Dealgraph makes them: milliseconds, node, counter. Rows of a table are apart in no pattern but time.
fn id(row: u64) -> i64 {
    let row = i64::try_from(row).unwrap_or(0);
    ((200_000_000_000 + row / 7) << 22) | (row % 7)
}

fn fold(text: &str) -> String {
    text.to_lowercase()
}

/// All rows of a scale.
pub fn all(scale: f64, sink: &mut dyn Sink) -> Result<(), Fault> {
    let scaled = |full: f64| ((full * scale) as u64).max(100);
    let (companies, agreements, patents) = (scaled(10_000.0), scaled(50_000.0), scaled(500_000.0));
    one(sink, &SOURCE, 1, |_| vec![id(0).into(), "Bench".into(), "bench".into(), "https://example.com/".into()])?;
    one(sink, &AREA, AREAS, area)?;
    one(sink, &COMPANY, companies, company)?;
    one(sink, &AGREEMENT, agreements, agreement)?;
    several(sink, &PARTY, agreements, |row| parties(row, companies))?;
    several(sink, &AGREEMENT_AREA, agreements, |row| areas(5, row))?;
    one(sink, &PATENT, patents, |row| patent(row, companies))?;
    several(sink, &PATENT_AREA, patents, |row| areas(7, row))
}

fn one(sink: &mut dyn Sink, table: &Table, count: u64, row: impl Fn(u64) -> Vec<Value>) -> Result<(), Fault> {
    several(sink, table, count, |place| vec![row(place)])
}

fn several(sink: &mut dyn Sink, table: &Table, count: u64, rows: impl Fn(u64) -> Vec<Vec<Value>>) -> Result<(), Fault> {
    for start in (0..count).step_by(ROWS_AT_ONCE as usize) {
        sink.rows(table, (start..count.min(start + ROWS_AT_ONCE)).flat_map(&rows).collect())?;
    }
    Ok(())
}

fn area(row: u64) -> Vec<Value> {
    let mut dice = Dice::of(1, row);
    let name = format!("{} {} {row}", dice.pick(WORDS), dice.pick(THINGS));
    vec![id(row).into(), format!("area-{row}").into(), name.clone().into(), fold(&name).into()]
}

fn company(row: u64) -> Vec<Value> {
    let mut dice = Dice::of(2, row);
    let name = format!("{} {} {row} Ltd", dice.pick(WORDS), dice.pick(WORDS));
    let country = (!dice.one_in(10)).then(|| dice.pick(COUNTRIES));
    vec![
        id(row).into(),
        format!("company-{row}").into(),
        name.clone().into(),
        fold(&name).into(),
        country.into(),
        dice.pick(WORDS).into(),
        (!dice.one_in(4)).then(|| dice.date()).into(),
    ]
}

fn agreement(row: u64) -> Vec<Value> {
    let mut dice = Dice::of(3, row);
    let title = format!("{} {} licence and cooperation agreement no. {row}", dice.pick(WORDS), dice.pick(THINGS));
    let announced = (!dice.one_in(20)).then(|| dice.date());
    vec![
        id(row).into(),
        format!("agreement-{row}").into(),
        title.clone().into(),
        fold(&title).into(),
        announced.clone().into(),
        announced.map(|_| "DAY").into(),
        dice.pick(&["ANNOUNCED", "IN_FORCE", "EXPIRED", "TERMINATED"]).into(),
    ]
}

fn parties(row: u64, companies: u64) -> Vec<Vec<Value>> {
    let mut dice = Dice::of(4, row);
    let mut found: Vec<u64> = Vec::new();
    for _ in 0..dice.several(2, 8) {
        // Every second is anyone, so that no company is without agreements for long.
        let company = if dice.one_in(2) { dice.below(companies) } else { dice.skewed(companies) };
        if !found.contains(&company) {
            found.push(company);
        }
    }
    let party = |(place, company): (usize, &u64)| {
        let role = ROLES[(place + usize::try_from(row % 3).unwrap_or(0)) % ROLES.len()];
        vec![id(row * 8 + place as u64).into(), id(row).into(), id(*company).into(), role.into()]
    };
    found.iter().enumerate().map(party).collect()
}

fn areas(table: u64, row: u64) -> Vec<Vec<Value>> {
    let mut dice = Dice::of(table, row);
    let mut found: Vec<u64> = Vec::new();
    for _ in 0..dice.several(0, 5) {
        let area = dice.skewed(AREAS);
        if !found.contains(&area) {
            found.push(area);
        }
    }
    found.iter().map(|area| vec![id(row).into(), id(*area).into()]).collect()
}

fn patent(row: u64, companies: u64) -> Vec<Value> {
    let mut dice = Dice::of(6, row);
    let office = dice.pick(&["US", "EP", "CN", "WO", "JP"]);
    let number = format!("{}", 1_000_000 + row * 17);
    let kind = (!dice.one_in(50)).then(|| dice.pick(&["A1", "B1", "B2"]));
    let title = (!dice.one_in(30))
        .then(|| format!("{} {} with {} {}", dice.pick(WORDS), dice.pick(THINGS), dice.pick(WORDS), dice.pick(THINGS)));
    vec![
        id(row).into(),
        format!("{office}{number}{}", kind.unwrap_or_default()).into(),
        office.into(),
        number.into(),
        kind.into(),
        title.clone().into(),
        title.as_deref().map(fold).into(),
        (!dice.one_in(8)).then(|| id(dice.skewed(companies))).into(),
        (!dice.one_in(20)).then(|| dice.date()).into(),
        dice.one_in(2).then(|| dice.date()).into(),
        (!dice.one_in(10)).then(|| dice.pick(&["APPLICATION", "GRANTED", "LAPSED", "EXPIRED"])).into(),
        (!dice.one_in(5)).then(|| i64::try_from(dice.below(60)).unwrap_or(0)).into(),
        id(0).into(),
    ]
}
