//! A store whose names were indexed by the rules of another release.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use dealgraph::names::RULES;
use dealgraph::store::Connection;
use dealgraph::store::names::{add_keys, index_names};

use crate::command_line::child::text;
use crate::harness::{Harness, TestStore, texts};

use super::{options, run, table};

/// Companies of a store, more than are indexed at once.
const COMPANIES: usize = 2_300;

/// A store of each kind with companies whose keys are none of these rules.
fn stores() -> Vec<TestStore> {
    let stores = Harness::databases();
    for store in &stores {
        let row = |id: usize| format!("({id}, 'c{id}', 'Maker {id} of Widgets', 'maker {id} of widgets', 'US')");
        let rows: Vec<String> = (1..=COMPANIES).map(row).collect();
        store.execute_batch(&format!(
            "INSERT INTO company (id, slug, name, name_folded, country) VALUES {}; \
             INSERT INTO company_key (key, company_id) SELECT id * 7, id FROM company",
            rows.join(", ")
        ));
    }
    stores
}

/// A patent whose assignee is a company of the store by another spelling.
fn assigned(company: usize) -> PathBuf {
    let folder = Harness::folder();
    let id = (10_000_000 + company).to_string();
    let patents =
        table(&["patent_id", "patent_date", "patent_title", "wipo_kind"], &[&[&id, "2018-06-19", "Title", "B2"]]);
    let spelling = format!("MAKER {company} OF WIDGETS, INC.");
    let names = ["patent_id", "assignee_sequence", "disambig_assignee_organization"];
    let assignees = table(&names, &[&[&id, "0", &spelling]]);
    for (name, text) in [("g_patent.tsv", patents), ("g_assignee_disambiguated.tsv", assignees)] {
        std::fs::write(folder.join(name), text).expect("a file");
    }
    folder
}

fn rules(connection: &mut Connection) -> String {
    let state =
        "SELECT CAST(version AS TEXT) || CASE WHEN is_complete THEN '' ELSE ' incomplete' END AS shown FROM name_rules";
    texts(connection, state).remove(0)
}

fn keys(connection: &mut Connection) -> BTreeSet<String> {
    let all = "SELECT CAST(key AS TEXT) || ' ' || CAST(company_id AS TEXT) AS shown FROM company_key";
    texts(connection, all).into_iter().collect()
}

/// The keys that the companies have by the rules of this release.
fn expected() -> BTreeSet<String> {
    let store = stores().remove(0);
    store.execute_batch("DELETE FROM company_key");
    let mut connection = store.connection();
    index_names(&mut connection).expect("keys");
    keys(&mut connection)
}

#[test]
fn an_import_indexes_the_names_of_an_older_release_anew() {
    let expected = expected();
    for store in stores() {
        let mut connection = store.connection();
        let before = keys(&mut connection);
        assert_eq!(rules(&mut connection), "0", "{}", store.name());
        let real = options(&[assigned(17)]);
        let dry = super::ImportOptions { dry_run: true, ..real.clone() };
        run(&mut connection, &dry).expect("a dry run");
        assert_eq!(rules(&mut connection), "0", "{}: a dry run indexed names", store.name());
        assert!(keys(&mut connection) == before, "{}: a dry run wrote keys", store.name());

        run(&mut connection, &real).expect("an import");
        let owner = "SELECT c.slug AS shown FROM patent_assignee AS a JOIN company AS c ON c.id = a.company_id";
        assert_eq!(texts(&mut connection, owner), ["c17"], "{}: the name is found by its key", store.name());
        assert_eq!(rules(&mut connection), RULES.to_string(), "{}", store.name());
        let after = keys(&mut connection);
        assert!(after.is_superset(&expected), "{}: keys are missing", store.name());
        assert!(after.is_disjoint(&before), "{}: keys of older rules are left", store.name());
    }
}

#[test]
fn what_was_begun_is_ended_and_what_older_servers_write_is_found_out() {
    let expected = expected();
    for store in stores() {
        let mut connection = store.connection();
        store.execute_batch(&format!("UPDATE name_rules SET version = {RULES}, is_complete = FALSE"));
        run(&mut connection, &options(&[assigned(17)])).expect("an import");
        assert!(keys(&mut connection).is_superset(&expected), "{}", store.name());

        store.execute_batch(&format!("UPDATE name_rules SET version = {}", RULES + 1));
        let error = run(&mut connection, &options(&[assigned(17)])).expect_err("an older release");
        assert!(error.to_string().contains("newer release"), "{}: {error}", store.name());
        add_keys(&mut connection, [(1, "Maker of a New Name")]).expect("keys");
        assert_eq!(rules(&mut connection), format!("{RULES} incomplete"), "{}", store.name());
    }
}

#[test]
fn imports_at_once_index_the_names_once() {
    let expected = expected();
    let store = stores().remove(1);
    assert_eq!(store.name(), "postgres");
    let import = |company: usize| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dealgraph"));
        command.env("DATABASE_URL", &store.url).args(["import", "patentsview", "--edition", &company.to_string()]);
        command.arg(assigned(company)).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it runs")
    };
    let imports: Vec<_> = (101..=103).map(import).collect();
    let ended = imports.into_iter().map(|import| import.wait_with_output().expect("it ends"));
    let failed: Vec<String> =
        ended.filter(|output| !output.status.success()).map(|output| text(&output.stderr)).collect();
    assert_eq!(failed, Vec::<String>::new());
    let mut connection = store.connection();
    assert_eq!(rules(&mut connection), RULES.to_string());
    assert!(keys(&mut connection).is_superset(&expected), "keys are missing");
}
