//! The disk of the database fills up under an import, to its last byte.

use std::path::Path;
use std::process::Output;

use crate::command_line::child::{command_within, text};
use crate::harness::small_disk::SmallDisk;
use crate::harness::{Cluster, Harness, TestStore, texts};

use super::kill::{HALVES, files};
use super::state;
use super::whole::assert_same;

/// Imports made-up patents by the small batch.
fn import(store: &TestStore, folder: &Path) -> Output {
    let folder = folder.to_str().expect("a path in UTF-8");
    let settings = [("DATABASE_URL", &*store.url), ("LOG", "warn")];
    let arguments = ["import", "patentsview", "--batch-rows", "10", folder];
    command_within(store.mounted_by, &Harness::folder(), &arguments, &settings).output().expect("it runs")
}

/// Imports with less room than that takes, looks at what is there, makes room and imports again. `looked_at` gives the store
/// to this process.
fn fills_up(store: &TestStore, disk: &SmallDisk, room: u64, looked_at: impl Fn() -> TestStore) {
    let folder = files::patents();
    let undisturbed = Harness::sqlite();
    assert!(import(&undisturbed, &folder).status.success());
    let expected = state(&mut undisturbed.connection());

    let settings = [("DATABASE_URL", &*store.url)];
    let mut migrate = command_within(store.mounted_by, &Harness::folder(), &["migrate"], &settings);
    assert!(migrate.output().expect("it runs").status.success());
    disk.fill_but(room);
    let stopped = import(store, &folder);
    let said = text(&stopped.stderr);
    assert_eq!(stopped.status.code(), Some(1), "{}: {said}", store.name());
    for words in ["the disk of the database is full", "make room and run the import again"] {
        assert!(said.contains(words), "{}: {said}", store.name());
    }
    assert!(!said.contains("panicked"), "{}: {said}", store.name());

    let left = looked_at();
    let mut connection = left.connection();
    assert_eq!(texts(&mut connection, HALVES), Vec::<String>::new(), "{}: half a record", store.name());
    let stored = state(&mut connection).len();
    assert!(0 < stored && stored < expected.len(), "{}: {stored} lines of {}", store.name(), expected.len());

    disk.make_room();
    let done = import(store, &folder);
    assert!(done.status.success(), "{}: {}", store.name(), text(&done.stderr));
    assert_same(&expected, &state(&mut looked_at().connection()), store.name());
}

#[test]
fn an_import_into_sqlite_is_told_of_a_full_disk_and_goes_on_with_room() {
    let Some(disk) = SmallDisk::made(32 * 1_024) else { return };
    fills_up(&TestStore::on(&disk), &disk, 600 * 1_024, || {
        let copy = disk.copied_out();
        let whole = texts(&mut copy.connection(), "SELECT integrity_check AS shown FROM pragma_integrity_check");
        assert_eq!(whole, ["ok"]);
        copy
    });
}

#[test]
fn an_import_into_postgres_is_told_of_a_full_disk_and_goes_on_with_room() {
    let Some(disk) = SmallDisk::made(64 * 1_024) else { return };
    let cluster = Cluster::with("-c synchronous_commit=on");
    let store = disk.database(&cluster);
    fills_up(&store, &disk, 600 * 1_024, || TestStore::at("postgres", store.url.clone()));
}
