//! The rows: companies, agreements with parties, areas and licences, patents with owners and areas, and the sources that
//! are cited for the agreements and their parties. Degrees are skewed: few companies are in many agreements and own many
//! patents, most are in few.

use super::dice::{Dice, THINGS, WORDS};
use super::tables::{
    AGREEMENT, AGREEMENT_AREA, AREA, CITATION, COMPANY, GRANT, GRANT_PATENT, PARTY, PATENT, PATENT_AREA, SOURCE,
};
use super::{Sink, Table, Value};
use crate::Fault;

/// A taxonomy does not grow with what is classified by it.
const AREAS: u64 = 60;
const ROWS_AT_ONCE: u64 = 10_000;
const PARTIES_MAX: u64 = 8;
const CITATIONS_MAX: u64 = 4;
/// The most frequent first.
const COUNTRIES: &[&str] =
    &["US", "CN", "JP", "DE", "KR", "FR", "GB", "TW", "SE", "NL", "CH", "FI", "CA", "IL", "IT", "IN", "DK", "ES"];
const PUBLISHERS: &[&str] =
    &["SEC EDGAR", "Reuters", "Business Wire", "PR Newswire", "Nikkei", "The Register", "USPTO", "Handelsblatt"];
const ROLES: &[&str] = &["LICENSOR", "LICENSEE", "PARTNER", "ASSIGNOR", "ASSIGNEE", "SUPPLIER", "CUSTOMER"];

/// How many rows there are of what others refer to.
#[derive(Clone, Copy)]
struct Counts {
    sources: u64,
    companies: u64,
    agreements: u64,
    patents: u64,
}

/// All rows of a scale.
pub fn all(scale: f64, sink: &mut dyn Sink) -> Result<(), Fault> {
    let scaled = |full: f64| (full * scale) as u64;
    let counts = Counts {
        sources: scaled(20_000.0),
        companies: scaled(10_000.0),
        agreements: scaled(50_000.0),
        patents: scaled(500_000.0),
    };
    one(sink, &SOURCE, counts.sources, source)?;
    one(sink, &AREA, AREAS, area)?;
    one(sink, &COMPANY, counts.companies, company)?;
    one(sink, &AGREEMENT, counts.agreements, agreement)?;
    several(sink, &PARTY, counts.agreements, |row| parties(row, counts))?;
    several(sink, &AGREEMENT_AREA, counts.agreements, |row| areas(&AGREEMENT_AREA, &AGREEMENT, row))?;
    one(sink, &PATENT, counts.patents, |row| patent(row, counts))?;
    several(sink, &PATENT_AREA, counts.patents, |row| areas(&PATENT_AREA, &PATENT, row))?;
    several(sink, &GRANT, counts.agreements, |row| grants(row, counts))?;
    several(sink, &GRANT_PATENT, counts.agreements, |row| grant_patents(row, counts))?;
    several(sink, &CITATION, counts.agreements, |row| agreement_citations(row, counts))?;
    several(sink, &CITATION, counts.agreements, |row| party_citations(row, counts))
}

/// A row for each number.
fn one(sink: &mut dyn Sink, table: &Table, count: u64, row: impl Fn(u64) -> Vec<Value>) -> Result<(), Fault> {
    several(sink, table, count, |place| vec![row(place)])
}

/// Rows for each number.
fn several(sink: &mut dyn Sink, table: &Table, count: u64, rows: impl Fn(u64) -> Vec<Vec<Value>>) -> Result<(), Fault> {
    for start in (0..count).step_by(ROWS_AT_ONCE as usize) {
        sink.rows(table, (start..count.min(start + ROWS_AT_ONCE)).flat_map(&rows).collect())?;
    }
    Ok(())
}

/// An id as Dealgraph makes them: milliseconds, node, counter. Each table has a node of its own, so that no two rows of
/// the store share an id.
fn id(table: &Table, row: u64) -> i64 {
    let row = i64::try_from(row).unwrap_or(0);
    ((200_000_000_000 + row / 7) << 22) | (table.number << 12) | (row % 7)
}

fn dice(table: &Table, row: u64) -> Dice {
    Dice::of(table.number.unsigned_abs(), row)
}

fn fold(text: &str) -> String {
    text.to_lowercase()
}

/// The first source is the data set that all patents come from.
fn source(row: u64) -> Vec<Value> {
    let mut dice = dice(&SOURCE, row);
    let publisher = dice.pick_skewed(PUBLISHERS);
    let title = (!dice.one_in(6)).then(|| format!("{} {} in a deal", dice.pick(WORDS), dice.pick(THINGS)));
    let published = (!dice.one_in(10)).then(|| dice.date());
    vec![
        id(&SOURCE, row).into(),
        publisher.into(),
        fold(publisher).into(),
        title.clone().into(),
        title.as_deref().map(fold).into(),
        format!("https://source.example/{row}").into(),
        published.clone().into(),
        published.map(|_| "DAY").into(),
    ]
}

/// The first eight are the roots of the tree.
fn area(row: u64) -> Vec<Value> {
    let mut dice = dice(&AREA, row);
    let name = format!("{} {} {row}", dice.pick(WORDS), dice.pick(THINGS));
    let parent = (row >= 8).then(|| id(&AREA, row % 8));
    vec![id(&AREA, row).into(), format!("area-{row}").into(), name.clone().into(), fold(&name).into(), parent.into()]
}

fn company(row: u64) -> Vec<Value> {
    let mut dice = dice(&COMPANY, row);
    let name = format!("{} {} {row} Ltd", dice.pick(WORDS), dice.pick(WORDS));
    vec![
        id(&COMPANY, row).into(),
        format!("company-{row}").into(),
        name.clone().into(),
        fold(&name).into(),
        (!dice.one_in(10)).then(|| dice.pick_skewed(COUNTRIES)).into(),
        dice.pick(WORDS).into(),
        (!dice.one_in(4)).then(|| dice.date()).into(),
    ]
}

fn agreement(row: u64) -> Vec<Value> {
    let mut dice = dice(&AGREEMENT, row);
    let title = format!("{} {} licence and cooperation agreement no. {row}", dice.pick(WORDS), dice.pick(THINGS));
    let announced = (!dice.one_in(20)).then(|| dice.date());
    vec![
        id(&AGREEMENT, row).into(),
        format!("agreement-{row}").into(),
        title.clone().into(),
        fold(&title).into(),
        announced.clone().into(),
        announced.map(|_| "DAY").into(),
        dice.pick(&["ANNOUNCED", "IN_FORCE", "EXPIRED", "TERMINATED"]).into(),
    ]
}

/// The companies of an agreement, each once.
fn companies_of(agreement: u64, counts: Counts) -> Vec<u64> {
    let mut dice = dice(&PARTY, agreement);
    let mut found: Vec<u64> = Vec::new();
    for _ in 0..dice.several(2, PARTIES_MAX) {
        // Every second is anyone, so that no company is without agreements for long.
        let company = if dice.one_in(2) { dice.below(counts.companies) } else { dice.skewed(counts.companies) };
        if !found.contains(&company) {
            found.push(company);
        }
    }
    found
}

fn party_id(agreement: u64, place: u64) -> i64 {
    id(&PARTY, agreement * PARTIES_MAX + place)
}

fn parties(row: u64, counts: Counts) -> Vec<Vec<Value>> {
    let party = |(place, company): (u64, u64)| {
        let role = ROLES.get(((place + row % 3) % ROLES.len() as u64) as usize).copied().unwrap_or("PARTNER");
        vec![party_id(row, place).into(), id(&AGREEMENT, row).into(), id(&COMPANY, company).into(), role.into()]
    };
    (0..).zip(companies_of(row, counts)).map(party).collect()
}

fn areas(link: &Table, near: &Table, row: u64) -> Vec<Vec<Value>> {
    let mut dice = dice(link, row);
    let mut found: Vec<u64> = Vec::new();
    for _ in 0..dice.several(0, 5) {
        let area = dice.skewed(AREAS);
        if !found.contains(&area) {
            found.push(area);
        }
    }
    found.iter().map(|area| vec![id(near, row).into(), id(&AREA, *area).into()]).collect()
}

fn patent(row: u64, counts: Counts) -> Vec<Value> {
    let mut dice = dice(&PATENT, row);
    let office = dice.pick(&["US", "EP", "CN", "WO", "JP"]);
    // Random documents bring patents of their own, numbered from 1,000,001 on.
    let number = format!("{}", 1_000_100 + row * 17);
    let kind = (!dice.one_in(50)).then(|| dice.pick(&["A1", "B1", "B2"]));
    let title = (!dice.one_in(30))
        .then(|| format!("{} {} with {} {}", dice.pick(WORDS), dice.pick(THINGS), dice.pick(WORDS), dice.pick(THINGS)));
    vec![
        id(&PATENT, row).into(),
        format!("{office}{number}{}", kind.unwrap_or_default()).into(),
        office.into(),
        number.into(),
        kind.into(),
        title.clone().into(),
        title.as_deref().map(fold).into(),
        (!dice.one_in(8)).then(|| id(&COMPANY, dice.skewed(counts.companies))).into(),
        (!dice.one_in(20)).then(|| dice.date()).into(),
        dice.one_in(2).then(|| dice.date()).into(),
        (!dice.one_in(10)).then(|| dice.pick(&["APPLICATION", "GRANTED", "LAPSED", "EXPIRED"])).into(),
        (!dice.one_in(5)).then(|| i64::try_from(dice.below(60)).unwrap_or(0)).into(),
        id(&SOURCE, 0).into(),
    ]
}

/// Four agreements of five license patents, every third of them both ways.
fn grants_of(agreement: u64, companies: &[u64]) -> u64 {
    let mut dice = dice(&GRANT, agreement);
    match (companies.len() > 1 && !dice.one_in(5), dice.one_in(3)) {
        (false, _) => 0,
        (true, false) => 1,
        (true, true) => 2,
    }
}

fn grant_id(agreement: u64, place: u64) -> i64 {
    id(&GRANT, agreement * 2 + place)
}

fn grants(row: u64, counts: Counts) -> Vec<Vec<Value>> {
    let companies = companies_of(row, counts);
    let grant = |place: u64| {
        let mut dice = dice(&GRANT, (row * 2 + place) << 20);
        let mut sides = [companies.first(), companies.get(1)].map(|company| company.map(|row| id(&COMPANY, *row)));
        if place == 1 {
            sides.reverse();
        }
        vec![
            grant_id(row, place).into(),
            id(&AGREEMENT, row).into(),
            i64::try_from(place + 1).unwrap_or(1).into(),
            sides[0].into(),
            sides[1].into(),
            (!dice.one_in(8)).then_some("LISTED_PATENTS").into(),
            dice.one_in(3).then(|| id(&AREA, dice.skewed(AREAS))).into(),
        ]
    };
    (0..grants_of(row, &companies)).map(grant).collect()
}

/// The patents that the licences of an agreement list: about twenty each.
fn grant_patents(row: u64, counts: Counts) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for place in 0..grants_of(row, &companies_of(row, counts)) {
        let mut dice = dice(&GRANT_PATENT, row * 2 + place);
        // Steps of less than a hundred patents meet none twice: fewer than 5,000 in all.
        let (start, step) = (dice.below(counts.patents), 1 + dice.below(99));
        for nth in 0..12 + dice.skewed(36) {
            let patent = (start + nth * step) % counts.patents;
            rows.push(vec![grant_id(row, place).into(), id(&PATENT, patent).into()]);
        }
    }
    rows
}

fn citation(row: u64, (agreement, party): (Option<i64>, Option<i64>), counts: Counts) -> Vec<Value> {
    let mut dice = dice(&CITATION, row);
    let quote = (!dice.one_in(3)).then(|| {
        format!(
            "The parties said that the {} {} agreement covers the {} {} and each {} of the \"{}\" family.",
            dice.pick(WORDS),
            dice.pick(THINGS),
            dice.pick(WORDS),
            dice.pick(THINGS),
            dice.pick(THINGS),
            dice.pick(WORDS)
        )
    });
    vec![
        id(&CITATION, row).into(),
        if agreement.is_some() { "AGREEMENT" } else { "AGREEMENT_PARTY" }.into(),
        agreement.or(party).into(),
        agreement.into(),
        party.into(),
        id(&SOURCE, dice.below(counts.sources)).into(),
        // With its row's number, no source is cited twice for a fact under one ordinal.
        i64::try_from(1 + row % CITATIONS_MAX).unwrap_or(1).into(),
        quote.clone().into(),
        quote.as_deref().map(fold).into(),
        dice.pick(&["HIGH", "HIGH", "MEDIUM", "LOW"]).into(),
        "2026-01-15T09:30:00.000000Z".into(),
    ]
}

fn agreement_citations(row: u64, counts: Counts) -> Vec<Vec<Value>> {
    let count = dice(&CITATION, row << 20).several(1, CITATIONS_MAX);
    let first = row * CITATIONS_MAX;
    (first..first + count).map(|place| citation(place, (Some(id(&AGREEMENT, row)), None), counts)).collect()
}

/// Every party is cited once; the numbers follow those of the agreements'.
fn party_citations(row: u64, counts: Counts) -> Vec<Vec<Value>> {
    let first = counts.agreements * CITATIONS_MAX + row * PARTIES_MAX;
    let parties = (0..).zip(companies_of(row, counts));
    parties.map(|(place, _)| citation(first + place, (None, Some(party_id(row, place))), counts)).collect()
}
