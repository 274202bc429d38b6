//! What the binary does: serve, migrate, print the schema, seed, import, derive, index, and look after names and tokens.

mod changes;
mod export;
mod names;
mod token;

use std::io::Write as _;
use std::sync::Arc;

use crate::config::{Cli, Command, Config, Names, Token};
use crate::engine::Engine;
use crate::http::Server;
use crate::ingest;
use crate::ingest::export::ExportError;
use crate::ingest::import::{ImportError, ImportOptions};
use crate::names::Decision;
use crate::schema::sdl;
use crate::store::{Access, Connection, IdMaker, Store, StoreError, migrations, search};
use crate::telemetry;

/// Why the binary stops.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The store.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// An export.
    #[error("{0}")]
    Export(#[from] ExportError),
    /// An import.
    #[error("{0}")]
    Import(#[from] ImportError),
    /// The settings do not fit together.
    #[error("{0}")]
    Settings(String),
    /// A file, or what a command was asked for.
    #[error("{0}")]
    Input(String),
    /// The address, or the output.
    #[error("{0}")]
    Io(String),
}

/// Does what the command line says.
///
/// # Errors
/// It could not be done; the text says why.
pub fn run(cli: &Cli) -> Result<(), Failure> {
    let config = &cli.config;
    config.check().map_err(Failure::Settings)?;
    telemetry::start(config.log_format, &config.log);
    match cli.command.as_ref().unwrap_or(&Command::Serve) {
        Command::Schema => print(&sdl()),
        Command::Migrate => migrate(config).map(drop),
        Command::Seed => seed(&mut migrate(config)?, config),
        Command::Derive => derive(&mut migrate(config)?, config),
        Command::Index => index(&mut migrate(config)?),
        Command::Serve => serve(config),
        Command::Changes { since, follow } => changes::print(config, *since, *follow),
        Command::Import(options) => import(config, options),
        Command::Export { path, .. } => export::export(&mut ready(config)?, path),
        Command::Token(Token::Create { name, role, days }) => {
            print(&token::create(&mut migrate(config)?, &mut ids(config), name, *role, *days)?)
        }
        Command::Token(Token::List) => print(&token::list(&mut migrate(config)?)?),
        Command::Token(Token::Revoke { name }) => token::revoke(&mut migrate(config)?, name),
        Command::Names(Names::Measure { file, explain }) => {
            names::measured(file, *explain).and_then(|text| print(&text))
        }
        Command::Names(Names::Review { confirm, refuse, read, decided, limit }) => {
            let mut connection = migrate(config)?;
            let mut ids = ids(config);
            let confirmed = confirm.iter().map(|id| (*id, Decision::Confirmed));
            let decisions: Vec<_> = confirmed.chain(refuse.iter().map(|id| (*id, Decision::Refused))).collect();
            names::decide(&mut connection, &mut ids, &decisions, read.as_deref())?;
            print(&names::review(&mut connection, *decided, *limit)?)
        }
    }
}

fn print(text: &str) -> Result<(), Failure> {
    std::io::stdout().write_all(text.as_bytes()).map_err(|error| Failure::Io(error.to_string()))
}

fn migrate(config: &Config) -> Result<Connection, Failure> {
    let mut connection = Connection::open(&config.database_url, Access::Write)?;
    let run = migrations::run(&mut connection)?;
    tracing::info!(store = ?config.database_url, migrations = run.len(), "the store is migrated");
    // A store that was filled before search came.
    if search::is_missing(&mut connection)? {
        index(&mut connection)?;
    }
    Ok(connection)
}

/// Makes the index of search anew.
fn index(connection: &mut Connection) -> Result<(), Failure> {
    let entries = search::rebuild(connection)?;
    tracing::info!(entries, "the index of search is made");
    Ok(())
}

fn ids(config: &Config) -> IdMaker {
    IdMaker::new(u16::try_from(config.node_id).unwrap_or(0))
}

/// Derives the ownership of all patents again.
fn derive(connection: &mut Connection, config: &Config) -> Result<(), Failure> {
    let done = ingest::derive_ownership(connection, &mut ids(config))?;
    tracing::info!(
        patents = done.patents,
        stored = done.stored,
        removed = done.removed,
        owners_changed = done.owners_changed,
        "ownership is derived"
    );
    Ok(())
}

/// Imports the starter data.
fn seed(connection: &mut Connection, config: &Config) -> Result<(), Failure> {
    let summary = ingest::load_starter(connection, &mut ids(config))?.total();
    tracing::info!(stored = summary.stored, unchanged = summary.unchanged, "the starter data is loaded");
    Ok(())
}

/// Imports files, and prints what became of their rows.
fn import(config: &Config, options: &ImportOptions) -> Result<(), Failure> {
    let mut connection = if options.dry_run { ready(config)? } else { migrate(config)? };
    let mut ids = IdMaker::new(u16::try_from(config.node_id).unwrap_or(0));
    let summary = ingest::import::import(&mut connection, &mut ids, options, None)?;
    print(&summary.to_string())
}

/// A store that has no migration before it: one is not run where nothing is to be written.
fn ready(config: &Config) -> Result<Connection, Failure> {
    let mut connection = Connection::open(&config.database_url, Access::Write)?;
    if migrations::are_pending(&mut connection)? {
        let problem =
            "the store is not migrated, and nothing is to be written to it now: run `dealgraph migrate` first";
        return Err(Failure::Settings(problem.to_owned()));
    }
    Ok(connection)
}

fn serve(config: &Config) -> Result<(), Failure> {
    let mut connection = migrate(config)?;
    if config.seed && connection.is_empty()? {
        seed(&mut connection, config)?;
    }
    drop(connection);
    let store = Store::open(&config.database_url, &config.store_options());
    let engine = Arc::new(Engine::new(store, config.engine_options()));
    actix_web::rt::System::new().block_on(async {
        let failed = |error: std::io::Error| Failure::Io(format!("cannot listen on {}: {error}", config.bind_addr));
        let server = Server::bind(config, engine).map_err(failed)?;
        tracing::info!("listening on http://{}", server.address());
        tracing::info!("open http://{}/ in a browser to ask it something", server.address());
        server.run().await.map_err(|error| Failure::Io(error.to_string()))
    })
}
