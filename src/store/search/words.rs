//! The words of entries: how many entries of a kind have each, and what is left of those of companies' names.

use std::collections::BTreeMap;

use diesel::sql_types::{Array, BigInt, Text};
use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _};

use crate::search::{Kind, near_keys};
use crate::store::schema::{search_near, search_word};
use crate::store::{Connection, StoreError, on_connection};

/// Words of one statement; SQLite binds at most 32,766 values.
const WORDS_MAX: usize = 5_000;

/// Rows of `search_near` of a statement on SQLite, which stays prepared: as it passes over what stands, it never fails halfway,
/// and no page is kept to undo it.
const NEAR_ROWS: usize = 100;

/// A word, and how many entries have it now.
#[derive(diesel::QueryableByName)]
struct CountedWord {
    #[diesel(sql_type = Text)]
    word: String,
    #[diesel(sql_type = BigInt)]
    entries: i64,
}

#[derive(diesel::Insertable)]
#[diesel(table_name = search_near, treat_none_as_default_value = false)]
struct NearRow {
    key: i64,
    word: String,
}

/// By how many entries each word is in more, or in fewer; in the order of words, so that two writers do not wait for each
/// other.
#[derive(Debug, Default)]
pub(super) struct WordChanges(BTreeMap<String, i64>);

impl WordChanges {
    /// An entry comes.
    pub(super) fn more(&mut self, words: &str) {
        self.add(words, 1);
    }

    /// An entry goes.
    pub(super) fn less(&mut self, words: &str) {
        self.add(words, -1);
    }

    fn add(&mut self, words: &str, entries: i64) {
        for word in words.split(' ').filter(|word| !word.is_empty()) {
            match self.0.get_mut(word) {
                Some(count) => *count += entries,
                None => drop(self.0.insert(word.to_owned(), entries)),
            }
        }
    }

    /// Stores them.
    pub(super) fn store(mut self, connection: &mut Connection, kind: Kind) -> Result<(), StoreError> {
        self.0.retain(|_, entries| *entries != 0);
        if self.0.is_empty() {
            return Ok(());
        }
        let counted = count(connection, kind, &self.0)?;
        let fewer: Vec<&str> = self.0.iter().filter(|(_, entries)| **entries < 0).map(|(word, _)| &**word).collect();
        forget(connection, kind, &fewer)?;
        if kind == Kind::Company {
            // A word that stood before has more entries now than came with these; what is left of it stands too.
            let is_new = |counted: &&CountedWord| self.0.get(&counted.word) == Some(&counted.entries);
            let mut near: Vec<NearRow> = counted
                .iter()
                .filter(is_new)
                .flat_map(|new| near_keys(&new.word).into_iter().map(|key| NearRow { key, word: new.word.clone() }))
                .collect();
            // Keys are in no order: rows that go to one page of the table are to be beside one another.
            near.sort_unstable_by(|one, other| (one.key, &one.word).cmp(&(other.key, &other.word)));
            add_near(connection, &near)?;
        }
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the store, and the values are bound")]
fn count(
    connection: &mut Connection,
    kind: Kind,
    words: &BTreeMap<String, i64>,
) -> Result<Vec<CountedWord>, StoreError> {
    const COUNTED: &str = "ON CONFLICT (kind, word) DO UPDATE SET entries = search_word.entries + excluded.entries \
        RETURNING word, entries";
    let counted = match connection {
        Connection::Sqlite(open) => {
            let listed = serde_json::to_string(words).map_err(|error| StoreError::Shape(error.to_string()))?;
            // Without a condition, what follows would be read as one of a join.
            let statement = format!(
                "INSERT INTO search_word (kind, word, entries) SELECT ?, key, value FROM json_each(?) WHERE true {COUNTED}"
            );
            diesel::sql_query(statement).bind::<Text, _>(kind.name()).bind::<Text, _>(listed).load(open)?
        }
        Connection::Postgres(open) => {
            let statement = format!(
                "INSERT INTO search_word (kind, word, entries) SELECT $1, w.word, w.entries \
                 FROM unnest($2, $3) AS w(word, entries) {COUNTED}"
            );
            diesel::sql_query(statement)
                .bind::<Text, _>(kind.name())
                .bind::<Array<Text>, _>(words.keys().map(String::as_str).collect::<Vec<_>>())
                .bind::<Array<BigInt>, _>(words.values().copied().collect::<Vec<_>>())
                .load(open)?
        }
    };
    Ok(counted)
}

/// Stores what is left of words, as far as it does not stand.
#[expect(clippy::disallowed_methods, reason = "this is the store, and the values are bound")]
fn add_near(connection: &mut Connection, rows: &[NearRow]) -> Result<(), StoreError> {
    match connection {
        Connection::Sqlite(open) => {
            let (parts, rest) = rows.as_chunks::<NEAR_ROWS>();
            for part in parts {
                diesel::insert_or_ignore_into(search_near::table).values(part).execute(open)?;
            }
            for row in rest {
                diesel::insert_or_ignore_into(search_near::table).values(row).execute(open)?;
            }
        }
        Connection::Postgres(open) => {
            diesel::sql_query(
                "INSERT INTO search_near (key, word) SELECT n.key, n.word FROM unnest($1, $2) AS n(key, word) \
                 ON CONFLICT DO NOTHING",
            )
            .bind::<Array<BigInt>, _>(rows.iter().map(|row| row.key).collect::<Vec<_>>())
            .bind::<Array<Text>, _>(rows.iter().map(|row| &*row.word).collect::<Vec<_>>())
            .execute(open)?;
        }
    }
    Ok(())
}

/// Takes out those words of some that no entry has any more.
fn forget(connection: &mut Connection, kind: Kind, words: &[&str]) -> Result<(), StoreError> {
    for part in words.chunks(WORDS_MAX) {
        let of_kind = search_word::table.filter(search_word::kind.eq(kind.name()));
        let gone = of_kind.filter(search_word::word.eq_any(part)).filter(search_word::entries.le(0));
        let gone: Vec<String> = on_connection!(connection, open => gone.select(search_word::word).load(open))?;
        let taken_out = of_kind.filter(search_word::word.eq_any(&gone));
        on_connection!(connection, open => diesel::delete(taken_out).execute(open))?;
        for word in gone.iter().filter(|_| kind == Kind::Company) {
            let keys: Vec<i64> = near_keys(word).into_iter().collect();
            let near = search_near::table.filter(search_near::key.eq_any(&keys)).filter(search_near::word.eq(word));
            on_connection!(connection, open => diesel::delete(near).execute(open))?;
        }
    }
    Ok(())
}
