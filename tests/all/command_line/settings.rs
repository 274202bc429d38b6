//! The settings: what is refused and how that is said, where they are read from, and their table in the README.

use std::path::Path;

use clap::{Arg, ArgAction, CommandFactory as _};
use dealgraph::config::Cli;

use super::child::{run, text};
use crate::harness::Harness;

/// The settings: the arguments that can come from the environment.
fn settings() -> Vec<Arg> {
    Cli::command().get_arguments().filter(|argument| argument.get_env().is_some()).cloned().collect()
}

fn variable(setting: &Arg) -> String {
    setting.get_env().and_then(|name| name.to_str()).expect("a name in UTF-8").to_owned()
}

fn flag(setting: &Arg) -> String {
    format!("--{}", setting.get_long().expect("each setting has a flag"))
}

const NUMBER: &[&str] = &["0.5", "-1", "many", "", "99999999999"];

/// Wrong values of each setting, and words that say what it may be.
const WRONG: &[(&str, &[&str], &[&str])] = &[
    ("DATABASE_URL", &["mysql://localhost/x", "dealgraph.db", "sqlite:", ""], &["sqlite:PATH", "postgres://"]),
    ("BIND_ADDR", &["8080", "localhost", "127.0.0.1", "127.0.0.1:99999", ""], &["an address and a port"]),
    ("WORKERS", NUMBER, &["from 1 to 1024"]),
    ("DATABASE_READERS", NUMBER, &["from 1 to 1000"]),
    ("DATABASE_WAIT_MS", NUMBER, &["from 1 to 600000"]),
    ("READ_TIMEOUT_MS", NUMBER, &["from 1 to 600000"]),
    ("SEED", &["yes", "1", ""], &["`true` or `false`"]),
    ("NODE_ID", &["1024", "-1", "one", ""], &["from 0 to 1023"]),
    ("AUTH", &["closed", "true", ""], &["open", "required"]),
    ("OIDC_ISSUER", &[], &[]),
    ("OIDC_AUDIENCE", &[], &[]),
    ("OIDC_JWKS", &["http://id.example/keys", ""], &["https://", "the path of a file"]),
    ("OIDC_ROLE_CLAIM", &[], &[]),
    ("PAGE_SIZE_DEFAULT", NUMBER, &["from 1 to 100000"]),
    ("PAGE_SIZE_MAX", NUMBER, &["from 1 to 100000"]),
    ("PRICE_MAX", NUMBER, &["from 1 to 1000000000"]),
    ("DEPTH_MAX", NUMBER, &["from 1 to 60"]),
    ("BODY_BYTES_MAX", NUMBER, &["from 1 to 1000000000"]),
    ("DOCUMENT_BYTES_MAX", NUMBER, &["from 1 to 100000000"]),
    ("SELECTIONS_MAX", NUMBER, &["from 1 to 100000"]),
    ("CORS_ALLOWED_ORIGINS", &["app.example", "https://app.example/path", "https://a.example,*"], &["`*`"]),
    ("LIVE_KEEP_ALIVE_S", NUMBER, &["from 1 to 3600"]),
    ("SHUTDOWN_TIMEOUT_S", &["3601", "-1", "soon", ""], &["from 0 to 3600"]),
    ("LOG_FORMAT", &["xml", ""], &["text", "json"]),
    ("LOG", &["loud", "inof", "dealgraph=loud", "info,dealgraph", ""], &["a level", "`info`", "levels by module"]),
];

#[test]
fn a_setting_with_a_wrong_value_stops_the_start_and_is_named() {
    let known: Vec<String> = settings().iter().map(variable).collect();
    assert_eq!(known, WRONG.iter().map(|(name, ..)| *name).collect::<Vec<_>>(), "each setting has its wrong values");
    let folder = Harness::folder();
    for (setting, (name, values, words)) in settings().iter().zip(WRONG) {
        for value in *values {
            let by_flag = run(&folder, &[&format!("{}={value}", flag(setting))], &[]);
            let by_variable = run(&folder, &[], &[(name, value)]);
            for (way, output) in [("flag", by_flag), ("variable", by_variable)] {
                let said = text(&output.stderr);
                assert_eq!(output.status.code(), Some(2), "{name}={value:?} by {way}: {said}");
                assert!(said.contains(&flag(setting)), "{name}={value:?} by {way} is not named: {said}");
                let shows_value = value.is_empty() || said.contains(&format!("'{value}'"));
                assert!(shows_value, "{name}={value:?} by {way}: no value: {said}");
                for word in *words {
                    assert!(said.contains(word), "{name}={value:?} by {way} has to say {word:?}: {said}");
                }
            }
        }
    }
    let left: Vec<_> = std::fs::read_dir(&folder).expect("the folder can be read").flatten().collect();
    assert!(left.is_empty(), "a start that was stopped left something: {left:?}");
}

#[test]
fn a_password_in_a_wrong_address_is_not_repeated() {
    let output = run(&Harness::folder(), &[], &[("DATABASE_URL", "postgre://nobody:secret@host/x")]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("'postgre://nobody:…@host/x'") && !said.contains("secret"), "{said}");
}

#[test]
fn settings_that_do_not_fit_together_stop_the_start_and_are_named() {
    let output = run(&Harness::folder(), &["--page-size-default", "50"], &[("PAGE_SIZE_MAX", "20")]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for word in ["PAGE_SIZE_DEFAULT", "PAGE_SIZE_MAX", "50", "20"] {
        assert!(said.contains(word), "{said}");
    }
}

#[test]
fn an_unknown_flag_or_command_stops_the_start() {
    for argument in ["--worker", "server"] {
        let output = run(&Harness::folder(), &[argument], &[]);
        assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
        assert!(text(&output.stderr).contains(argument), "{}", text(&output.stderr));
    }
}

/// Where a migration goes, as the files of the folder show.
fn migrated(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Vec<String> {
    let output = run(folder, arguments, environment);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let entries = std::fs::read_dir(folder).expect("the folder can be read").flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut found: Vec<String> = names.filter(|name| name.ends_with(".db")).collect();
    found.sort();
    found
}

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let folder = Harness::folder();
    std::fs::write(folder.join(".env"), "# A comment.\nDATABASE_URL=sqlite:by_file.db\n").expect("a file");
    assert_eq!(migrated(&folder, &["migrate"], &[]), ["by_file.db"]);
    let environment = [("DATABASE_URL", "sqlite:by_environment.db")];
    assert_eq!(migrated(&folder, &["migrate"], &environment), ["by_environment.db", "by_file.db"]);
    let arguments = ["migrate", "--database-url", "sqlite:by_a_flag.db"];
    assert_eq!(migrated(&folder, &arguments, &environment), ["by_a_flag.db", "by_environment.db", "by_file.db"]);
}

#[test]
fn a_wrong_file_of_settings_stops_the_start() {
    let folder = Harness::folder();
    std::fs::write(folder.join(".env"), "WORKERS=none\n").expect("a file");
    let output = run(&folder, &["migrate"], &[]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("'none' for '--workers"), "{}", text(&output.stderr));
    std::fs::write(folder.join(".env"), "this is no setting\n").expect("a file");
    let output = run(&folder, &["migrate"], &[]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains(".env"), "{}", text(&output.stderr));
}

const BEGIN: &str = "<!-- settings -->\n";
const END: &str = "<!-- /settings -->";

/// The table of the settings, made from the command line itself.
fn table() -> String {
    let mut table = "\n| Setting | Flag | Default | What it is |\n|---|---|---|---|\n".to_owned();
    for setting in settings() {
        let default = setting.get_default_values().iter().map(|value| value.to_string_lossy()).collect::<Vec<_>>();
        let help = setting.get_help().map(ToString::to_string).unwrap_or_default();
        let possible: Vec<String> = match setting.get_action() {
            ArgAction::Set => {
                setting.get_possible_values().iter().map(|value| format!("`{}`", value.get_name())).collect()
            }
            _ => Vec::new(),
        };
        let possible = if possible.is_empty() { String::new() } else { format!(": {}", possible.join(" or ")) };
        let (name, flag) = (variable(&setting), flag(&setting));
        let default = Some(default.join(","))
            .filter(|text| !text.is_empty())
            .map_or_else(|| "empty".to_owned(), |text| format!("`{text}`"));
        let row = format!("`{name}` | `{flag}` | {default} | {}{possible}", help.replace('|', "\\|"));
        table += &format!("| {row} |\n");
    }
    table + "\n"
}

#[test]
fn the_readme_lists_every_setting_as_the_binary_has_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).expect("README.md can be read");
    let parts = readme.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?)));
    let (before, (found, after)) = parts.unwrap_or_else(|| panic!("README.md has no {BEGIN}{END}"));
    let wanted = table();
    if found != wanted {
        std::fs::write(&path, format!("{before}{BEGIN}{wanted}{END}{after}")).expect("README.md can be written");
        panic!("README.md did not list the settings as they are. The right table is written: review and commit it.");
    }
}
