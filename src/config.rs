//! The settings: flags, environment and `.env`, in one struct. Nothing else reads the environment.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, Subcommand, ValueEnum};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

use crate::access::{GateOptions, KeysFrom, OidcOptions, Reading, Role};
use crate::document::size::SizeLimits;
use crate::engine::{AT_ONCE_MAX, EngineOptions};
use crate::http::cors::AllowedOrigins;
use crate::ingest::import::ImportOptions;
use crate::plan::Limits;
use crate::store::{StoreOptions, StoreUrl};

/// What to do, and with which settings.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "dealgraph",
    version,
    about = "The open graph of patent deals: a GraphQL API over SQLite or PostgreSQL"
)]
pub struct Cli {
    /// What to do; `serve` when nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The settings.
    #[command(flatten)]
    pub config: Config,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Migrates the store, seeds it when it is empty, and serves it (the default)
    Serve,
    /// Runs the migrations that have not run yet
    Migrate,
    /// Prints the schema in GraphQL's schema definition language
    Schema,
    /// Migrates the store and imports the starter data into it, which the binary carries
    Seed,
    /// Derives who owns which patent, from scratch, from what the store holds of them
    Derive,
    /// Makes the index of search anew from what the store holds
    Index,
    /// Imports files of open data; what stands there already stays, and what a newer edition says otherwise is changed
    Import(ImportOptions),
    /// Writes all that the store holds in Dealgraph's own format, which `import deals` reads
    Export {
        /// The format of the file
        #[arg(value_parser = ["deals"])]
        format: String,
        /// The file, compressed where its name ends in `.gz`; `-` for standard output
        #[arg(default_value = "-")]
        path: PathBuf,
    },
    /// Prints the change feed, a line of JSON for each change
    Changes {
        /// Only what has a larger number than this
        #[arg(long, default_value = "0", value_name = "N")]
        since: i64,
        /// Goes on with what is committed from now on, by whatever process
        #[arg(long)]
        follow: bool,
    },
    /// Companies by the spellings of their names
    #[command(subcommand)]
    Names(Names),
    /// Tokens, with which clients write
    #[command(subcommand)]
    Token(Token),
}

/// What to do with tokens.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum Token {
    /// Makes a token and prints its secret, which is not shown again
    Create {
        /// Its name, by which it is listed and revoked, and which the change feed gives for what it writes
        name: String,
        /// What it may do
        #[arg(long, value_enum)]
        role: Role,
        /// After how many days it expires
        #[arg(long, default_value = "90", value_parser = clap::value_parser!(i64).range(1..=3650))]
        days: i64,
    },
    /// Lists the tokens, without their secrets
    List,
    /// Revokes a token: it is good for nothing from now on
    Revoke {
        /// Its name
        name: String,
    },
}

/// What to do with names.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum Names {
    /// Lists the matches of names that were not sure, and takes decisions, which later imports follow
    Review {
        /// Confirms the match with this id; can be given several times
        #[arg(long, value_name = "ID")]
        confirm: Vec<i64>,
        /// Refuses the match with this id; can be given several times
        #[arg(long, value_name = "ID")]
        refuse: Vec<i64>,
        /// Reads decisions from a file: JSON Lines of spelling, company (its slug) and decision
        #[arg(long, value_name = "FILE")]
        read: Option<PathBuf>,
        /// Prints the decisions made so far as such a file, instead of the open matches
        #[arg(long)]
        decided: bool,
        /// Lines at most
        #[arg(long, default_value = "1000", value_parser = clap::value_parser!(i64).range(1..))]
        limit: i64,
    },
    /// Measures the rules on labelled spellings: CSV with the columns `unique_id` and `organization`
    Measure {
        /// The file
        file: PathBuf,
        /// Also lists the entities that were split, and the spellings that were joined wrongly
        #[arg(long)]
        explain: bool,
    },
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// A JSON object a line.
    Json,
}

/// The settings, each with its flag and its environment variable.
#[derive(Clone, Debug, clap::Args)]
pub struct Config {
    /// Where the store is: `sqlite:PATH`, or `postgres://USER:PASSWORD@HOST:PORT/DATABASE`
    #[arg(long, env, global = true, default_value = "sqlite:dealgraph.db", value_parser = store_url, hide_env_values = true)]
    pub database_url: StoreUrl,
    /// Where to listen: an address and a port, port 0 for any free one
    #[arg(long, env, global = true, default_value = "127.0.0.1:8080", value_parser = bind_addr)]
    pub bind_addr: SocketAddr,
    /// Threads that serve requests
    #[arg(long, env, global = true, default_value = "2", value_parser = number::<1, 1024>)]
    pub workers: u32,
    /// Reads that run at once on threads of their own; PostgreSQL has as many connections, and one more for each worker
    #[arg(long, env, global = true, default_value = "8", value_parser = number::<1, 1000>)]
    pub database_readers: u32,
    /// How long a request waits for a connection, in milliseconds
    #[arg(long, env, global = true, default_value = "5000", value_parser = number::<1, 600_000>)]
    pub database_wait_ms: u32,
    /// How long a query may read, in milliseconds
    #[arg(long, env, global = true, default_value = "10000", value_parser = number::<1, 600_000>)]
    pub read_timeout_ms: u32,
    /// Whether to load the starter data into an empty store
    #[arg(long, env, global = true, default_value = "true", value_parser = truth, action = clap::ArgAction::Set)]
    pub seed: bool,
    /// The number of this server among those that write to one store
    #[arg(long, env, global = true, default_value = "0", value_parser = number::<0, 1023>)]
    pub node_id: u32,
    /// Who may read: everybody (`open`), or who has a token (`required`); writing always needs a token
    #[arg(long, env, global = true, default_value = "open", value_enum)]
    pub auth: Reading,
    /// The issuer of JSON Web Tokens that are taken beside our own tokens: the claim `iss`; empty for none
    #[arg(long, env, global = true, default_value = "")]
    pub oidc_issuer: String,
    /// For whom such a token must be: the claim `aud`
    #[arg(long, env, global = true, default_value = "")]
    pub oidc_audience: String,
    /// The issuer's keys, a JSON Web Key Set: an address that begins with `https://`, or the path of a file
    #[arg(long, env, global = true, value_parser = KeysFrom::parse)]
    pub oidc_jwks: Option<KeysFrom>,
    /// The claim of such a token that holds `reader`, `editor` or `admin`, or a list of them; dots lead into objects
    #[arg(long, env, global = true, default_value = "roles")]
    pub oidc_role_claim: String,
    /// Rows of a page for which no size is asked
    #[arg(long, env, global = true, default_value = "20", value_parser = number::<1, 100_000>)]
    pub page_size_default: u32,
    /// Rows of a page at most
    #[arg(long, env, global = true, default_value = "1000", value_parser = number::<1, 100_000>)]
    pub page_size_max: u32,
    /// Rows that a query may read in the worst case
    #[arg(long, env, global = true, default_value = "100000", value_parser = number::<1, 1_000_000_000>)]
    pub price_max: u32,
    /// Fields inside one another at most
    #[arg(long, env, global = true, default_value = "15", value_parser = number::<1, 60>)]
    pub depth_max: u32,
    /// Bytes of a request's body at most
    #[arg(long, env, global = true, default_value = "1048576", value_parser = number::<1, 1_000_000_000>)]
    pub body_bytes_max: u32,
    /// Bytes of a document at most
    #[arg(long, env, global = true, default_value = "65536", value_parser = number::<1, 100_000_000>)]
    pub document_bytes_max: u32,
    /// Fields of a document at most, when its fragments are written out
    #[arg(long, env, global = true, default_value = "2000", value_parser = number::<1, 100_000>)]
    pub selections_max: u32,
    /// Origins whose pages may ask, with commas between them, such as `https://app.example`; `*` for all, empty for none
    #[arg(long, env, global = true, default_value = "", value_parser = AllowedOrigins::parse)]
    pub cors_allowed_origins: AllowedOrigins,
    /// How often a WebSocket or an event stream that is silent is pinged, in seconds
    #[arg(long, env, global = true, default_value = "12", value_parser = number::<1, 3600>)]
    pub live_keep_alive_s: u32,
    /// How long requests under way may take to finish when the server is told to stop, in seconds
    #[arg(long, env, global = true, default_value = "30", value_parser = number::<0, 3600>)]
    pub shutdown_timeout_s: u32,
    /// How log lines look
    #[arg(long, env, global = true, default_value = "text", value_enum)]
    pub log_format: LogFormat,
    /// What is logged: a level, or levels by module, such as `info,dealgraph=debug`
    #[arg(long, env = "LOG", global = true, default_value = "info", value_parser = log_filter)]
    pub log: String,
}

/// A message with the password of every address in it left out: a value that is refused is shown as it was given.
#[must_use]
pub fn without_passwords(message: &str) -> String {
    let mut parts = message.split("://");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shown.push_str("://");
        let end = part.find(|c: char| c.is_whitespace() || "'\"/".contains(c)).unwrap_or(part.len());
        let (authority, rest) = part.split_at(end);
        match authority.rsplit_once('@').and_then(|(user, host)| Some((user.split_once(':')?.0, host))) {
            Some((user, host)) => shown.push_str(&format!("{user}:…@{host}")),
            None => shown.push_str(authority),
        }
        shown.push_str(rest);
    }
    shown
}

fn store_url(text: &str) -> Result<StoreUrl, String> {
    StoreUrl::parse(text).ok_or_else(|| {
        "it must be `sqlite:PATH`, or a PostgreSQL address such as `postgres://user@host:5432/database`".to_owned()
    })
}

fn bind_addr(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "it must be an address and a port, such as `127.0.0.1:8080` or `[::1]:8080`".to_owned())
}

fn number<const MIN: u32, const MAX: u32>(text: &str) -> Result<u32, String> {
    let number = text.parse().ok().filter(|number| (MIN..=MAX).contains(number));
    number.ok_or_else(|| format!("it must be a whole number from {MIN} to {MAX}"))
}

fn truth(text: &str) -> Result<bool, String> {
    text.parse().map_err(|_| "it must be `true` or `false`".to_owned())
}

fn log_filter(text: &str) -> Result<String, String> {
    let expected = "it must be a level (`off`, `error`, `warn`, `info`, `debug`, `trace`) or levels by module, such as \
                    `info,dealgraph=debug`";
    // A word that is no level would be taken for a module, and a misspelt level would silence the log.
    let has_level = |part: &str| part.contains('=') || part.trim().parse::<LevelFilter>().is_ok();
    let is_filter = !text.is_empty() && text.split(',').all(has_level) && text.parse::<EnvFilter>().is_ok();
    if is_filter { Ok(text.to_owned()) } else { Err(expected.to_owned()) }
}

/// A setting as a size in memory.
fn size(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl Config {
    /// What does not fit together among settings that are well each by itself.
    ///
    /// # Errors
    /// A sentence that names both settings and their values.
    pub fn check(&self) -> Result<(), String> {
        let oidc = [self.oidc_issuer.is_empty(), self.oidc_audience.is_empty(), self.oidc_jwks.is_none()];
        if oidc.contains(&true) && oidc.contains(&false) {
            return Err(
                "OIDC_ISSUER, OIDC_AUDIENCE and OIDC_JWKS are needed together: each checks what the others do not"
                    .to_owned(),
            );
        }
        if self.page_size_default <= self.page_size_max {
            return Ok(());
        }
        Err(format!(
            "PAGE_SIZE_DEFAULT is {} and PAGE_SIZE_MAX is {}: the default must not be larger than the maximum",
            self.page_size_default, self.page_size_max
        ))
    }

    /// How the store is opened.
    #[must_use]
    pub fn store_options(&self) -> StoreOptions {
        StoreOptions {
            connections: self.database_readers,
            workers: self.workers,
            wait: Duration::from_millis(u64::from(self.database_wait_ms)),
            read_timeout: Duration::from_millis(u64::from(self.read_timeout_ms)),
        }
    }

    /// How the engine is set up.
    #[must_use]
    pub fn engine_options(&self) -> EngineOptions {
        EngineOptions {
            limits: Limits {
                page_size_default: self.page_size_default,
                page_size_max: self.page_size_max,
                price_max: u64::from(self.price_max),
                depth_max: size(self.depth_max),
            },
            size: SizeLimits {
                document_bytes_max: size(self.document_bytes_max),
                selections_max: size(self.selections_max),
            },
            readers: size(self.database_readers),
            wait: Duration::from_millis(u64::from(self.database_wait_ms)),
            at_once: AT_ONCE_MAX,
            node: u16::try_from(self.node_id).unwrap_or(0),
        }
    }

    /// How the gate is set up.
    #[must_use]
    pub fn gate_options(&self) -> GateOptions {
        let oidc = self.oidc_jwks.clone().filter(|_| !self.oidc_issuer.is_empty()).map(|keys| OidcOptions {
            issuer: self.oidc_issuer.clone(),
            audience: self.oidc_audience.clone(),
            keys,
            role_claim: self.oidc_role_claim.clone(),
        });
        GateOptions { reading: self.auth, oidc }
    }

    /// How often a connection that stays open is pinged.
    #[must_use]
    pub fn live_keep_alive(&self) -> Duration {
        Duration::from_secs(u64::from(self.live_keep_alive_s))
    }

    /// Bytes of a request's body at most.
    #[must_use]
    pub fn body_size_max(&self) -> usize {
        size(self.body_bytes_max)
    }
}

#[cfg(test)]
mod tests {
    use super::without_passwords;

    #[test]
    fn passwords_are_left_out_of_messages() {
        let message =
            "invalid value 'postgre://user:sec:ret@host:5432/x' for it; `postgres://USER:PASSWORD@HOST` is right";
        let shown = without_passwords(message);
        assert!(shown.contains("'postgre://user:…@host:5432/x'") && !shown.contains("sec"), "{shown}");
        assert_eq!(without_passwords("sqlite://x and http://host/a@b:c"), "sqlite://x and http://host/a@b:c");
    }
}
