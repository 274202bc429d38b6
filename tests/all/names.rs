//! Companies by the spellings of their names: the rules measured, and the store that they look things up in.

use std::path::Path;

use dealgraph::names::{Decision, Name, Outcome, Party, RULES, Resolver, Spelling, measure};
use dealgraph::store::names::{Given, KnownNames, NewCandidate, add_candidates, add_keys, decide, index_names, listed};
use dealgraph::store::{Connection, IdMaker};

use crate::command_line::child::{run, text};
use crate::harness::{Harness, TestStore};

/// A file of labelled spellings.
fn labelled(name: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/names").join(name);
    file.to_str().expect("a path in UTF-8").to_owned()
}

fn read(name: &str) -> Vec<measure::Labelled> {
    measure::read(std::fs::File::open(labelled(name)).expect("the file")).expect("labelled spellings")
}

/// The files, and the recall that each must have.
const FILES: [(&str, f64); 3] = [("spellings.csv", 0.85), ("registers.csv", 0.92), ("holdout.csv", 0.86)];

/// Orders in which spellings are resolved, besides that of the file and the reverse.
const SHUFFLED: u64 = 10;

/// Spellings in an order that looks random; the seed is told when a test fails.
fn shuffled(labelled: &[measure::Labelled], seed: u64) -> Vec<measure::Labelled> {
    let mut dice = seed;
    let mut next = || {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        dice >> 33
    };
    let mut drawn: Vec<(u64, measure::Labelled)> = labelled.iter().map(|one| (next(), one.clone())).collect();
    drawn.sort_by_key(|(number, _)| *number);
    drawn.into_iter().map(|(_, one)| one).collect()
}

#[test]
fn labelled_spellings_are_resolved_as_people_would_in_any_order() {
    for (file, recall) in FILES {
        let labelled = read(file);
        assert!(labelled.len() >= 300, "{file}: {}", labelled.len());
        let reversed = labelled.iter().rev().cloned().collect();
        let in_file = measure::measure(&labelled);
        let seeds = 1..=SHUFFLED;
        let orders = [labelled.clone(), reversed].into_iter().chain(seeds.map(|seed| shuffled(&labelled, seed)));
        for (order, labelled) in orders.enumerate() {
            let measured = measure::measure(&labelled);
            let wrong = measured.explain(&labelled).join("\n");
            assert!(measured.precision() >= 0.99, "{file}, {order}: precision {:.4}\n{wrong}", measured.precision());
            assert!(measured.recall() >= recall, "{file}, {order}: recall {:.4}\n{wrong}", measured.recall());
            // All of these are one batch, in which the order says nothing.
            let figures = |one: &measure::Measured| [one.companies, one.right, one.joined];
            assert_eq!(figures(&measured), figures(&in_file), "{file}, {order}");
        }
    }
}

#[test]
fn the_order_of_the_spellings_matters_little_from_batch_to_batch() {
    for (file, recall) in [("spellings.csv", 0.84), ("registers.csv", 0.90), ("holdout.csv", 0.84)] {
        let labelled = read(file);
        let reversed = labelled.iter().rev().cloned().collect();
        let orders =
            [labelled.clone(), reversed].into_iter().chain((1..=SHUFFLED).map(|seed| shuffled(&labelled, seed)));
        for (order, labelled) in orders.enumerate() {
            let measured = measure::measure_by(&labelled, 50);
            let figures = [measured.precision(), measured.recall()];
            assert!(figures[0] >= 0.98 && figures[1] >= recall, "{file}, {order}: {figures:?}");
        }
    }
}

#[test]
fn keys_change_only_with_the_number_of_their_rules() {
    let keys = FILES.iter().flat_map(|(file, _)| read(file)).flat_map(|one| Name::new(&one.organization).stored_keys());
    let fingerprint = keys.fold(0_i64, |sum, key| sum.rotate_left(5) ^ key.number());
    let known = (1, 7_390_238_963_946_509_045);
    assert_eq!(
        (RULES, fingerprint),
        known,
        "names have other keys than in the release before: raise `names::RULES`, so that stores make theirs anew"
    );
}

/// A store of each kind with three companies, and the keys of their names.
fn stores() -> Vec<TestStore> {
    let stores = Harness::databases();
    for store in &stores {
        store.execute_batch(
            "INSERT INTO company (id, slug, name, name_folded, legal_name, country) VALUES \
             (1, 'microsoft', 'Microsoft', 'microsoft', 'Microsoft Corporation', 'US'), \
             (2, 'nokia', 'Nokia', 'nokia', 'Nokia Oyj', 'FI'), \
             (3, 'motorola', 'Motorola, Inc.', 'motorola, inc.', NULL, 'US'); \
             INSERT INTO company_name (id, company_id, name, name_folded, kind) VALUES \
             (10, 2, 'Nokia Osakeyhtiö', 'nokia osakeyhtiö', 'FORMER'), (11, 1, 'MSFT', 'msft', 'TICKER')",
        );
        assert_eq!(index_names(&mut store.connection()).expect("keys"), 3);
        assert_eq!(index_names(&mut store.connection()).expect("keys"), 0, "all have keys now");
    }
    stores
}

fn resolve(connection: &mut Connection, names: &[&str]) -> Vec<Outcome> {
    let spellings: Vec<Spelling> = names.iter().map(|name| Spelling::new(name)).collect();
    Resolver::new(KnownNames::new(connection)).resolve(&spellings).expect("the store answers")
}

#[test]
fn the_store_finds_what_spellings_mean() {
    for store in stores() {
        let mut connection = store.connection();
        let names = ["Microsft", "NOKIA CORPORATION", "Nokian Tyres", "MICROSOFT CORP", "Motorola Ltd.", "MSFT"];
        let outcomes = resolve(&mut connection, &names);
        let parties: Vec<Party> = outcomes.iter().map(|outcome| outcome.party).collect();
        let expected = [
            Party::Company(1),
            Party::Company(2),
            Party::Spelling(2),
            Party::Company(1),
            Party::Spelling(4),
            Party::Spelling(5),
        ];
        assert_eq!(parties, expected, "{}", store.name());
        assert_eq!(outcomes[4].candidates[0].party, Party::Company(3));
    }
}

#[test]
fn a_key_of_very_many_companies_is_looked_at_in_part() {
    for store in Harness::databases() {
        let mut connection = store.connection();
        let row = |id: u32| format!("({id}, 'c{id}', 'Technology Partners {id}', 'technology partners {id}')");
        let rows: Vec<String> = (1..=150).map(row).collect();
        store.execute_batch(&format!("INSERT INTO company (id, slug, name, name_folded) VALUES {}", rows.join(", ")));
        add_keys(&mut connection, (1..=150).map(|id| (id, "Common Name"))).expect("keys");
        let found = resolve(&mut connection, &["Common Name"]);
        assert_eq!(found[0].party, Party::Spelling(0), "none of them has that name: {}", store.name());
    }
}

#[test]
fn candidates_are_listed_once_and_decisions_hold() {
    for store in stores() {
        let mut connection = store.connection();
        let mut ids = IdMaker::starting_at(1_700_000_000_000, 0);
        let outcomes = resolve(&mut connection, &["Motorola Ltd."]);
        let candidate = &outcomes[0].candidates[0];
        let new = [NewCandidate { spelling: "Motorola Ltd.", company: 3, candidate }];
        for added in [1, 0] {
            assert_eq!(add_candidates(&mut connection, &mut ids, &new).expect("stored"), added, "{}", store.name());
        }
        let open = listed(&mut connection, true, 10).expect("a list");
        assert_eq!(open.len(), 1);
        assert_eq!((&*open[0].company, open[0].score, &*open[0].doubt), ("motorola", 90, "LEGAL_FORM"));

        let given = [Given { spelling: "NOKIA CORP", company: "nokia", decision: Decision::Refused }];
        decide(&mut connection, &mut ids, &[(open[0].id, Decision::Confirmed)], &given).expect("decided");
        assert_eq!(listed(&mut connection, true, 10).expect("a list"), []);
        let outcomes = resolve(&mut connection, &["Motorola Ltd.", "NOKIA CORP"]);
        assert_eq!([outcomes[0].party, outcomes[1].party], [Party::Company(3), Party::Spelling(1)]);

        let none = [Given { spelling: "x", company: "nobody", decision: Decision::Refused }];
        let error = decide(&mut connection, &mut ids, &[(open[0].id, Decision::Refused)], &none).expect_err("nobody");
        assert_eq!(error.to_string(), "there is no company `nobody`");
        let decided = listed(&mut connection, false, 10).expect("a list");
        assert!(decided.iter().any(|one| one.decision == "CONFIRMED"), "all decisions are taken, or none: {decided:?}");
    }
}

#[test]
fn the_command_measures_and_takes_decisions() {
    let folder = Harness::folder();
    let measured = run(&folder, &["names", "measure", &labelled("spellings.csv")], &[]);
    assert!(measured.status.success(), "{}", text(&measured.stderr));
    assert!(text(&measured.stdout).contains("\nprecision 0.99"), "{}", text(&measured.stdout));
    for store in stores() {
        let settings = [("DATABASE_URL", &*store.url)];
        let file = folder.join("decisions.jsonl");
        let line = "{\"spelling\":\"Motorola Ltd.\",\"company\":\"motorola\",\"decision\":\"CONFIRMED\"}\n";
        std::fs::write(&file, line).expect("the file");
        let path = file.to_str().expect("a path in UTF-8");
        let reviewed = run(&folder, &["names", "review", "--read", path, "--decided"], &settings);
        assert_eq!(text(&reviewed.stdout), line, "{}", text(&reviewed.stderr));
        let refused = run(&folder, &["names", "review", "--refuse", "7"], &settings);
        assert!(!refused.status.success());
        assert!(text(&refused.stderr).contains("no match is listed under 7"), "{}", text(&refused.stderr));
    }
}
