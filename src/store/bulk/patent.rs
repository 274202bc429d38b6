//! Patents, and what is said of them.

use chrono::NaiveDate;
use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _, SelectableHelper as _};

use crate::store::bulk::{KEYS_MAX, bulk_row, found_by, read_after};
use crate::store::schema::{area_prefix, location, patent, patent_assignee, patent_classification};
use crate::store::{Connection, StoreError, on_connection};

bulk_row! {
    /// A whole row of `patent`.
    BulkPatent in patent {
        publication_number: String,
        office: String,
        number: String,
        kind_code: Option<String>,
        title: Option<String>,
        title_folded: Option<String>,
        abstract_: Option<String>,
        owner_id: Option<i64>,
        original_assignee: Option<String>,
        family_id: Option<String>,
        application_number: Option<String>,
        priority_on: Option<NaiveDate>,
        filed_on: Option<NaiveDate>,
        published_on: Option<NaiveDate>,
        granted_on: Option<NaiveDate>,
        expires_on: Option<NaiveDate>,
        expires_basis: Option<String>,
        status: Option<String>,
        claims_count: Option<i32>,
        source_id: i64,
        source_record: Option<String>,
        term_extension_days: Option<i32>,
    } searched
}

bulk_row! {
    /// A row of `patent_assignee`.
    BulkAssignee in patent_assignee {
        patent_id: i64,
        named: String,
        ordinal: i32,
        company_id: Option<i64>,
        name: String,
        name_folded: String,
        stated_on: Option<NaiveDate>,
        source_id: i64,
        location_id: Option<i64>,
    }
}

bulk_row! {
    /// A row of `location`.
    BulkLocation in location {
        code: String,
        city: Option<String>,
        region: Option<String>,
        country: Option<String>,
        source_id: i64,
    }
}

bulk_row! {
    /// A row of `patent_classification`.
    BulkClassification in patent_classification {
        patent_id: i64,
        scheme: String,
        symbol: String,
        ordinal: i32,
    }
}

/// What tells a patent from others: its id, its number within its office, and its kind.
#[derive(Debug, Clone, diesel::Queryable)]
pub(crate) struct PatentKey {
    pub(crate) id: i64,
    pub(crate) number: String,
    pub(crate) kind_code: Option<String>,
}

/// The patents of an office under some numbers, whole.
pub(crate) fn patents_numbered(
    connection: &mut Connection,
    office: &str,
    numbers: &[&str],
) -> Result<Vec<BulkPatent>, StoreError> {
    let mut found = Vec::new();
    for part in numbers.chunks(KEYS_MAX) {
        let query = patent::table.filter(patent::office.eq(office)).filter(patent::number.eq_any(part));
        let rows: Vec<BulkPatent> =
            on_connection!(connection, open => query.select(BulkPatent::as_select()).load(open))?;
        found.extend(rows);
    }
    Ok(found)
}

/// The keys of the patents of an office under some numbers.
pub(crate) fn patent_keys(
    connection: &mut Connection,
    office: &str,
    numbers: &[&str],
) -> Result<Vec<PatentKey>, StoreError> {
    let mut found = Vec::new();
    for part in numbers.chunks(KEYS_MAX) {
        let query = patent::table.filter(patent::office.eq(office)).filter(patent::number.eq_any(part)).select((
            patent::id,
            patent::number,
            patent::kind_code,
        ));
        let rows: Vec<PatentKey> = on_connection!(connection, open => query.load(open))?;
        found.extend(rows);
    }
    Ok(found)
}

/// How assignees are named that stand on the publication.
pub(crate) const AT_PUBLICATION: &str = "AT_PUBLICATION";

/// Whom the publications of some patents name as assignees.
pub(crate) fn assignees_of(connection: &mut Connection, patents: &[i64]) -> Result<Vec<BulkAssignee>, StoreError> {
    let mut found = Vec::new();
    for part in patents.chunks(KEYS_MAX) {
        let query = patent_assignee::table
            .filter(patent_assignee::patent_id.eq_any(part))
            .filter(patent_assignee::named.eq(AT_PUBLICATION));
        let rows: Vec<BulkAssignee> =
            on_connection!(connection, open => query.select(BulkAssignee::as_select()).load(open))?;
        found.extend(rows);
    }
    Ok(found)
}

/// The places under some codes.
pub(crate) fn locations_by_code(connection: &mut Connection, codes: &[&str]) -> Result<Vec<BulkLocation>, StoreError> {
    let mut found = Vec::new();
    for part in codes.chunks(KEYS_MAX) {
        let query = location::table.filter(location::code.eq_any(part));
        let rows: Vec<BulkLocation> =
            on_connection!(connection, open => query.select(BulkLocation::as_select()).load(open))?;
        found.extend(rows);
    }
    Ok(found)
}

/// The symbols that some patents have in a classification, with the patent of each.
pub(crate) fn symbols_of(
    connection: &mut Connection,
    scheme: &str,
    patents: &[i64],
) -> Result<Vec<(i64, String)>, StoreError> {
    use patent_classification as table;
    let mut found = Vec::new();
    for part in patents.chunks(KEYS_MAX) {
        let query = table::table.filter(table::patent_id.eq_any(part)).filter(table::scheme.eq(scheme));
        let rows: Vec<(i64, String)> =
            on_connection!(connection, open => query.select((table::patent_id, table::symbol)).load(open))?;
        found.extend(rows);
    }
    Ok(found)
}

/// The classification prefixes of all areas, with the area of each.
pub(crate) fn area_prefixes(connection: &mut Connection) -> Result<Vec<(String, i64)>, StoreError> {
    let query = area_prefix::table.select((area_prefix::prefix, area_prefix::area_id));
    Ok(on_connection!(connection, open => query.load(open))?)
}

/// The publication numbers of some patents.
pub(crate) fn publication_numbers(connection: &mut Connection, ids: &[i64]) -> Result<Vec<(i64, String)>, StoreError> {
    let mut found = Vec::new();
    for part in ids.chunks(KEYS_MAX) {
        let query = patent::table.filter(patent::id.eq_any(part)).select((patent::id, patent::publication_number));
        found.extend(on_connection!(connection, open => query.load::<(i64, String)>(open))?);
    }
    Ok(found)
}

found_by! {
    /// All whom sources name as owners of some patents, at publication and at present.
    all_assignees_of: BulkAssignee in patent_assignee by patent_id: i64
}

found_by! {
    /// The symbols of some patents in all classifications.
    classifications_of: BulkClassification in patent_classification by patent_id: i64
}

found_by! {
    /// Some places.
    locations: BulkLocation in location by id: i64
}

read_after! {
    /// The places behind a code, in the order of codes.
    locations_after: BulkLocation in location by code: &str
}

/// The first office behind another, of those that have patents.
pub(crate) fn office_after(connection: &mut Connection, after: &str) -> Result<Option<String>, StoreError> {
    let query = patent::table.filter(patent::office.gt(after)).select(diesel::dsl::min(patent::office));
    Ok(on_connection!(connection, open => query.get_result(open))?)
}

/// The patents of an office behind a number, in the order of numbers.
pub(crate) fn patents_behind(
    connection: &mut Connection,
    office: &str,
    number: &str,
    count: i64,
) -> Result<Vec<BulkPatent>, StoreError> {
    let query = patent::table
        .filter(patent::office.eq(office))
        .filter(patent::number.gt(number))
        .order(patent::number)
        .limit(count);
    Ok(on_connection!(connection, open => query.select(BulkPatent::as_select()).load(open))?)
}
