//! The store: pools of connections to one database, and reading through them.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::plan::{Bound, Plan};
use crate::store::read::{self, Answer, Context};
use crate::store::{Access, Connection, StoreError, StoreUrl};

/// Statements that a connection keeps prepared at most: clients choose the texts, and diesel forgets none. One that has
/// more is closed when it comes back.
const PREPARED_MAX: usize = 512;

/// Who is told the text of each statement before it runs.
pub type Observer = Arc<dyn Fn(&str) + Send + Sync>;

/// How a store is opened.
#[derive(Clone, Debug)]
pub struct StoreOptions {
    /// Connections at most.
    pub connections: u32,
    /// How long a request waits for a connection.
    pub wait: Duration,
    /// How long a query may read.
    pub read_timeout: Duration,
}

/// A database that is read through a pool of connections.
#[derive(Clone)]
pub struct Store {
    pool: r2d2::Pool<Manager>,
    manager: Manager,
    read_timeout: Duration,
    observer: Option<Observer>,
}

#[derive(Clone, Debug)]
struct Manager {
    url: StoreUrl,
    read_timeout: Duration,
}

/// A connection of the pool, and what tells whether to keep it.
struct Pooled {
    open: Connection,
    is_broken: bool,
    prepared: HashSet<u64>,
}

impl r2d2::ManageConnection for Manager {
    type Connection = Pooled;
    type Error = StoreError;

    fn connect(&self) -> Result<Pooled, StoreError> {
        let mut open = Connection::open(&self.url, Access::Read)?;
        open.restrict_to_reads(self.read_timeout)?;
        Ok(Pooled { open, is_broken: false, prepared: HashSet::new() })
    }

    /// Nothing is asked of a connection before its use: a broken one is replaced when it shows.
    fn is_valid(&self, _pooled: &mut Pooled) -> Result<(), StoreError> {
        Ok(())
    }

    fn has_broken(&self, pooled: &mut Pooled) -> bool {
        pooled.is_broken || pooled.prepared.len() > PREPARED_MAX
    }
}

impl Store {
    /// Opens a pool. Connections are made when they are needed.
    #[must_use]
    pub fn open(url: &StoreUrl, options: &StoreOptions) -> Self {
        let manager = Manager { url: url.clone(), read_timeout: options.read_timeout };
        let pool = r2d2::Pool::builder()
            .max_size(options.connections.max(1))
            .min_idle(Some(0))
            .test_on_check_out(false)
            .connection_timeout(options.wait)
            .error_handler(Box::new(LogErrors))
            .build_unchecked(manager.clone());
        Self { pool, manager, read_timeout: options.read_timeout, observer: None }
    }

    /// The same store; `observer` is told the text of each statement before it runs.
    #[must_use]
    pub fn observed(self, observer: Observer) -> Self {
        Self { observer: Some(observer), ..self }
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
    pub fn read(&self, plan: &Plan, bound: &[Bound]) -> Result<Answer, StoreError> {
        let deadline = Instant::now() + self.read_timeout;
        let mut pooled = self.pool.get()?;
        // Until it is known to be well: neither a fault nor a panic leaves a transaction open for the next one.
        pooled.is_broken = true;
        match self.run(&mut pooled, plan, bound, deadline) {
            Err(_) if Instant::now() >= deadline => Err(StoreError::Timeout),
            Err(error) if error.is_outage() => {
                // The database went away since the connection was used last: a new one tells whether it is back.
                drop(pooled);
                let mut fresh = r2d2::ManageConnection::connect(&self.manager)?;
                self.run(&mut fresh, plan, bound, deadline)
            }
            Err(error) => Err(error),
            Ok(answer) => {
                pooled.is_broken = false;
                Ok(answer)
            }
        }
    }

    fn run(&self, pooled: &mut Pooled, plan: &Plan, bound: &[Bound], deadline: Instant) -> Result<Answer, StoreError> {
        let context = Context { deadline, observer: self.observer.as_ref(), prepared: &mut pooled.prepared };
        match &mut pooled.open {
            Connection::Sqlite(open) => read::run(open, plan, bound, context),
            Connection::Postgres(open) => read::run(open, plan, bound, context),
        }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// It does not.
    pub fn ping(&self) -> Result<(), StoreError> {
        let mut pooled = self.pool.get()?;
        let answered = pooled.open.batch("SELECT 1");
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
