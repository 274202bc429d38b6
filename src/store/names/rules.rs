//! Keys that were made by the rules of another release.
//!
//! `name_rules` says by which rules the keys were made. The first import of a release with newer ones makes them anew, by the
//! thousand companies, while servers go on. Those may be of the older release still, and write keys of its rules: each such
//! write lowers what `name_rules` says, so that the next import sees to it.

use std::collections::BTreeSet;

use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _};

use super::{COMPANIES, numbered, spellings_of, standing_keys};
use crate::names::{Name, RULES};
use crate::store::records::KeyRow;
use crate::store::schema::{company, company_key, name_rules};
use crate::store::{Connection, StoreError, bulk, on_connection};

/// Why the keys of names are not those of this release.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// A newer release has made them.
    #[error(
        "the names of this store are indexed by the rules of a newer release ({store}; this one has {RULES}), and would not be \
         found: import with that release"
    )]
    Newer {
        /// The number of its rules.
        store: i32,
    },
    /// The store.
    #[error("{0}")]
    Store(#[from] StoreError),
}

/// Makes the keys of all names anew, where they were made by older rules; gives how many companies got other keys. `between`
/// is called after every thousand companies, within the open transaction, which it may end if it begins another one.
///
/// # Errors
/// A newer release has made them, or what the database says.
pub fn refresh_keys<E: From<KeysError>>(
    connection: &mut Connection,
    mut between: impl FnMut(&mut Connection) -> Result<(), E>,
) -> Result<usize, E> {
    let store = |error: StoreError| E::from(KeysError::Store(error));
    if are_fresh(held(connection, false).map_err(store)?)? || are_fresh(held(connection, true).map_err(store)?)? {
        return Ok(0);
    }
    begin(connection).map_err(store)?;
    between(connection)?;
    let (mut changed, mut last) = (0, i64::MIN);
    loop {
        // One import at a time, so that no two write the same keys; and one that waited for another may find nothing to do.
        if are_fresh(held(connection, true).map_err(store)?)? {
            return Ok(changed);
        }
        let companies = companies_after(connection, last).map_err(store)?;
        let Some(end) = companies.last() else { break };
        last = *end;
        changed += refresh(connection, &companies).map_err(store)?;
        between(connection)?;
    }
    complete(connection).map_err(store)?;
    Ok(changed)
}

/// Says that keys of older rules come in, if those that stand are of newer ones.
pub(super) fn note_older(connection: &mut Connection) -> Result<(), StoreError> {
    on_connection!(connection, open => diesel::update(name_rules::table.filter(name_rules::version.gt(RULES)))
        .set((name_rules::version.eq(RULES), name_rules::is_complete.eq(false)))
        .execute(open))?;
    Ok(())
}

/// What the store says of its rules; `is_locked` where nobody else is to change it before the end of the transaction.
fn held(connection: &mut Connection, is_locked: bool) -> Result<(i32, bool), StoreError> {
    let row = name_rules::table.select((name_rules::version, name_rules::is_complete));
    Ok(match connection {
        // Whoever writes there is alone.
        Connection::Sqlite(open) => row.first(open)?,
        Connection::Postgres(open) if is_locked => row.for_update().first(open)?,
        Connection::Postgres(open) => row.first(open)?,
    })
}

fn are_fresh((version, is_complete): (i32, bool)) -> Result<bool, KeysError> {
    if version > RULES {
        return Err(KeysError::Newer { store: version });
    }
    Ok(version == RULES && is_complete)
}

/// Says that no key of older rules is written any more, unless someone says so.
fn begin(connection: &mut Connection) -> Result<(), StoreError> {
    on_connection!(connection, open => diesel::update(name_rules::table)
        .set((name_rules::version.eq(RULES), name_rules::is_complete.eq(false)))
        .execute(open))?;
    Ok(())
}

/// Says that all keys are of these rules, unless keys of older ones came in meanwhile.
fn complete(connection: &mut Connection) -> Result<(), StoreError> {
    on_connection!(connection, open => diesel::update(name_rules::table.filter(name_rules::version.eq(RULES)))
        .set(name_rules::is_complete.eq(true))
        .execute(open))?;
    Ok(())
}

/// Companies behind another, in the order of their ids. On PostgreSQL none of them goes before the end of the transaction.
fn companies_after(connection: &mut Connection, last: i64) -> Result<Vec<i64>, StoreError> {
    let page = company::table.filter(company::id.gt(last)).order(company::id).limit(COMPANIES).select(company::id);
    Ok(match connection {
        Connection::Sqlite(open) => page.load(open)?,
        Connection::Postgres(open) => page.for_key_share().load(open)?,
    })
}

/// Makes the keys of companies what the rules say; gives how many companies had others.
fn refresh(connection: &mut Connection, companies: &[i64]) -> Result<usize, StoreError> {
    let spellings = spellings_of(connection, companies)?;
    let keys = spellings.iter().map(|found| (found.company, Name::new(&found.spelling.name).stored_keys()));
    let wanted = numbered(keys);
    let standing = standing_keys(connection, companies)?;
    let changed: BTreeSet<i64> = wanted.symmetric_difference(&standing).map(|(_, company)| *company).collect();
    let listed: Vec<i64> = changed.iter().copied().collect();
    on_connection!(connection, open =>
        diesel::delete(company_key::table.filter(company_key::company_id.eq_any(&listed))).execute(open))?;
    let rows: Vec<KeyRow> = wanted
        .into_iter()
        .filter(|(_, company)| changed.contains(company))
        .map(|(key, company_id)| KeyRow { key, company_id })
        .collect();
    for rows in rows.chunks(bulk::STATEMENT_ROWS) {
        // A server can write a key of a name that is new at the same moment.
        on_connection!(connection, open =>
            diesel::insert_into(company_key::table).values(rows).on_conflict_do_nothing().execute(open))?;
    }
    Ok(changed.len())
}
