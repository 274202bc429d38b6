//! Writing: the connections that may, how many write at once, and what is tried again.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::changes::{Actor, Changes};
use crate::store::connection::to_write;
use crate::store::{Connection, StoreError, StoreUrl, Written};

/// How often a transaction is tried when PostgreSQL ends it because another one got in its way.
const TRIES_MAX: u32 = 5;

/// Transactions that run at once on PostgreSQL: each has a connection of its own.
const AT_ONCE_ON_POSTGRES: usize = 8;

/// How long the first wait between two tries is; each following one is twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(10);

/// The connections that write to one database.
pub struct Writers {
    url: StoreUrl,
    busy: Duration,
    idle: Mutex<Vec<Connection>>,
}

impl Writers {
    /// Writers of a database; connections are opened when they are needed. A write waits for others up to `busy`.
    #[must_use]
    pub fn new(url: &StoreUrl, busy: Duration) -> Self {
        Self { url: url.clone(), busy, idle: Mutex::default() }
    }

    /// How many transactions may run at once: SQLite has one writer, PostgreSQL many.
    #[must_use]
    pub fn at_once(&self) -> usize {
        match self.url {
            StoreUrl::Sqlite(_) => 1,
            StoreUrl::Postgres(_) => AT_ONCE_ON_POSTGRES,
        }
    }

    /// Runs `body` in one write transaction: all of it is kept, with the changes that it recorded, or nothing. Where PostgreSQL ends it because another
    /// transaction got in its way, it is tried again.
    ///
    /// # Errors
    /// What `body` returns, or what the database says.
    pub fn run<T, E>(
        &self,
        actor: &Actor,
        mut body: impl FnMut(&mut Connection, &mut Changes) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<StoreError> + From<diesel::result::Error> + MayBeStore,
    {
        let mut wait = FIRST_WAIT;
        for tries in 1.. {
            let (mut connection, written) = self.begin()?;
            let done = connection.write_begun(&written, actor, &mut body);
            let fault = done.as_ref().err().and_then(MayBeStore::store);
            let is_in_the_way = fault.is_some_and(StoreError::is_in_the_way);
            // One that failed in any other way than by what was asked of it is not used again.
            if fault.is_none() || is_in_the_way {
                self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            }
            if !is_in_the_way || tries == TRIES_MAX {
                return done;
            }
            std::thread::sleep(wait);
            wait *= 2;
        }
        Err(StoreError::Locked.into())
    }

    /// A connection whose write transaction has begun. One that was lost since its last use shows now, when nothing is
    /// written yet: then another one is opened, and the others of its time are not used again.
    fn begin(&self) -> Result<(Connection, Written), StoreError> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let known = idle().pop();
        if let Some(mut connection) = known {
            match connection.begin() {
                Ok(written) => return Ok((connection, written)),
                Err(error) if error.is_lost() => idle().clear(),
                Err(error) => return Err(error),
            }
        }
        let mut connection = to_write(&self.url, self.busy)?;
        let written = connection.begin()?;
        Ok((connection, written))
    }
}

/// An error that may be the store's.
pub trait MayBeStore {
    /// The store's error, if it is one.
    fn store(&self) -> Option<&StoreError>;
}

impl MayBeStore for StoreError {
    fn store(&self) -> Option<&StoreError> {
        Some(self)
    }
}
