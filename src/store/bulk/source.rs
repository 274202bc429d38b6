//! Sources: the files of the editions of data sets.

use chrono::NaiveDate;
use diesel::{ExpressionMethods as _, OptionalExtension as _, QueryDsl as _, RunQueryDsl as _, SelectableHelper as _};

use crate::store::bulk::{KEYS_MAX, bulk_row, found_by};
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

/// The titles of the sources of a publisher that were published after a day.
pub(crate) fn titles_later(
    connection: &mut Connection,
    publisher: &str,
    published_on: NaiveDate,
) -> Result<Vec<String>, StoreError> {
    let query = source::table
        .filter(source::publisher.eq(publisher))
        .filter(source::published_on.gt(published_on))
        .select(source::title);
    let titles: Vec<Option<String>> = on_connection!(connection, open => query.load(open))?;
    Ok(titles.into_iter().flatten().collect())
}

found_by! {
    /// The sources at some addresses.
    sources_at: BulkSource in source by url: &str
}

/// The sources without an address that some publishers gave out, under one of some titles or without one.
pub(crate) fn sources_named(
    connection: &mut Connection,
    publishers: &[&str],
    titles: &[&str],
) -> Result<Vec<BulkSource>, StoreError> {
    let mut found = Vec::new();
    for publishers in publishers.chunks(KEYS_MAX) {
        let query = source::table.filter(source::url.is_null()).filter(source::publisher.eq_any(publishers));
        let bare = query.clone().filter(source::title.is_null());
        let rows: Vec<BulkSource> =
            on_connection!(connection, open => bare.select(BulkSource::as_select()).load(open))?;
        found.extend(rows);
        for titles in titles.chunks(KEYS_MAX) {
            let titled = query.clone().filter(source::title.eq_any(titles));
            let rows: Vec<BulkSource> =
                on_connection!(connection, open => titled.select(BulkSource::as_select()).load(open))?;
            found.extend(rows);
        }
    }
    Ok(found)
}

/// All sources: files and pages, which are few beside what they say.
pub(crate) fn all_sources(connection: &mut Connection) -> Result<Vec<BulkSource>, StoreError> {
    let query = source::table;
    Ok(on_connection!(connection, open => query.select(BulkSource::as_select()).load(open))?)
}

/// How a source is named in a text: by its address, or else by its publisher and title.
pub(crate) fn source_reference(url: Option<&str>, publisher: &str, title: Option<&str>) -> String {
    match (url, title) {
        (Some(url), _) => url.to_owned(),
        (None, Some(title)) => format!("{publisher} — {title}"),
        (None, None) => publisher.to_owned(),
    }
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
