//! The server is killed, again and again, while many write.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{scope, sleep};
use std::time::Duration;

use dealgraph_differential::random::Rng;

use super::ledger::Ledger;
use super::{Answer, Client, start};
use crate::harness::Harness;

const WRITES: usize = 1_000;
const CLIENTS: usize = 8;

/// Those of even numbers have a key and are sent until they are acknowledged; the others are sent once.
#[test]
fn kills_during_a_thousand_writes_lose_nothing_and_leave_no_halves() {
    for store in Harness::databases() {
        let client = Client::of(&store);
        let ledger = Ledger::default();
        let server = start(&store, &[]);
        let address = Mutex::new(server.address);
        let at = || *address.lock().expect("nobody panicked");
        let writing = AtomicUsize::new(CLIENTS);
        let seed = u64::from(std::process::id());
        let (kills, server) = scope(|scope| {
            for _ in 0..CLIENTS {
                scope.spawn(|| {
                    while let Some(number) = ledger.next(WRITES) {
                        loop {
                            let answer = client.write(at(), number, number.is_multiple_of(2));
                            let is_done = ledger.note(number, &answer);
                            let is_sent_again = number.is_multiple_of(2) || answer == Answer::NotSent;
                            if is_done || !is_sent_again {
                                break;
                            }
                            sleep(Duration::from_millis(5));
                        }
                    }
                    writing.fetch_sub(1, Ordering::SeqCst);
                });
            }
            let (mut server, mut random, mut kills) = (server, Rng::new(seed), 0);
            loop {
                // So many more are dealt, whatever the machine's pace is; then at any moment of those that run.
                let until = ledger.dealt() + 20 + random.below(80);
                while ledger.dealt() < until && writing.load(Ordering::SeqCst) > 0 {
                    sleep(Duration::from_millis(1));
                }
                sleep(Duration::from_micros(u64::try_from(random.below(10_000)).expect("some time")));
                if writing.load(Ordering::SeqCst) == 0 {
                    return (kills, server);
                }
                server.kill();
                drop(server);
                kills += 1;
                server = start(&store, &[]);
                *address.lock().expect("nobody panicked") = server.address;
            }
        });
        println!("{}: {kills} kills, at moments drawn from {seed}", store.name());
        let account = ledger.settle(&store);
        for (number, first) in ledger.keyed() {
            let again = client.write(server.address, number, true);
            assert_eq!(again, Answer::Data(first), "{}: {number} is answered as at first", store.name());
        }
        ledger.settle(&store);
        assert!(account.acknowledged >= WRITES / 2, "{}: {account:?}", store.name());
        assert!(kills >= 3 && account.unanswered > 0, "{}: the kills met no write: {account:?}", store.name());
        assert!(account.refused.is_empty(), "{}: {account:?}", store.name());
    }
}
