//! The bell of the change feed: whether something may have been committed, here or by another process. The feed is the
//! truth; the bell only says when to look.

use diesel::connection::SimpleConnection as _;
use diesel::{PgConnection, QueryDsl as _, RunQueryDsl as _};

use crate::catalog::Kind;
use crate::store::changes::CHANNEL;
use crate::store::embedded::Embedded;
use crate::store::schema::change_counter;
use crate::store::source::{Columns, Sink, Source as _};
use crate::store::sql::Sql;
use crate::store::{Store, StoreError, StoreUrl, connection};

/// A connection of its own that listens.
pub struct Bell(Open);

enum Open {
    /// With the number of the database's version when it was looked at last: it changes when another connection commits,
    /// of whatever process.
    Sqlite(Box<Embedded>, i64),
    /// PostgreSQL tells it, unless what it is reached through does not pass that on.
    Postgres(PgConnection),
}

impl Bell {
    /// Begins to listen.
    ///
    /// # Errors
    /// The database cannot be reached, or lets nobody listen, as a standby.
    pub fn listen(store: &Store) -> Result<Self, StoreError> {
        match store.url() {
            StoreUrl::Sqlite(path) => {
                let mut open = Embedded::open(path)?;
                let version = number(&mut open, VERSION)?;
                Ok(Self(Open::Sqlite(Box::new(open), version)))
            }
            StoreUrl::Postgres(url) => {
                let mut open = connection::to_read(url, store.read_timeout())?;
                open.batch_execute(&format!("LISTEN {CHANNEL}"))?;
                Ok(Self(Open::Postgres(open)))
            }
        }
    }

    /// Whether it has rung since it was asked last. It does not wait.
    ///
    /// # Errors
    /// The connection broke.
    pub fn has_rung(&mut self) -> Result<bool, StoreError> {
        match &mut self.0 {
            Open::Sqlite(open, seen) => {
                let version = number(open, VERSION)?;
                Ok(std::mem::replace(seen, version) != version)
            }
            Open::Postgres(open) => {
                let mut has_rung = false;
                for rung in open.notifications_iter() {
                    rung?;
                    has_rung = true;
                }
                Ok(has_rung)
            }
        }
    }

    /// The largest number of the feed that can be seen.
    ///
    /// # Errors
    /// What the database says.
    pub fn last_seq(&mut self) -> Result<i64, StoreError> {
        match &mut self.0 {
            Open::Sqlite(open, _) => last_seq_embedded(open),
            Open::Postgres(open) => last_seq_of_postgres(open),
        }
    }
}

const VERSION: &str = "PRAGMA data_version";
const LAST_SEQ: &str = "SELECT last_seq FROM change_counter";

pub(super) fn last_seq_embedded(open: &mut Embedded) -> Result<i64, StoreError> {
    number(open, LAST_SEQ)
}

pub(super) fn last_seq_of_postgres(open: &mut PgConnection) -> Result<i64, StoreError> {
    Ok(change_counter::table.select(change_counter::last_seq).first(open)?)
}

struct Number(i64);

impl Sink for Number {
    fn row(&mut self, _parent: usize, row: &impl Columns) -> Result<(), StoreError> {
        self.0 = row.integer(0, Kind::Key)?.unwrap_or(0);
        Ok(())
    }
}

/// What a statement of one number says.
fn number(open: &mut Embedded, text: &str) -> Result<i64, StoreError> {
    let (mut sql, mut found) = (Sql::default(), Number(0));
    sql.push(text);
    open.read(sql, None, None, &mut found)?;
    Ok(found.0)
}
