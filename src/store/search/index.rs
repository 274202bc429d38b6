//! Writing the index, within the transaction of the rows that it follows from: what is read next finds them.

use std::collections::HashMap;

use diesel::sql_types::{Array, BigInt, Text};
use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _};

use crate::search::Kind;
use crate::store::schema::search_entry;
use crate::store::search::entry::{Entry, Searched, Table, fingerprint};
use crate::store::search::text::texts_of;
use crate::store::search::words::WordChanges;
use crate::store::{Connection, StoreError, on_connection};

/// SQLite's virtual tables, as far as rows are added to them; PostgreSQL has a column instead.
macro_rules! words_of_entries {
    ($($table:ident),*) => {
        $(diesel::table! {
            $table (rowid) {
                rowid -> BigInt,
                words -> Text,
            }
        })*
    };
}
words_of_entries! { search_text_company, search_text_area, search_text_person, search_text_agreement, search_text_patent }

/// Entries of one statement.
const ROWS_MAX: usize = 1_000;

/// A row of `search_entry`, as far as diesel knows it.
#[derive(diesel::Insertable)]
#[diesel(table_name = search_entry, treat_none_as_default_value = false)]
struct EntryRow<'a> {
    kind: &'static str,
    id: i64,
    entity_id: i64,
    name: &'a str,
    fingerprint: i64,
}

/// Indexes new rows.
pub(crate) fn added<R: Searched>(connection: &mut Connection, rows: &[R]) -> Result<(), StoreError> {
    let entries = rows.iter().map(|row| Entry::of(row.text())).collect();
    store(connection, R::TABLE.kind(), entries, WordChanges::default())
}

/// Indexes rows as they will be. Those in the tables still are what they were: their words are taken out.
pub(crate) fn changes<R: Searched>(connection: &mut Connection, rows: &[R]) -> Result<(), StoreError> {
    let kind = R::TABLE.kind();
    let mut standing: HashMap<i64, i64> = HashMap::new();
    let ids: Vec<i64> = rows.iter().map(|row| row.text().id).collect();
    for part in ids.chunks(ROWS_MAX) {
        let query = search_entry::table
            .filter(search_entry::kind.eq(kind.name()))
            .filter(search_entry::id.eq_any(part))
            .select((search_entry::id, search_entry::fingerprint));
        standing.extend(on_connection!(connection, open => query.load::<(i64, i64)>(open))?);
    }
    let changed = |row: &&R| standing.get(&row.text().id) != Some(&fingerprint(row.text()));
    let changed: Vec<&R> = rows.iter().filter(changed).collect();
    let replaced: Vec<i64> = changed.iter().map(|row| row.text().id).filter(|id| standing.contains_key(id)).collect();
    let mut words = WordChanges::default();
    for text in texts_of(connection, R::TABLE, &replaced)? {
        words.less(&Entry::of(text.text()).words);
    }
    let entries = changed.into_iter().map(|row| Entry::of(row.text())).collect();
    if let Connection::Sqlite(open) = connection {
        take_out(open, kind, &replaced)?;
    }
    store(connection, kind, entries, words)
}

/// Takes rows out of the index, which are in their table still, and are to change or to go.
pub(crate) fn leave(connection: &mut Connection, table: Table, ids: &[i64]) -> Result<(), StoreError> {
    let kind = table.kind();
    let mut words = WordChanges::default();
    for text in texts_of(connection, table, ids)? {
        words.less(&Entry::of(text.text()).words);
    }
    if let Connection::Sqlite(open) = connection {
        take_out(open, kind, ids)?;
    }
    for part in ids.chunks(ROWS_MAX) {
        let gone = search_entry::table.filter(search_entry::kind.eq(kind.name())).filter(search_entry::id.eq_any(part));
        on_connection!(connection, open => diesel::delete(gone).execute(open))?;
    }
    words.store(connection, kind)
}

/// Indexes rows that left the index, as they are now; those that are gone stay out of it.
pub(crate) fn stand(connection: &mut Connection, table: Table, ids: &[i64]) -> Result<(), StoreError> {
    let entries = texts_of(connection, table, ids)?.iter().map(|text| Entry::of(text.text())).collect();
    store(connection, table.kind(), entries, WordChanges::default())
}

/// Stores entries, and counts their words.
pub(super) fn store(
    connection: &mut Connection,
    kind: Kind,
    mut entries: Vec<Entry>,
    mut words: WordChanges,
) -> Result<(), StoreError> {
    // FTS5 writes what it has gathered to the file whenever a key is not behind the one before.
    entries.sort_unstable_by_key(|entry| entry.id);
    for part in entries.chunks(ROWS_MAX) {
        match connection {
            Connection::Sqlite(open) => to_sqlite(open, kind, part)?,
            Connection::Postgres(open) => to_postgres(open, kind, part)?,
        }
    }
    for entry in &entries {
        words.more(&entry.words);
    }
    words.store(connection, kind)
}

/// The virtual table of a kind's words.
pub(super) fn text_table(kind: Kind) -> &'static str {
    match kind {
        Kind::Company => "search_text_company",
        Kind::Area => "search_text_area",
        Kind::Person => "search_text_person",
        Kind::Agreement => "search_text_agreement",
        Kind::Patent => "search_text_patent",
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the store, and the values are bound")]
fn take_out(open: &mut diesel::SqliteConnection, kind: Kind, ids: &[i64]) -> Result<(), StoreError> {
    let statement = format!("DELETE FROM {} WHERE rowid IN (SELECT value FROM json_each(?))", text_table(kind));
    let ids = serde_json::to_string(ids).map_err(|error| StoreError::Shape(error.to_string()))?;
    diesel::sql_query(statement).bind::<Text, _>(ids).execute(open)?;
    Ok(())
}

/// Row by row, as [`bulk`](crate::store::bulk) does, and for its reason.
fn to_sqlite(open: &mut diesel::SqliteConnection, kind: Kind, entries: &[Entry]) -> Result<(), StoreError> {
    macro_rules! add {
        ($table:ident, $entry:ident) => {{
            let row = ($table::rowid.eq($entry.id), $table::words.eq(&$entry.words));
            diesel::insert_into($table::table).values(row).execute(open)?
        }};
    }
    for entry in entries {
        let row = EntryRow {
            kind: kind.name(),
            id: entry.id,
            entity_id: entry.entity_id,
            name: &entry.name,
            fingerprint: entry.fingerprint,
        };
        diesel::replace_into(search_entry::table).values(&row).execute(open)?;
    }
    for entry in entries {
        match kind {
            Kind::Company => add!(search_text_company, entry),
            Kind::Area => add!(search_text_area, entry),
            Kind::Person => add!(search_text_person, entry),
            Kind::Agreement => add!(search_text_agreement, entry),
            Kind::Patent => add!(search_text_patent, entry),
        };
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "this is the store, and the values are bound")]
fn to_postgres(open: &mut diesel::PgConnection, kind: Kind, entries: &[Entry]) -> Result<(), StoreError> {
    const STATEMENT: &str = "INSERT INTO search_entry (kind, id, entity_id, name, fingerprint, words) \
        SELECT $1, e.id, e.entity_id, e.name, e.fingerprint, array_to_tsvector(string_to_array(e.words, ' ')) \
        FROM unnest($2, $3, $4, $5, $6) AS e(id, entity_id, name, fingerprint, words) \
        ON CONFLICT (kind, id) DO UPDATE SET entity_id = excluded.entity_id, name = excluded.name, \
        fingerprint = excluded.fingerprint, words = excluded.words";
    let numbers = |of: fn(&Entry) -> i64| entries.iter().map(of).collect::<Vec<i64>>();
    diesel::sql_query(STATEMENT)
        .bind::<Text, _>(kind.name())
        .bind::<Array<BigInt>, _>(numbers(|entry| entry.id))
        .bind::<Array<BigInt>, _>(numbers(|entry| entry.entity_id))
        .bind::<Array<Text>, _>(entries.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(numbers(|entry| entry.fingerprint))
        .bind::<Array<Text>, _>(entries.iter().map(|entry| entry.words.as_str()).collect::<Vec<_>>())
        .execute(open)?;
    Ok(())
}
