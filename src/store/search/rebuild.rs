//! The index from scratch, from the rows that stand.

use diesel::{OptionalExtension as _, QueryDsl as _, RunQueryDsl as _};

use serde_json::json;

use crate::changes::{Actor, Change, ChangeKind};
use crate::search::Kind;
use crate::store::schema::{company, patent, search_entry, search_near, search_word};
use crate::store::search::entry::{Entry, Table};
use crate::store::search::index::{store, text_table};
use crate::store::search::text::texts_after;
use crate::store::search::words::WordChanges;
use crate::store::{Connection, StoreError, on_connection};

/// Rows that are read at once.
const ROWS: i64 = 5_000;

/// Whether there is something to search and no index of it: the store is older than search.
///
/// # Errors
/// What the database says.
pub fn is_missing(connection: &mut Connection) -> Result<bool, StoreError> {
    let entry: Option<i64> = on_connection!(connection, open =>
        search_entry::table.select(search_entry::id).first(open).optional())?;
    if entry.is_some() {
        return Ok(false);
    }
    let company: Option<i64> =
        on_connection!(connection, open => company::table.select(company::id).first(open).optional())?;
    let patent: Option<i64> =
        on_connection!(connection, open => patent::table.select(patent::id).first(open).optional())?;
    Ok(company.or(patent).is_some())
}

/// Makes the index anew, in one transaction; gives how many entries it has.
///
/// # Errors
/// What the database says; then the index is what it was.
pub fn rebuild(connection: &mut Connection) -> Result<u64, StoreError> {
    let entries = connection.write(&Actor::named("index"), |connection, changes| {
        clear(connection)?;
        let mut entries = 0;
        for table in Table::ALL {
            entries += index_table(connection, table)?;
        }
        changes.record(Change::of_many(ChangeKind::Derived, &json!({ "search": { "entries": entries } })));
        Ok::<_, StoreError>(entries)
    })?;
    // PostgreSQL chooses by what it knows of a table, and knows nothing yet of one that was filled at once.
    if let Connection::Postgres(_) = connection {
        connection.batch("ANALYZE search_entry, search_word, search_near")?;
    }
    Ok(entries)
}

fn clear(connection: &mut Connection) -> Result<(), StoreError> {
    if let Connection::Sqlite(_) = connection {
        for table in Kind::ALL.map(text_table) {
            connection.batch(&format!("INSERT INTO {table} ({table}) VALUES ('delete-all')"))?;
        }
    }
    on_connection!(connection, open => diesel::delete(search_entry::table).execute(open))?;
    on_connection!(connection, open => diesel::delete(search_word::table).execute(open))?;
    on_connection!(connection, open => diesel::delete(search_near::table).execute(open))?;
    Ok(())
}

fn index_table(connection: &mut Connection, table: Table) -> Result<u64, StoreError> {
    let (mut after, mut entries) = (i64::MIN, 0);
    loop {
        let texts = texts_after(connection, table, after, ROWS)?;
        let Some(last) = texts.last() else { return Ok(entries) };
        after = last.text().id;
        let read: Vec<Entry> = texts.iter().map(|text| Entry::of(text.text())).collect();
        entries += u64::try_from(read.len()).unwrap_or(0);
        store(connection, table.kind(), read, WordChanges::default())?;
    }
}
