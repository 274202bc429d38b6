//! What the store derives: the same on both databases as from the histories themselves, whether from scratch or as records
//! come in, and the same when it is done again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::NaiveDate;
use dealgraph::ingest::{derive_ownership, derive_ownership_of};
use dealgraph::ownership::{Conveyance, History, Holder, Statement, Transfer, derive};
use dealgraph::store::{Connection, IdMaker};

use super::day;
use super::random_histories::{random_transfer, some_holders};
use crate::harness::{Harness, TestStore, texts};
use dealgraph_differential::random::Rng;

const PATENTS: i64 = 12;
const TRANSFERS: i64 = 40;

/// A register: its histories, and the statements that insert what each record brings, with the patents that it touches.
struct Register {
    histories: BTreeMap<i64, History>,
    base: String,
    records: Vec<(String, Vec<i64>)>,
}

fn sql_day(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| "NULL".to_owned(), |day| format!("'{day}'"))
}

fn conveyance(transfer: &Transfer) -> &'static str {
    match transfer.conveyance {
        Conveyance::Assignment => "ASSIGNMENT",
        Conveyance::Merger => "MERGER",
        Conveyance::NameChange => "NAME_CHANGE",
        Conveyance::SecurityInterest => "SECURITY_INTEREST",
        Conveyance::Release => "RELEASE",
        Conveyance::Correction => "CORRECTION",
        Conveyance::Licence => "LICENCE",
        Conveyance::GovernmentInterest => "GOVERNMENT_INTEREST",
        Conveyance::Other => "OTHER",
    }
}

/// The words that say what a record refers to, and that it is retroactive.
fn words(transfer: &Transfer) -> String {
    let places: Vec<String> = transfer.refers_to.iter().map(ToString::to_string).collect();
    let nunc = if transfer.is_retroactive { "NUNC PRO TUNC " } else { "" };
    if places.is_empty() { format!("{nunc}DEED") } else { format!("{nunc}DEED AT REEL/FRAME {}", places.join(" AND ")) }
}

fn insert_transfer(transfer: &Transfer, patents: &[i64]) -> String {
    let id = transfer.id;
    let mut sql = String::new();
    let announced_on = transfer.reported_on.filter(|_| transfer.is_announced);
    let published_on = transfer.reported_on.filter(|_| !transfer.is_announced);
    let source = format!("'https://example.com/{id}', {}", sql_day(published_on));
    writeln!(
        sql,
        "INSERT INTO source (id, publisher, publisher_folded, url, published_on, published_precision) \
        VALUES ({}, 'S', 's', {source}, {});",
        1000 + id,
        if published_on.is_some() { "'DAY'" } else { "NULL" }
    )
    .unwrap();
    writeln!(
        sql,
        "INSERT INTO patent_transfer (id, listed_by_id, ordinal, reel_frame, conveyance, executed_on, recorded_on, \
         conveyance_text) VALUES ({id}, {}, 1, {}, '{}', {}, {}, '{}');",
        1000 + id,
        transfer.place.map_or_else(|| "NULL".to_owned(), |place| format!("'{place}'")),
        conveyance(transfer),
        sql_day(transfer.executed_on),
        sql_day(transfer.recorded_on),
        words(transfer)
    )
    .unwrap();
    if announced_on.is_some() {
        writeln!(
            sql,
            "INSERT INTO agreement (id, slug, title, title_folded, announced_on, announced_precision, status) \
             VALUES ({id}, 'a{id}', 'A', 'a', {}, 'DAY', 'ANNOUNCED'); \
             UPDATE patent_transfer SET agreement_id = {id}, listed_by_id = NULL WHERE id = {id};",
            sql_day(announced_on)
        )
        .unwrap();
    }
    let assignors = transfer.assignors.iter().map(|party| (&party.holder, "ASSIGNOR", party.executed_on));
    let assignees = transfer.assignees.iter().map(|party| (party, "ASSIGNEE", None));
    for (at, (party, role, executed)) in assignors.chain(assignees).enumerate() {
        let (table, columns, value) = match party {
            Holder::Company(company) => ("party", "company_id", company.to_string()),
            Holder::Named(name) => ("individual", "name, name_folded", format!("'{}', '{name}'", name.to_uppercase())),
        };
        let (key, executed) = (id * 100 + at as i64, sql_day(executed));
        writeln!(
            sql,
            "INSERT INTO patent_transfer_{table} (id, patent_transfer_id, role, executed_on, {columns}) \
             VALUES ({key}, {id}, '{role}', {executed}, {value});"
        )
        .unwrap();
    }
    for patent in patents {
        writeln!(sql, "INSERT INTO patent_transfer_patent VALUES ({id}, {patent});").unwrap();
    }
    sql
}

fn register(seed: u64) -> Register {
    let mut rng = Rng::new(seed);
    let mut base = "INSERT INTO source (id, publisher, publisher_folded) VALUES (1, 'P', 'p');\n".to_owned();
    for company in 1..=4 {
        writeln!(base, "INSERT INTO company (id, slug, name, name_folded) VALUES ({company}, 'c{company}', 'C', 'c');")
            .unwrap();
    }
    let mut histories = BTreeMap::new();
    for id in 1..=PATENTS {
        let mut some_day =
            |percent| rng.chance(percent).then(|| day("2010-01-01") + chrono::Days::new(rng.below(12) as u64));
        let (filed_on, published_on, stated_on) = (some_day(70), some_day(80), some_day(90));
        let first = if rng.chance(60) { some_holders(&mut rng, 2) } else { Vec::new() };
        let present = rng.chance(30).then(|| Statement { stated_on, holders: some_holders(&mut rng, 2) });
        writeln!(
            base,
            "INSERT INTO patent (id, publication_number, office, number, source_id, filed_on, published_on, owner_id) \
             VALUES ({id}, 'US{id}', 'US', '{id}', 1, {}, {}, 4);",
            sql_day(filed_on),
            sql_day(published_on)
        )
        .unwrap();
        let stated =
            present.iter().flat_map(|present| &present.holders).map(|holder| (holder, "AT_PRESENT", stated_on));
        for (at, (holder, named, on)) in
            first.iter().map(|holder| (holder, "AT_PUBLICATION", None)).chain(stated).enumerate()
        {
            let (company, name) = match holder {
                Holder::Company(id) => (id.to_string(), format!("C{id}")),
                Holder::Named(name) => ("NULL".to_owned(), name.clone()),
            };
            writeln!(
                base,
                "INSERT INTO patent_assignee (id, patent_id, named, ordinal, company_id, name, name_folded, stated_on, source_id) \
                 VALUES ({}, {id}, '{named}', {}, {company}, '{}', '{name}', {}, 1);",
                id * 100 + at as i64,
                at + 1,
                name.to_uppercase(),
                sql_day(on)
            )
            .unwrap();
        }
        histories.insert(id, History { filed_on, published_on, first, present, transfers: Vec::new() });
    }
    let mut records = Vec::new();
    for id in 1..=TRANSFERS {
        let transfer = random_transfer(&mut rng, id);
        let patents: BTreeSet<i64> = (0..rng.between(1, 4)).map(|_| rng.between(1, PATENTS as usize) as i64).collect();
        let patents: Vec<i64> = patents.into_iter().collect();
        for patent in &patents {
            histories.get_mut(patent).unwrap().transfers.push(transfer.clone());
        }
        records.push((insert_transfer(&transfer, &patents), patents));
    }
    rng.shuffle(&mut records);
    Register { histories, base, records }
}

/// The rows that a register leads to, by the room alone.
fn expected(register: &Register) -> Vec<String> {
    let text = |day: Option<NaiveDate>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    let id = |id: Option<i64>| id.map_or_else(|| "-".to_owned(), |id| id.to_string());
    let mut lines = Vec::new();
    for (patent, history) in &register.histories {
        let derived = derive(history);
        for row in &derived.ownerships {
            let holder = match &row.holder {
                Holder::Company(id) => id.to_string(),
                Holder::Named(name) => format!("{}/{name}", name.to_uppercase()),
            };
            let days = [row.since, row.until, row.known_since, row.known_until].map(text).join("|");
            let unbroken = i32::from(row.is_unbroken);
            lines.push(format!("o|{patent}|{holder}|{days}|{}|{unbroken}|{}", row.basis.name(), id(row.transfer)));
        }
        for (at, step) in derived.steps.iter().enumerate() {
            let (effect, basis) = (step.effect.name(), step.basis.name());
            lines.push(format!("s|{patent}|{}|{effect}|{}|{basis}|{}", at + 1, text(step.on), id(step.transfer)));
        }
        for found in &derived.findings {
            let (transfer, other) = (id(found.transfer), id(found.other));
            lines.push(format!("f|{patent}|{}|{transfer}|{other}|{}", found.kind.name(), text(found.on)));
        }
        let last: Vec<&Holder> = derived
            .ownerships
            .iter()
            .filter(|row| row.until.is_none() && row.known_until.is_none())
            .map(|row| &row.holder)
            .collect();
        let owner = match (&last[..], derived.ownerships.is_empty()) {
            (_, true) => "4".to_owned(),
            ([Holder::Company(id)], _) => id.to_string(),
            _ => "-".to_owned(),
        };
        lines.push(format!("p|{patent}|{owner}"));
    }
    lines.sort();
    lines
}

/// The rows that are stored, in the same words; with their ids, where these matter.
fn stored(connection: &mut Connection, ids: bool) -> Vec<String> {
    let id = if ids { "CAST(id AS TEXT) || '|' || " } else { "" };
    let text = |column: &str| format!("coalesce(CAST({column} AS TEXT), '-')");
    let row = |kind: &str, columns: &[&str], table: &str| {
        let columns: Vec<String> = columns.iter().map(|column| text(column)).collect();
        format!("SELECT {id}'{kind}|' || {} AS shown FROM {table}", columns.join(" || '|' || "))
    };
    let holder =
        "CASE WHEN company_id IS NULL THEN holder_name || '/' || holder_name_folded ELSE CAST(company_id AS TEXT) END";
    let owners =
        ["patent_id", holder, "since", "until", "known_since", "known_until", "basis", "CAST(unbroken AS INT)"];
    let owners: Vec<&str> = owners.into_iter().chain(["patent_transfer_id"]).collect();
    let mut lines = texts(connection, &row("o", &owners, "patent_ownership"));
    let steps = ["patent_id", "ordinal", "effect", "counted_on", "basis", "patent_transfer_id"];
    lines.extend(texts(connection, &row("s", &steps, "title_step")));
    let findings = ["patent_id", "kind", "patent_transfer_id", "other_transfer_id", "concerns_on"];
    lines.extend(texts(connection, &row("f", &findings, "patent_finding")));
    lines.extend(texts(connection, &row("p", &["id", "owner_id"], "patent")));
    lines.sort();
    lines
}

fn filled(register: &Register) -> Vec<TestStore> {
    let stores = Harness::databases();
    for store in &stores {
        store.execute_batch(&register.base);
    }
    stores
}

fn assert_same(found: &[String], expected: &[String], how: &str) {
    let lacking: Vec<&String> = expected.iter().filter(|line| !found.contains(line)).collect();
    let beyond: Vec<&String> = found.iter().filter(|line| !expected.contains(line)).collect();
    assert!(found == expected, "{how}: these are not there: {lacking:#?}\nand these should not: {beyond:#?}");
}

#[test]
fn from_scratch_or_as_records_come_in_the_same_follows() {
    for seed in 0..6 {
        let register = register(seed);
        let expected = expected(&register);
        assert!(expected.len() > 60, "there is something to compare: {}", expected.len());
        for store in filled(&register) {
            let mut connection = store.connection();
            let mut ids = IdMaker::starting_at(1_800_000_000_000, 1);
            for (record, _) in &register.records {
                store.execute_batch(record);
            }
            derive_ownership(&mut connection, &mut ids).expect("it is derived");
            let how = format!("{}: seed {seed}, from scratch", store.name());
            assert_same(&stored(&mut connection, false), &expected, &how);
            let before = stored(&mut connection, true);
            let again = derive_ownership(&mut connection, &mut ids).expect("it is derived again");
            assert_eq!((again.stored, again.removed, again.owners_changed), (0, 0, 0), "{}", store.name());
            assert_eq!(stored(&mut connection, true), before, "{}: seed {seed}, again", store.name());
        }
        for store in filled(&register) {
            let mut connection = store.connection();
            let mut ids = IdMaker::starting_at(1_800_000_000_000, 1);
            let all: Vec<i64> = (1..=PATENTS).collect();
            derive_ownership_of(&mut connection, &mut ids, &all).expect("it is derived");
            for (record, touched) in &register.records {
                store.execute_batch(record);
                derive_ownership_of(&mut connection, &mut ids, touched).expect("it is derived");
            }
            let how = format!("{}: seed {seed}, step by step", store.name());
            assert_same(&stored(&mut connection, false), &expected, &how);
        }
    }
}

#[test]
fn what_no_longer_follows_goes() {
    let register = register(99);
    for store in filled(&register) {
        let mut connection = store.connection();
        let mut ids = IdMaker::starting_at(1_800_000_000_000, 1);
        derive_ownership(&mut connection, &mut ids).expect("it is derived");
        let before = stored(&mut connection, false);
        for (record, _) in &register.records {
            store.execute_batch(record);
        }
        derive_ownership(&mut connection, &mut ids).expect("it is derived");
        assert_ne!(stored(&mut connection, false), before);
        store.execute_batch("DELETE FROM patent_transfer_patent");
        let done = derive_ownership(&mut connection, &mut ids).expect("it is derived");
        assert!(done.removed > 0);
        // Where nothing follows any more, the owner stays whom it was derived to be.
        let without_owners =
            |lines: Vec<String>| lines.into_iter().filter(|line| !line.starts_with('p')).collect::<Vec<_>>();
        assert_eq!(without_owners(stored(&mut connection, false)), without_owners(before));
    }
}
