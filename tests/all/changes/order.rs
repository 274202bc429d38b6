//! No number of the feed becomes visible after a larger one was.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use dealgraph::changes::Actor;
use dealgraph::store::{Connection, StoreError};

use super::{company, record_company};
use crate::harness::{Harness, TestStore, texts};

const WRITERS: usize = 16;
const WRITES: usize = 20;

/// Reads on from a number.
fn page(connection: &mut Connection, after: i64) -> Vec<i64> {
    let query = format!("SELECT CAST(seq AS TEXT) AS shown FROM change WHERE id > {after} ORDER BY id LIMIT 7");
    texts(connection, &query).iter().map(|seq| seq.parse().expect("a number")).collect()
}

/// Pages until nobody writes any more and nothing is left.
fn follow(store: &TestStore, writing: &AtomicUsize) -> Vec<i64> {
    let mut connection = store.connection();
    let (mut seen, begin) = (Vec::new(), Instant::now());
    loop {
        let ended = writing.load(Ordering::SeqCst) == 0;
        let new = page(&mut connection, seen.last().copied().unwrap_or(0));
        if new.is_empty() && ended {
            return seen;
        }
        seen.extend(new);
        assert!(begin.elapsed() < Duration::from_secs(120), "{} of the changes after two minutes", seen.len());
    }
}

/// Each writer's transaction has two changes; the first writer dawdles in its own.
fn write(store: &TestStore, writer: usize) {
    let mut connection = store.connection();
    for number in 0..WRITES {
        let id = i64::try_from(1 + 2 * (writer * WRITES + number)).expect("a key");
        let written: Result<(), StoreError> = connection.write(&Actor::named("test"), |connection, changes| {
            company(connection, changes, id)?;
            if writer == 0 {
                sleep(Duration::from_millis(30));
            }
            company(connection, changes, id + 1)
        });
        written.expect("a write");
    }
}

#[test]
fn sixteen_writers_and_readers_that_page_all_the_time_miss_nothing() {
    for store in Harness::databases() {
        let writing = AtomicUsize::new(WRITERS);
        let read = scope(|scope| {
            let readers: Vec<_> = (0..3).map(|_| scope.spawn(|| follow(&store, &writing))).collect();
            for writer in 0..WRITERS {
                let (store, writing) = (&store, &writing);
                scope.spawn(move || {
                    write(store, writer);
                    writing.fetch_sub(1, Ordering::SeqCst);
                });
            }
            readers.into_iter().map(|reader| reader.join().expect("a reader")).collect::<Vec<_>>()
        });
        let expected: Vec<i64> = (1..=i64::try_from(2 * WRITERS * WRITES).expect("a count")).collect();
        for seen in read {
            assert_eq!(seen, expected, "{}", store.name());
        }
    }
}

#[test]
fn moments_run_as_the_numbers_do() {
    for store in Harness::databases() {
        let mut connection = store.connection();
        record_company(&mut connection, 1);
        // Another server's clock is ahead.
        let ahead = match store.name() {
            "sqlite" => "'2999-01-01T00:00:00.000000Z'",
            _ => "'2999-01-01'",
        };
        store.execute_batch(&format!("UPDATE change_counter SET recorded_at = {ahead}"));
        record_company(&mut connection, 2);
        let years = "SELECT substr(CAST(recorded_at AS TEXT), 1, 4) AS shown FROM change ORDER BY id DESC LIMIT 1";
        assert_eq!(texts(&mut connection, years), ["2999"], "{}", store.name());
    }
}
