//! How the source is kept: short files and functions, a word on each module, and each room's knowledge in the room.

use std::path::{Path, PathBuf};

/// Lines of a file at most.
const FILE_LINES_MAX: usize = 400;
/// Lines of a function at most.
const FUNCTION_LINES_MAX: usize = 70;

/// A source file: its path in the repository, and its text.
struct Source {
    path: String,
    text: String,
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn sources(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    files(&root.join(folder), &mut found);
    found.sort();
    assert!(!found.is_empty(), "there is source in {folder}");
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        let path = path.strip_prefix(root).expect("it is in the repository").to_string_lossy().into_owned();
        Source { path, text }
    };
    found.into_iter().map(read).collect()
}

/// The lines that are not comments, with their numbers.
fn code(source: &Source) -> impl Iterator<Item = (usize, &str)> {
    let lines = source.text.lines().enumerate().map(|(index, line)| (index + 1, line));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The words of a line: names and numbers.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty())
}

/// What is inside the quotes of a line, as well as a line alone tells it.
fn quoted(line: &str) -> String {
    line.split('"').skip(1).step_by(2).collect::<Vec<_>>().join(" ")
}

/// The places outside a room where something is found.
fn outside(rooms: &[&str], is_there: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources("src").iter().filter(|source| !rooms.iter().any(|room| source.path.starts_with(room))) {
        let lines = code(source).filter(|(_, line)| is_there(line));
        found.extend(lines.map(|(number, line)| format!("{}:{number}: {}", source.path, line.trim())));
    }
    found
}

fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn every_module_says_what_it_is() {
    let silent = |source: &Source| !source.text.starts_with("//! ");
    let silent: Vec<String> =
        ["src", "tests"].into_iter().flat_map(sources).filter(silent).map(|source| source.path).collect();
    assert_none("these begin without `//!`", &silent);
}

#[test]
fn no_file_is_long() {
    let length = |source: Source| (source.text.lines().count(), source.path);
    let long = ["src", "tests"].into_iter().flat_map(sources).map(length).filter(|(lines, _)| *lines > FILE_LINES_MAX);
    let long: Vec<String> = long.map(|(lines, path)| format!("{path}: {lines} lines")).collect();
    assert_none("these files have more than 400 lines", &long);
}

/// The functions of a file with their lines: a body ends with a brace under the first letter of its beginning.
fn functions(source: &Source) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = source.text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        let is_function = !trimmed.starts_with("//") && words(trimmed).take(6).any(|word| word == "fn");
        if !is_function || trimmed.ends_with('}') {
            continue;
        }
        let indent = &line[..line.len() - trimmed.len()];
        let ends = |line: &&str| {
            line.strip_prefix(indent)
                .is_some_and(|rest| rest.starts_with('}') || rest.ends_with(';') && !rest.starts_with(' '))
        };
        if let Some(length) = lines[start..].iter().position(ends) {
            found.push((start + 1, length + 1));
        }
    }
    found
}

#[test]
fn no_function_is_long() {
    let mut long = Vec::new();
    let mut count = 0;
    for source in ["src", "tests"].into_iter().flat_map(sources) {
        let functions = functions(&source);
        count += functions.len();
        let found = functions.into_iter().filter(|(_, lines)| *lines > FUNCTION_LINES_MAX);
        long.extend(found.map(|(start, lines)| format!("{}:{start}: {lines} lines", source.path)));
    }
    assert!(count > 300, "functions are found: {count}");
    assert_none("these functions have more than 70 lines", &long);
}

#[test]
fn one_module_knows_the_registry_of_async_graphql() {
    let names = |line: &str| line.contains("registry::") && !line.contains("pub use registry::");
    assert_none("`registry::` outside its module", &outside(&["src/schema/registry.rs"], names));
}

#[test]
fn only_the_store_knows_its_databases() {
    let names = |line: &str| {
        words(line).any(|word| ["Sqlite", "Postgres", "Pg"].iter().any(|known| word.starts_with(known)))
            || line.contains("diesel::") && !line.contains("diesel::result::Error")
    };
    assert_none("a database is named outside src/store", &outside(&["src/store"], names));
}

#[test]
fn only_the_store_writes_sql() {
    const KEYWORDS: [&str; 20] = [
        "SELECT", "INSERT", "UPDATE", "DELETE", "FROM", "WHERE", "JOIN", "LIMIT", "ORDER BY", "GROUP BY", "CREATE",
        "ALTER", "DROP", "PRAGMA", "BEGIN", "COMMIT", "ROLLBACK", "UNION", "LIKE", "VALUES",
    ];
    let is_sql = |line: &str| {
        let text = quoted(line);
        let padded = format!(" {text} ");
        KEYWORDS.iter().any(|keyword| padded.contains(&format!(" {keyword} ")))
    };
    assert!(is_sql("let text = \"SELECT id FROM company\";"), "the check finds SQL");
    assert_none("SQL outside src/store", &outside(&["src/store"], is_sql));
}

#[test]
fn only_the_settings_read_the_environment() {
    let reads = |line: &str| line.contains("std::env") || line.contains("env::var") || line.contains("option_env!");
    assert_none("the environment is read outside src/config.rs", &outside(&["src/config.rs"], reads));
}

#[test]
fn nothing_is_printed_but_by_the_command_line() {
    let prints =
        |line: &str| ["println!", "print!", "dbg!", "todo!", "unimplemented!"].iter().any(|name| line.contains(name));
    assert_none("printing in src", &outside(&[], prints));
}
