//! `dealgraph import` as a command: standard input, what it prints, and a database that goes away.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::harness::{Harness, TestStore, texts};

use super::bad_input::{gzip, zip};
use super::{fixture, state};

fn command(folder: &Path, store: &TestStore, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dealgraph"));
    command.current_dir(folder).env_clear().env("DATABASE_URL", &store.url).arg("import").args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(store: &TestStore, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = command(&Harness::folder(), store, arguments).spawn().expect("the binary starts");
    child.stdin.take().expect("a pipe").write_all(input).expect("input");
    child.wait_with_output().expect("it ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn standard_input_is_read_plain_and_compressed() {
    let patents = std::fs::read(fixture("patentsview/first/g_patent.tsv")).expect("a fixture");
    let zipped = zip(&[("data/g_patent.tsv", &patents)]);
    for store in Harness::databases() {
        let mut states = Vec::new();
        for (input, stored) in [(patents.clone(), "5"), (gzip(&patents), "0"), (zipped.clone(), "0")] {
            let output = run(&store, &["patentsview", "-"], &input);
            let said = text(&output.stdout);
            assert!(output.status.success(), "{}: {}", store.name(), text(&output.stderr));
            let total = said.lines().find(|line| line.starts_with("all")).expect("a total");
            let fields: Vec<&str> = total.split_whitespace().collect();
            assert_eq!((fields[1], fields[2]), ("5", stored), "{}: {said}", store.name());
            states.push(state(&mut store.connection()));
        }
        assert!(states[0] == states[1] && states[0] == states[2], "{}: the ways differ", store.name());
    }
}

#[test]
fn it_says_what_is_wrong_and_ends_with_a_fault() {
    let store = Harness::sqlite();
    for (arguments, code, words) in [
        (&["patentview", "x"][..], 2, &["patentview", "patentsview"][..]),
        (&["patentsview"], 2, &["PATH"]),
        (&["patentsview", "missing"], 1, &["missing", "no such file"]),
        (&["patentsview", "-", "--strict"], 1, &["line 2", "nothing was written"]),
    ] {
        let names = "\"patent_id\"\t\"patent_date\"\t\"patent_title\"\t\"wipo_kind\"\n\"1\"\t\"x\"\t\"y\"\t\"B2\"\n";
        let mut child = command(&Harness::folder(), &store, arguments).spawn().expect("the binary starts");
        // It may end before it reads.
        let _ = child.stdin.take().expect("a pipe").write_all(names.as_bytes());
        let output = child.wait_with_output().expect("it ends");
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        for word in words {
            assert!(said.contains(word), "{arguments:?}: {said}");
        }
    }
}

#[test]
fn a_dry_run_does_not_migrate() {
    let folder = fixture("patentsview/first").display().to_string();
    for store in Harness::bare_databases() {
        let output = run(&store, &["patentsview", &folder, "--dry-run"], &[]);
        assert_eq!(output.status.code(), Some(1), "{}", store.name());
        assert!(text(&output.stderr).contains("not migrated"), "{}", text(&output.stderr));
    }
}

fn row(number: u32) -> String {
    format!("\"{number}\"\t\"2018-06-19\"\t\"Title {number}\"\t\"B2\"\n")
}

#[test]
fn a_database_that_goes_away_leaves_whole_batches_and_can_be_gone_on_with() {
    let store = Harness::postgres();
    let names = "\"patent_id\"\t\"patent_date\"\t\"patent_title\"\t\"wipo_kind\"\n";
    let first: String = (0..1_000).map(|n| row(10_000_000 + n)).collect();
    let second: String = (0..1_000).map(|n| row(10_001_000 + n)).collect();
    let arguments = ["patentsview", "-", "--batch-rows", "100"];
    let mut child = command(&Harness::folder(), &store, &arguments).spawn().expect("the binary starts");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(names.as_bytes()).and_then(|()| input.write_all(first.as_bytes())).expect("the first half");
    // More than a head of the file and the reader's buffer, so that batches are stored before the second half comes.
    let filler: String = (0..8_000).map(|n| row(10_010_000 + n)).collect();
    input.write_all(filler.as_bytes()).and_then(|()| input.flush()).expect("more");
    let stored = || texts(&mut store.connection(), "SELECT number AS shown FROM patent").len();
    let begin = Instant::now();
    while stored() == 0 {
        assert!(begin.elapsed() < Duration::from_secs(60), "nothing is stored");
        std::thread::sleep(Duration::from_millis(20));
    }
    Harness::set_reachable(&store, false);
    let _ = input.write_all(second.as_bytes());
    drop(input);
    let mut said = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("text");
    assert_eq!(child.wait().expect("it ends").code(), Some(1), "{said}");
    assert!(said.contains("dealgraph: ") && !said.contains("panicked"), "{said}");
    Harness::set_reachable(&store, true);
    let left = stored();
    assert!(left > 0 && left < 10_000 && left.is_multiple_of(100), "{left}");
    let whole = format!("{names}{first}{filler}{second}");
    let output = run(&store, &arguments, whole.as_bytes());
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(stored(), 10_000);
}

#[test]
fn an_export_goes_to_a_file_or_to_standard_output_and_comes_in_again() {
    let export = |folder: &Path, store: &TestStore, path: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dealgraph"));
        command.current_dir(folder).env_clear().env("DATABASE_URL", &store.url).args(["export", "deals", path]);
        command.output().expect("the binary runs")
    };
    for store in Harness::databases() {
        let folder = Harness::folder();
        let deals = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sources.jsonl")).expect("a file");
        assert!(run(&store, &["deals", "-"], &deals).status.success());
        let shown = export(&folder, &store, "-");
        assert!(shown.status.success(), "{}", text(&shown.stderr));
        assert_eq!(text(&shown.stdout).lines().count(), 94);
        for (path, bytes) in [("store.jsonl", shown.stdout.clone()), ("store.jsonl.gz", gzip(&shown.stdout))] {
            assert!(export(&folder, &store, path).status.success());
            let written = std::fs::read(folder.join(path)).expect("a file");
            let path = folder.join(path).display().to_string();
            // What is compressed is compared when it is read again: another level gives other bytes.
            assert!(written == bytes || path.ends_with(".gz"));
            let again = run(&store, &["deals", &path, "--strict"], &[]);
            let said = text(&again.stdout);
            let total: Vec<&str> =
                said.lines().find(|line| line.starts_with("all")).expect("a total").split_whitespace().collect();
            assert_eq!(total, ["all", "94", "0", "0", "94", "0"], "{}", store.name());
        }
        let names: Vec<_> =
            std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("a file").file_name()).collect();
        assert_eq!(names.len(), 2, "nothing is left beside: {names:?}");
        let lost = export(&folder, &store, "missing/store.jsonl");
        assert_eq!(lost.status.code(), Some(1));
        assert!(text(&lost.stderr).contains("the export cannot be written"), "{}", text(&lost.stderr));
    }
    for store in Harness::bare_databases() {
        let output = export(&Harness::folder(), &store, "-");
        assert_eq!(output.status.code(), Some(1), "{}", store.name());
        assert!(text(&output.stderr).contains("not migrated"), "{}", text(&output.stderr));
    }
}
