//! Rows of sources.

use chrono::NaiveDate;
use diesel::{QueryDsl as _, RunQueryDsl as _};

use crate::store::records::{Record, record};
use crate::store::schema::source;
use crate::store::{Connection, StoreError, on_connection};

record! {
    /// A row of `source`.
    SourceRow in source {
        id: i64,
        publisher: String,
        publisher_folded: String,
        title: Option<String>,
        title_folded: Option<String>,
        url: Option<String>,
        published_on: Option<NaiveDate>,
        published_precision: Option<&'static str>,
        retrieved_on: Option<NaiveDate>,
    }
}

/// How files name a source: by its address, or else by its publisher and title.
pub(crate) fn source_reference(url: Option<&str>, publisher: &str, title: Option<&str>) -> String {
    match (url, title) {
        (Some(url), _) => url.to_owned(),
        (None, Some(title)) => format!("{publisher} — {title}"),
        (None, None) => publisher.to_owned(),
    }
}

impl Record for SourceRow {
    const TABLE: &'static str = "source";
    type Key = String;

    fn id(&self) -> i64 {
        self.id
    }

    fn key(&self) -> String {
        source_reference(self.url.as_deref(), &self.publisher, self.title.as_deref())
    }

    fn standing(connection: &mut Connection) -> Result<Vec<(i64, String)>, StoreError> {
        let columns = (source::id, source::url, source::publisher, source::title);
        let rows: Vec<(i64, Option<String>, String, Option<String>)> =
            on_connection!(connection, open => source::table.select(columns).load(open))?;
        let keyed = |(id, url, publisher, title): (i64, Option<String>, String, Option<String>)| {
            (id, source_reference(url.as_deref(), &publisher, title.as_deref()))
        };
        Ok(rows.into_iter().map(keyed).collect())
    }

    fn insert(connection: &mut Connection, rows: &[Self]) -> Result<(), StoreError> {
        Self::insert_all(connection, rows)
    }
}
