//! The words of entries: how many entries of a kind have each, and what is left of those of companies' names.

use std::collections::BTreeMap;

use diesel::sql_types::{Array, BigInt, Text};
use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _};

use crate::search::{Kind, near_keys};
use crate::store::schema::{search_near, search_word};
use crate::store::{Connection, StoreError, on_connection};

/// Words of one statement; SQLite binds at most 32,766 values.
const WORDS_MAX: usize = 5_000;

#[derive(diesel::Insertable)]
#[diesel(table_name = search_word, treat_none_as_default_value = false)]
struct WordRow<'a> {
    kind: &'static str,
    word: &'a str,
    entries: i64,
}

#[derive(diesel::Insertable)]
#[diesel(table_name = search_near, treat_none_as_default_value = false)]
struct NearRow<'a> {
    key: i64,
    word: &'a str,
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
        let rows: Vec<WordRow<'_>> =
            self.0.iter().map(|(word, entries)| WordRow { kind: kind.name(), word, entries: *entries }).collect();
        for part in rows.chunks(WORDS_MAX) {
            count(connection, kind, part)?;
        }
        let fewer: Vec<&str> = rows.iter().filter(|row| row.entries < 0).map(|row| row.word).collect();
        forget(connection, kind, &fewer)?;
        if kind == Kind::Company {
            let near: Vec<NearRow<'_>> = rows
                .iter()
                .filter(|row| row.entries > 0)
                .flat_map(|row| near_keys(row.word).into_iter().map(|key| NearRow { key, word: row.word }))
                .collect();
            for part in near.chunks(WORDS_MAX) {
                on_connection!(connection, open =>
                    diesel::insert_into(search_near::table).values(part).on_conflict_do_nothing().execute(open))?;
            }
        }
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the store, and the values are bound")]
fn count(connection: &mut Connection, kind: Kind, rows: &[WordRow<'_>]) -> Result<(), StoreError> {
    use diesel::upsert::excluded;
    match connection {
        Connection::Sqlite(open) => diesel::insert_into(search_word::table)
            .values(rows)
            .on_conflict((search_word::kind, search_word::word))
            .do_update()
            .set(search_word::entries.eq(search_word::entries + excluded(search_word::entries)))
            .execute(open)?,
        Connection::Postgres(open) => diesel::sql_query(
            "INSERT INTO search_word (kind, word, entries) SELECT $1, w.word, w.entries \
             FROM unnest($2, $3) AS w(word, entries) \
             ON CONFLICT (kind, word) DO UPDATE SET entries = search_word.entries + excluded.entries",
        )
        .bind::<Text, _>(kind.name())
        .bind::<Array<Text>, _>(rows.iter().map(|row| row.word).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(rows.iter().map(|row| row.entries).collect::<Vec<_>>())
        .execute(open)?,
    };
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
