//! Tokens in the store. Their secrets are not: only hashes of them are.

use chrono::{DateTime, NaiveDateTime};
use diesel::{ExpressionMethods as _, Insertable, QueryDsl as _, Queryable, RunQueryDsl as _};

use crate::plan::predicate::Datum;
use crate::store::dialect::Dialect;
use crate::store::records::Moment;
use crate::store::schema::access_token;
use crate::store::source::{Columns, Sink, missing};
use crate::store::sql::{BindValues, Sql};
use crate::store::value::ReadValue as _;
use crate::store::{Connection, StoreError, on_connection};

/// A token to be stored.
#[derive(Debug, Insertable)]
#[diesel(table_name = access_token)]
pub(crate) struct NewToken {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) secret_hash: String,
    pub(crate) role: &'static str,
    pub(crate) created_at: Moment,
    pub(crate) expires_at: Moment,
}

/// A token as it is listed.
#[derive(Debug, Queryable)]
pub(crate) struct ListedToken {
    pub(crate) name: String,
    pub(crate) role: String,
    pub(crate) created_at: NaiveDateTime,
    pub(crate) expires_at: NaiveDateTime,
    pub(crate) last_used_at: Option<NaiveDateTime>,
    pub(crate) revoked_at: Option<NaiveDateTime>,
}

/// A token as a request finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FoundToken {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The name of its role.
    pub role: String,
    /// Until when it is good (UTC).
    pub expires_at: NaiveDateTime,
    /// When it was used last, to the minute (UTC).
    pub last_used_at: Option<NaiveDateTime>,
    /// Whether it was revoked.
    pub is_revoked: bool,
}

/// Stores a token; nothing when there is one of its name.
pub(crate) fn create(connection: &mut Connection, token: &NewToken) -> Result<bool, StoreError> {
    let stored = on_connection!(connection, open => diesel::insert_into(access_token::table)
        .values(token)
        .on_conflict_do_nothing()
        .execute(open))?;
    Ok(stored == 1)
}

/// All tokens, by name.
pub(crate) fn list(connection: &mut Connection) -> Result<Vec<ListedToken>, StoreError> {
    use access_token::{created_at, expires_at, last_used_at, name, revoked_at, role};
    Ok(on_connection!(connection, open => access_token::table
        .select((name, role, created_at, expires_at, last_used_at, revoked_at))
        .order(name)
        .load(open))?)
}

/// Revokes the token of a name; whether there is one that was not revoked before.
pub(crate) fn revoke(connection: &mut Connection, name: &str, at: NaiveDateTime) -> Result<bool, StoreError> {
    let standing = access_token::table.filter(access_token::name.eq(name)).filter(access_token::revoked_at.is_null());
    let revoked = on_connection!(connection, open =>
        diesel::update(standing).set(access_token::revoked_at.eq(Some(Moment(at)))).execute(open))?;
    Ok(revoked == 1)
}

/// Writes down when a token was used last.
pub(crate) fn note_use(connection: &mut Connection, id: i64, at: NaiveDateTime) -> Result<(), StoreError> {
    on_connection!(connection, open => diesel::update(access_token::table.filter(access_token::id.eq(id)))
        .set(access_token::last_used_at.eq(Some(Moment(at))))
        .execute(open))?;
    Ok(())
}

/// The statement that finds a token by the hash of its secret.
pub(super) fn find<D: Dialect + BindValues>(hash: &str) -> Sql {
    let mut sql = Sql::default();
    sql.push("SELECT t.id, t.name, t.role, t.expires_at, t.last_used_at, t.revoked_at FROM access_token t WHERE t.secret_hash = ");
    D::bind(&mut sql, &Datum::Text(hash.to_owned()));
    sql
}

/// Takes the token that is found.
#[derive(Default)]
pub(super) struct TakenToken(pub(super) Option<FoundToken>);

impl Sink for TakenToken {
    fn row(&mut self, _parent: usize, row: &impl Columns) -> Result<(), StoreError> {
        let text = |column| row.with(column, |value| value.text(str::to_owned))?.ok_or_else(missing);
        let moment = |column| {
            let micros = row.with(column, |value| value.date_time())?;
            Ok::<_, StoreError>(micros.and_then(DateTime::from_timestamp_micros).map(|at| at.naive_utc()))
        };
        self.0 = Some(FoundToken {
            id: row.integer(0, crate::catalog::Kind::Key)?.ok_or_else(missing)?,
            name: text(1)?,
            role: text(2)?,
            expires_at: moment(3)?.ok_or_else(missing)?,
            last_used_at: moment(4)?,
            is_revoked: !row.is_null(5)?,
        });
        Ok(())
    }
}
