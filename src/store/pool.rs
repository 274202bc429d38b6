//! The store: pools of connections to one database, and reading through them.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use diesel::PgConnection;
use diesel::connection::SimpleConnection as _;
use diesel::pg::Pg;
use diesel::sqlite::Sqlite;

use crate::plan::{Bounds, Plan};
use crate::store::access::{self, FoundToken, TakenToken};
use crate::store::embedded::Embedded;
use crate::store::postgres::Postgres;
use crate::store::read::{self, Answer, Context};
use crate::store::source::Source as _;
use crate::store::{PREPARED_MAX, StoreError, StoreUrl, bell, connection};

/// Who is told the text of each statement before it runs.
pub type Observer = Arc<dyn Fn(&str) + Send + Sync>;

/// How a store is opened.
#[derive(Clone, Debug)]
pub struct StoreOptions {
    /// Connections that requests share, at most.
    pub connections: u32,
    /// Threads that have requests: each may take one connection more, and has its own to an embedded database.
    pub workers: u32,
    /// How long a request waits for a connection.
    pub wait: Duration,
    /// How long a query may read.
    pub read_timeout: Duration,
}

/// How much a read may take.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// How long.
    pub time: Duration,
    /// Steps of SQLite's machine.
    pub steps: u64,
}

/// A database that is read through a pool of connections.
#[derive(Clone)]
pub struct Store {
    pool: r2d2::Pool<Manager>,
    own: Arc<OwnConnections>,
    manager: Manager,
    read_timeout: Duration,
    observer: Option<Observer>,
}

/// Connections to an embedded database that stay with the threads that have requests: what one keeps in memory is then near
/// the core that its thread runs on.
struct OwnConnections(Box<[Mutex<Option<r2d2::PooledConnection<Manager>>>]>);

impl OwnConnections {
    fn new(threads: u32) -> Self {
        Self((0..threads).map(|_| Mutex::default()).collect())
    }

    /// The place of this thread, unless another one that shares it is there now.
    fn mine(&self) -> Option<MutexGuard<'_, Option<r2d2::PooledConnection<Manager>>>> {
        static THREADS: AtomicUsize = AtomicUsize::new(0);
        thread_local! {
            static NUMBER: usize = THREADS.fetch_add(1, Ordering::Relaxed);
        }
        let place = NUMBER.with(|number| number.checked_rem(self.0.len()))?;
        self.0.get(place)?.try_lock().ok()
    }
}

#[derive(Clone, Debug)]
struct Manager {
    url: StoreUrl,
    read_timeout: Duration,
}

/// A connection of the pool, and what tells whether to keep it.
struct Pooled {
    open: Open,
    is_broken: bool,
}

enum Open {
    Sqlite(Embedded),
    /// With the statements that it keeps prepared, as hashes of their texts: diesel forgets none. One that has too many is
    /// closed when it comes back.
    Postgres(PgConnection, HashSet<u64>),
}

impl Open {
    /// Ends a read that was stopped, so that the connection can be used again.
    fn recover(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(open) => open.recover(),
            Self::Postgres(open, _) => open.batch_execute("ROLLBACK").map_err(StoreError::from),
        }
    }
}

impl r2d2::ManageConnection for Manager {
    type Connection = Pooled;
    type Error = StoreError;

    fn connect(&self) -> Result<Pooled, StoreError> {
        let open = match &self.url {
            StoreUrl::Sqlite(path) => Open::Sqlite(Embedded::open(path)?),
            StoreUrl::Postgres(url) => Open::Postgres(connection::to_read(url, self.read_timeout)?, HashSet::new()),
        };
        Ok(Pooled { open, is_broken: false })
    }

    /// Nothing is asked of a connection before its use: a broken one is replaced when it shows.
    fn is_valid(&self, _pooled: &mut Pooled) -> Result<(), StoreError> {
        Ok(())
    }

    fn has_broken(&self, pooled: &mut Pooled) -> bool {
        let has_too_many = match &pooled.open {
            Open::Sqlite(_) => false,
            Open::Postgres(_, prepared) => prepared.len() > PREPARED_MAX,
        };
        pooled.is_broken || has_too_many
    }
}

impl Store {
    /// Opens a pool. Connections are made when they are needed.
    #[must_use]
    pub fn open(url: &StoreUrl, options: &StoreOptions) -> Self {
        let manager = Manager { url: url.clone(), read_timeout: options.read_timeout };
        let pool = r2d2::Pool::builder()
            .max_size(options.connections.saturating_add(options.workers).max(1))
            .min_idle(Some(0))
            .test_on_check_out(false)
            .connection_timeout(options.wait)
            .error_handler(Box::new(LogErrors))
            .build_unchecked(manager.clone());
        let own = Arc::new(OwnConnections::new(options.workers));
        Self { pool, own, manager, read_timeout: options.read_timeout, observer: None }
    }

    /// The same store; `observer` is told the text of each statement before it runs.
    #[must_use]
    pub fn observed(self, observer: Observer) -> Self {
        Self { observer: Some(observer), ..self }
    }

    /// How long a query may read.
    pub(super) fn read_timeout(&self) -> Duration {
        self.read_timeout
    }

    /// Whether the database is a file of this process, which is read without a way over the network.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        matches!(self.manager.url, StoreUrl::Sqlite(_))
    }

    /// Runs a plan.
    ///
    /// # Errors
    /// No connection is free, a statement failed, or reading took too long.
    pub fn read(&self, plan: &Plan, bound: &Bounds) -> Result<Answer, StoreError> {
        let deadline = Instant::now() + self.read_timeout;
        let mut pooled = self.pool.get()?;
        // Until it is known to be well: neither a fault nor a panic leaves a transaction open for the next one.
        pooled.is_broken = true;
        match self.run(&mut pooled, plan, bound, (deadline, u64::MAX)) {
            Err(_) if Instant::now() >= deadline => Err(StoreError::Timeout),
            Err(error) if error.is_outage() => {
                // The database went away since the connection was used last: a new one tells whether it is back.
                drop(pooled);
                let mut fresh = r2d2::ManageConnection::connect(&self.manager)?;
                self.run(&mut fresh, plan, bound, (deadline, u64::MAX))
            }
            Err(error) => Err(error),
            Ok(answer) => {
                pooled.is_broken = false;
                Ok(answer)
            }
        }
    }

    /// Runs a plan on an embedded database at once, where the caller is. Nothing when no connection is free, the database
    /// is busy, or it takes more than `most`: then nothing was read.
    ///
    /// # Errors
    /// A statement failed.
    pub fn read_at_once(&self, plan: &Plan, bound: &Bounds, most: Effort) -> Result<Option<Answer>, StoreError> {
        let mut mine = self.own.mine();
        let own = mine.as_mut().and_then(|mine| mine.take());
        let Some(mut pooled) = own.or_else(|| self.pool.try_get()) else { return Ok(None) };
        pooled.is_broken = true;
        let read = self.run(&mut pooled, plan, bound, (Instant::now() + most.time, most.steps));
        let read = match read {
            Err(error) if error.is_timeout() || error.is_outage() => pooled.open.recover().map(|()| None),
            read => read.map(Some),
        };
        pooled.is_broken = read.is_err();
        if let (Some(mine), true) = (&mut mine, read.is_ok()) {
            **mine = Some(pooled);
        }
        read
    }

    fn run(
        &self,
        pooled: &mut Pooled,
        plan: &Plan,
        bound: &Bounds,
        (deadline, steps): (Instant, u64),
    ) -> Result<Answer, StoreError> {
        let context = Context { deadline, steps, observer: self.observer.as_ref(), is_within: false };
        match &mut pooled.open {
            Open::Sqlite(open) => read::run(open, plan, bound, context),
            Open::Postgres(open, prepared) => read::run(&mut Postgres { open, prepared }, plan, bound, context),
        }
    }

    /// The largest number of the change feed.
    ///
    /// # Errors
    /// The store does not answer.
    pub fn last_seq(&self) -> Result<i64, StoreError> {
        let read = |pooled: &mut Pooled| match &mut pooled.open {
            Open::Sqlite(open) => bell::last_seq_embedded(open),
            Open::Postgres(open, _) => bell::last_seq_of_postgres(open),
        };
        let mut pooled = self.pool.get()?;
        let seq = read(&mut pooled);
        pooled.is_broken = seq.is_err();
        match seq {
            // As with a plan: a new connection tells whether the database is back.
            Err(error) if error.is_outage() => read(&mut r2d2::ManageConnection::connect(&self.manager)?),
            seq => seq,
        }
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> &StoreUrl {
        &self.manager.url
    }

    /// The token whose secret has a hash.
    ///
    /// # Errors
    /// No connection is free, or the database cannot be reached.
    pub(crate) fn token(&self, hash: &str) -> Result<Option<FoundToken>, StoreError> {
        let mut pooled = self.pool.get()?;
        pooled.is_broken = true;
        let found = match self.find_token(&mut pooled, hash) {
            Err(error) if error.is_outage() => {
                drop(pooled);
                return self.find_token(&mut r2d2::ManageConnection::connect(&self.manager)?, hash);
            }
            found => found?,
        };
        pooled.is_broken = false;
        Ok(found)
    }

    fn find_token(&self, pooled: &mut Pooled, hash: &str) -> Result<Option<FoundToken>, StoreError> {
        let mut taken = TakenToken::default();
        match &mut pooled.open {
            Open::Sqlite(open) => {
                open.limit(Instant::now() + self.read_timeout, u64::MAX);
                open.read(access::find::<Sqlite>(hash), None, None, &mut taken)?;
            }
            Open::Postgres(open, prepared) => {
                Postgres { open, prepared }.read(access::find::<Pg>(hash), None, None, &mut taken)?;
            }
        }
        Ok(taken.0)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// It does not.
    pub fn ping(&self) -> Result<(), StoreError> {
        let mut pooled = self.pool.get()?;
        let answered = match &mut pooled.open {
            Open::Sqlite(open) => open.batch("SELECT 1"),
            Open::Postgres(open, _) => open.batch_execute("SELECT 1").map_err(StoreError::from),
        };
        pooled.is_broken = answered.is_err();
        answered
    }
}

#[derive(Debug)]
struct LogErrors;

impl r2d2::HandleError<StoreError> for LogErrors {
    fn handle_error(&self, error: StoreError) {
        tracing::warn!(%error, "a connection of the pool could not be opened");
    }
}
