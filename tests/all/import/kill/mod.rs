//! Killed at any moment: no half-written record stands, and running it again ends where an undisturbed run does.

pub(super) mod files;

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use dealgraph::store::Connection;

use crate::harness::{Harness, TestStore, texts};

use super::state;
use super::whole::whole;

/// Kills on each of the two databases: twenty a format.
const KILLS: u64 = 10;

/// What is imported and killed.
struct Case {
    format: &'static str,
    folder: PathBuf,
    /// A query for records of which a part is missing.
    halves: &'static str,
    state: fn(&mut Connection) -> Vec<String>,
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
pub(super) const HALVES: &str = "SELECT 'patent ' || publication_number AS shown FROM patent \
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
    Case { format: "patentsview", folder: files::patents(), halves: HALVES, state }
}

fn deals_case() -> Case {
    Case { format: "deals", folder: files::deals(), halves: HALF_DEALS, state: whole }
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
    Case { format: "uspto-assignments", folder: files::register(), halves: HALVES, state }
}

#[test]
fn the_register_on_sqlite() {
    killed_and_run_again(Harness::sqlite, &register_case());
}

#[test]
fn the_register_on_postgresql() {
    killed_and_run_again(Harness::postgres, &register_case());
}

/// A company without its record or what supports it, a parent that nothing supports.
const HALF_ENTITIES: &str = "SELECT 'company ' || slug AS shown FROM company \
     WHERE NOT EXISTS (SELECT 1 FROM lei_record WHERE company_id = company.id) \
     OR NOT EXISTS (SELECT 1 FROM citation WHERE company_id = company.id) \
     OR NOT EXISTS (SELECT 1 FROM company_name WHERE company_id = company.id) \
     UNION ALL SELECT 'relation' FROM company_relation AS r WHERE NOT EXISTS (SELECT 1 FROM citation WHERE company_relation_id = r.id)";

fn entities_case() -> Case {
    Case { format: "gleif", folder: files::entities(), halves: HALF_ENTITIES, state }
}

#[test]
fn gleif_on_sqlite() {
    killed_and_run_again(Harness::sqlite, &entities_case());
}

#[test]
fn gleif_on_postgresql() {
    killed_and_run_again(Harness::postgres, &entities_case());
}

/// A declaration of nothing, a standard for which nothing is declared, a patent without its file, a declarant that nothing
/// supports.
const HALF_DECLARATIONS: &str = "SELECT 'declaration ' || reference AS shown FROM standard_declaration AS d \
     WHERE declarant_id IS NULL OR NOT EXISTS (SELECT 1 FROM declared_patent WHERE standard_declaration_id = d.id) \
     UNION ALL SELECT 'standard ' || name FROM standard AS s \
     WHERE NOT EXISTS (SELECT 1 FROM declared_patent WHERE standard_id = s.id OR project_id = s.id) \
     UNION ALL SELECT 'patent ' || publication_number FROM patent \
     WHERE NOT EXISTS (SELECT 1 FROM patent_source WHERE patent_id = patent.id) \
     UNION ALL SELECT 'company ' || slug FROM company WHERE NOT EXISTS (SELECT 1 FROM citation WHERE company_id = company.id)";

fn declarations_case() -> Case {
    Case { format: "etsi", folder: files::declarations(), halves: HALF_DECLARATIONS, state }
}

#[test]
fn etsi_on_sqlite() {
    killed_and_run_again(Harness::sqlite, &declarations_case());
}

#[test]
fn etsi_on_postgresql() {
    killed_and_run_again(Harness::postgres, &declarations_case());
}
