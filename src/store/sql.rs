//! A statement made at run time: pieces of text and bound values, which diesel runs as a query of untyped columns.

use diesel::backend::Backend;
use diesel::pg::Pg;
use diesel::pg::data_types::{PgDate, PgTimestamp};
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{Array, BigInt, Bool, Date, Text, Timestamp, Untyped};
use diesel::sqlite::Sqlite;

use crate::plan::predicate::Datum;
use crate::store::value::{PG_EPOCH_DAYS, PG_EPOCH_MICROS, date_text, date_time_text};

/// A statement.
#[derive(Debug, Default)]
pub(super) struct Sql {
    pieces: Vec<Piece>,
}

#[derive(Debug)]
enum Piece {
    Text(String),
    One(Bound),
    List(BoundList),
}

/// A value as the database takes it.
#[derive(Debug)]
enum Bound {
    Boolean(bool),
    Integer(i64),
    Text(String),
    Date(PgDate),
    DateTime(PgTimestamp),
}

/// A list of values as the database takes it: SQLite takes JSON.
#[derive(Debug)]
enum BoundList {
    Json(String),
    Booleans(Vec<bool>),
    Integers(Vec<i64>),
    Texts(Vec<String>),
    Dates(Vec<PgDate>),
    DateTimes(Vec<PgTimestamp>),
}

/// How values reach one of the databases.
pub(super) trait BindValues {
    /// Appends a value.
    fn bind(sql: &mut Sql, value: &Datum);
    /// Appends a list of values of one kind.
    fn bind_list(sql: &mut Sql, values: &[Datum]);
    /// Appends a list of keys.
    fn bind_keys(sql: &mut Sql, keys: &[i64]);
}

impl Sql {
    /// Appends text. It must hold nothing from outside.
    pub(super) fn push(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.pieces.push(Piece::Text(text.to_owned())),
        }
    }

    /// Appends a name of the catalogue, quoted.
    pub(super) fn name(&mut self, name: &str) {
        self.push("\"");
        self.push(name);
        self.push("\"");
    }

    /// Appends a column of an alias.
    pub(super) fn column(&mut self, alias: &str, name: &str) {
        self.push(alias);
        self.push(".");
        self.name(name);
    }

    /// Appends columns of an alias.
    pub(super) fn columns(&mut self, alias: &str, names: &[&str]) {
        for (index, name) in names.iter().enumerate() {
            self.push(if index == 0 { "" } else { ", " });
            self.column(alias, name);
        }
    }

    /// Appends a whole number as a bound value.
    pub(super) fn integer(&mut self, value: i64) {
        self.pieces.push(Piece::One(Bound::Integer(value)));
    }

    /// The text with a sign for each bound value: what tells one shape of a statement from another.
    pub(super) fn shape(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::One(_) | Piece::List(_) => "?".to_owned(),
        };
        self.pieces.iter().map(piece).collect()
    }
}

impl BindValues for Sqlite {
    fn bind(sql: &mut Sql, value: &Datum) {
        sql.pieces.push(Piece::One(match value {
            Datum::Null => return sql.push("NULL"),
            Datum::Boolean(value) => Bound::Boolean(*value),
            Datum::Integer(value) => Bound::Integer(*value),
            Datum::Text(text) => Bound::Text(text.clone()),
            Datum::Date(days) => Bound::Text(date_text(*days)),
            Datum::DateTime(micros) => Bound::Text(date_time_text(*micros)),
        }));
    }

    fn bind_list(sql: &mut Sql, values: &[Datum]) {
        let json = |value: &Datum| match value {
            Datum::Null => serde_json::Value::Null,
            Datum::Boolean(value) => serde_json::Value::from(i64::from(*value)),
            Datum::Integer(value) => serde_json::Value::from(*value),
            Datum::Text(text) => serde_json::Value::from(text.clone()),
            Datum::Date(days) => serde_json::Value::from(date_text(*days)),
            Datum::DateTime(micros) => serde_json::Value::from(date_time_text(*micros)),
        };
        let list = serde_json::Value::Array(values.iter().map(json).collect());
        sql.pieces.push(Piece::List(BoundList::Json(list.to_string())));
    }

    fn bind_keys(sql: &mut Sql, keys: &[i64]) {
        let mut json = String::with_capacity(keys.len() * 20 + 2);
        let mut digits = itoa::Buffer::new();
        for key in keys {
            json.push(if json.is_empty() { '[' } else { ',' });
            json.push_str(digits.format(*key));
        }
        json.push_str(if json.is_empty() { "[]" } else { "]" });
        sql.pieces.push(Piece::List(BoundList::Json(json)));
    }
}

impl BindValues for Pg {
    fn bind(sql: &mut Sql, value: &Datum) {
        sql.pieces.push(Piece::One(match value {
            Datum::Null => return sql.push("NULL"),
            Datum::Boolean(value) => Bound::Boolean(*value),
            Datum::Integer(value) => Bound::Integer(*value),
            Datum::Text(text) => Bound::Text(text.clone()),
            Datum::Date(days) => Bound::Date(PgDate(days - PG_EPOCH_DAYS)),
            Datum::DateTime(micros) => Bound::DateTime(PgTimestamp(micros - PG_EPOCH_MICROS)),
        }));
    }

    fn bind_list(sql: &mut Sql, values: &[Datum]) {
        fn all<T>(values: &[Datum], pick: impl Fn(&Datum) -> Option<T>) -> Vec<T> {
            values.iter().filter_map(pick).collect()
        }
        sql.pieces.push(Piece::List(match values.first() {
            Some(Datum::Boolean(_)) => BoundList::Booleans(all(values, |value| match value {
                Datum::Boolean(value) => Some(*value),
                _ => None,
            })),
            Some(Datum::Text(_)) => BoundList::Texts(all(values, |value| match value {
                Datum::Text(text) => Some(text.clone()),
                _ => None,
            })),
            Some(Datum::Date(_)) => BoundList::Dates(all(values, |value| match value {
                Datum::Date(days) => Some(PgDate(days - PG_EPOCH_DAYS)),
                _ => None,
            })),
            Some(Datum::DateTime(_)) => BoundList::DateTimes(all(values, |value| match value {
                Datum::DateTime(micros) => Some(PgTimestamp(micros - PG_EPOCH_MICROS)),
                _ => None,
            })),
            _ => BoundList::Integers(all(values, |value| match value {
                Datum::Integer(value) => Some(*value),
                _ => None,
            })),
        }));
    }

    fn bind_keys(sql: &mut Sql, keys: &[i64]) {
        sql.pieces.push(Piece::List(BoundList::Integers(keys.to_vec())));
    }
}

impl Query for Sql {
    type SqlType = Untyped;
}

impl QueryId for Sql {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

/// The values that both databases take alike; `None` for those that only PostgreSQL takes.
fn push_common<'b, DB>(out: &mut AstPass<'_, 'b, DB>, piece: &'b Piece) -> Option<QueryResult<()>>
where
    DB: Backend + diesel::sql_types::HasSqlType<Bool>,
    bool: diesel::serialize::ToSql<Bool, DB>,
    i64: diesel::serialize::ToSql<BigInt, DB>,
    String: diesel::serialize::ToSql<Text, DB>,
{
    Some(match piece {
        Piece::Text(text) => {
            out.push_sql(text);
            Ok(())
        }
        Piece::One(Bound::Boolean(value)) => out.push_bind_param::<Bool, _>(value),
        Piece::One(Bound::Integer(value)) => out.push_bind_param::<BigInt, _>(value),
        Piece::One(Bound::Text(text)) | Piece::List(BoundList::Json(text)) => out.push_bind_param::<Text, _>(text),
        _ => return None,
    })
}

fn wrong_database() -> diesel::result::Error {
    diesel::result::Error::QueryBuilderError("a value was bound for the other database".into())
}

impl QueryFragment<Sqlite> for Sql {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        for piece in &self.pieces {
            push_common(&mut out, piece).unwrap_or_else(|| Err(wrong_database()))?;
        }
        Ok(())
    }
}

impl QueryFragment<Pg> for Sql {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        for piece in &self.pieces {
            if let Some(pushed) = push_common(&mut out, piece) {
                pushed?;
                continue;
            }
            match piece {
                Piece::One(Bound::Date(value)) => out.push_bind_param::<Date, _>(value)?,
                Piece::One(Bound::DateTime(value)) => out.push_bind_param::<Timestamp, _>(value)?,
                Piece::List(BoundList::Booleans(list)) => out.push_bind_param::<Array<Bool>, _>(list)?,
                Piece::List(BoundList::Integers(list)) => out.push_bind_param::<Array<BigInt>, _>(list)?,
                Piece::List(BoundList::Texts(list)) => out.push_bind_param::<Array<Text>, _>(list)?,
                Piece::List(BoundList::Dates(list)) => out.push_bind_param::<Array<Date>, _>(list)?,
                Piece::List(BoundList::DateTimes(list)) => out.push_bind_param::<Array<Timestamp>, _>(list)?,
                _ => return Err(wrong_database()),
            }
        }
        Ok(())
    }
}
