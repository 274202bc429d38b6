//! Each way to write leaves its changes in the same transaction.

use dealgraph::catalog::entities::{CITATION, COMPANY, PATENT, STATEMENT};
use dealgraph::changes::{Actor, Change, ChangeKind, Subject};
use dealgraph::ingest::import::{ImportOptions, import};
use dealgraph::ingest::{derive_ownership, load_starter};
use dealgraph::names::Decision;
use dealgraph::store::names::{Given, decide};
use dealgraph::store::{Access, Connection, IdMaker, StoreError, StoreUrl, migrations, snapshot};

use super::{batch, company, feed, record_company};
use crate::harness::{Harness, TestStore, texts};

#[test]
fn the_starter_data_is_one_change_and_a_second_load_is_none() {
    for store in Harness::databases() {
        let mut connection = store.connection();
        let summary = load_starter(&mut connection, &mut IdMaker::new(1)).expect("it loads");
        let stood = feed(&mut connection);
        assert_eq!(stood.len(), 1, "{}: {stood:?}", store.name());
        assert!(stood[0].starts_with("1 starter data IMPORTED {\"tables\":{"), "{stood:?}");
        let patents = format!("\"patent\":{{\"inserted\":{},", summary.tables["patent"].inserted);
        assert!(stood[0].contains(&patents), "{stood:?}");
        load_starter(&mut connection, &mut IdMaker::new(1)).expect("it loads again");
        assert_eq!(feed(&mut connection), stood, "{}", store.name());
    }
}

/// Files of a data set, with batches so small that there are several transactions.
fn options(dry_run: bool) -> ImportOptions {
    ImportOptions {
        format: "patentsview".to_owned(),
        paths: vec![crate::import::fixture("patentsview/first")],
        edition: Some("2023-03-30".to_owned()),
        batch_rows: 1,
        dry_run,
        ..ImportOptions::default()
    }
}

#[test]
fn an_import_is_a_change_for_each_of_its_transactions_and_a_dry_run_is_none() {
    for store in Harness::databases() {
        let mut connection = store.connection();
        let run = |connection: &mut Connection, dry_run| {
            import(connection, &mut IdMaker::new(2), &options(dry_run), None).expect("an import")
        };
        run(&mut connection, true);
        assert_eq!(feed(&mut connection), Vec::<String>::new(), "{}", store.name());
        let summary = run(&mut connection, false);
        let changes = feed(&mut connection);
        assert!(changes.len() > 1, "{}: {changes:?}", store.name());
        assert!(changes.iter().all(|line| line.contains(" import patentsview IMPORTED {\"tables\":{")), "{changes:?}");
        // Each row is in one change.
        let counted: u64 = changes
            .iter()
            .filter_map(|line| {
                let after: serde_json::Value =
                    serde_json::from_str(line.split_once('{').map(|(_, rest)| format!("{{{rest}"))?.as_str()).ok()?;
                after["tables"]["patent"]["inserted"].as_u64()
            })
            .sum();
        assert_eq!(counted, summary.tables["patent"].inserted, "{}", store.name());
        run(&mut connection, false);
        assert_eq!(feed(&mut connection), changes, "nothing is new: {}", store.name());
    }
}

#[test]
fn a_derivation_and_a_decision_are_changes() {
    for store in Harness::databases() {
        let mut connection = store.connection();
        import(&mut connection, &mut IdMaker::new(2), &options(false), None).expect("an import");
        // An import derives by itself: something is to follow anew.
        store.execute_batch("DELETE FROM patent_ownership");
        let before = feed(&mut connection).len();
        derive_ownership(&mut connection, &mut IdMaker::new(3)).expect("a derivation");
        let derived = feed(&mut connection);
        assert_eq!(derived.len(), before + 1, "{}: {derived:?}", store.name());
        assert!(derived[before].contains(" derive DERIVED {\"ownership\":{"), "{derived:?}");
        derive_ownership(&mut connection, &mut IdMaker::new(3)).expect("a derivation");
        assert_eq!(feed(&mut connection).len(), before + 1, "what follows as before is no change: {}", store.name());

        let slug = texts(&mut connection, "SELECT slug AS shown FROM company ORDER BY id LIMIT 1").remove(0);
        let given = [Given { spelling: "Acme Ltd.", company: &slug, decision: Decision::Refused }];
        decide(&mut connection, &mut IdMaker::new(4), &[], &given).expect("a decision");
        let decided = feed(&mut connection);
        let last = decided.last().expect("a change");
        assert!(
            last.ends_with(" names review DECIDED {\"decision\":\"REFUSED\",\"spelling\":\"Acme Ltd.\"}"),
            "{last}"
        );
    }
}

#[test]
fn a_transaction_that_records_nothing_of_what_it_wrote_is_taken_back() {
    for store in Harness::databases() {
        let mut connection = store.connection();
        let actor = Actor::named("test");
        let insert = "INSERT INTO company (id, slug, name, name_folded) VALUES (1, 'a', 'A', 'a')";
        let refused: Result<(), StoreError> = connection.write(&actor, |connection, _| batch(connection, insert));
        assert!(matches!(refused, Err(StoreError::Unrecorded)), "{}: {refused:?}", store.name());
        assert_eq!(texts(&mut connection, "SELECT slug AS shown FROM company"), Vec::<String>::new());
        // One that wrote nothing needs none, nor does one that says that what it writes is not of the graph.
        let read: Result<(), StoreError> = connection.write(&actor, |_, _| Ok(()));
        read.expect("nothing was written");
        let other: Result<(), StoreError> = connection.write(&actor, |connection, changes| {
            changes.writes_no_facts();
            batch(connection, insert)
        });
        other.expect("it is kept");
        assert_eq!(feed(&mut connection), Vec::<String>::new(), "{}", store.name());
        let failed: Result<(), StoreError> = connection.write(&actor, |connection, changes| {
            company(connection, changes, 7)?;
            batch(connection, "INSERT INTO no_table VALUES (1)")
        });
        assert!(failed.is_err());
        assert_eq!(feed(&mut connection), Vec::<String>::new(), "a change goes with its write: {}", store.name());
        record_company(&mut connection, 8);
        assert_eq!(feed(&mut connection), ["1 test RECORDED {\"slug\":\"c8\"}"], "{}", store.name());
    }
}

/// What stood before the feed is one row of it.
#[test]
fn what_stood_before_the_feed_is_its_baseline() {
    for store in Harness::databases() {
        let mut connection = store.connection();
        // The name begins with the date and the number, without the signs between them.
        while !migrations::revert_last(&mut connection).expect("a migration goes down").contains("000016") {}
        batch(&mut connection, "INSERT INTO source (id, publisher, publisher_folded) VALUES (1, 'P', 'p')")
            .expect("a row");
        migrations::run(&mut connection).expect("the migrations run");
        let expected = "1 migration BASELINE {\"tables\":{\"source\":1,\"company\":0,\"person\":0,\"agreement\":0,\"patent\":0,\
                        \"patent_transfer\":0,\"citation\":0}}";
        assert_eq!(feed(&mut connection), [expected], "{}", store.name());
        record_company(&mut connection, 2);
        assert!(feed(&mut connection)[1].starts_with("2 test RECORDED"), "{}", store.name());
    }
}

fn states(store: &TestStore) -> Vec<Option<String>> {
    let url = StoreUrl::parse(&store.url).expect("an address");
    let mut connection = Connection::open(&url, Access::Write).expect("a connection");
    let id = |connection: &mut Connection, table: &str| -> i64 {
        let found = texts(connection, &format!("SELECT CAST(min(id) AS TEXT) AS shown FROM {table}"));
        found[0].parse().expect("a row stands")
    };
    let read = [&COMPANY, &PATENT, &CITATION, &STATEMENT].map(|entity| {
        let key = id(&mut connection, entity.table);
        snapshot(&mut connection, entity, key).expect("a row is read")
    });
    let none = snapshot(&mut connection, &COMPANY, 0).expect("a row is looked for");
    read.into_iter().chain([none]).collect()
}

/// A state is what the API answers of all fields, and the same from both databases.
#[test]
fn a_state_is_the_same_from_both_databases() {
    let stores = Harness::databases();
    for store in &stores {
        load_starter(&mut store.connection(), &mut IdMaker::starting_at(1_700_000_000_000, 0)).expect("it loads");
    }
    let [sqlite, postgres] = [states(&stores[0]), states(&stores[1])];
    assert!(sqlite[..4].iter().all(Option::is_some) && sqlite[4].is_none(), "{sqlite:?}");
    let shown = |state: &Option<String>| {
        let mut state: serde_json::Value = serde_json::from_str(state.as_deref().unwrap_or("null")).expect("JSON");
        // The moment at which it was recorded differs.
        state.as_object_mut().map(|fields| fields.remove("recordedAt"));
        state
    };
    assert!(sqlite.iter().map(shown).eq(postgres.iter().map(shown)), "{sqlite:?} {postgres:?}");
    let company = shown(&sqlite[0]);
    assert!(
        company["id"].is_string() && company["slug"].is_string() && company.get("foundedOn").is_some(),
        "{company}"
    );
    assert!(shown(&sqlite[2])["source"]["id"].is_string() && shown(&sqlite[2])["fact"]["id"].is_string());
    assert!(Change::of(ChangeKind::Updated, Subject::Company(1), None, None).of_fact(&CITATION, 2).fact.is_some());
}
