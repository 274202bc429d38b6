//! Title over time, and search: an index leads to what held on a day, and to what holds a word.

use dealgraph::store::search::rebuild;
use serde_json::{Value, json};

use super::{postgres, rows, sqlite};
use crate::harness::{Harness, TestStore};

/// Two periods of title for each patent; a tenth of all patents were one company's for a while.
const TITLE: &[(&str, u32, &str)] = &[
    (
        "patent_ownership (id, patent_id, company_id, since, until, known_since, known_until, basis, unbroken)",
        60_000,
        "i, i / 2, CASE i % 20 WHEN 0 THEN 0 ELSE (i * 3) % 20000 END, \
         CASE i % 2 WHEN 0 THEN {day0} ELSE {day1} END, CASE i % 2 WHEN 0 THEN {day1} END, \
         CASE i % 3 WHEN 0 THEN {day0} END, CASE i % 7 WHEN 0 THEN {day2} END, 'EXECUTED', TRUE",
    ),
    (
        "patent_transfer (id, agreement_id, ordinal, conveyance, recorded_on)",
        30_000,
        "i, i % 10000, i / 10000 + 1, 'ASSIGNMENT', {day1}",
    ),
    (
        "title_step (id, patent_id, ordinal, patent_transfer_id, effect, counted_on, basis)",
        60_000,
        "i, i / 2, i % 2 + 1, i / 2, 'MOVES', {day1}, 'EXECUTED'",
    ),
    ("patent_finding (id, patent_id, kind, concerns_on)", 30_000, "i, i, 'GAP', {day1}"),
];

fn fill(store: &TestStore) {
    let date = |text: &str| if store.name() == "sqlite" { format!("'{text}'") } else { format!("DATE '{text}'") };
    let days = ["2001-01-01", "2010-06-01", "2015-01-01"].map(date);
    let tables: Vec<(&str, u32, String)> = TITLE
        .iter()
        .map(|(table, count, values)| {
            let with = |values: String, (name, day): (&str, &String)| values.replace(name, day);
            (*table, *count, ["{day0}", "{day1}", "{day2}"].into_iter().zip(&days).fold((*values).to_owned(), with))
        })
        .collect();
    rows::fill_with(store, tables.iter().map(|(table, count, values)| (*table, *count, values.as_str())));
}

const OF_A_PATENT: &str = r#"{ patents(filter: { publicationNumber: { eq: "US1010000" } }) { nodes {
    day: owners(asOf: "2010-01-01") { totalCount nodes { company { slug } since until } }
    known: owners(asOf: "2012-01-01", knownAt: "2014-01-01") { nodes { company { slug } } }
    present: owners { nodes { company { slug } } }
    chainOfTitle { totalCount nodes { ordinal effect patentTransfer { conveyance } } }
    findings { totalCount nodes { kind concernsOn } } } } }"#;

const OF_MANY_PATENTS: &str = r#"{ patents(first: 200, filter: { publicationNumber: { gte: "US1010000" } }) { nodes {
    owners(asOf: "2010-01-01") { nodes { company { slug } since } } chainOfTitle { nodes { ordinal } } findings { nodes { kind } } } } }"#;

const OF_A_COMPANY: &str = r#"{ company(slug: "company-27") {
    day: patents(asOf: "2012-01-01", first: 20) { totalCount nodes { publicationNumber } }
    known: patents(asOf: "2012-01-01", knownAt: "2014-01-01", last: 5) { nodes { publicationNumber } }
    filtered: patents(asOf: "2012-01-01", filter: { filedOn: { gte: "2005-01-01" }, areas: { some: { slug: { eq: "area-0" } } } },
        orderBy: [{ field: FILED_ON, direction: DESC }]) { totalCount nodes { publicationNumber } } } }"#;

const OF_MANY_COMPANIES: &str = r#"{ companies(first: 100, orderBy: [{ field: SLUG }]) { nodes {
    patents(asOf: "2012-01-01", first: 5) { nodes { publicationNumber } } } } }"#;

const DOCUMENTS: [(&str, &str); 4] = [
    ("a patent", OF_A_PATENT),
    ("many patents", OF_MANY_PATENTS),
    ("a company", OF_A_COMPANY),
    ("many companies", OF_MANY_COMPANIES),
];

fn faults(store: &TestStore, documents: &[(&str, &str)]) -> Vec<String> {
    let of = |(name, document): &(&str, &str)| {
        let found = match store.name() {
            "sqlite" => sqlite::faults(store, document, &json!({})),
            _ => postgres::faults(store, document, &json!({}), false),
        };
        found.into_iter().map(|fault| format!("{name}: {fault}")).collect::<Vec<_>>()
    };
    documents.iter().flat_map(of).collect()
}

#[test]
fn what_held_on_a_day_is_found_by_an_index() {
    for store in Harness::databases() {
        fill(&store);
        let faults = faults(&store, &DOCUMENTS);
        assert!(faults.is_empty(), "{}:\n{}", store.name(), faults.join("\n"));
    }
}

#[test]
fn a_missing_index_over_time_is_found() {
    for store in Harness::databases() {
        fill(&store);
        let mut known = 0;
        for index in ["patent_ownership_patent_id_idx", "title_step_patent_id_idx", "patent_finding_patent_id_idx"] {
            store.execute_batch(&format!("DROP INDEX {index}"));
            let found = faults(&store, &DOCUMENTS[..1]).len();
            assert!(found > known, "{} without {index}", store.name());
            known = found;
        }
    }
}

const SEARCH: &str = "query($text: String!) { search(text: $text, first: 10) { nodes { __typename } } }";

/// Names of companies that have a word each of their own, and a beginning in common with others.
const NAMES: &str = "UPDATE company SET name = 'Acme ' || substr('abcdefghijklmnopqrstuvwxyz', CAST(id / 676 % 26 + 1 AS INTEGER), 1) \
    || substr('abcdefghijklmnopqrstuvwxyz', CAST(id / 26 % 26 + 1 AS INTEGER), 1) \
    || substr('abcdefghijklmnopqrstuvwxyz', CAST(id % 26 + 1 AS INTEGER), 1) || 'orium'";

/// A name, its beginning, a word that each company has, one that each agreement has, a misspelt name, a number, and its
/// beginning.
const TEXTS: [&str; 7] = ["Acme bcdorium", "bcd", "acme", "title", "acme bcdoriun", "US 1,010,000", "US10100"];

#[test]
fn a_search_reads_no_table_from_end_to_end() {
    for store in Harness::databases() {
        rows::fill(&store);
        store.execute_batch(NAMES);
        rebuild(&mut store.connection()).expect("an index");
        let faults = |text: &str| {
            let variables = json!({ "text": text });
            match store.name() {
                "sqlite" => scans(&store, &variables),
                _ => postgres::faults(&store, SEARCH, &variables, false),
            }
        };
        let hold = |when: &str| {
            for text in TEXTS {
                let faults = faults(text);
                assert!(faults.is_empty(), "{} {when}, for {text}:\n{}", store.name(), faults.join("\n"));
            }
        };
        // SQLite knows nothing of the index's tables until it is told to look.
        if store.name() == "sqlite" {
            hold("without statistics");
        }
        store.execute_batch(if store.name() == "sqlite" { "ANALYZE" } else { "VACUUM (ANALYZE)" });
        hold("with statistics");
    }
}

/// Steps of SQLite that walk over a table or an index of it, unless it is one of words, which is asked for some.
fn scans(store: &TestStore, variables: &Value) -> Vec<String> {
    let mut scans = Vec::new();
    for statement in sqlite::statements(store, SEARCH, variables) {
        for step in sqlite::plan(store, &statement) {
            let name = step.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next());
            let is_table = |name: &str| {
                statement.contains(&format!("FROM {name} ")) && !statement.contains(&format!(") {name}"))
                    || ["e", "w", "n", "t", "t0"].contains(&name)
            };
            // All that is known of a kind is as much as a scan.
            let is_whole = step.ends_with("(kind=?)");
            if is_whole || (name.is_some_and(is_table) && !step.contains("VIRTUAL TABLE")) {
                scans.push(format!("{step}\n  {statement}"));
            }
        }
    }
    scans
}
