//! A filled store, and the servers on it.

use std::net::TcpStream;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::children::{Folder, Running, free_port};
use crate::cluster::{Cluster, Role};
use crate::load::{self, Client, Shot};
use crate::queries::Query;
use crate::{Database, Fault, Options, fill, samples};

/// A migrated and filled store that goes with this value.
pub struct Store {
    pub database: Database,
    place: Place,
}

enum Place {
    Sqlite(Folder),
    Postgres(Cluster),
}

impl Store {
    pub fn filled(options: &Options, database: Database, scale: f64) -> Result<Self, Fault> {
        let place = match database {
            Database::Sqlite => Place::Sqlite(Folder::new()?),
            Database::Postgres => Place::Postgres(Cluster::start()?),
        };
        let store = Self { database, place };
        let begin = Instant::now();
        let url = store.url(Role::Dealgraph);
        let migrate = ["migrate", "--database-url", &url, "--log", "warn"];
        if !Command::new(options.dealgraph()?).args(migrate).status()?.success() {
            return Err("the store could not be migrated".into());
        }
        fill::fill(&url, scale)?;
        println!("{} at scale {scale}: filled in {:.1} s", database.name(), begin.elapsed().as_secs_f64());
        Ok(store)
    }

    /// The same, indexed for searching.
    pub fn searchable(options: &Options, database: Database, scale: f64) -> Result<Self, Fault> {
        let (store, begin) = (Self::filled(options, database, scale)?, Instant::now());
        let index = ["index", "--database-url", &store.url(Role::Dealgraph), "--log", "warn"];
        if !Command::new(options.dealgraph()?).args(index).status()?.success() {
            return Err("the store could not be indexed".into());
        }
        println!("{} at scale {scale}: indexed in {:.1} s", database.name(), begin.elapsed().as_secs_f64());
        Ok(store)
    }

    pub fn url(&self, role: Role) -> String {
        match &self.place {
            Place::Sqlite(folder) => format!("sqlite:{}", folder.path.join("bench.sqlite").display()),
            Place::Postgres(cluster) => cluster.url(role),
        }
    }

    /// The server of the database, if it has one.
    pub fn cluster(&self) -> Option<&Cluster> {
        match &self.place {
            Place::Sqlite(_) => None,
            Place::Postgres(cluster) => Some(cluster),
        }
    }
}

/// A server that answers over HTTP.
pub struct Server {
    running: Running,
    pub role: Role,
    pub port: u16,
}

impl Server {
    /// Dealgraph on a store, with further flags.
    pub fn dealgraph(options: &Options, store: &Store, flags: &[&str]) -> Result<Self, Fault> {
        let (port, workers) = (free_port()?, options.workers.to_string());
        let (url, address) = (store.url(Role::Dealgraph), format!("127.0.0.1:{port}"));
        let mut arguments = vec!["serve", "--database-url", &url, "--bind-addr", &address, "--workers", &workers];
        // Each request logged is a line written: the hand-written handlers write none.
        arguments.extend(["--log", "warn"]);
        arguments.extend(flags);
        Self::start(options.dealgraph()?, &arguments, Role::Dealgraph, port)
    }

    /// The hand-written handlers on a store.
    pub fn floor(options: &Options, store: &Store) -> Result<Self, Fault> {
        let (port, workers) = (free_port()?, options.workers.to_string());
        let (url, at) = (store.url(Role::Floor), port.to_string());
        let arguments = ["floor", "--database-url", &url, "--workers", &workers, "--port", &at];
        Self::start(std::env::current_exe()?, &arguments, Role::Floor, port)
    }

    fn start(program: PathBuf, arguments: &[&str], role: Role, port: u16) -> Result<Self, Fault> {
        let arguments: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        let mut server = Self { running: Running::start(&program, &arguments)?, role, port };
        let begin = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if server.running.has_ended() || begin.elapsed() > Duration::from_secs(20) {
                return Err("a server does not start".into());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(server)
    }

    pub fn pid(&self) -> u32 {
        self.running.pid()
    }

    /// The requests of a query at Dealgraph, each with the length of its answer.
    pub async fn shots(&self, query: &Query, store: &Store) -> Result<Vec<Shot>, Fault> {
        let drawn = samples::draw(query, &store.url(Role::Dealgraph), self.port).await?;
        load::shots(
            &mut Client::open(self.port).await?,
            drawn.iter().map(|variables| query.to_dealgraph(variables)).collect(),
        )
        .await
    }
}
