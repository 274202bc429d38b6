//! Transfers of a register: who conveys and receives, and which file each record was taken from.

use chrono::NaiveDate;
use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _, SelectableHelper as _};

use crate::store::bulk::{KEYS_MAX, TransferPatentLink, bulk_row};
use crate::store::schema::{
    citation, patent_transfer, patent_transfer_individual, patent_transfer_party, patent_transfer_patent, purged_record,
};
use crate::store::{Connection, StoreError, on_connection};

bulk_row! {
    /// A row of `patent_transfer`.
    BulkTransfer in patent_transfer {
        agreement_id: Option<i64>,
        listed_by_id: Option<i64>,
        ordinal: i32,
        reel_frame: Option<String>,
        conveyance: String,
        executed_on: Option<NaiveDate>,
        recorded_on: Option<NaiveDate>,
        stated_count: Option<i32>,
        stated_as: Option<String>,
        conveyance_text: Option<String>,
        refers_to_reel_frame: Option<String>,
        last_updated_on: Option<NaiveDate>,
    }
}

bulk_row! {
    /// A row of `patent_transfer_party`.
    BulkParty in patent_transfer_party {
        patent_transfer_id: i64,
        company_id: i64,
        role: String,
        executed_on: Option<NaiveDate>,
        recorded_name: Option<String>,
    }
}

bulk_row! {
    /// A row of `patent_transfer_individual`.
    BulkIndividual in patent_transfer_individual {
        patent_transfer_id: i64,
        name: String,
        name_folded: String,
        role: String,
        executed_on: Option<NaiveDate>,
    }
}

bulk_row! {
    /// A row of `purged_record`.
    BulkPurged in purged_record {
        reel_frame: String,
        last_updated_on: Option<NaiveDate>,
        source_id: i64,
    }
}

/// The transfers that are recorded at some places.
pub(crate) fn transfers_at(connection: &mut Connection, places: &[&str]) -> Result<Vec<BulkTransfer>, StoreError> {
    let mut found = Vec::new();
    for part in places.chunks(KEYS_MAX) {
        let query = patent_transfer::table.filter(patent_transfer::reel_frame.eq_any(part));
        let rows: Vec<BulkTransfer> =
            on_connection!(connection, open => query.select(BulkTransfer::as_select()).load(open))?;
        found.extend(rows);
    }
    Ok(found)
}

/// The records that were purged from some places.
pub(crate) fn purged_at(connection: &mut Connection, places: &[&str]) -> Result<Vec<BulkPurged>, StoreError> {
    let mut found = Vec::new();
    for part in places.chunks(KEYS_MAX) {
        let query = purged_record::table.filter(purged_record::reel_frame.eq_any(part));
        let rows: Vec<BulkPurged> =
            on_connection!(connection, open => query.select(BulkPurged::as_select()).load(open))?;
        found.extend(rows);
    }
    Ok(found)
}

/// The companies in some transfers.
pub(crate) fn parties_of(connection: &mut Connection, transfers: &[i64]) -> Result<Vec<BulkParty>, StoreError> {
    let mut found = Vec::new();
    for part in transfers.chunks(KEYS_MAX) {
        let query = patent_transfer_party::table.filter(patent_transfer_party::patent_transfer_id.eq_any(part));
        let rows: Vec<BulkParty> = on_connection!(connection, open => query.select(BulkParty::as_select()).load(open))?;
        found.extend(rows);
    }
    Ok(found)
}

/// The natural persons in some transfers.
pub(crate) fn individuals_of(
    connection: &mut Connection,
    transfers: &[i64],
) -> Result<Vec<BulkIndividual>, StoreError> {
    let mut found = Vec::new();
    for part in transfers.chunks(KEYS_MAX) {
        let query =
            patent_transfer_individual::table.filter(patent_transfer_individual::patent_transfer_id.eq_any(part));
        let rows: Vec<BulkIndividual> =
            on_connection!(connection, open => query.select(BulkIndividual::as_select()).load(open))?;
        found.extend(rows);
    }
    Ok(found)
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
