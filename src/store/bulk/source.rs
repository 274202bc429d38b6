//! Sources: the files of the editions of data sets.

use chrono::NaiveDate;
use diesel::{ExpressionMethods as _, OptionalExtension as _, QueryDsl as _, RunQueryDsl as _};

use crate::store::bulk::{KEYS_MAX, bulk_row};
use crate::store::schema::{citation, source};
use crate::store::{Connection, StoreError, on_connection};

bulk_row! {
    /// A row of `source`.
    BulkSource in source {
        publisher: String,
        publisher_folded: String,
        title: Option<String>,
        title_folded: Option<String>,
        url: Option<String>,
        published_on: Option<NaiveDate>,
        published_precision: Option<String>,
        retrieved_on: Option<NaiveDate>,
    }
}

/// The source without an address that has a publisher, a title and a day of publication.
pub(crate) fn find_source(
    connection: &mut Connection,
    publisher: &str,
    title: &str,
    published_on: Option<NaiveDate>,
) -> Result<Option<i64>, StoreError> {
    let found: Option<Vec<(i64, Option<NaiveDate>)>> = on_connection!(connection, open => source::table
        .filter(source::publisher.eq(publisher))
        .filter(source::title.eq(title))
        .filter(source::url.is_null())
        .select((source::id, source::published_on))
        .load(open)
        .optional())?;
    let found = found.unwrap_or_default().into_iter();
    Ok(found.filter(|(_, day)| *day == published_on).map(|(id, _)| id).next())
}

/// The sources of a publisher.
pub(crate) fn sources_of_publisher(connection: &mut Connection, publisher: &str) -> Result<Vec<i64>, StoreError> {
    let query = source::table.filter(source::publisher.eq(publisher)).select(source::id);
    Ok(on_connection!(connection, open => query.load(open))?)
}

/// Which of some facts a source is cited for already.
pub(crate) fn facts_cited(connection: &mut Connection, source: i64, facts: &[i64]) -> Result<Vec<i64>, StoreError> {
    let mut found = Vec::new();
    for part in facts.chunks(KEYS_MAX) {
        let query = citation::table
            .filter(citation::fact_id.eq_any(part))
            .filter(citation::source_id.eq(source))
            .select(citation::fact_id);
        found.extend(on_connection!(connection, open => query.load::<i64>(open))?);
    }
    Ok(found)
}
