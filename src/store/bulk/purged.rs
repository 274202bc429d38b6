//! Records that a register took away, and what goes with them.

use chrono::NaiveDate;
use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _};

use crate::store::bulk::{KEYS_MAX, TransferPatentLink, bulk_row, found_by, read_after};
use crate::store::schema::{citation, patent_transfer_patent};
use crate::store::{Connection, StoreError, on_connection};

bulk_row! {
    /// A row of `purged_record`.
    BulkPurged in purged_record {
        reel_frame: String,
        last_updated_on: Option<NaiveDate>,
        source_id: i64,
    }
}

found_by! {
    /// The records that were purged from some places.
    purged_at: BulkPurged in purged_record by reel_frame: &str
}

read_after! {
    /// The purged records behind a place, in the order of places.
    purged_after: BulkPurged in purged_record by reel_frame: &str
}

/// Which file a transfer was taken from.
#[derive(Debug, Clone, diesel::Queryable)]
pub(crate) struct Cited {
    pub(crate) id: i64,
    pub(crate) transfer: Option<i64>,
    pub(crate) source_id: i64,
}

/// The citations of some transfers, each with its source.
pub(crate) fn citations_of_transfers(connection: &mut Connection, transfers: &[i64]) -> Result<Vec<Cited>, StoreError> {
    let mut found = Vec::new();
    for part in transfers.chunks(KEYS_MAX) {
        let query = citation::table.filter(citation::patent_transfer_id.eq_any(part)).select((
            citation::id,
            citation::patent_transfer_id,
            citation::source_id,
        ));
        let rows: Vec<Cited> = on_connection!(connection, open => query.load(open))?;
        found.extend(rows);
    }
    Ok(found)
}

/// Removes citations by their ids.
pub(crate) fn remove_citations(connection: &mut Connection, ids: &[i64]) -> Result<(), StoreError> {
    for part in ids.chunks(KEYS_MAX) {
        on_connection!(connection, open =>
            diesel::delete(citation::table.filter(citation::id.eq_any(part))).execute(open))?;
    }
    Ok(())
}

/// Removes links of transfers to patents; those of one transfer stand beside one another.
pub(crate) fn remove_links(connection: &mut Connection, links: &[TransferPatentLink]) -> Result<(), StoreError> {
    use patent_transfer_patent as table;
    for of_one in links.chunk_by(|one, other| one.patent_transfer_id == other.patent_transfer_id) {
        let Some(TransferPatentLink { patent_transfer_id, .. }) = of_one.first() else { continue };
        let patents: Vec<i64> = of_one.iter().map(|link| link.patent_id).collect();
        for part in patents.chunks(KEYS_MAX) {
            let gone = table::table
                .filter(table::patent_transfer_id.eq(*patent_transfer_id))
                .filter(table::patent_id.eq_any(part));
            on_connection!(connection, open => diesel::delete(gone).execute(open))?;
        }
    }
    Ok(())
}
