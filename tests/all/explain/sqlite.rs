//! SQLite's plans: the texts of the statements, explained.

use serde_json::Value;

use super::SMALL;
use crate::harness::{TestStore, answer};
use crate::invariants::Statements;

/// The texts of the statements that a document takes.
pub(super) fn statements(store: &TestStore, document: &str, variables: &Value) -> Vec<String> {
    let told = Statements::default();
    let answer = answer(&told.of(store), document, variables);
    assert!(answer.starts_with("{\"data\":{"), "{answer}");
    told.take()
}

/// What is wrong with the statements of a document, with the statistics that are there.
pub(super) fn faults(store: &TestStore, document: &str, variables: &Value) -> Vec<String> {
    let statements = statements(store, document, variables);
    statements.iter().flat_map(|statement| of_statement(store, statement)).collect()
}

/// What is wrong with a statement.
pub(super) fn of_statement(store: &TestStore, statement: &str) -> Vec<String> {
    // The steps come as a tree: a number, that of the step around it, and what it does.
    let plan = format!("EXPLAIN QUERY PLAN {statement}");
    let steps: Vec<(i64, String)> = steps(store, &plan);
    let mut faults = Vec::new();
    for (around, step) in &steps {
        let words: Vec<&str> = step.split(' ').collect();
        let is_subquery = |name: &str| {
            let made = [format!("CO-ROUTINE {name}"), format!("MATERIALIZE {name}")];
            steps.iter().any(|(near, other)| near == around && made.contains(other))
        };
        let scanned = (words[0] == "SCAN" && !is_subquery(words[1])).then(|| table_of(statement, words[1])).flatten();
        // Keys are the table's own order: a page in that order is walked to.
        let for_parents = is_for_parents(statement);
        let is_walk = !for_parents && statement.contains(&format!("ORDER BY {}.\"id\"", words.get(1).unwrap_or(&"")));
        if scanned.is_some_and(|table| !SMALL.contains(&table))
            && (for_parents || !words.contains(&"USING"))
            && !is_walk
        {
            faults.push(format!("{step}, which is a table that grows\n{}", described(statement, &steps)));
        }
        if step.contains("AUTOMATIC") || step.contains("ANY(") {
            faults.push(format!("makes an index for itself, or skips through one\n{}", described(statement, &steps)));
        }
        let is_of_a_page = *around == 0 && steps.iter().any(|(_, other)| other == "SCAN p");
        if step.starts_with("USE TEMP B-TREE FOR ORDER BY") && !is_of_a_page && !may_sort(statement) {
            faults.push(format!("sorts what no page bounds\n{}", described(statement, &steps)));
        }
    }
    faults
}

/// Whether a statement is run for each parent: it asks for the parent's key.
fn is_for_parents(statement: &str) -> bool {
    is_along_a_link(statement)
        || statement.contains(" WHERE l.\"")
        || ["t0", "a"].iter().any(|alias| {
            let key = statement.split_once(&format!(" WHERE {alias}.\"")).and_then(|(_, rest)| rest.split_once('"'));
            key.is_some_and(|(column, rest)| column.ends_with("_id") && rest.starts_with(" = ?"))
        })
}

fn is_along_a_link(statement: &str) -> bool {
    statement.contains("(SELECT l.\"") || statement.contains("(SELECT DISTINCT l.\"")
}

/// Whether a statement has to sort: the rows that a link gives for one parent have no index with their order, nor has what
/// a condition along an edge leaves of a table, which is looked for from there only when it was counted to be little, or all
/// of it is counted.
fn may_sort(statement: &str) -> bool {
    let is_counted = statement.starts_with("WITH hits ");
    is_along_a_link(statement) || is_counted || statement.contains(" LIMIT -1) a ORDER BY ")
}

/// The table of an alias; nothing for a list or a subquery.
fn table_of<'a>(statement: &'a str, alias: &str) -> Option<&'a str> {
    let mut rest = statement;
    while let Some((_, after)) = rest.split_once('"') {
        let (name, after) = after.split_once('"')?;
        let follows = after.strip_prefix(' ').unwrap_or_default();
        let word = follows.split([' ', ')', ',']).next();
        if word == Some(alias) {
            return Some(name);
        }
        rest = after;
    }
    None
}

/// What each step of a statement does.
pub(super) fn plan(store: &TestStore, statement: &str) -> Vec<String> {
    steps(store, &format!("EXPLAIN QUERY PLAN {statement}")).into_iter().map(|(_, step)| step).collect()
}

fn steps(store: &TestStore, plan: &str) -> Vec<(i64, String)> {
    use dealgraph::store::Connection;
    use diesel::RunQueryDsl as _;
    #[derive(diesel::QueryableByName)]
    struct Step {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        parent: i64,
        #[diesel(sql_type = diesel::sql_types::Text)]
        detail: String,
    }
    let Connection::Sqlite(mut open) = store.connection() else { panic!("it is SQLite") };
    let steps: Vec<Step> = diesel::sql_query(plan).load(&mut open).unwrap_or_else(|error| panic!("{plan}: {error}"));
    steps.into_iter().map(|step| (step.parent, step.detail)).collect()
}

fn described(statement: &str, steps: &[(i64, String)]) -> String {
    let lines: String = steps.iter().map(|(around, step)| format!("    {around} {step}\n")).collect();
    format!("  {statement}\n{lines}")
}

#[test]
fn a_table_is_known_by_its_alias() {
    let statement =
        "SELECT a.\"id\" FROM \"patent\" a JOIN \"company\" f1 ON f1.\"id\" = a.\"owner_id\" WHERE (a.\"id\" = 1)";
    assert_eq!(table_of(statement, "a"), Some("patent"));
    assert_eq!(table_of(statement, "f1"), Some("company"));
    assert_eq!(table_of(statement, "j"), None);
}
