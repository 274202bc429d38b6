//! Migrations: each goes up, down and up again, and leaves what it found.

use std::path::{Path, PathBuf};

use dealgraph::store::{Connection, migrations};
use diesel_migrations::{FileBasedMigrations, MigrationHarness as _};

use crate::harness::{Harness, texts};

const TREES: [&str; 2] = ["sqlite", "postgres"];

fn tree(database: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(database)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name in UTF-8")).collect();
    names.sort();
    names
}

/// Runs the next migration of the files.
fn up(connection: &mut Connection, database: &str) {
    let files = FileBasedMigrations::from_path(tree(database)).expect("the migrations can be read");
    let run = match connection {
        Connection::Sqlite(open) => open.run_next_migration(files).map(|name| name.to_string()),
        Connection::Postgres(open) => open.run_next_migration(files).map(|name| name.to_string()),
    };
    run.unwrap_or_else(|error| panic!("the next migration runs on {database}: {error}"));
}

/// Everything that stands in the schema, a line each, but for diesel's own table.
fn dump(connection: &mut Connection) -> Vec<String> {
    let queries: &[&str] = match connection {
        Connection::Sqlite(_) => &["SELECT type || ' ' || name || ': ' || coalesce(sql, '-') AS shown \
             FROM sqlite_schema WHERE tbl_name <> '__diesel_schema_migrations' ORDER BY 1"],
        Connection::Postgres(_) => &POSTGRES_DUMP,
    };
    queries.iter().flat_map(|query| texts(connection, query)).collect()
}

const POSTGRES_DUMP: [&str; 4] = [
    "SELECT concat_ws(' ', r.relkind, r.relname) AS shown FROM pg_class r WHERE r.relnamespace = 'public'::regnamespace \
         AND r.relname NOT LIKE '\\_\\_diesel%' ORDER BY 1",
    // The place among the columns that are there: PostgreSQL gives no number of a dropped one to another.
    "SELECT concat_ws(' ', 'column', r.relname, \
         row_number() OVER (PARTITION BY r.oid ORDER BY a.attnum), a.attname, format_type(a.atttypid, a.atttypmod), \
         a.attnotnull, c.collname, pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated) AS shown \
         FROM pg_attribute a JOIN pg_class r ON r.oid = a.attrelid LEFT JOIN pg_collation c ON c.oid = a.attcollation \
         LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum \
         WHERE r.relnamespace = 'public'::regnamespace AND r.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped \
         AND r.relname NOT LIKE '\\_\\_diesel%' ORDER BY r.relname, a.attnum",
    "SELECT conrelid::regclass || ' ' || conname || ': ' || pg_get_constraintdef(oid) AS shown FROM pg_constraint \
         WHERE connamespace = 'public'::regnamespace AND conrelid <> '__diesel_schema_migrations'::regclass ORDER BY 1",
    "SELECT indexdef AS shown FROM pg_indexes WHERE schemaname = 'public' \
         AND tablename <> '__diesel_schema_migrations' UNION ALL SELECT 'type ' || typname FROM pg_type \
         WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd') UNION ALL SELECT 'function ' || proname \
         FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
];

#[test]
fn both_trees_have_the_same_migrations_each_with_its_way_back() {
    let [sqlite, postgres] = TREES.map(|database| names(&tree(database)));
    assert_eq!(sqlite, postgres);
    assert!(!sqlite.is_empty());
    for database in TREES {
        for name in &sqlite {
            assert_eq!(names(&tree(database).join(name)), ["down.sql", "up.sql"], "{database} {name}");
        }
    }
}

#[test]
fn each_migration_goes_up_and_down_and_up_again() {
    for store in Harness::bare_databases() {
        let mut connection = store.connection();
        // Makes diesel's own table, so that it is there before and after.
        match &mut connection {
            Connection::Sqlite(open) => drop(open.applied_migrations().expect("the list")),
            Connection::Postgres(open) => drop(open.applied_migrations().expect("the list")),
        }
        let mut before = vec![dump(&mut connection)];
        assert_eq!(before[0], Vec::<String>::new(), "a bare database holds nothing");
        for name in names(&tree(store.name())) {
            up(&mut connection, store.name());
            let after = dump(&mut connection);
            migrations::revert_last(&mut connection).expect("the migration can be taken back");
            assert_eq!(&dump(&mut connection), before.last().expect("a dump"), "{}: {name} down", store.name());
            up(&mut connection, store.name());
            assert_eq!(dump(&mut connection), after, "{}: {name} up again", store.name());
            assert_ne!(&after, before.last().expect("a dump"), "{}: {name} does something", store.name());
            before.push(after);
        }
        assert_eq!(migrations::run(&mut connection).expect("a run"), Vec::<String>::new(), "the binary has the same");
        before.pop();
        while let Some(expected) = before.pop() {
            let name = migrations::revert_last(&mut connection).expect("the migration can be taken back");
            assert_eq!(dump(&mut connection), expected, "{}: {name} down, in the end", store.name());
        }
        assert!(migrations::revert_last(&mut connection).is_err(), "there is none left");
    }
}

#[test]
fn the_embedded_migrations_are_those_of_the_files() {
    let of_files = Harness::bare_databases();
    let embedded = Harness::bare_databases();
    for (files, binary) in of_files.iter().zip(&embedded) {
        let (mut files_connection, mut binary_connection) = (files.connection(), binary.connection());
        let run = migrations::run(&mut binary_connection).expect("the migrations run");
        for _ in &run {
            up(&mut files_connection, files.name());
        }
        assert_eq!(run.len(), names(&tree(files.name())).len());
        assert_eq!(dump(&mut files_connection), dump(&mut binary_connection), "{}", files.name());
    }
}
