//! Transfers of patents, and who takes part in them.

use chrono::NaiveDate;
use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _, SelectableHelper as _};

use crate::store::bulk::{KEYS_MAX, bulk_row, found_by, read_after};
use crate::store::schema::{patent, patent_assignee, patent_transfer, patent_transfer_patent};
use crate::store::{Connection, StoreError, on_connection};

bulk_row! {
    /// A row of `patent_transfer`.
    TransferRow in patent_transfer {
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
    TransferPartyRow in patent_transfer_party {
        patent_transfer_id: i64,
        company_id: i64,
        role: String,
        executed_on: Option<NaiveDate>,
        recorded_name: Option<String>,
    }
}

bulk_row! {
    /// A row of `patent_transfer_individual`.
    IndividualRow in patent_transfer_individual {
        patent_transfer_id: i64,
        name: String,
        name_folded: String,
        role: String,
        executed_on: Option<NaiveDate>,
    }
}

found_by! {
    /// The transfers that are recorded at some places of the register.
    transfers_recorded: TransferRow in patent_transfer by reel_frame: &str
}

found_by! {
    /// The transfers in some agreements.
    transfers_agreed: TransferRow in patent_transfer by agreement_id: i64
}

/// The transfers that some sources list, at one of some places.
pub(crate) fn transfers_listed(
    connection: &mut Connection,
    sources: &[i64],
    places: &[i32],
) -> Result<Vec<TransferRow>, StoreError> {
    let mut found = Vec::new();
    for sources in sources.chunks(KEYS_MAX) {
        for places in places.chunks(KEYS_MAX) {
            let query = patent_transfer::table
                .filter(patent_transfer::listed_by_id.eq_any(sources))
                .filter(patent_transfer::ordinal.eq_any(places));
            let rows: Vec<TransferRow> =
                on_connection!(connection, open => query.select(TransferRow::as_select()).load(open))?;
            found.extend(rows);
        }
    }
    Ok(found)
}

read_after! {
    /// The transfers behind an id, in the order of ids.
    transfers_after: TransferRow in patent_transfer by id: i64
}

found_by! {
    /// The companies in some transfers.
    transfer_parties_of: TransferPartyRow in patent_transfer_party by patent_transfer_id: i64
}

found_by! {
    /// The natural persons in some transfers.
    individuals_of: IndividualRow in patent_transfer_individual by patent_transfer_id: i64
}

/// The patents whose owners follow from when some sources were published: those of transfers that they list, and those of
/// which they state a present owner.
pub(crate) fn patents_dated_by(connection: &mut Connection, sources: &[i64]) -> Result<Vec<i64>, StoreError> {
    let mut found = Vec::new();
    for part in sources.chunks(KEYS_MAX) {
        let listed = patent_transfer_patent::table
            .filter(patent_transfer_patent::patent_transfer_id.eq_any(
                patent_transfer::table.filter(patent_transfer::listed_by_id.eq_any(part)).select(patent_transfer::id),
            ))
            .select(patent_transfer_patent::patent_id);
        found.extend(on_connection!(connection, open => listed.load::<i64>(open))?);
        let stated = patent_assignee::table
            .filter(patent_assignee::named.eq("AT_PRESENT"))
            .filter(
                patent_assignee::patent_id
                    .eq_any(patent::table.filter(patent::source_id.eq_any(part)).select(patent::id)),
            )
            .select(patent_assignee::patent_id);
        found.extend(on_connection!(connection, open => stated.load::<i64>(open))?);
    }
    Ok(found)
}
