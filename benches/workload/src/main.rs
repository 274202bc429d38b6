//! The benches: Dealgraph against hand-written handlers that give the same bytes, on both databases.
//!
//! A run fills a store, starts a Dealgraph server and a floor server on it, compares their answers, loads them in turn,
//! and writes what it measured. Each server is a process of its own, so that its CPU time can be told.

mod check;
mod children;
mod cluster;
mod fill;
mod floor;
mod import;
mod load;
mod queries;
mod report;
mod run;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

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
    /// Fills stores, compares the servers' answers, loads them, and writes what was measured
    Run(Options),
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
}

#[derive(clap::Args)]
pub struct Options {
    /// 1 is 10,000 companies, 50,000 agreements, 500,000 patents
    #[arg(long, default_value = "0.1")]
    scale: f64,
    /// How often each cell is measured; the servers take turns
    #[arg(long, default_value = "5")]
    rounds: usize,
    /// How long a cell is measured
    #[arg(long, default_value = "2000")]
    milliseconds: u64,
    /// Threads that serve requests, in each server
    #[arg(long, default_value = "2")]
    workers: usize,
    /// Connections that ask at once
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

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Run(options) => run::run(&options),
        Command::Import(options) => import::run(&options),
        Command::Fill { database_url, scale } => fill::fill(&database_url, scale),
        Command::Floor { database_url, port, workers } => floor::serve(&database_url, port, workers),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("workload: {fault}");
            ExitCode::FAILURE
        }
    }
}
