//! Stores for the tests: each test gets migrated, empty databases of its own, a SQLite file and a PostgreSQL database.
//!
//! The PostgreSQL server is the tests' own. It is started when it is first needed and ends with the test process,
//! however that ends.

mod cluster;
mod folder;
pub mod http;
mod rows;
pub mod small_disk;
pub mod tools;

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

use clap::Parser;
use dealgraph::config::{Cli, Config};
use dealgraph::engine::{Engine, Request};
use dealgraph::store::{Access, Connection, Store, StoreUrl, migrations};
use diesel::connection::SimpleConnection;

pub use cluster::{Cluster, End};
pub use rows::{columns, refusal, texts};

/// Whatever answers a request with the bytes of a response: the engine on one store.
pub trait Ask {
    /// Answers one request.
    fn ask<'a>(
        &'a self,
        query: &'a str,
        operation: Option<&'a str>,
        variables: &'a serde_json::Value,
    ) -> Pin<Box<dyn Future<Output = Vec<u8>> + 'a>>;
}

/// The engine on a store.
pub fn engine(store: &TestStore) -> Box<dyn Ask> {
    Box::new(engine_with(store, &config(&store.url, &[])))
}

/// The engine on a store, with settings of one's own.
pub fn engine_with(store: &TestStore, config: &Config) -> Engine {
    let url = StoreUrl::parse(&store.url).expect("the harness makes valid addresses");
    Engine::new(Store::open(&url, &config.store_options()), config.engine_options())
}

/// What is answered to a query, as text.
pub fn answer(engine: &dyn Ask, query: &str, variables: &serde_json::Value) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    String::from_utf8(runtime.block_on(engine.ask(query, None, variables))).expect("an answer in UTF-8")
}

/// Settings as the command line would give them.
pub fn config(url: &str, flags: &[&str]) -> Config {
    let arguments = ["dealgraph", "--database-url", url].into_iter().chain(flags.iter().copied());
    Cli::try_parse_from(arguments).expect("the flags are right").config
}

impl Ask for Engine {
    fn ask<'a>(
        &'a self,
        query: &'a str,
        operation: Option<&'a str>,
        variables: &'a serde_json::Value,
    ) -> Pin<Box<dyn Future<Output = Vec<u8>> + 'a>> {
        let request = Request {
            query: query.to_owned(),
            operation_name: operation.map(str::to_owned),
            variables: variables.as_object().cloned().unwrap_or_default(),
            ..Request::default()
        };
        Box::pin(async move { self.answer(&request, "test").await.body })
    }
}

/// A migrated database that belongs to one test.
#[derive(Debug)]
pub struct TestStore {
    name: &'static str,
    /// Where it is, as `DATABASE_URL` says it.
    pub url: String,
    /// The process in whose mount namespace it is, if that is not ours.
    pub mounted_by: Option<u32>,
}

impl TestStore {
    /// Which database it is: `sqlite` or `postgres`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// A store at an address, which is migrated.
    pub fn at(name: &'static str, url: String) -> Self {
        migrate(&url);
        Self { name, url, mounted_by: None }
    }

    /// A file of SQLite's on a small disk, which only processes there can open.
    pub fn on(disk: &small_disk::SmallDisk) -> Self {
        let url = format!("sqlite:{}", disk.mounted_at().join("store.sqlite").display());
        Self { name: "sqlite", url, mounted_by: Some(disk.pid()) }
    }

    /// Opens a connection that may write.
    pub fn connection(&self) -> Connection {
        open(&self.url)
    }

    /// Runs statements that return nothing.
    pub fn execute_batch(&self, sql: &str) {
        batch(&mut self.connection(), sql);
    }
}

/// Makes stores.
pub struct Harness;

impl Harness {
    /// A new store on each of the two databases.
    pub fn databases() -> Vec<TestStore> {
        vec![Self::sqlite(), Self::postgres()]
    }

    /// A new store on SQLite.
    pub fn sqlite() -> TestStore {
        static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
        let template = TEMPLATE.get_or_init(|| {
            let path = folder::path().join("template.sqlite");
            migrate(&format!("sqlite:{}", path.display()));
            path
        });
        let path = folder::path().join(format!("{}.sqlite", next_name()));
        std::fs::copy(template, &path).expect("the migrated file can be copied");
        TestStore { name: "sqlite", url: format!("sqlite:{}", path.display()), mounted_by: None }
    }

    /// A new store on PostgreSQL.
    pub fn postgres() -> TestStore {
        postgres("migrated")
    }

    /// A new database of each kind, without any table.
    pub fn bare_databases() -> Vec<TestStore> {
        let path = folder::path().join(format!("{}.sqlite", next_name()));
        vec![
            TestStore { name: "sqlite", url: format!("sqlite:{}", path.display()), mounted_by: None },
            postgres("template0"),
        ]
    }

    /// A new folder, removed when the tests end.
    pub fn folder() -> PathBuf {
        let path = folder::path().join(next_name());
        std::fs::create_dir(&path).expect("a folder can be made");
        path
    }

    /// What PostgreSQL has logged of a database, and the lines that go on from there.
    pub fn logged(store: &TestStore) -> Vec<String> {
        let (_, database) = store.url.rsplit_once('/').expect("the address ends with the database");
        let mut messages: Vec<String> = Vec::new();
        let mut is_ours = false;
        for line in server().0.log().lines() {
            if line.starts_with('\t') {
                if let Some(last) = messages.last_mut().filter(|_| is_ours) {
                    last.push_str(line);
                }
            } else {
                is_ours = line.split(' ').next() == Some(database);
                messages.extend(is_ours.then(|| line.to_owned()));
            }
        }
        messages
    }

    /// Closes a PostgreSQL database to everybody, or opens it again.
    pub fn set_reachable(store: &TestStore, is_reachable: bool) {
        let (_, database) = store.url.rsplit_once('/').expect("the address ends with the database");
        let mut admin = server().1.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        batch(&mut admin, &format!("ALTER DATABASE {database} ALLOW_CONNECTIONS {is_reachable}"));
        if !is_reachable {
            let end =
                format!("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{database}'");
            batch(&mut admin, &end);
        }
    }
}

/// The server, and a connection that makes databases.
fn server() -> &'static (Cluster, Mutex<Connection>) {
    static SERVER: OnceLock<(Cluster, Mutex<Connection>)> = OnceLock::new();
    SERVER.get_or_init(|| {
        let cluster = Cluster::start();
        let mut admin = open(&cluster.url("postgres"));
        batch(&mut admin, "CREATE DATABASE migrated");
        migrate(&cluster.url("migrated"));
        (cluster, Mutex::new(admin))
    })
}

/// A new PostgreSQL database made after another.
fn postgres(template: &str) -> TestStore {
    let (cluster, admin) = server();
    let name = next_name();
    let mut admin = admin.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    batch(&mut admin, &format!("CREATE DATABASE {name} TEMPLATE {template}"));
    TestStore { name: "postgres", url: cluster.url(&name), mounted_by: None }
}

fn next_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A connection that may write, to a store at an address.
pub fn open(url: &str) -> Connection {
    let parsed = StoreUrl::parse(url).expect("the harness makes valid addresses");
    Connection::open(&parsed, Access::Write).unwrap_or_else(|error| panic!("{url} can be opened: {error}"))
}

fn migrate(url: &str) {
    migrations::run(&mut open(url)).unwrap_or_else(|error| panic!("{url} can be migrated: {error}"));
}

fn batch(connection: &mut Connection, sql: &str) {
    let result = match connection {
        Connection::Sqlite(open) => open.batch_execute(sql),
        Connection::Postgres(open) => open.batch_execute(sql),
    };
    result.unwrap_or_else(|error| panic!("the statements run: {error}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_test_gets_a_migrated_store_of_its_own() {
        let insert = "INSERT INTO person (id, slug, name, name_folded) VALUES (1, 'a', 'A', 'a')";
        let (first, second) = (Harness::databases(), Harness::databases());
        for store in first.iter().chain(&second) {
            store.execute_batch(insert);
        }
        assert_eq!(first.iter().map(TestStore::name).collect::<Vec<_>>(), ["sqlite", "postgres"]);
    }
}
