//! Rows of patents and their classification.

use chrono::NaiveDate;
use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _};

use crate::store::records::{Record, keyed_record, link_record, record};
use crate::store::schema::patent;
use crate::store::{Connection, StoreError, on_connection};

record! {
    /// A row of `patent`, as far as a bibliographic source fills it.
    PatentRow in patent {
        id: i64,
        publication_number: String,
        office: String,
        number: String,
        kind_code: Option<String>,
        title: Option<String>,
        title_folded: Option<String>,
        owner_id: Option<i64>,
        original_assignee: Option<String>,
        priority_on: Option<NaiveDate>,
        filed_on: Option<NaiveDate>,
        published_on: Option<NaiveDate>,
        granted_on: Option<NaiveDate>,
        status: Option<&'static str>,
        source_id: i64,
        source_record: Option<String>,
    } searched
}

type PatentKey = (String, String, Option<String>);

impl Record for PatentRow {
    const TABLE: &'static str = "patent";
    type Key = PatentKey;

    fn id(&self) -> i64 {
        self.id
    }

    fn key(&self) -> PatentKey {
        (self.office.clone(), self.number.clone(), self.kind_code.clone())
    }

    fn standing(connection: &mut Connection) -> Result<Vec<(i64, PatentKey)>, StoreError> {
        let columns = (patent::id, (patent::office, patent::number, patent::kind_code));
        Ok(on_connection!(connection, open => patent::table.select(columns).load(open))?)
    }

    fn insert(connection: &mut Connection, rows: &[Self]) -> Result<(), StoreError> {
        Self::insert_all(connection, rows)
    }
}

/// The ids and keys of the patents that stand under some numbers, whatever their office and kind.
pub(crate) fn standing_patents(
    connection: &mut Connection,
    numbers: &[String],
) -> Result<Vec<(i64, PatentKey)>, StoreError> {
    let columns = (patent::id, (patent::office, patent::number, patent::kind_code));
    let mut standing = Vec::new();
    for batch in numbers.chunks(super::batch::BATCH_ROWS) {
        let found: Vec<(i64, PatentKey)> = on_connection!(connection, open =>
            patent::table.filter(patent::number.eq_any(batch)).select(columns).load(open))?;
        standing.extend(found);
    }
    Ok(standing)
}

keyed_record! {
    /// A row of `patent_classification`.
    PatentClassificationRow in patent_classification {
        patent_id: i64,
        scheme: String,
        symbol: String,
        ordinal: i32,
    }
    key (patent_id: i64, scheme: String, symbol: String)
}

link_record! {
    /// A row of `patent_area`.
    PatentAreaRow in patent_area { patent_id, area_id }
}
