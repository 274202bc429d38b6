//! What was measured, as a table, and the file that keeps it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::load::Measured;
use crate::queries::QUERIES;
use crate::{Database, Fault, Options, cluster};

/// What was measured of one server.
#[derive(Default)]
pub struct Side {
    per_second: Vec<f64>,
    latencies: Vec<Duration>,
    requests: usize,
    server_ms: f64,
    postgres_ms: f64,
}

/// One query on one database with so many connections, of both servers.
pub struct Cell {
    pub database: Database,
    pub query: &'static str,
    pub connections: usize,
    /// Dealgraph, then the floor.
    pub sides: [Side; 2],
}

const HEAD: &str = "| database | query | connections | Dealgraph, requests/s (min, median, max) | floor, requests/s \
    (min, median, max) | **ratio** | p50, p99 ms | floor's p50, p99 ms | CPU ms a request (server + PostgreSQL) | \
    floor's CPU ms | **CPU ratio** |\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";

const INTRO: &str = "# Bench results\n\n\
    Dealgraph against the floor: hand-written handlers that give the same bytes (`benches/workload`). The answers are\n\
    compared before anything is measured. The ratio is Dealgraph's median of requests a second by the floor's; the CPU\n\
    ratio is the floor's CPU time a request by Dealgraph's, PostgreSQL's processes included. Server, floor, database and\n\
    load share the machine. Newest first.\n\n<!-- runs -->\n";

impl Side {
    pub fn add(&mut self, measured: Measured, (server_ms, postgres_ms): (f64, f64)) {
        self.per_second.push(measured.per_second);
        self.latencies.extend(measured.latencies);
        self.requests += measured.requests;
        self.server_ms += server_ms;
        self.postgres_ms += postgres_ms;
    }

    /// The least, the median, the most requests a second.
    fn rates(&self) -> [f64; 3] {
        let mut sorted = self.per_second.clone();
        sorted.sort_by(f64::total_cmp);
        let at = |place: usize| sorted.get(place).copied().unwrap_or_default();
        [at(0), at(sorted.len() / 2), at(sorted.len().saturating_sub(1))]
    }

    fn quantile_ms(&self, quantile: f64) -> f64 {
        let mut sorted = self.latencies.clone();
        sorted.sort_unstable();
        let place = (quantile * sorted.len() as f64) as usize;
        sorted.get(place).map_or(0.0, |latency| latency.as_secs_f64() * 1_000.0)
    }

    fn cpu_ms(&self) -> [f64; 2] {
        [self.server_ms, self.postgres_ms].map(|ms| ms / self.requests.max(1) as f64)
    }
}

/// A cell as a row of the table.
pub fn row(cell: &Cell) -> String {
    let [ours, floor] = &cell.sides;
    let rates = |side: &Side| side.rates().map(|rate| format!("{rate:.0}")).join(", ");
    let latency = |side: &Side| format!("{:.2}, {:.2}", side.quantile_ms(0.5), side.quantile_ms(0.99));
    let cpu = |side: &Side| match (cell.database, side.cpu_ms()) {
        (Database::Sqlite, [server, _]) => format!("{server:.2}"),
        (Database::Postgres, [server, postgres]) => format!("{server:.2} + {postgres:.2}"),
    };
    let total = |side: &Side| side.cpu_ms().iter().sum::<f64>();
    format!(
        "| {} | {} | {} | {} | {} | **{:.2}** | {} | {} | {} | {} | **{:.2}** |",
        cell.database.name(),
        cell.query,
        cell.connections,
        rates(ours),
        rates(floor),
        ours.rates()[1] / floor.rates()[1],
        latency(ours),
        latency(floor),
        cpu(ours),
        cpu(floor),
        total(floor) / total(ours),
    )
}

fn said_by(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map_or_else(|_| String::new(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// A run as a section of the results.
pub fn section(options: &Options, cells: &[Cell]) -> Result<String, Fault> {
    let date = said_by("date", &["-u", "+%F"]);
    let commit = said_by("git", &["rev-parse", "--short", "HEAD"]);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut text = format!("\n## {date}, commit {commit}\n\n");
    if !options.note.is_empty() {
        text.push_str(&format!("{}\n\n", options.note));
    }
    text.push_str(&format!(
        "{cores} cores; scale {}; {} workers a server; {} rounds of {} ms, in turns; SQLite {}, PostgreSQL {}, {}.\n\n",
        options.scale,
        options.workers,
        options.rounds,
        options.milliseconds,
        rusqlite::version(),
        cluster::version().unwrap_or_default(),
        said_by("rustc", &["--version"]).split(" (").next().unwrap_or_default(),
    ));
    for query in QUERIES.iter().filter(|query| cells.iter().any(|cell| cell.query == query.name)) {
        text.push_str(&format!("- {}: {}.\n", query.name, query.about));
    }
    text.push('\n');
    text.push_str(HEAD);
    for cell in cells {
        text.push_str(&row(cell));
        text.push('\n');
    }
    Ok(text)
}

/// Puts a section before those of former runs.
pub fn keep(path: &Path, section: &str) -> Result<(), Fault> {
    let former = std::fs::read_to_string(path).unwrap_or_else(|_| INTRO.to_owned());
    let marker = "<!-- runs -->\n";
    let (before, after) = former.split_once(marker).ok_or("the results have no place for runs")?;
    Ok(std::fs::write(path, format!("{before}{marker}{section}{after}"))?)
}
