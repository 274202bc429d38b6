//! Which rows stand under some of the names that an input speaks of: tables are too large to be read whole for one write.

use std::collections::BTreeSet;

use diesel::dsl::max;
use diesel::{ExpressionMethods as _, OptionalExtension as _, QueryDsl as _, RunQueryDsl as _};

use crate::store::records::batch::BATCH_ROWS;
use crate::store::records::source::source_reference;
use crate::store::schema::{
    agreement, citation, company, company_former_slug, company_name, observation, patent_transfer, person, source,
    statement,
};
use crate::store::{Connection, StoreError, on_connection};

/// Declares a look-up of ids by a column of text.
macro_rules! by_text {
    ($connection:ident, $texts:ident, $table:ident.$column:ident => $id:ident) => {{
        let mut found: Vec<(i64, (String,))> = Vec::new();
        for batch in $texts.chunks(BATCH_ROWS) {
            let rows: Vec<(i64, String)> = on_connection!($connection, open => $table::table
                .filter($table::$column.eq_any(batch))
                .select(($table::$id, $table::$column))
                .load(open))?;
            found.extend(rows.into_iter().map(|(id, text)| (id, (text,))));
        }
        found
    }};
}

/// The companies of some slugs; one that was merged into another leads to that.
pub(crate) fn companies_among(
    connection: &mut Connection,
    slugs: &[String],
) -> Result<Vec<(i64, (String,))>, StoreError> {
    let mut found = by_text!(connection, slugs, company_former_slug.slug => company_id);
    found.extend(by_text!(connection, slugs, company.slug => id));
    Ok(found)
}

/// The company of an LEI.
pub(crate) fn company_of_lei(connection: &mut Connection, lei: &str) -> Result<Option<i64>, StoreError> {
    Ok(on_connection!(connection, open =>
        company::table.filter(company::lei.eq(lei)).select(company::id).first(open).optional())?)
}

/// The agreements of some slugs.
pub(crate) fn agreements_among(
    connection: &mut Connection,
    slugs: &[String],
) -> Result<Vec<(i64, (String,))>, StoreError> {
    Ok(by_text!(connection, slugs, agreement.slug => id))
}

/// The people of some slugs.
pub(crate) fn people_among(connection: &mut Connection, slugs: &[String]) -> Result<Vec<(i64, (String,))>, StoreError> {
    Ok(by_text!(connection, slugs, person.slug => id))
}

/// The sources of some references, and of some publishers.
pub(crate) fn sources_among(
    connection: &mut Connection,
    references: &[String],
) -> Result<Vec<(i64, String)>, StoreError> {
    type Row = (i64, Option<String>, String, Option<String>);
    let publishers: BTreeSet<&str> = references
        .iter()
        .map(|text| text.split_once(" — ").map_or(text.as_str(), |(publisher, _)| publisher))
        .collect();
    let publishers: Vec<&str> = publishers.into_iter().collect();
    let columns = (source::id, source::url, source::publisher, source::title);
    let mut rows: Vec<Row> = Vec::new();
    for batch in references.chunks(BATCH_ROWS) {
        rows.extend(on_connection!(connection, open =>
            source::table.filter(source::url.eq_any(batch)).select(columns).load::<Row>(open))?);
    }
    for batch in publishers.chunks(BATCH_ROWS) {
        rows.extend(on_connection!(connection, open => source::table
            .filter(source::url.is_null())
            .filter(source::publisher.eq_any(batch))
            .select(columns)
            .load::<Row>(open))?);
    }
    let keyed = |(id, url, publisher, title): Row| (id, source_reference(url.as_deref(), &publisher, title.as_deref()));
    Ok(rows.into_iter().map(keyed).collect())
}

/// The spellings of companies among some folded names, with the companies' ids. Legal names are not folded in the store:
/// they are found as they are written.
pub(crate) fn spellings_among(
    connection: &mut Connection,
    names: &[String],
    folded: &[String],
) -> Result<Vec<(String, i64)>, StoreError> {
    let mut found: Vec<(String, i64)> = Vec::new();
    for batch in folded.chunks(BATCH_ROWS) {
        found.extend(on_connection!(connection, open => company::table
            .filter(company::name_folded.eq_any(batch))
            .select((company::name, company::id))
            .load::<(String, i64)>(open))?);
        found.extend(on_connection!(connection, open => company_name::table
            .filter(company_name::name_folded.eq_any(batch))
            .select((company_name::name, company_name::company_id))
            .load::<(String, i64)>(open))?);
    }
    for batch in names.chunks(BATCH_ROWS) {
        let legal: Vec<(Option<String>, i64)> = on_connection!(connection, open => company::table
            .filter(company::legal_name.eq_any(batch))
            .select((company::legal_name, company::id))
            .load(open))?;
        found.extend(legal.into_iter().filter_map(|(name, id)| Some((name?, id))));
    }
    Ok(found)
}

/// The last place that a quote of a person has in a source; zero when there is none.
pub(crate) fn last_statement(connection: &mut Connection, person: i64, source: i64) -> Result<i32, StoreError> {
    let last: Option<i32> = on_connection!(connection, open => statement::table
        .filter(statement::person_id.eq(person))
        .filter(statement::source_id.eq(source))
        .select(max(statement::ordinal))
        .first(open))?;
    Ok(last.unwrap_or(0))
}

/// The last place that a transfer has in a source; zero when there is none.
pub(crate) fn last_transfer(connection: &mut Connection, source: i64) -> Result<i32, StoreError> {
    let last: Option<i32> = on_connection!(connection, open => patent_transfer::table
        .filter(patent_transfer::listed_by_id.eq(source))
        .select(max(patent_transfer::ordinal))
        .first(open))?;
    Ok(last.unwrap_or(0))
}

/// The transfers of a reel and frame.
pub(crate) fn transfer_recorded_at(
    connection: &mut Connection,
    reel_frames: &[String],
) -> Result<Option<String>, StoreError> {
    Ok(on_connection!(connection, open => patent_transfer::table
        .filter(patent_transfer::reel_frame.eq_any(reel_frames))
        .select(patent_transfer::reel_frame)
        .first::<Option<String>>(open)
        .optional())?
    .flatten())
}

/// What tells a figure from others: its company, metric, period and source.
type FigureKey = (i64, String, String, i64);

/// The figures of a company under one metric: their ids and natural keys.
pub(crate) fn observations_of(connection: &mut Connection, company: i64) -> Result<Vec<(i64, FigureKey)>, StoreError> {
    use observation as table;
    Ok(on_connection!(connection, open => table::table
        .filter(table::company_id.eq(company))
        .select((table::id, (table::company_id, table::metric, table::period, table::source_id)))
        .load(open))?)
}

/// The sources that are cited for a fact, each with its last place.
pub(crate) fn cited(connection: &mut Connection, fact: i64) -> Result<Vec<(i64, i32)>, StoreError> {
    Ok(on_connection!(connection, open => citation::table
        .filter(citation::fact_id.eq(fact))
        .select((citation::source_id, citation::ordinal))
        .load(open))?)
}
