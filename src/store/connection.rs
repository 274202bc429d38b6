//! One connection to either database, and how it is set up.

use std::fmt;

use diesel::connection::SimpleConnection;
use diesel::prelude::{Connection as _, OptionalExtension as _, QueryDsl as _, RunQueryDsl as _};
use diesel::{PgConnection, SqliteConnection};

use crate::changes::{Actor, Changes};
use crate::store::written::Written;
use crate::store::{StoreError, changes};

/// Where the store is: the parsed `DATABASE_URL`.
#[derive(Clone, PartialEq, Eq)]
pub enum StoreUrl {
    /// A SQLite file; the text is its path.
    Sqlite(String),
    /// A PostgreSQL database; the text is a libpq connection URL.
    Postgres(String),
}

impl StoreUrl {
    /// Reads `sqlite:PATH`, `postgres://…` or `postgresql://…`; anything else is `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return (!path.is_empty() && !path.contains('\0')).then(|| Self::Sqlite(path.to_owned()));
        }
        let postgres = text.starts_with("postgres://") || text.starts_with("postgresql://");
        (postgres && !text.contains('\0')).then(|| Self::Postgres(text.to_owned()))
    }
}

/// Shows where the store is without the password in it.
impl fmt::Debug for StoreUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{path}"),
            Self::Postgres(url) => {
                let shown = url.rsplit_once('@').map_or(url.as_str(), |(_, place)| place);
                let shown = shown.split('?').next().unwrap_or(shown);
                write!(f, "postgres://{}", shown.trim_start_matches("postgres://"))
            }
        }
    }
}

/// How a connection to SQLite is set up.
pub(super) const SQLITE_SETTINGS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; \
    PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000; PRAGMA mmap_size = 1099511627776; \
    PRAGMA temp_store = MEMORY;";

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reads only.
    Read,
    /// Reads and writes.
    Write,
}

/// An open connection to one of the two databases.
pub enum Connection {
    /// SQLite.
    Sqlite(SqliteConnection),
    /// PostgreSQL.
    Postgres(PgConnection),
}

/// Runs the same expression on whichever connection is open, compiled once for each database.
macro_rules! on_connection {
    ($connection:expr, $open:ident => $body:expr) => {
        match $connection {
            $crate::store::Connection::Sqlite($open) => $body,
            $crate::store::Connection::Postgres($open) => $body,
        }
    };
}
pub(crate) use on_connection;

/// An address that says how long to wait for a host that does not answer, unless it says so itself: a host that was cut
/// off sends nothing, and the system would wait for it for minutes.
fn with_time_limits(url: &str) -> String {
    let mut url = url.to_owned();
    for (name, value) in [("connect_timeout", "5"), ("tcp_user_timeout", "30000")] {
        if !url.contains(&format!("{name}=")) {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&format!("{name}={value}"));
        }
    }
    url
}

/// What a page costs that is read by itself, for a page in a row: on solid-state disks, and from memory, hardly more. With 4,
/// which is PostgreSQL's own, it rather reads a whole table than a thousand of its rows by key. Whoever set another keeps it.
const PAGE_COST: &str =
    "SELECT set_config('random_page_cost', '1.1', false) WHERE current_setting('random_page_cost') = '4'";

/// A connection to PostgreSQL that refuses writes and stops a statement that takes longer than `timeout`.
///
/// # Errors
/// The database cannot be reached or refuses the settings.
pub(super) fn to_read(url: &str, timeout: std::time::Duration) -> Result<PgConnection, StoreError> {
    let mut open = PgConnection::establish(&with_time_limits(url))?;
    open.batch_execute(&format!(
        "SET statement_timeout = {}; SET default_transaction_read_only = on; {PAGE_COST}",
        timeout.as_millis().max(1)
    ))?;
    Ok(open)
}

/// A connection that writes for clients: what is committed survives the loss of power, and a lock that others hold is waited
/// for up to `busy`.
///
/// # Errors
/// The database cannot be reached or refuses the settings.
pub(super) fn to_write(url: &StoreUrl, busy: std::time::Duration) -> Result<Connection, StoreError> {
    let mut connection = Connection::open(url, Access::Write)?;
    let busy_ms = busy.as_millis().max(1);
    let settings = match connection {
        Connection::Sqlite(_) => format!("PRAGMA busy_timeout = {busy_ms}; PRAGMA synchronous = FULL;"),
        Connection::Postgres(_) => format!("SET lock_timeout = {busy_ms}"),
    };
    connection.batch(&settings)?;
    Ok(connection)
}

impl Connection {
    /// Opens a connection and sets it up for its use.
    ///
    /// # Errors
    /// The database cannot be reached or refuses the settings.
    pub fn open(url: &StoreUrl, access: Access) -> Result<Self, StoreError> {
        match url {
            StoreUrl::Sqlite(path) => {
                let mut open = SqliteConnection::establish(path)?;
                open.batch_execute(SQLITE_SETTINGS)?;
                if access == Access::Read {
                    open.batch_execute("PRAGMA query_only = ON;")?;
                }
                Ok(Self::Sqlite(open))
            }
            StoreUrl::Postgres(url) => Ok(Self::Postgres(PgConnection::establish(&with_time_limits(url))?)),
        }
    }

    /// Runs `body` in one write transaction: all of it is kept, with the changes that it recorded, or nothing.
    ///
    /// # Errors
    /// What `body` returns; that it wrote and recorded no change; or what the database says of beginning and ending.
    pub fn write<T, E: From<StoreError> + From<diesel::result::Error>>(
        &mut self,
        actor: &Actor,
        body: impl FnOnce(&mut Self, &mut Changes) -> Result<T, E>,
    ) -> Result<T, E> {
        let written = self.begin()?;
        self.write_begun(&written, actor, body)
    }

    /// Runs `body` in the write transaction that has begun, and ends it.
    pub(super) fn write_begun<T, E: From<StoreError> + From<diesel::result::Error>>(
        &mut self,
        written: &Written,
        actor: &Actor,
        body: impl FnOnce(&mut Self, &mut Changes) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut changes = Changes::by(actor);
        match body(self, &mut changes) {
            Ok(value) => self.commit(changes, written).map(|()| value).map_err(E::from),
            Err(error) => {
                self.give_up();
                Err(error)
            }
        }
    }

    /// Begins a write transaction that is ended by `commit` or `roll_back`; [`write`](Self::write) does so by itself.
    pub(crate) fn begin(&mut self) -> Result<Written, StoreError> {
        self.batch(match self {
            Self::Sqlite(_) => "BEGIN IMMEDIATE",
            Self::Postgres(_) => "BEGIN ISOLATION LEVEL READ COMMITTED",
        })?;
        Written::so_far(self)
    }

    /// Keeps what was written since `begin`, with its changes; where those cannot be recorded, nothing is kept.
    pub(crate) fn commit(&mut self, made: Changes, written: &Written) -> Result<(), StoreError> {
        if let Err(error) = changes::settle(self, made, written) {
            self.give_up();
            return Err(error);
        }
        self.batch("COMMIT").map_err(|error| {
            if error.is_lost() {
                return StoreError::InDoubt(Box::new(error));
            }
            self.give_up();
            error
        })
    }

    /// Takes back what was written, after a fault that is told in any case.
    fn give_up(&mut self) {
        // SQLite does so by itself where the disk is full.
        let is_over = |error: &StoreError| error.to_string().contains("no transaction is active");
        if let Err(rollback) = self.roll_back()
            && !is_over(&rollback)
        {
            tracing::warn!(error = %rollback, "a write could not be rolled back; its connection is closed");
        }
    }

    /// Marks a point within a write transaction, to which it can go back.
    pub(crate) fn mark(&mut self) -> Result<(), StoreError> {
        self.batch("SAVEPOINT mark")
    }

    /// Forgets the mark; what was written since is taken back unless it is kept.
    pub(crate) fn unmark(&mut self, keeps: bool) -> Result<(), StoreError> {
        if !keeps {
            self.batch("ROLLBACK TO SAVEPOINT mark")?;
        }
        self.batch("RELEASE SAVEPOINT mark")
    }

    /// Takes back what was written since `begin`.
    pub(crate) fn roll_back(&mut self) -> Result<(), StoreError> {
        self.batch("ROLLBACK")
    }

    /// Runs `body`, which only reads, in one transaction that sees one state of the store.
    ///
    /// # Errors
    /// What `body` returns, or what the database says of beginning and ending.
    pub(crate) fn snapshot<T, E: From<StoreError>>(
        &mut self,
        body: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.batch(match self {
            Self::Sqlite(_) => "BEGIN DEFERRED",
            Self::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
        })?;
        let read = body(self);
        // Nothing was written: whatever ends the transaction, nothing is lost.
        let ended = self.batch("ROLLBACK");
        read.and_then(|value| ended.map(|()| value).map_err(E::from))
    }

    /// Runs statements that return nothing and hold no value from outside.
    ///
    /// # Errors
    /// What the database says.
    pub(crate) fn batch(&mut self, statements: &str) -> Result<(), StoreError> {
        on_connection!(self, open => open.batch_execute(statements)).map_err(StoreError::from)
    }

    /// Whether nothing is recorded yet: no fact is without a source.
    ///
    /// # Errors
    /// What the database says.
    pub fn is_empty(&mut self) -> Result<bool, StoreError> {
        use crate::store::schema::source;
        let found: Option<i64> = on_connection!(self, open => source::table.select(source::id).first(open).optional())?;
        Ok(found.is_none())
    }
}
