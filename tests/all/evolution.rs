//! The quality of `schema.graphql`, and what changes of it do to clients.

use std::path::Path;
use std::process::Command;

use crate::harness::tools;

const FILE: &str = "schema.graphql";

#[test]
fn the_schema_keeps_the_rules_of_its_linter() {
    tools::node("schema/lint.mjs", &[]);
}

#[test]
fn no_change_of_the_schema_breaks_a_client_but_for_what_was_deprecated() {
    // Without a history, as in an archive of the sources, there is nothing to compare with.
    let Some(before) = before() else { return };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join("schema-before.graphql");
    std::fs::write(&path, before).unwrap();
    let now = tools::root().join(FILE);
    tools::node("schema/breaking.mjs", &[path.to_str().unwrap(), now.to_str().unwrap()]);
}

#[test]
fn a_change_that_breaks_clients_is_found_unless_it_was_announced() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let compare = |before: &str, after: &str| {
        let paths = ["changes-before.graphql", "changes-after.graphql"].map(|name| folder.join(name));
        std::fs::write(&paths[0], before).unwrap();
        std::fs::write(&paths[1], after).unwrap();
        let script = tools::tests().join("schema/breaking.mjs");
        Command::new("node").arg(script).args(&paths).output().unwrap().status.success()
    };
    let old = "type Query { a(x: Int, y: Int @deprecated): Int b: Int @deprecated c: Int }";
    assert!(compare(old, "type Query { a(x: Int): Int c: Int d: Int }"));
    assert!(!compare(old, "type Query { a(x: Int): Int }"));
    assert!(!compare(old, "type Query { a: Int c: Int }"));
    assert!(!compare(old, "type Query { a(x: Int!): Int c: Int }"));
}

/// The schema before the last change of it: the last commit's when the file differs from it, else the one before the
/// last commit that changed it on this line of history.
fn before() -> Option<String> {
    let now = std::fs::read_to_string(tools::root().join(FILE)).unwrap();
    let committed = git(&["show", &format!("HEAD:{FILE}")])?;
    if committed != now {
        return Some(committed);
    }
    let last = git(&["log", "--first-parent", "--max-count=1", "--format=%H", "--", FILE])?;
    git(&["show", &format!("{}^1:{FILE}", last.trim())])
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).current_dir(tools::root()).output().ok()?;
    output.status.success().then(|| String::from_utf8(output.stdout).ok()).flatten()
}
