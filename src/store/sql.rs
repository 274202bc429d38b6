//! A statement made at run time: pieces of text and bound values, which diesel runs as a query of untyped columns.

use diesel::pg::Pg;
use diesel::pg::data_types::{PgDate, PgTimestamp};
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{Array, BigInt, Bool, Date, Text, Timestamp, Untyped};
use diesel::sqlite::Sqlite;

use crate::plan::predicate::Datum;
use crate::store::value::{PG_EPOCH_DAYS, PG_EPOCH_MICROS, date_text, date_time_text};

/// SQLite's sign for a value; nothing of ours holds it otherwise.
pub(super) const SIGN: &str = "?";

/// A statement: its text, and its values where they stand in it. SQLite's text has a sign at each of these places;
/// diesel puts PostgreSQL's there.
#[derive(Debug)]
pub(super) struct Sql {
    text: String,
    values: Vec<(usize, Bound)>,
}

/// Room for the text of most statements.
const TEXT_ROOM: usize = 1024;

impl Default for Sql {
    fn default() -> Self {
        Self { text: String::with_capacity(TEXT_ROOM), values: Vec::with_capacity(4) }
    }
}

/// A value, or a list of values, as the database takes it.
#[derive(Debug)]
pub(super) enum Bound {
    Boolean(bool),
    Integer(i64),
    /// A text; for SQLite also a moment, and a list as JSON.
    Text(String),
    Date(PgDate),
    DateTime(PgTimestamp),
    Booleans(Vec<bool>),
    Integers(Vec<i64>),
    Texts(Vec<String>),
    Dates(Vec<PgDate>),
    DateTimes(Vec<PgTimestamp>),
    /// The key of the parent at hand, where a statement is run for each.
    Parent,
    /// The key of one of several parents, where it is run for so many at once.
    OneOfParents,
}

/// How values reach one of the databases.
pub(super) trait BindValues {
    /// Appends a value.
    fn bind(sql: &mut Sql, value: &Datum);
    /// Appends a list of values of one kind.
    fn bind_list(sql: &mut Sql, values: &[Datum]);
}

impl Sql {
    /// Appends text. It must hold nothing from outside.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
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

    /// Appends a whole number.
    pub(super) fn integer(&mut self, number: i64) {
        self.push(itoa::Buffer::new().format(number));
    }

    /// Appends the alias of one of a level's own tables: the first is the entity's, the others are joined to it.
    pub(super) fn table_alias(&mut self, table: usize) {
        self.push("t");
        self.push(itoa::Buffer::new().format(table));
    }

    /// Appends a column of one of a level's own tables.
    pub(super) fn table_column(&mut self, table: usize, name: &str) {
        self.table_alias(table);
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

    /// Appends a value where diesel will put a sign for it.
    fn value(&mut self, value: Bound) {
        self.values.push((self.text.len(), value));
    }

    /// Appends a value and the sign for it.
    fn sign(&mut self, value: Bound) {
        self.value(value);
        self.push(SIGN);
    }

    /// Appends a list of keys where diesel will put a sign for it.
    pub(super) fn keys(&mut self, keys: &[i64]) {
        self.value(Bound::Integers(keys.to_vec()));
    }

    /// Appends the key of the parent at hand.
    pub(super) fn parent(&mut self) {
        self.sign(Bound::Parent);
    }

    /// Appends a list of the keys of so many parents, each a row.
    pub(super) fn parents(&mut self, count: usize) {
        for place in 0..count {
            self.push(if place == 0 { "(" } else { ", (" });
            self.sign(Bound::OneOfParents);
            self.push(")");
        }
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The text with a sign for each value: what tells one shape of a statement from another.
    pub(super) fn shape(&self) -> String {
        let (mut shape, mut from) = (String::with_capacity(self.text.len() + self.values.len()), 0);
        for (place, _) in &self.values {
            shape.push_str(self.text.get(from..*place).unwrap_or_default());
            shape.push_str(SIGN);
            from = *place;
            if self.text.get(from..).is_some_and(|rest| rest.starts_with(SIGN)) {
                from += SIGN.len();
            }
        }
        shape.push_str(self.text.get(from..).unwrap_or_default());
        shape
    }

    /// The values with their places in the text.
    pub(super) fn placed(&self) -> &[(usize, Bound)] {
        &self.values
    }

    /// The values, in the order of their places.
    pub(super) fn values(&self) -> impl Iterator<Item = &Bound> {
        self.values.iter().map(|(_, value)| value)
    }
}

impl BindValues for Sqlite {
    fn bind(sql: &mut Sql, value: &Datum) {
        sql.sign(match value {
            Datum::Null => return sql.push("NULL"),
            Datum::Boolean(value) => Bound::Boolean(*value),
            Datum::Integer(value) => Bound::Integer(*value),
            Datum::Text(text) => Bound::Text(text.clone()),
            Datum::Date(days) => Bound::Text(date_text(*days)),
            Datum::DateTime(micros) => Bound::Text(date_time_text(*micros)),
        });
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
        sql.sign(Bound::Text(list.to_string()));
    }
}

impl BindValues for Pg {
    fn bind(sql: &mut Sql, value: &Datum) {
        sql.value(match value {
            Datum::Null => return sql.push("NULL"),
            Datum::Boolean(value) => Bound::Boolean(*value),
            Datum::Integer(value) => Bound::Integer(*value),
            Datum::Text(text) => Bound::Text(text.clone()),
            Datum::Date(days) => Bound::Date(PgDate(days - PG_EPOCH_DAYS)),
            Datum::DateTime(micros) => Bound::DateTime(PgTimestamp(micros - PG_EPOCH_MICROS)),
        });
    }

    fn bind_list(sql: &mut Sql, values: &[Datum]) {
        fn all<T>(values: &[Datum], pick: impl Fn(&Datum) -> Option<T>) -> Vec<T> {
            values.iter().filter_map(pick).collect()
        }
        sql.value(match values.first() {
            Some(Datum::Boolean(_)) => Bound::Booleans(all(values, |value| match value {
                Datum::Boolean(value) => Some(*value),
                _ => None,
            })),
            Some(Datum::Text(_)) => Bound::Texts(all(values, |value| match value {
                Datum::Text(text) => Some(text.clone()),
                _ => None,
            })),
            Some(Datum::Date(_)) => Bound::Dates(all(values, |value| match value {
                Datum::Date(days) => Some(PgDate(days - PG_EPOCH_DAYS)),
                _ => None,
            })),
            Some(Datum::DateTime(_)) => Bound::DateTimes(all(values, |value| match value {
                Datum::DateTime(micros) => Some(PgTimestamp(micros - PG_EPOCH_MICROS)),
                _ => None,
            })),
            _ => Bound::Integers(all(values, |value| match value {
                Datum::Integer(value) => Some(*value),
                _ => None,
            })),
        });
    }
}

impl Query for Sql {
    type SqlType = Untyped;
}

impl QueryId for Sql {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl QueryFragment<Pg> for Sql {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let mut from = 0;
        for (place, value) in &self.values {
            out.push_sql(self.text.get(from..*place).unwrap_or_default());
            from = *place;
            match value {
                Bound::Boolean(value) => out.push_bind_param::<Bool, _>(value)?,
                Bound::Integer(value) => out.push_bind_param::<BigInt, _>(value)?,
                Bound::Text(text) => out.push_bind_param::<Text, _>(text)?,
                Bound::Date(value) => out.push_bind_param::<Date, _>(value)?,
                Bound::DateTime(value) => out.push_bind_param::<Timestamp, _>(value)?,
                Bound::Booleans(list) => out.push_bind_param::<Array<Bool>, _>(list)?,
                Bound::Integers(list) => out.push_bind_param::<Array<BigInt>, _>(list)?,
                Bound::Texts(list) => out.push_bind_param::<Array<Text>, _>(list)?,
                Bound::Dates(list) => out.push_bind_param::<Array<Date>, _>(list)?,
                Bound::DateTimes(list) => out.push_bind_param::<Array<Timestamp>, _>(list)?,
                Bound::Parent | Bound::OneOfParents => {
                    return Err(diesel::result::Error::QueryBuilderError("no parent is at hand".into()));
                }
            }
        }
        out.push_sql(self.text.get(from..).unwrap_or_default());
        Ok(())
    }
}
