//! The disk of the store is full, to the last byte.

use super::ledger::Ledger;
use super::{Answer, Client, start};
use crate::harness::small_disk::SmallDisk;
use crate::harness::{Cluster, TestStore};

/// Writes after which a full disk must have shown: a file may still have pages of its own to spare.
const WRITES_MAX: usize = 3_000;

/// Fills the disk, writes until that shows, makes room and writes on; in the end the store is looked at as `settled` gives it.
fn fill_and_make_room(store: &TestStore, disk: &SmallDisk, settled: impl FnOnce() -> TestStore) {
    let (client, ledger) = (Client::of(store), Ledger::default());
    let mut server = start(store, &[]);
    let write = |number: usize| {
        let answer = client.write(server.address, number, number.is_multiple_of(2));
        ledger.note(number, &answer);
        answer
    };
    (0..20).for_each(|number| assert!(matches!(write(number), Answer::Data(_)), "{}", store.name()));
    for round in 0..3 {
        disk.fill();
        let full = Answer::Refused(507, "STORE_FULL".to_owned());
        let mut refused = Vec::new();
        while refused.len() < 10 {
            let number = ledger.next(usize::MAX).expect("there is always another number") + 100;
            assert!(number < WRITES_MAX * (round + 1), "{}: the full disk does not show", store.name());
            let answer = write(number);
            if !matches!(answer, Answer::Data(_)) {
                assert_eq!(answer, full, "{}", store.name());
                refused.push(number);
            }
            assert!(matches!(client.read(server.address), Answer::Data(_)), "{}: reads go on", store.name());
        }
        disk.make_room();
        for number in refused {
            assert!(matches!(write(number), Answer::Data(_)), "{}: {number} is written now", store.name());
        }
    }
    assert_eq!(server.get("/health/ready").0, 200);
    server.terminate();
    assert_eq!(server.wait().code(), Some(0));
    let account = ledger.settle(&settled());
    assert_eq!(account.refused.into_iter().collect::<Vec<_>>(), [("STORE_FULL".to_owned(), 30)], "{}", store.name());
    let log = server.rest_of_log();
    assert!(!log.contains("panicked"), "{log}");
}

#[test]
fn a_full_disk_under_sqlite_is_told_and_works_again_with_room() {
    let Some(disk) = SmallDisk::made(16 * 1_024) else { return };
    fill_and_make_room(&TestStore::on(&disk), &disk, || disk.copied_out());
}

#[test]
fn a_full_disk_under_postgres_is_told_and_works_again_with_room() {
    let Some(disk) = SmallDisk::made(64 * 1_024) else { return };
    let cluster = Cluster::with("-c synchronous_commit=on");
    let store = disk.database(&cluster);
    fill_and_make_room(&store, &disk, || TestStore::at("postgres", store.url.clone()));
}
