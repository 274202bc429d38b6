//! The statements of a search: what may answer it, never more than a bound of each kind.
//!
//! A word can stand in hundreds of thousands of entries. FTS5 reads them in the order of their keys and stops; a GIN index
//! gathers all before it gives the first. Where words are frequent, which `search_word` knows, PostgreSQL therefore looks at
//! the newest entries one by one, and asks the index only when these gave too few.

use diesel::pg::Pg;
use diesel::sqlite::Sqlite;

use crate::plan::predicate::Datum;
use crate::plan::publication::WantedNumber;
use crate::search::Kind;
use crate::store::condition::Conditions;
use crate::store::dialect::Dialect;
use crate::store::search::index::text_table;
use crate::store::sql::{BindValues, Sql};

/// Entries of a kind that are ranked because they hold the words, the newest first.
const ENTRIES_MAX: usize = 200;
/// Entries of a kind that are ranked because their name begins so.
const NAMES_MAX: usize = 50;
/// Words that a beginning is completed to, the most frequent first.
const COMPLETED_MAX: usize = 10;
/// Publications that are found by a number, and by its beginning.
const NUMBERS_MAX: usize = 20;
/// Words near to one another that are looked at.
const NEAR_MAX: usize = 1_000;

/// In how many entries a word stands that is frequent.
const FREQUENT: i64 = 4_000;
/// The newest entries that are looked at one by one for frequent words.
const NEWEST: usize = 8_000;
/// With so many entries found, no further statement is asked.
pub(super) const ENOUGH: usize = 40;

/// Behind everything that begins with a text.
fn end_of(beginning: &str) -> Datum {
    Datum::Text(format!("{beginning}{}", char::MAX))
}

fn text(text: &str) -> Datum {
    Datum::Text(text.to_owned())
}

/// Words of which an entry must have one.
pub(super) type OneOf = Vec<String>;

/// How each database finds entries by their words.
pub(in crate::store) trait FindWords: BindValues + Sized {
    /// The statements that find the entries of a kind with a word of each group, the first few that are needed; in `fewest`
    /// entries stands the rarest group.
    fn entries(kind: Kind, groups: &[OneOf], fewest: i64) -> Vec<Sql>;
}

/// Groups in a language of queries. Words hold no quotes.
fn expression(groups: &[OneOf], quote: char, [and, or]: [&str; 2]) -> Datum {
    let group = |words: &OneOf| {
        let words: Vec<String> = words.iter().map(|word| format!("{quote}{word}{quote}")).collect();
        format!("({})", words.join(or))
    };
    Datum::Text(groups.iter().map(group).collect::<Vec<_>>().join(and))
}

impl FindWords for Sqlite {
    fn entries(kind: Kind, groups: &[OneOf], _fewest: i64) -> Vec<Sql> {
        let (mut sql, table, name) = (Sql::default(), text_table(kind), kind.name());
        sql.push("SELECT e.id, e.entity_id, e.name FROM (SELECT rowid AS id FROM ");
        sql.push(&format!("{table} WHERE {table} MATCH "));
        Self::bind(&mut sql, &expression(groups, '"', [" AND ", " OR "]));
        sql.push(&format!(
            " ORDER BY rowid DESC LIMIT {ENTRIES_MAX}) f CROSS JOIN search_entry e ON e.kind = '{name}' AND e.id = f.id"
        ));
        vec![sql]
    }
}

impl FindWords for Pg {
    fn entries(kind: Kind, groups: &[OneOf], fewest: i64) -> Vec<Sql> {
        let (name, asked) = (kind.name(), expression(groups, '\'', [" & ", " | "]));
        let statement = |before: &str, behind: &str| {
            let mut sql = Sql::default();
            sql.push(before);
            sql.push("words @@ CAST(");
            Self::bind(&mut sql, &asked);
            sql.push(" AS tsquery)");
            sql.push(behind);
            sql
        };
        let from_index = statement(
            &format!("WITH m AS MATERIALIZED (SELECT id, entity_id, name FROM search_entry WHERE kind = '{name}' AND "),
            &format!(") SELECT id, entity_id, name FROM m ORDER BY id DESC LIMIT {ENTRIES_MAX}"),
        );
        if fewest <= FREQUENT {
            return vec![from_index];
        }
        let from_newest = statement(
            &format!(
                "SELECT id, entity_id, name FROM (SELECT id, entity_id, name, words FROM search_entry \
                 WHERE kind = '{name}' ORDER BY id DESC LIMIT {NEWEST}) n WHERE "
            ),
            &format!(" ORDER BY id DESC LIMIT {ENTRIES_MAX}"),
        );
        vec![from_newest, from_index]
    }
}

/// Writes statements with `UNION ALL` between them, each within its own bound.
fn all_of<T>(sql: &mut Sql, parts: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Sql, T)) {
    for (index, part) in parts.into_iter().enumerate() {
        sql.push(if index == 0 { "" } else { " UNION ALL " });
        sql.push("SELECT * FROM (");
        write(sql, part);
        sql.push(&format!(") p{index}"));
    }
}

/// In how many entries of some kinds words stand, and the words that a beginning is completed to: entries, kind, word.
pub(super) fn words<D: Dialect>(kinds: &[Kind], exact: &[&str], beginning: Option<&str>) -> Sql {
    let mut sql = Sql::default();
    let exact: Vec<Datum> = exact.iter().map(|word| text(word)).collect();
    let ways = || [None].into_iter().chain(beginning.map(Some));
    let parts = kinds.iter().flat_map(|kind| ways().map(move |way| (*kind, way)));
    all_of(&mut sql, parts, |sql, (kind, beginning)| {
        sql.push(&format!("SELECT entries, kind, word FROM search_word WHERE kind = '{}' AND ", kind.name()));
        match beginning {
            None => D::one_of(sql, |sql| sql.push("word"), &exact),
            Some(beginning) => {
                sql.push("word > ");
                D::bind(sql, &text(beginning));
                sql.push(" AND word < ");
                D::bind(sql, &end_of(beginning));
                sql.push(&format!(" ORDER BY entries DESC, word LIMIT {COMPLETED_MAX}"));
            }
        }
    });
    sql
}

/// The entries of some kinds whose name begins so: key, key of what is found, kind, name.
pub(super) fn names<D: Dialect>(kinds: &[Kind], beginning: &str) -> Sql {
    let mut sql = Sql::default();
    all_of(&mut sql, kinds, |sql, kind| {
        sql.push(&format!(
            "SELECT id, entity_id, kind, name FROM search_entry WHERE kind = '{}' AND name >= ",
            kind.name()
        ));
        D::bind(sql, &text(beginning));
        sql.push(" AND name < ");
        D::bind(sql, &end_of(beginning));
        sql.push(&format!(" ORDER BY name, id LIMIT {NAMES_MAX}"));
    });
    sql
}

/// The words of companies' names under some keys: in how many entries, and the word. The keys come first: SQLite reads what
/// stands before `CROSS JOIN` before what stands behind it.
pub(super) fn near<D: Dialect>(keys: impl IntoIterator<Item = i64>) -> Sql {
    let keys: Vec<Datum> = keys.into_iter().map(Datum::Integer).collect();
    let mut sql = Sql::default();
    sql.push("SELECT DISTINCT w.entries, w.word FROM search_near n CROSS JOIN search_word w ");
    sql.push("WHERE w.kind = 'COMPANY' AND w.word = n.word AND ");
    D::one_of(&mut sql, |sql| sql.push("n.key"), &keys);
    sql.push(&format!(" LIMIT {NEAR_MAX}"));
    sql
}

/// The patents under a number, or whose number begins so: key and number.
pub(super) fn numbers<D: Dialect>(wanted: Option<&WantedNumber>, beginning: Option<&str>) -> Sql {
    let mut sql = Sql::default();
    let parts = wanted.map(Ok).into_iter().chain(beginning.map(Err));
    all_of(&mut sql, parts, |sql, part| {
        sql.push("SELECT t0.id, t0.publication_number FROM patent t0 WHERE ");
        match part {
            Ok(wanted) => Conditions::new().write::<D>(sql, "t0", &wanted.fits),
            Err(beginning) => {
                sql.push("t0.publication_number >= ");
                D::bind(sql, &text(beginning));
                sql.push(" AND t0.publication_number < ");
                D::bind(sql, &end_of(beginning));
            }
        }
        sql.push(&format!(" ORDER BY t0.publication_number LIMIT {NUMBERS_MAX}"));
    });
    sql
}

/// The texts of some rows: key, name, and the longer text.
pub(super) fn texts<D: Dialect>((table, name, more): (&str, &str, &str), ids: &[i64]) -> Sql {
    let mut sql = Sql::default();
    sql.push(&format!("SELECT t.id, t.{name}, {more} FROM {table} t WHERE "));
    let ids: Vec<Datum> = ids.iter().copied().map(Datum::Integer).collect();
    D::one_of(&mut sql, |sql| sql.push("t.id"), &ids);
    sql
}
