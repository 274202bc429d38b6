//! Each event once and in order: with connections that are cut, servers that are several, and readers that are slow.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::scope;
use std::time::Duration;

use dealgraph::ingest::load_starter;
use dealgraph::store::IdMaker;
use serde_json::{Value, json};

use super::socket::{Heard, Socket};
use crate::changes::record_company;
use crate::harness::http::Running;
use crate::harness::{Harness, TestStore};

const CHANGED: &str = "subscription ($since: Decimal) { changed(since: $since) { \
                       seq kind entity { __typename ... on Company { slug name } } } }";

fn seq_of(event: &Value) -> i64 {
    event["seq"].as_str().and_then(|seq| seq.parse().ok()).unwrap_or_else(|| panic!("an event has its number: {event}"))
}

#[test]
fn what_is_committed_is_told_with_what_it_leads_to() {
    for store in Harness::databases() {
        let server = Running::start(&store, &[]);
        let mut connection = store.connection();
        record_company(&mut connection, 1);
        let mut socket = Socket::begun(server.address);
        socket.subscribe("now", CHANGED, &json!({}));
        socket.subscribe("all", CHANGED, &json!({ "since": "0" }));
        assert_eq!(seq_of(&socket.event("all", "changed")), 1, "{}", store.name());
        record_company(&mut connection, 2);
        let mut ids = [socket.message(), socket.message()].map(|message| {
            let event = json!({ "seq": "2", "kind": "RECORDED", "entity": { "__typename": "Company", "slug": "c2", "name": "C 2" } });
            assert_eq!(message["payload"], json!({ "data": { "changed": event }, "extensions": { "seq": "2" } }));
            message["id"].clone()
        });
        ids.sort_by_key(Value::to_string);
        assert_eq!(ids, [json!("all"), json!("now")], "{}", store.name());
        // A query on the same connection sees what the event told of.
        socket.subscribe("q", "{ company(slug: \"c2\") { name } }", &Value::Null);
        assert_eq!(socket.event("q", "company")["name"], "C 2");
    }
}

#[test]
fn filters_are_those_of_reading() {
    for store in Harness::databases() {
        let server = Running::start(&store, &[]);
        let mut socket = Socket::begun(server.address);
        let of_c2 =
            "subscription { changed(since: 0, filter: { entity: { company: { slug: { eq: \"c2\" } } } }) { seq } }";
        socket.subscribe("c2", of_c2, &Value::Null);
        let mut connection = store.connection();
        (1..=3).for_each(|id| record_company(&mut connection, id));
        assert_eq!(socket.event("c2", "changed")["seq"], "2", "{}", store.name());
        assert!(socket.is_silent(Duration::from_millis(300)), "{}", store.name());
    }
}

/// Writes companies until it is told to stop; how many.
fn write_until(store: &TestStore, stop: &AtomicBool) -> i64 {
    let mut connection = store.connection();
    let mut count = 0;
    while !stop.load(Ordering::SeqCst) {
        count += 1;
        record_company(&mut connection, count);
        std::thread::sleep(Duration::from_millis(1));
    }
    count
}

#[test]
fn fifty_cuts_under_load_lose_nothing_and_repeat_nothing() {
    const CUTS: usize = 50;
    for store in Harness::databases() {
        let server = Running::start(&store, &[]);
        let stop = AtomicBool::new(false);
        let (seen, written) = scope(|scope| {
            let writer = scope.spawn(|| write_until(&store, &stop));
            let mut seen: Vec<i64> = Vec::new();
            for cut in 0..=CUTS {
                let mut socket = Socket::begun(server.address);
                socket.subscribe("1", CHANGED, &json!({ "since": seen.last().copied().unwrap_or(0).to_string() }));
                // Some connections are cut among what was missed, some when they are live.
                for _ in 0..=(cut % 13) {
                    seen.push(seq_of(&socket.event("1", "changed")));
                }
                if cut < CUTS {
                    socket.cut();
                    continue;
                }
                stop.store(true, Ordering::SeqCst);
                let written = writer.join().expect("the writer ends");
                while seen.last().is_some_and(|last| *last < written) {
                    seen.push(seq_of(&socket.event("1", "changed")));
                }
                return (seen, written);
            }
            unreachable!("the last connection returns")
        });
        let expected: Vec<i64> = (1..=written).collect();
        assert_eq!(seen, expected, "{}", store.name());
        println!("{}: {written} events over {} connections, lost 0, repeated 0", store.name(), CUTS + 1);
    }
}

#[test]
fn a_write_through_one_server_reaches_subscribers_of_another() {
    for store in Harness::databases() {
        let servers = [Running::start(&store, &[]), Running::start(&store, &[])];
        let mut sockets = servers.each_ref().map(|server| Socket::begun(server.address));
        for socket in &mut sockets {
            socket.subscribe("1", CHANGED, &json!({ "since": "0" }));
        }
        // Another process writes, too.
        let run = crate::command_line::child::run(&Harness::folder(), &["seed"], &[("DATABASE_URL", &*store.url)]);
        assert!(run.status.success());
        record_company(&mut store.connection(), 1);
        for socket in &mut sockets {
            assert_eq!(socket.event("1", "changed")["kind"], "IMPORTED", "{}", store.name());
            assert_eq!(socket.event("1", "changed")["entity"]["slug"], "c1", "{}", store.name());
        }
    }
}

#[test]
fn agreements_that_are_new_are_told_with_their_parties() {
    use dealgraph::changes::{Actor, Change, ChangeKind, Subject};
    use dealgraph::store::StoreError;
    for store in Harness::databases() {
        let mut connection = store.connection();
        load_starter(&mut connection, &mut IdMaker::new(1)).expect("it loads");
        let server = Running::start(&store, &[]);
        let mut socket = Socket::begun(server.address);
        let of_nokia = "subscription { agreementRecorded(filter: { companies: { some: { slug: { eq: \"nokia\" } } } }) \
                        { seq agreement { slug companies { nodes { slug } } } change { kind actor } } }";
        socket.subscribe("1", of_nokia, &Value::Null);
        // Answered behind the subscription: that has begun by then.
        std::thread::sleep(Duration::from_millis(300));
        for (id, company) in [(1, "xiaomi"), (2, "nokia")] {
            let sql = format!(
                "INSERT INTO agreement (id, slug, title, title_folded, status) VALUES ({id}, 'new-{id}', 'T', 't', 'ANNOUNCED'); \
                 INSERT INTO agreement_party (id, agreement_id, company_id, role) \
                 SELECT {id}, {id}, id, 'PARTNER' FROM company WHERE slug = '{company}'"
            );
            let written: Result<(), StoreError> = connection.write(&Actor::named("test"), |connection, changes| {
                crate::changes::batch(connection, &sql)?;
                let subject = Subject::Agreement(id);
                changes.record(Change::of(ChangeKind::Recorded, subject, None, Some("{}".to_owned())));
                // A fact of it is no agreement that is new.
                let part = Change::of(ChangeKind::Recorded, subject, None, Some("{}".to_owned()));
                changes.record(part.of_fact(&dealgraph::catalog::entities::AGREEMENT_PARTY, id));
                Ok(())
            });
            written.expect("an agreement");
        }
        let event = socket.event("1", "agreementRecorded");
        assert_eq!(event["agreement"], json!({ "slug": "new-2", "companies": { "nodes": [{ "slug": "nokia" }] } }));
        assert_eq!(event["change"], json!({ "kind": "RECORDED", "actor": "test" }), "{}", store.name());
        assert!(socket.is_silent(Duration::from_millis(300)), "{}", store.name());
    }
}

/// A reader that stops reading is told from where to go on, and misses nothing.
#[test]
fn who_does_not_keep_up_is_closed_and_goes_on_from_there() {
    for store in Harness::databases() {
        let server = Running::start(&store, &[]);
        let mut slow = Socket::begun(server.address);
        slow.subscribe("1", "subscription { changed(since: 0) { seq after } }", &Value::Null);
        record_many(&store, 1..=1, 1);
        assert_eq!(slow.event("1", "changed")["seq"], "1");
        // Far more than the connection's buffers and what may wait.
        record_many(&store, 2..=4_000, 8_000);
        let mut seen = 1;
        let told = loop {
            match slow.hear() {
                Heard::Message(message) if message["type"] == "next" => {
                    let seq = seq_of(&message["payload"]["data"]["changed"]);
                    assert_eq!(seq, seen + 1, "{}", store.name());
                    seen = seq;
                }
                Heard::Message(message) => break message,
                Heard::Closed(code, reason) => panic!("closed before it was told why: {code} {reason}"),
            }
        };
        assert_eq!(told["payload"][0]["extensions"], json!({ "code": "TOO_SLOW", "seq": seen.to_string() }), "{told}");
        assert_eq!(slow.hear(), Heard::Closed(1013, format!("TOO_SLOW: go on with since: {seen}")));
        assert!(seen < 4_000, "{}: it was behind", store.name());
        let mut again = Socket::begun(server.address);
        again.subscribe("1", CHANGED, &json!({ "since": seen.to_string() }));
        for expected in seen + 1..=4_000 {
            assert_eq!(seq_of(&again.event("1", "changed")), expected, "{}", store.name());
        }
    }
}

/// Changes with texts of a length, 50 a transaction.
pub(super) fn record_many(store: &TestStore, ids: std::ops::RangeInclusive<i64>, bytes: usize) {
    use dealgraph::changes::{Actor, Change, ChangeKind};
    use dealgraph::store::StoreError;
    let mut connection = store.connection();
    let ids: Vec<i64> = ids.collect();
    for batch in ids.chunks(50) {
        let written: Result<(), StoreError> = connection.write(&Actor::named("test"), |_, changes| {
            for _ in batch {
                changes.record(Change::of_many(ChangeKind::Imported, &json!("x".repeat(bytes))));
            }
            Ok(())
        });
        written.expect("changes");
        std::thread::sleep(Duration::from_millis(20));
    }
}
