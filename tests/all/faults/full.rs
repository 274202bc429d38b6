//! The disk of the store is full, to the last byte.

use dealgraph::store::{Access, Connection, StoreUrl};
use diesel::connection::SimpleConnection as _;

use super::ledger::Ledger;
use super::{Answer, Client, start};
use crate::harness::small_disk::SmallDisk;
use crate::harness::{Cluster, Harness, TestStore};

/// Writes after which a full disk must have shown: a file may still have pages of its own to spare.
const WRITES_MAX: usize = 3_000;

/// A small disk. Where the system lets nobody make one, this says so as loudly as a test can, and where all that is needed is
/// to be there, it fails.
fn disk(kibibytes: u32) -> Option<SmallDisk> {
    match SmallDisk::new(kibibytes) {
        Ok(disk) => Some(disk),
        Err(why) => {
            let message = format!("NOT TESTED: a full disk. Mounting needs root or user namespaces: {why}");
            assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "{message}");
            println!("{message}");
            // Past the test's capture, so that it is seen where all is well.
            let _ = std::fs::write("/dev/stderr", format!("{message}\n"));
            None
        }
    }
}

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
    let Some(disk) = disk(16 * 1_024) else { return };
    fill_and_make_room(&TestStore::on(&disk), &disk, || {
        let folder = Harness::folder();
        for entry in std::fs::read_dir(disk.path()).expect("the disk is there") {
            let path = entry.expect("an entry").path();
            std::fs::copy(&path, folder.join(path.file_name().expect("a name"))).expect("it can be copied");
        }
        TestStore::at("sqlite", format!("sqlite:{}", folder.join("store.sqlite").display()))
    });
}

#[test]
fn a_full_disk_under_postgres_is_told_and_works_again_with_room() {
    let Some(disk) = disk(64 * 1_024) else { return };
    let cluster = Cluster::with("-c synchronous_commit=on");
    let space = disk.path().join("space");
    std::fs::create_dir(&space).expect("a folder can be made");
    if let Some((user, group)) = Cluster::server_user() {
        std::os::unix::fs::chown(&space, Some(user), Some(group)).expect("root can give the folder away");
    }
    let url = StoreUrl::parse(&cluster.url("postgres")).expect("an address");
    let Ok(Connection::Postgres(mut admin)) = Connection::open(&url, Access::Write) else {
        panic!("PostgreSQL is open")
    };
    admin.batch_execute(&format!("CREATE TABLESPACE small LOCATION '{}'", space.display())).expect("a tablespace");
    admin.batch_execute("CREATE DATABASE small TABLESPACE small").expect("a database");
    let store = || TestStore::at("postgres", cluster.url("small"));
    fill_and_make_room(&store(), &disk, store);
}
