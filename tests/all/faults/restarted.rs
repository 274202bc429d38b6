//! PostgreSQL ends and comes back while many write, read and follow.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::ledger::Ledger;
use super::{Answer, Client, start};
use crate::harness::{Cluster, End, TestStore};
use crate::live::socket::Socket;

const WRITERS: usize = 4;
/// How long the server may take to be as before, once its database is back.
const RECOVERY_MAX: Duration = Duration::from_secs(60);
const CODES: [&str; 3] = ["BUSY", "IN_DOUBT", "UNAVAILABLE"];

/// Writes until it is told to stop; those of even numbers until they are acknowledged.
fn write(client: &Client, server: SocketAddr, ledger: &Ledger, stop: &AtomicBool) {
    while !stop.load(Ordering::SeqCst) {
        let number = ledger.next(usize::MAX).expect("there is always another number");
        let has_key = number.is_multiple_of(2);
        while !ledger.note(number, &client.write(server, number, has_key)) && has_key {
            sleep(Duration::from_millis(20));
        }
    }
}

/// Reads until it is told to stop; how often there was an answer.
fn read(client: &Client, server: SocketAddr, stop: &AtomicBool, answered: &AtomicUsize) {
    while !stop.load(Ordering::SeqCst) {
        match client.read(server) {
            Answer::Data(data) => {
                // All levels are of one moment: an agreement has its parties.
                let nodes = data["agreements"]["nodes"].as_array().cloned().unwrap_or_default();
                assert!(nodes.iter().all(|node| node["parties"]["nodes"][1].is_object()), "{data}");
                answered.fetch_add(1, Ordering::SeqCst);
            }
            Answer::Refused(status, code) => {
                assert_eq!(status, 503, "{code}");
                assert!(CODES.contains(&code.as_str()), "{code}");
                sleep(Duration::from_millis(20));
            }
            other => panic!("a read has an answer: {other:?}"),
        }
    }
}

/// Follows the feed on one connection until it has a number, which is known at the end.
fn follow(server: SocketAddr, last: &AtomicUsize) -> Vec<usize> {
    let mut socket = Socket::begun(server);
    let (mut seen, begin) = (Vec::new(), Instant::now());
    socket.subscribe("1", "subscription { changed(since: 0) { seq } }", &Value::Null);
    loop {
        let last = last.load(Ordering::SeqCst);
        if last > 0 && seen.last().is_some_and(|seen| *seen >= last) {
            return seen;
        }
        assert!(begin.elapsed() < Duration::from_secs(120), "{} events of {last}", seen.len());
        if let Some(message) = socket.message_within(Duration::from_millis(200)) {
            assert_eq!(message["type"], "next", "{message}");
            let seq = message["payload"]["data"]["changed"]["seq"].as_str().and_then(|seq| seq.parse().ok());
            seen.push(seq.expect("a number"));
        }
    }
}

#[test]
fn a_restart_of_postgres_under_load_is_told_clearly_and_then_over() {
    // What it acknowledges is on disk: a crash takes nothing back.
    let mut cluster = Cluster::with("-c synchronous_commit=on");
    let store = TestStore::at("postgres", cluster.url("postgres"));
    let (client, ledger) = (Client::of(&store), Ledger::default());
    let mut server = start(&store, &[("DATABASE_WAIT_MS", "1000")]);
    let (stop, answered, last) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
    let seen = scope(|scope| {
        let (at, ledger, client, stop, answered, last) = (server.address, &ledger, &client, &stop, &answered, &last);
        let writers: Vec<_> = (0..WRITERS).map(|_| scope.spawn(move || write(client, at, ledger, stop))).collect();
        let readers: Vec<_> = (0..2).map(|_| scope.spawn(move || read(client, at, stop, answered))).collect();
        let follower = scope.spawn(move || follow(at, last));
        for how in [End::Stop, End::Crash, End::Stop] {
            sleep(Duration::from_millis(700));
            cluster.end(how);
            sleep(Duration::from_millis(1_500));
            let before = (ledger.acknowledged(), answered.load(Ordering::SeqCst));
            let down = client.read(at);
            assert_eq!(down, Answer::Refused(503, "UNAVAILABLE".to_owned()), "{how:?}");
            cluster.start_again();
            let back = Instant::now();
            while ledger.acknowledged() < before.0 + 2 * WRITERS || answered.load(Ordering::SeqCst) < before.1 + 4 {
                assert!(back.elapsed() < RECOVERY_MAX, "{how:?}: it does not recover");
                sleep(Duration::from_millis(10));
            }
            println!("{how:?}: writes and reads again {:?} after the database", back.elapsed());
        }
        stop.store(true, Ordering::SeqCst);
        writers.into_iter().chain(readers).for_each(|thread| thread.join().expect("it goes on"));
        let numbers = "SELECT CAST(last_seq AS TEXT) AS shown FROM change_counter";
        let numbers = crate::harness::texts(&mut store.connection(), numbers).concat();
        last.store(numbers.parse().expect("a number"), Ordering::SeqCst);
        follower.join().expect("it follows")
    });
    assert!(seen.iter().copied().eq(1..=seen.len()), "each change once and in order: {seen:?}");
    println!("one subscriber, on one connection: {} changes, lost 0, repeated 0", seen.len());
    assert_eq!(server.get("/health/ready").0, 200);
    let account = ledger.settle(&store);
    assert!(account.refused.keys().all(|code| CODES.contains(&code.as_str())), "{account:?}");
    assert!(account.refused.contains_key("UNAVAILABLE") && account.unanswered == 0, "{account:?}");
    server.terminate();
    assert_eq!(server.wait().code(), Some(0));
    let log = server.rest_of_log();
    assert!(!log.contains("panicked"), "{log}");
    assert!(account.acknowledged >= 6 * WRITERS, "there was a load: {account:?}");
}
