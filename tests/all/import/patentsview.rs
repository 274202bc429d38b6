//! PatentsView: what its tables become, in any order, twice, and in a newer edition.

use crate::harness::{Harness, answer, engine};

use super::{assert_derived, brought, fixture, golden, on_each, options, run, state};

#[test]
fn its_tables_become_patents_owners_areas_and_citations() {
    on_each(|store, connection| {
        let before = state(connection);
        let summary = run(connection, &options(&[fixture("patentsview/first")])).expect("an import");
        golden(store, "patentsview/first.golden", &brought(&before, &state(connection)));
        let total = summary.total();
        assert_eq!((total.rows, total.stored, total.unchanged, total.refused), (28, 25, 2, 1), "{summary}");
        let (_, column, problem, count) = &summary.reasons[0];
        assert_eq!((&**column, *count), ("citation_patent_id", 1), "{problem}");
        assert!(problem.contains("not in the store"), "{problem}");
    });
}

#[test]
fn the_same_files_again_change_nothing() {
    on_each(|_, connection| {
        let options = options(&[fixture("patentsview/first")]);
        run(connection, &options).expect("an import");
        let before = state(connection);
        let again = run(connection, &options).expect("an import");
        assert_eq!((again.total().stored, again.total().unchanged), (0, 27), "{again}");
        assert!(again.tables.values().all(|change| change.inserted + change.updated == 0), "{again}");
        assert!(state(connection) == before, "the store changed");
    });
}

#[test]
fn owners_are_derived_with_each_batch() {
    on_each(|store, connection| {
        run(connection, &options(&[fixture("patentsview/first")])).expect("an import");
        assert!(state(connection).iter().any(|line| line.starts_with("owned|US10000001B2")), "{}", store.name());
        assert_derived(store, connection);
        run(connection, &options(&[fixture("patentsview/newer")])).expect("an import");
        assert_derived(store, connection);
    });
}

#[test]
fn a_day_that_comes_in_late_changes_what_is_derived() {
    on_each(|store, connection| {
        let tables = ["g_patent", "g_assignee_disambiguated", "g_application"];
        for table in tables {
            let path = fixture("patentsview/first").join(format!("{table}.tsv"));
            run(connection, &options(&[path])).expect("an import");
            assert_derived(store, connection);
        }
    });
}

#[test]
fn the_order_of_the_files_on_the_command_line_does_not_matter() {
    let mut states = Vec::new();
    for backwards in [false, true] {
        let store = Harness::sqlite();
        let mut paths: Vec<_> = std::fs::read_dir(fixture("patentsview/first"))
            .expect("fixtures")
            .map(|entry| entry.expect("a file").path())
            .collect();
        paths.sort();
        if backwards {
            paths.reverse();
        }
        run(&mut store.connection(), &options(&paths)).expect("an import");
        states.push(state(&mut store.connection()));
    }
    assert_eq!(states[0], states[1]);
}

#[test]
fn a_newer_edition_changes_what_it_says_otherwise() {
    on_each(|_, connection| {
        run(connection, &options(&[fixture("patentsview/first")])).expect("an import");
        let before = state(connection);
        let mut newer = options(&[fixture("patentsview/newer")]);
        newer.edition = Some("2024-03-31".to_owned());
        let summary = run(connection, &newer).expect("an import");
        let total = summary.total();
        assert_eq!((total.rows, total.stored, total.updated, total.unchanged), (11, 4, 3, 7), "{summary}");
        let after = state(connection);
        let lines = brought(&before, &after);
        let has = |words: &[&str]| lines.iter().any(|line| words.iter().all(|word| line.contains(word)));
        assert!(
            has(&["patent|US10000001B2", "|Antenna with a folded arm|", "edition 2024-03-31: g_patent.tsv"]),
            "{lines:#?}"
        );
        assert!(has(&["patent|US10000003B1", "|GRANTED|"]), "{lines:#?}");
        assert!(has(&["patent|US10000004B2"]), "{lines:#?}");
        assert!(has(&["assignee|USRE49001E1", "Borealis Radio Group Ltd."]), "{lines:#?}");
        assert!(has(&["source of patent|US10000001B2", "edition 2024-03-31"]), "{lines:#?}");
        // What did not change cites the edition that it came from.
        assert!(!has(&["source of patent|US10000002B2"]), "{lines:#?}");
        assert_eq!(run(connection, &newer).expect("an import").total().stored, 0);
        assert!(state(connection) == after, "the store changed");
    });
}

#[test]
fn a_table_alone_is_refused_row_by_row_and_comes_in_later() {
    on_each(|_, connection| {
        let folder = fixture("patentsview/first");
        let alone = options(&[folder.join("g_cpc_current.tsv")]);
        let before = state(connection);
        let summary = run(connection, &alone).expect("an import");
        assert_eq!((summary.total().stored, summary.total().refused), (0, 4), "{summary}");
        assert!(state(connection) == before, "something was stored");
        run(connection, &options(&[folder.join("g_patent.tsv")])).expect("an import");
        let summary = run(connection, &alone).expect("an import");
        assert_eq!((summary.total().stored, summary.total().unchanged), (3, 1), "{summary}");
    });
}

#[test]
fn what_another_source_says_of_a_patent_stays_and_gaps_are_filled() {
    on_each(|_, connection| {
        // The starter data has this design, with its title, and no number of claims.
        let names = ["patent_id", "patent_date", "patent_title", "wipo_kind", "num_claims"];
        let rows: &[&[&str]] = &[&["D544875", "2007-06-19", "Another title", "S1", "1"]];
        let path = super::file("g_patent.tsv", super::table(&names, rows));
        let before = state(connection);
        let summary = run(connection, &options(&[path])).expect("an import");
        assert_eq!(summary.total().updated, 1, "{summary}");
        let lines = brought(&before, &state(connection));
        let patent = lines.iter().find(|line| line.starts_with("patent|USD544875S1")).expect("it changed");
        assert!(!patent.contains("Another title") && !patent.contains("PatentsView"), "{patent}");
        assert!(lines.iter().any(|line| line.starts_with("source of patent|USD544875S1")), "{lines:#?}");
    });
}

#[test]
fn whom_another_source_names_as_an_assignee_stays() {
    on_each(|_, connection| {
        // The starter data names an assignee of this design.
        let names = ["patent_id", "assignee_sequence", "disambig_assignee_organization"];
        let rows: &[&[&str]] = &[&["D544875", "0", "Another Radio, Inc."]];
        let path = super::file("g_assignee_disambiguated.tsv", super::table(&names, rows));
        let before = state(connection);
        let summary = run(connection, &options(&[path])).expect("an import");
        assert_eq!(summary.total().unchanged, 1, "{summary}");
        let lines = brought(&before, &state(connection));
        let changed = lines.iter().find(|line| line.starts_with("assignee|") || line.starts_with("patent|"));
        assert_eq!(changed, None, "{lines:#?}");
    });
}

#[test]
fn graphql_shows_the_assignees_and_the_files_that_say_so() {
    on_each(|store, connection| {
        run(connection, &options(&[fixture("patentsview/first")])).expect("an import");
        let query = "{ patent(publicationNumber: \"US10000002B2\") { originalAssignee owner { slug } applicationNumber \
            sourceRecord source { title } sources(orderBy: [{ field: TITLE }]) { nodes { title } } \
            assignees { nodes { ordinal name company { name names { nodes { name } } \
            citations { nodes { record source { publisher } } } } location { city country } source { title } } } \
            cites { nodes { publicationNumber } } } }";
        let shown = answer(&*engine(store), query, &serde_json::Value::Null);
        let json: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
        let patent = &json["data"]["patent"];
        assert_eq!(patent["originalAssignee"], "HARBOUR SIGNAL, INC.; Borealis Radio Ltd.", "{shown}");
        assert_eq!(patent["owner"], serde_json::Value::Null, "two share it: {shown}");
        assert_eq!(patent["sourceRecord"], "10000002");
        assert_eq!(patent["sources"]["nodes"].as_array().map(Vec::len), Some(6), "{shown}");
        let assignee = &patent["assignees"]["nodes"][0];
        assert_eq!(assignee["company"]["name"], "Harbour Signal, Inc.", "{shown}");
        assert_eq!(assignee["company"]["names"]["nodes"][0]["name"], "HARBOUR SIGNAL, INC.", "{shown}");
        assert_eq!(assignee["location"]["country"], "US", "{shown}");
        let record = &assignee["company"]["citations"]["nodes"][0]["record"];
        assert_eq!(record, "patent_id 10000001, assignee_sequence 0", "{shown}");
        assert_eq!(patent["cites"]["nodes"][0]["publicationNumber"], "US10000001B2", "{shown}");
    });
}

/// Numbers that look random and are the same each time.
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

#[test]
fn every_row_is_stored_unchanged_or_refused_whatever_the_rows_are() {
    let names = ["patent_id", "patent_date", "patent_title", "wipo_kind"];
    let mut dice = 0x2545_f491_4f6c_dd1d;
    for _ in 0..5 {
        let mut text = super::table(&names, &[]);
        let (mut rows, mut refused) = (0, 0);
        let mut known = std::collections::BTreeSet::new();
        for _ in 0..next(&mut dice) % 60 {
            let id = 10_000_000 + next(&mut dice) % 30;
            rows += 1;
            let (row, is_good) = match next(&mut dice) % 6 {
                0 => (format!("\"{id}\"\t\"2018-13-01\"\t\"T\"\t\"B2\"\n"), false),
                1 => (format!("\"{id}\"\t\"2018-06-19\"\n"), false),
                2 => ("\"\"\t\"2018-06-19\"\t\"T\"\t\"B2\"\n".to_owned(), false),
                3 => (format!("\"{id}\"\t\"\"\t\"A \"\"quote\"\",\n{id}\"\t\"B2\"\n"), true),
                _ => (format!("\"{id}\"\t\"2018-06-19\"\tT{id}\t\"B2\"\n"), true),
            };
            text += &row;
            if is_good {
                known.insert(id);
            } else {
                refused += 1;
            }
        }
        let path = super::file("g_patent.tsv", text);
        on_each(|store, connection| {
            let total = run(connection, &options(std::slice::from_ref(&path))).expect("an import").total();
            assert_eq!((total.rows, total.refused), (rows, refused), "{}: {total:?}", store.name());
            let found =
                crate::harness::texts(connection, "SELECT number AS shown FROM patent WHERE number LIKE '100000__'");
            assert_eq!(found.len(), known.len(), "{}", store.name());
        });
    }
}
