//! The benches: Dealgraph against hand-written handlers that give the same bytes, on both databases.
//!
//! A run fills a store, starts a Dealgraph server and a floor server on it, compares their answers, loads them in turn,
//! and writes what it measured. Each server is a process of its own, so that its CPU time can be told.

mod check;
mod children;
mod cluster;
mod documents;
mod fill;
mod floor;
mod growth;
mod import;
mod judge;
mod live;
mod load;
mod memory;
mod queries;
mod ratios;
mod report;
mod samples;
mod search;
mod start;
mod store;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use queries::{QUERIES, Query};

/// Whatever goes wrong ends the bench; its text is all that matters.
pub type Fault = Box<dyn std::error::Error + Send + Sync>;

#[derive(Parser)]
#[command(about = "Dealgraph against hand-written handlers that give the same bytes, on both databases")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Fills stores, measures, and writes what was measured
    Run(Box<Options>),
    /// Imports a file that is made, and compares it with the database's own bulk path
    Import(import::Options),
    /// Fills a store that is migrated already
    Fill {
        #[arg(long)]
        database_url: String,
        #[arg(long, default_value = "0.1")]
        scale: f64,
    },
    /// Serves the hand-written handlers
    Floor {
        #[arg(long)]
        database_url: String,
        #[arg(long, default_value = "8081")]
        port: u16,
        #[arg(long, default_value = "2")]
        workers: usize,
    },
    /// Becomes a program that is killed when the bench has ended
    #[command(hide = true)]
    Leashed {
        bench: u32,
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<OsString>,
    },
}

/// A part of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Dealgraph against the hand-written handlers
    Ratios,
    /// Random documents: what each stage takes
    Documents,
    /// Memory under many requests at once, and after many different ones
    Memory,
    /// Until the server is ready, and the size of the program
    Start,
    /// Memory of many subscribers, and how soon they see a commit
    Live,
    /// The cost of a query on a small store and on a large one
    Growth,
    /// How long a search takes
    Search,
}

#[derive(clap::Args)]
pub struct Options {
    /// What is measured
    #[arg(long, value_delimiter = ',', default_value = "ratios,documents,memory,start,live,search")]
    parts: Vec<Part>,
    /// How large the store is: 1 is 10,000 companies, 50,000 agreements, 500,000 patents
    #[arg(long, default_value = "0.1")]
    scale: f64,
    /// How large the store is that a server starts on, and that is searched
    #[arg(long, default_value = "1")]
    start_scale: f64,
    /// The two scales that growth is measured between
    #[arg(long, value_delimiter = ',', default_value = "0.1,10")]
    growth: Vec<f64>,
    /// How many random documents are asked
    #[arg(long, default_value = "30")]
    documents: usize,
    /// What the random documents are drawn from; the time of day when nothing is said
    #[arg(long)]
    seed: Option<u64>,
    /// How often each load is measured; the servers take turns
    #[arg(long, default_value = "5")]
    rounds: usize,
    /// How long a load is measured
    #[arg(long, default_value = "2000")]
    milliseconds: u64,
    /// Threads that serve requests, in each server
    #[arg(long, default_value = "2")]
    workers: usize,
    /// Connections that ask at once, each number for itself; growth is measured with the first
    #[arg(long, value_delimiter = ',', default_value = "16,1")]
    connections: Vec<usize>,
    /// Which databases
    #[arg(long, value_delimiter = ',', default_value = "sqlite,postgres")]
    databases: Vec<Database>,
    /// Which queries; all when none is named
    #[arg(long, value_delimiter = ',')]
    queries: Vec<String>,
    /// Dealgraph's binary; the one beside this when none is named
    #[arg(long)]
    server: Option<PathBuf>,
    /// Where the results go; nowhere when no file is named
    #[arg(long)]
    results: Option<PathBuf>,
    /// A line about this run, for the results
    #[arg(long, default_value = "")]
    note: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Database {
    Sqlite,
    Postgres,
}

impl Database {
    fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

impl Options {
    /// The queries that are wanted.
    fn queries(&self) -> impl Iterator<Item = &'static Query> {
        let is_wanted = |query: &&Query| self.queries.is_empty() || self.queries.iter().any(|name| name == query.name);
        QUERIES.iter().filter(is_wanted)
    }

    /// Dealgraph's program.
    fn dealgraph(&self) -> Result<PathBuf, Fault> {
        match &self.server {
            Some(path) => Ok(path.clone()),
            None => Ok(std::env::current_exe()?.with_file_name("dealgraph")),
        }
    }
}

fn run(options: &Options) -> Result<(), Fault> {
    // On this thread, which also starts the servers: the system ends them with the thread that started them.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut text = report::head(options);
    for part in &options.parts {
        let section = match part {
            Part::Ratios => ratios::section(options, &runtime),
            Part::Documents => documents::section(options, &runtime),
            Part::Memory => memory::section(options, &runtime),
            Part::Start => start::section(options, &runtime),
            Part::Live => live::section(options, &runtime),
            Part::Growth => growth::section(options, &runtime),
            Part::Search => search::section(options, &runtime),
        };
        text.push_str(&section?);
    }
    println!("{text}");
    options.results.as_ref().map_or(Ok(()), |path| report::keep(path, &text))
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Run(options) => run(&options),
        Command::Import(options) => import::run(&options),
        Command::Fill { database_url, scale } => fill::fill(&database_url, scale),
        Command::Floor { database_url, port, workers } => floor::serve(&database_url, port, workers),
        Command::Leashed { bench, command } => Err(children::become_leashed(bench, &command)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("workload: {fault}");
            ExitCode::FAILURE
        }
    }
}
