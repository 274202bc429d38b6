//! Killed at any moment: no half-written record stands, and running it again ends where an undisturbed run does.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use dealgraph::store::Connection;

use crate::harness::{Harness, TestStore, texts};

use super::register::{self, Made, made};
use super::state;
use super::whole::whole;

const KILLS: u64 = 20;
const PATENTS: u32 = 600;
const DEALS: u32 = 200;
const RECORDS: usize = 120;

/// Tables of made-up patents, their assignees and citations among them.
fn tables() -> PathBuf {
    let folder = Harness::folder();
    let mut patents = "\"patent_id\"\t\"patent_date\"\t\"patent_title\"\t\"wipo_kind\"\n".to_owned();
    let mut assignees = "\"patent_id\"\t\"assignee_sequence\"\t\"disambig_assignee_organization\"\n".to_owned();
    let mut citations = "\"patent_id\"\t\"citation_patent_id\"\n".to_owned();
    for n in 0..PATENTS {
        let id = 10_100_000 + n;
        writeln!(patents, "\"{id}\"\t\"2018-07-03\"\t\"Title {n}\"\t\"B2\"").expect("text");
        writeln!(assignees, "\"{id}\"\t0\t\"Company {}\"", n % 97).expect("text");
        writeln!(citations, "\"{id}\"\t\"{}\"", 10_100_000 + n / 2).expect("text");
    }
    for (name, text) in
        [("g_patent", patents), ("g_assignee_disambiguated", assignees), ("g_us_patent_citation", citations)]
    {
        std::fs::write(folder.join(format!("{name}.tsv")), text).expect("a file");
    }
    folder
}

/// The tables of the research data set with made-up records, and newer versions of some of them as XML.
fn register() -> PathBuf {
    let names: Vec<(String, String)> =
        (0..RECORDS).map(|n| (format!("OWNER {} INC.", n % 23), format!("BUYER {} LLC", n % 17))).collect();
    let numbers: Vec<String> = (0..RECORDS).map(|n| format!("{}", 9_000_000 + n / 2)).collect();
    let record = |n: usize| -> Made {
        let (from, to): (&'static str, &'static str) = (names[n].0.clone().leak(), names[n].1.clone().leak());
        let number: &'static str = numbers[n].clone().leak();
        Made {
            assignors: vec![(from, "20180301")],
            assignees: vec![to],
            properties: vec![["", "", number]],
            ..made((50_000, u32::try_from(n).expect("a frame")), "20180310")
        }
    };
    let records: Vec<Made> = (0..RECORDS).map(record).collect();
    let newer: Vec<Made> = (0..RECORDS)
        .step_by(3)
        .map(|n| Made {
            updated: "20240301",
            purged: n % 2 == 0,
            assignors: vec![("SOMEBODY, ELSE", "20180302")],
            ..record(n)
        })
        .collect();
    let folder = register::folder(&records);
    std::fs::write(folder.join("ad20240301.xml"), register::xml("20240301", &newer)).expect("a file");
    folder
}

/// What is imported and killed.
struct Case {
    format: &'static str,
    folder: PathBuf,
    /// A query for records of which a part is missing.
    halves: &'static str,
    state: fn(&mut Connection) -> Vec<String>,
}

/// Made-up deals, each with a patent, what it cites, and a transfer.
fn deals() -> PathBuf {
    let folder = Harness::folder();
    let cited = r#""citations": [{"source": "https://example.org/a", "recordedAt": "2026-11-22T00:00:00Z"}]"#;
    let mut text = r#"{"source": {"publisher": "Example", "url": "https://example.org/a"}}"#.to_owned() + "\n";
    let mut lines = |line: String| writeln!(text, "{line}").expect("text");
    for n in 0..48 {
        lines(format!("{{\"company\": {{\"slug\": \"c{n}\", \"name\": \"Company {n}\", {cited}}}}}"));
    }
    for n in 0..DEALS {
        let owner = format!("{{\"name\": \"C\", \"company\": \"c{}\"}}", n % 37);
        let number = 8_000_000 + n;
        lines(format!(
            "{{\"patent\": {{\"number\": \"US{number}B2\", \"source\": \"https://example.org/a\", \"assignees\": [{owner}]}}}}"
        ));
    }
    for n in 0..DEALS {
        let (from, to, number) = (n % 37, 37 + n % 11, 8_000_000 + n);
        let sold = format!(
            "{{\"conveyance\": \"ASSIGNMENT\", \"assignors\": [\"c{from}\"], \"assignees\": [\"c{to}\"], \"patents\": [\"US{number}\"]}}"
        );
        lines(format!(
            "{{\"agreement\": {{\"slug\": \"a{n}\", \"title\": \"Deal {n}\", \"status\": \"IN_FORCE\", \"announcedOn\": \"2015\", {cited}, \"parties\": [{{\"company\": \"c{from}\", \"role\": \"ASSIGNOR\"}}], \"transfers\": [{sold}]}}}}"
        ));
    }
    std::fs::write(folder.join("deals.jsonl"), text).expect("a file");
    folder
}

/// An agreement without its party or its transfer, a transfer that changed no title, a fact that nothing supports.
const HALF_DEALS: &str = "SELECT 'agreement ' || slug AS shown FROM agreement \
     WHERE NOT EXISTS (SELECT 1 FROM agreement_party WHERE agreement_id = agreement.id) \
     OR NOT EXISTS (SELECT 1 FROM patent_transfer WHERE agreement_id = agreement.id) \
     OR NOT EXISTS (SELECT 1 FROM citation WHERE agreement_id = agreement.id) \
     UNION ALL SELECT 'transfer' FROM patent_transfer AS t WHERE NOT EXISTS (SELECT 1 FROM title_step WHERE patent_transfer_id = t.id) \
     UNION ALL SELECT 'patent ' || publication_number FROM patent WHERE owner_id IS NULL \
     UNION ALL SELECT 'company ' || slug FROM company WHERE NOT EXISTS (SELECT 1 FROM citation WHERE company_id = company.id)";

fn start(store: &TestStore, case: &Case) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dealgraph"));
    command.current_dir(&case.folder).env_clear().env("DATABASE_URL", &store.url).env("LOG", "warn");
    command.args(["import", case.format, "--batch-rows", "20"]).arg(&case.folder);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary starts")
}

fn finish(store: &TestStore, case: &Case) -> Duration {
    let begin = Instant::now();
    assert!(start(store, case).wait().expect("it ends").success(), "{}", store.name());
    begin.elapsed()
}

/// Records of which a part is missing: a patent without the link to its file, an assignee that its patent does not name, a
/// transfer that nothing supports or that its patent's chain lacks, a company that nothing supports.
const HALVES: &str = "SELECT 'patent ' || publication_number AS shown FROM patent \
     WHERE NOT EXISTS (SELECT 1 FROM patent_source WHERE patent_id = patent.id) \
     UNION ALL SELECT 'assignee ' || a.name FROM patent_assignee AS a JOIN patent AS p ON p.id = a.patent_id \
     WHERE p.original_assignee IS NULL OR p.owner_id IS NULL \
     UNION ALL SELECT 'transfer ' || reel_frame FROM patent_transfer AS t \
     WHERE NOT EXISTS (SELECT 1 FROM citation WHERE patent_transfer_id = t.id) \
     UNION ALL SELECT 'conveyed ' || CAST(l.patent_id AS TEXT) FROM patent_transfer_patent AS l \
     WHERE NOT EXISTS (SELECT 1 FROM title_step AS s WHERE s.patent_id = l.patent_id AND s.patent_transfer_id = l.patent_transfer_id) \
     UNION ALL SELECT 'company ' || slug FROM company WHERE NOT EXISTS (SELECT 1 FROM citation WHERE company_id = company.id)";

/// Numbers that look random; the seed is the moment, and is told when a test fails.
fn random(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

fn killed_and_run_again(make: fn() -> TestStore, case: &Case) {
    let undisturbed = make();
    let whole = finish(&undisturbed, case);
    let expected = (case.state)(&mut undisturbed.connection());
    let seed = u64::try_from(std::time::UNIX_EPOCH.elapsed().expect("a clock").as_nanos() & u128::from(u64::MAX))
        .expect("a seed")
        | 1;
    let mut dice = seed;
    let mut halted = 0;
    for kill in 0..KILLS {
        let store = make();
        let mut child = start(&store, case);
        let wait = whole.as_micros() as u64;
        std::thread::sleep(Duration::from_micros(random(&mut dice) % wait));
        child.kill().expect("a kill");
        child.wait().expect("it ends");
        let halves = texts(&mut store.connection(), case.halves);
        assert!(halves.is_empty(), "{}, seed {seed}, kill {kill}: {halves:?}", store.name());
        let left = (case.state)(&mut store.connection()).len();
        halted += u64::from(left > 0 && left < expected.len());
        finish(&store, case);
        assert!(
            (case.state)(&mut store.connection()) == expected,
            "{}, seed {seed}, kill {kill}: another state",
            store.name()
        );
    }
    assert!(halted > 0, "no kill came while something was being written: seed {seed}");
}

fn patentsview_case() -> Case {
    Case { format: "patentsview", folder: tables(), halves: HALVES, state }
}

fn deals_case() -> Case {
    Case { format: "deals", folder: deals(), halves: HALF_DEALS, state: whole }
}

#[test]
fn patentsview_on_sqlite() {
    killed_and_run_again(Harness::sqlite, &patentsview_case());
}

#[test]
fn patentsview_on_postgresql() {
    killed_and_run_again(Harness::postgres, &patentsview_case());
}

#[test]
fn deals_on_sqlite() {
    killed_and_run_again(Harness::sqlite, &deals_case());
}

#[test]
fn deals_on_postgresql() {
    killed_and_run_again(Harness::postgres, &deals_case());
}

fn register_case() -> Case {
    Case { format: "uspto-assignments", folder: register(), halves: HALVES, state }
}

#[test]
fn the_register_on_sqlite() {
    killed_and_run_again(Harness::sqlite, &register_case());
}

#[test]
fn the_register_on_postgresql() {
    killed_and_run_again(Harness::postgres, &register_case());
}
