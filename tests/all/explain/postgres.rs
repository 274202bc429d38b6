//! PostgreSQL's plans: what the server logs of the statements that it ran, with the rows that each step read.

use serde_json::Value;

use super::SMALL;
use crate::harness::{Harness, TestStore, answer, engine};

/// Rows that a step may look at, where the largest table has 30,000: more than a page of 1,000 and its neighbours need,
/// and than the longest walk for a page that is chosen along edges.
const ROWS_MAX: f64 = 8_000.0;

/// Rows that may be sorted at once: a page, or what a link gives for a parent.
const SORTED_MAX: f64 = 1_500.0;

/// After five runs, PostgreSQL may keep one plan for all values.
const RUNS: usize = 7;

/// Has the server log the plans of this database's statements.
pub(super) fn explain_all(store: &TestStore, settings: &[&str]) {
    let (_, database) = store.url.rsplit_once('/').expect("the address ends with the database");
    let explain = [
        "session_preload_libraries = 'auto_explain'",
        "auto_explain.log_min_duration = 0",
        "auto_explain.log_analyze = on",
        "auto_explain.log_timing = off",
        "auto_explain.log_format = 'json'",
    ];
    // The names of a library that is not loaded yet are unknown.
    let mut sql = String::from("LOAD 'auto_explain';");
    for setting in explain.iter().chain(settings) {
        sql += &format!("ALTER DATABASE {database} SET {setting};");
    }
    store.execute_batch(&sql);
}

/// The plans of the statements that a document takes in the last of several runs on one connection, each with its text.
pub(super) fn plans(store: &TestStore, document: &str, variables: &Value, runs: usize) -> Vec<Value> {
    let engine = engine(store);
    let mut before = 0;
    for _ in 0..runs {
        before = Harness::logged(store).len();
        let answer = answer(&*engine, document, variables);
        assert!(answer.starts_with("{\"data\":{"), "{answer}");
    }
    let logged = Harness::logged(store);
    let plan = |message: &String| {
        let (_, json) = message.split_once("  plan:")?;
        Some(serde_json::from_str(&json.replace('\t', " ")).unwrap_or_else(|error| panic!("{error}: {message}")))
    };
    logged[before..].iter().filter_map(plan).collect()
}

/// What is wrong with the statements of a document, at first and after several runs; a count may look at as many rows
/// as it counts.
pub(super) fn faults(store: &TestStore, document: &str, variables: &Value, counts: bool) -> Vec<String> {
    let mut faults = Vec::new();
    for (mode, runs) in [("force_custom_plan", 1), ("auto", RUNS)] {
        explain_all(store, &[&format!("plan_cache_mode = {mode}")]);
        let plans = plans(store, document, variables, runs);
        assert!(!plans.is_empty(), "the server logs no plan");
        for plan in plans {
            let text = plan["Query Text"].as_str().unwrap_or_default();
            let is_count = counts && text.contains("count(*) FROM");
            let mut found = Vec::new();
            look(&plan["Plan"], if is_count { f64::MAX } else { ROWS_MAX }, &mut found);
            faults.extend(
                found.into_iter().map(|fault| format!("{mode}: {fault}\n  {text}\n{}", outline(&plan["Plan"], 2))),
            );
        }
    }
    faults
}

/// Whether the plan of a document's first statement is one for all values: at first, and after several runs.
pub(super) fn is_kept(store: &TestStore, document: &str, variables: &Value) -> (bool, bool) {
    explain_all(store, &["plan_cache_mode = auto"]);
    let is_kept = |runs| {
        let plans = plans(store, document, variables, runs);
        let plan = plans.first().expect("the server logs no plan");
        // A plan for some values has these where another one has their places.
        plan["Plan"].to_string().contains("$1")
    };
    (is_kept(1), is_kept(RUNS))
}

/// What is wrong with a step and with those below it.
fn look(step: &Value, rows_max: f64, faults: &mut Vec<String>) {
    let number = |name: &str| step[name].as_f64().unwrap_or(0.0);
    let kind = step["Node Type"].as_str().unwrap_or_default();
    let table = step["Relation Name"].as_str().unwrap_or_default();
    let is_read = number("Actual Loops") > 0.0;
    let grows = !table.is_empty() && !SMALL.contains(&table);
    let seen = number("Actual Rows") + number("Rows Removed by Filter") + number("Rows Removed by Index Recheck");
    if kind == "Seq Scan" && grows && is_read {
        faults.push(format!("scans {table}"));
    }
    if grows && seen * number("Actual Loops") > rows_max {
        faults.push(format!("{kind} looks at {} rows of {table}", seen * number("Actual Loops")));
    }
    let below = step["Plans"].as_array().map(Vec::as_slice).unwrap_or_default();
    let sorted = below.first().and_then(|below| below["Actual Rows"].as_f64()).unwrap_or(0.0);
    if kind == "Sort" && sorted > SORTED_MAX && rows_max < f64::MAX {
        faults.push(format!("sorts {sorted} rows"));
    }
    below.iter().for_each(|below| look(below, rows_max, faults));
}

/// A plan, a step a line.
pub(super) fn outline(step: &Value, depth: usize) -> String {
    let text = |name: &str| step[name].as_str().unwrap_or_default().to_owned();
    let below = step["Plans"].as_array().map(Vec::as_slice).unwrap_or_default();
    let below: String = below.iter().map(|below| outline(below, depth + 1)).collect();
    let (kind, table, index) = (text("Node Type"), text("Relation Name"), text("Index Name"));
    let (rows, loops, removed) = (&step["Actual Rows"], &step["Actual Loops"], &step["Rows Removed by Filter"]);
    format!("{}{kind} {table} {index} rows {rows} x {loops}, removed {removed}\n{below}", "  ".repeat(depth))
}
