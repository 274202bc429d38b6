//! The real binary: it serves, stops, migrates, seeds, prints the schema, and refuses settings that make no sense.

pub mod child;
mod settings;

use std::io::Write as _;
use std::time::{Duration, Instant};

use crate::harness::{Harness, texts};
use child::{Server, response, run, text};

const NESTED: &str = "{ company(slug: \"xiaomi\") { name agreements { totalCount nodes { title \
    parties { nodes { role company { name } } } areas { nodes { slug } } citations { nodes { source { publisher } } } } } } }";

/// A fresh store of each kind, and the settings that lead to it.
fn fresh_stores() -> Vec<(crate::harness::TestStore, std::path::PathBuf)> {
    Harness::bare_databases().into_iter().map(|store| (store, Harness::folder())).collect()
}

#[test]
fn it_serves_a_fresh_store_with_the_starter_data() {
    for (store, folder) in fresh_stores() {
        let mut server = Server::start(&folder, &[("DATABASE_URL", &store.url)]);
        let answer = server.query(NESTED);
        let agreements = &answer["data"]["company"]["agreements"];
        assert!(agreements["totalCount"].as_u64().is_some_and(|count| count > 0), "{}: {answer}", store.name());
        let first = &agreements["nodes"][0];
        assert!(first["parties"]["nodes"].as_array().is_some_and(|parties| parties.len() > 1), "{first}");
        assert!(first["citations"]["nodes"][0]["source"]["publisher"].is_string(), "{first}");
        assert_eq!(server.get("/health/live"), (200, "live\n".to_owned()));
        assert_eq!(server.get("/health/ready"), (200, "ready\n".to_owned()));
        assert_eq!(server.get("/schema.graphql"), (200, dealgraph::schema::sdl()));
        assert_eq!(server.get("/nothing").0, 404);
        server.terminate();
        assert_eq!(server.wait().code(), Some(0), "{}", store.name());
    }
}

#[test]
fn without_seed_a_fresh_store_stays_empty() {
    for (store, folder) in fresh_stores() {
        let server = Server::start(&folder, &[("DATABASE_URL", &store.url), ("SEED", "false")]);
        let answer = server.query("{ companies { totalCount } }");
        assert_eq!(answer["data"]["companies"]["totalCount"], 0, "{}", store.name());
    }
}

#[test]
fn it_is_not_ready_while_its_database_is_gone() {
    let (store, folder) = fresh_stores().pop().expect("PostgreSQL comes last");
    let settings = [("DATABASE_URL", &*store.url), ("SEED", "false"), ("DATABASE_WAIT_MS", "200")];
    let server = Server::start(&folder, &settings);
    assert_eq!(server.get("/health/ready").0, 200);
    Harness::set_reachable(&store, false);
    for _ in 0..3 {
        let (status, why) = server.get("/health/ready");
        assert_eq!((status, &*why), (503, "not ready: the store does not answer\n"));
        assert_eq!(server.get("/health/live").0, 200);
    }
    let address = "/graphql?query=%7Bcompanies%7BtotalCount%7D%7D";
    let (status, body) = server.get(address);
    assert!(status == 503 && body.contains("\"UNAVAILABLE\"") && !body.contains("FATAL"), "{status} {body}");
    Harness::set_reachable(&store, true);
    let is_back = || server.get("/health/ready").0 == 200 && server.get(address).0 == 200;
    let mut tries = (0..100).map(|_| std::thread::sleep(Duration::from_millis(100)));
    assert!(tries.any(|()| is_back()), "the server does not find its database again");
}

#[test]
fn told_to_stop_it_finishes_the_request_under_way() {
    for (store, folder) in fresh_stores() {
        let mut server = Server::start(&folder, &[("DATABASE_URL", &store.url), ("SEED", "false")]);
        let body = serde_json::json!({ "query": "{ companies { totalCount } }" }).to_string();
        let (begin, rest) = body.split_at(body.len() / 2);
        let mut slow = server.begin(&body);
        slow.write_all(begin.as_bytes()).expect("half a body");
        server.terminate();
        server.wait_until_closed();
        slow.write_all(rest.as_bytes()).expect("the other half");
        let (status, answer) = response(slow);
        assert_eq!((status, &*answer), (200, "{\"data\":{\"companies\":{\"totalCount\":0}}}"), "{}", store.name());
        assert_eq!(server.wait().code(), Some(0), "{}", store.name());
    }
}

#[test]
fn a_request_that_does_not_end_holds_it_no_longer_than_allowed() {
    let (store, folder) = fresh_stores().swap_remove(0);
    let settings = [("DATABASE_URL", &*store.url), ("SEED", "false"), ("SHUTDOWN_TIMEOUT_S", "1")];
    let mut server = Server::start(&folder, &settings);
    let stuck = server.begin("{ never sent }");
    let begin = Instant::now();
    server.terminate();
    assert_eq!(server.wait().code(), Some(0));
    assert!(begin.elapsed() < Duration::from_secs(20), "it took {:?}", begin.elapsed());
    drop(stuck);
}

#[test]
fn it_prints_the_schema() {
    let output = run(&Harness::folder(), &["schema"], &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), dealgraph::schema::sdl());
}

#[test]
fn it_migrates_and_seeds_and_the_second_time_changes_nothing() {
    for (store, folder) in fresh_stores() {
        let settings = [("DATABASE_URL", &*store.url)];
        let mut counts = Vec::new();
        for command in ["migrate", "migrate", "seed", "seed"] {
            let output = run(&folder, &[command], &settings);
            assert!(output.status.success(), "{}: {command}: {}", store.name(), text(&output.stderr));
            let count = "SELECT CAST(count(*) AS TEXT) AS shown FROM citation";
            counts.extend(texts(&mut store.connection(), count));
        }
        assert_eq!((&*counts[0], &*counts[1]), ("0", "0"), "{}", store.name());
        assert_eq!(counts[2], counts[3], "{}", store.name());
        assert_ne!(counts[2], "0", "{}", store.name());
    }
}

#[test]
fn it_derives_ownership_again_and_the_same_follows() {
    for (store, folder) in fresh_stores() {
        let settings = [("DATABASE_URL", &*store.url)];
        let rows = || {
            let rows = "SELECT CAST(id AS TEXT) AS shown FROM patent_ownership ORDER BY id";
            texts(&mut store.connection(), rows)
        };
        assert!(run(&folder, &["seed"], &settings).status.success(), "{}", store.name());
        let seeded = rows();
        assert!(seeded.len() > 1_000, "{}: {}", store.name(), seeded.len());
        let output = run(&folder, &["derive"], &settings);
        assert!(output.status.success(), "{}: {}", store.name(), text(&output.stderr));
        assert_eq!(rows(), seeded, "{}", store.name());
        store.execute_batch("DELETE FROM patent_ownership");
        assert!(run(&folder, &["derive"], &settings).status.success(), "{}", store.name());
        assert_eq!(rows().len(), seeded.len(), "{}", store.name());
    }
}

#[test]
fn a_store_or_an_address_that_cannot_be_used_stops_the_start_with_a_sentence() {
    let folder = Harness::folder();
    let assert_stops = |settings: &[(&str, &str)], words: &[&str]| {
        let output = run(&folder, &["serve"], settings);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{settings:?}: {said}");
        for word in words {
            assert!(said.contains(word), "{settings:?} has to say {word:?}: {said}");
        }
        assert!(!said.contains("secret") && !said.contains("panicked"), "{settings:?}: {said}");
    };
    assert_stops(&[("DATABASE_URL", "sqlite:missing/folder/file.db")], &["cannot be reached"]);
    assert_stops(&[("DATABASE_URL", "postgres://nobody:secret@127.0.0.1:1/nothing")], &["cannot be reached"]);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    let settings = [("DATABASE_URL", "sqlite:taken.db"), ("SEED", "false"), ("BIND_ADDR", &*address)];
    assert_stops(&settings, &["cannot listen on", &address]);
}
