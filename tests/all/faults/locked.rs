//! Another process holds the lock that a write needs.

use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use dealgraph::store::Connection;
use diesel::connection::SimpleConnection as _;

use super::ledger::Ledger;
use super::{Answer, Client, start};
use crate::harness::{Harness, TestStore};

const WAIT: Duration = Duration::from_secs(3);

/// Takes what every write needs: on SQLite the file, on PostgreSQL the feed's counter. This process is not the server's.
fn lock(store: &TestStore) -> Connection {
    let mut connection = store.connection();
    let statements = match store.name() {
        "sqlite" => "BEGIN IMMEDIATE",
        _ => "BEGIN; SELECT last_seq FROM change_counter FOR UPDATE",
    };
    run(&mut connection, statements);
    connection
}

fn run(connection: &mut Connection, statements: &str) {
    match connection {
        Connection::Sqlite(open) => open.batch_execute(statements),
        Connection::Postgres(open) => open.batch_execute(statements),
    }
    .expect("the statements run");
}

#[test]
fn a_write_waits_for_the_lock_of_another_process_and_then_says_so() {
    for store in Harness::databases() {
        let (client, ledger) = (Client::of(&store), Ledger::default());
        let wait = WAIT.as_millis().to_string();
        let server = start(&store, &[("DATABASE_WAIT_MS", &wait)]);
        let write = |number: usize| {
            let begin = Instant::now();
            let answer = client.write(server.address, number, true);
            ledger.note(number, &answer);
            (answer, begin.elapsed())
        };
        assert!(matches!(write(0).0, Answer::Data(_)));
        let mut other = lock(&store);
        let busy = Answer::Refused(503, "BUSY".to_owned());
        scope(|scope| {
            let writers = [2, 4, 6].map(|number| scope.spawn(move || write(number)));
            let begin = Instant::now();
            let mut reads = 0;
            while begin.elapsed() < WAIT / 2 {
                let asked = Instant::now();
                assert!(matches!(client.read(server.address), Answer::Data(_)), "{}", store.name());
                assert!(asked.elapsed() < WAIT / 2, "{}: a read waited for a writer", store.name());
                reads += 1;
            }
            assert!(reads > 0, "{}: {reads} reads", store.name());
            for writer in writers {
                let (answer, took) = writer.join().expect("it writes");
                assert_eq!(answer, busy, "{}", store.name());
                let bounds = WAIT - Duration::from_millis(100)..WAIT * 2 + Duration::from_secs(10);
                assert!(bounds.contains(&took), "{}: it waited for {took:?}", store.name());
            }
        });
        // Within the time, nobody is told of it.
        scope(|scope| {
            let writer = scope.spawn(|| write(2));
            sleep(WAIT / 3);
            run(&mut other, "ROLLBACK");
            let (answer, took) = writer.join().expect("it writes");
            assert!(matches!(answer, Answer::Data(_)) && took >= WAIT / 3, "{}: {answer:?} {took:?}", store.name());
        });
        assert!([4, 6].into_iter().all(|number| matches!(write(number).0, Answer::Data(_))), "{}", store.name());
        let account = ledger.settle(&store);
        assert_eq!((account.acknowledged, account.refused["BUSY"]), (4, 3), "{}", store.name());
    }
}
