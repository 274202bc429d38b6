//! A run: fill, start, compare, load in turns, report.

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::children::{Running, cpu_ms, cpu_ms_with_children, free_port};
use crate::cluster::Cluster;
use crate::load::{Measured, Shot, load};
use crate::queries::{QUERIES, Query};
use crate::report::{self, Cell, Side};
use crate::{Database, Fault, Options, check, fill};

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Both servers on one store.
struct Servers {
    /// Dealgraph, then the floor.
    running: [Running; 2],
    ports: [u16; 2],
}

pub fn run(options: &Options) -> Result<(), Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut cells = Vec::new();
    for database in &options.databases {
        let folder = Folder(std::env::temp_dir().join(format!("dealgraph-bench-{}", std::process::id())));
        std::fs::create_dir_all(&folder.0)?;
        let cluster = (*database == Database::Postgres).then(Cluster::start).transpose()?;
        let url = match &cluster {
            Some(cluster) => cluster.url(),
            None => format!("sqlite:{}", folder.0.join("bench.sqlite").display()),
        };
        let begin = Instant::now();
        migrate(options, &url)?;
        fill::fill(&url, options.scale)?;
        println!("{}: filled in {:.1} s", database.name(), begin.elapsed().as_secs_f64());
        let servers = Servers::start(options, &url)?;
        let postmaster = cluster.as_ref().and_then(Cluster::pid);
        cells.extend(runtime.block_on(measure(options, *database, &url, &servers, postmaster))?);
    }
    let text = report::section(options, &cells)?;
    println!("{text}");
    options.results.as_ref().map_or(Ok(()), |path| report::keep(path, &text))
}

fn dealgraph(options: &Options) -> Result<PathBuf, Fault> {
    match &options.server {
        Some(path) => Ok(path.clone()),
        None => Ok(std::env::current_exe()?.with_file_name("dealgraph")),
    }
}

fn migrate(options: &Options, url: &str) -> Result<(), Fault> {
    let done = Command::new(dealgraph(options)?).args(["migrate", "--database-url", url, "--log", "warn"]).status()?;
    if done.success() { Ok(()) } else { Err("the store could not be migrated".into()) }
}

impl Servers {
    fn start(options: &Options, url: &str) -> Result<Self, Fault> {
        let (ports, workers) = ([free_port()?, free_port()?], options.workers.to_string());
        let mut served = Command::new(dealgraph(options)?);
        served.args(["serve", "--database-url", url, "--seed", "false", "--log", "warn", "--workers", &workers]);
        served.args(["--bind-addr", &format!("127.0.0.1:{}", ports[0])]);
        let mut floor = Command::new(std::env::current_exe()?);
        floor.args(["floor", "--database-url", url, "--workers", &workers, "--port", &ports[1].to_string()]);
        let servers = Self { running: [Running::start(&mut served)?, Running::start(&mut floor)?], ports };
        let begin = Instant::now();
        while !ports.iter().all(|port| std::net::TcpStream::connect(("127.0.0.1", *port)).is_ok()) {
            if begin.elapsed() > Duration::from_secs(20) {
                return Err("a server does not start".into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(servers)
    }

    /// The CPU time so far of a server, and of PostgreSQL.
    fn cpu(&self, side: usize, postmaster: Option<u32>) -> (f64, f64) {
        (cpu_ms(self.running[side].pid()), postmaster.map_or(0.0, cpu_ms_with_children))
    }
}

async fn measure(
    options: &Options,
    database: Database,
    url: &str,
    servers: &Servers,
    postmaster: Option<u32>,
) -> Result<Vec<Cell>, Fault> {
    let mut cells = Vec::new();
    let is_wanted =
        |query: &&Query| options.queries.is_empty() || options.queries.iter().any(|name| name == query.name);
    for query in QUERIES.iter().filter(is_wanted) {
        let shots = check::shots(query, url, servers.ports).await?;
        let lengths: Vec<usize> = shots[0].iter().map(|shot| shot.answer_len).collect();
        let mean = lengths.iter().sum::<usize>() / lengths.len().max(1);
        println!("{} {}: {} answers are equal, {mean} bytes in the mean", database.name(), query.name, lengths.len());
        for &connections in &options.connections {
            cells.push(cell(options, (database, query, connections), servers, &shots, postmaster).await?);
        }
    }
    Ok(cells)
}

async fn cell(
    options: &Options,
    (database, query, connections): (Database, &Query, usize),
    servers: &Servers,
    shots: &[Vec<Shot>; 2],
    postmaster: Option<u32>,
) -> Result<Cell, Fault> {
    let time = Duration::from_millis(options.milliseconds);
    let mut sides = [Side::default(), Side::default()];
    for (side, shots) in shots.iter().enumerate() {
        load(servers.ports[side], connections, time / 4, shots).await?;
    }
    for round in 0..options.rounds {
        for turn in 0..2 {
            let side = (round + turn) % 2;
            let before = servers.cpu(side, postmaster);
            let measured: Measured = load(servers.ports[side], connections, time, &shots[side]).await?;
            let after = servers.cpu(side, postmaster);
            sides[side].add(measured, (after.0 - before.0, after.1 - before.1));
        }
    }
    let cell = Cell { database, query: query.name, connections, sides };
    println!("{}", report::row(&cell));
    Ok(cell)
}
