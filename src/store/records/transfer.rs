//! Rows of patent transfers.

use chrono::NaiveDate;
use diesel::{QueryDsl as _, RunQueryDsl as _};

use crate::store::records::{Record, keyed_record, link_record, record};
use crate::store::schema::patent_transfer;
use crate::store::{Connection, StoreError, on_connection};

record! {
    /// A row of `patent_transfer`.
    PatentTransferRow in patent_transfer {
        id: i64,
        agreement_id: Option<i64>,
        listed_by_id: Option<i64>,
        ordinal: i32,
        reel_frame: Option<String>,
        conveyance: &'static str,
        executed_on: Option<NaiveDate>,
        recorded_on: Option<NaiveDate>,
        stated_count: Option<i32>,
        stated_as: Option<String>,
        conveyance_text: Option<String>,
        refers_to_reel_frame: Option<String>,
    }
}

/// A transfer that stands: its id, reel and frame, agreement, source and place.
type Standing = (i64, Option<String>, Option<i64>, Option<i64>, i32);

/// What makes a transfer the same transfer: its reel and frame, or else its place in its agreement or its source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum TransferKey {
    /// Where it is recorded.
    ReelFrame(String),
    /// Its place in an agreement.
    Agreement(i64, i32),
    /// Its place in a source.
    Listed(Option<i64>, i32),
}

impl TransferKey {
    fn of(reel_frame: Option<String>, agreement: Option<i64>, listed_by: Option<i64>, ordinal: i32) -> Self {
        match (reel_frame, agreement) {
            (Some(place), _) => Self::ReelFrame(place),
            (None, Some(agreement)) => Self::Agreement(agreement, ordinal),
            (None, None) => Self::Listed(listed_by, ordinal),
        }
    }
}

impl Record for PatentTransferRow {
    const TABLE: &'static str = "patent_transfer";
    type Key = TransferKey;

    fn id(&self) -> i64 {
        self.id
    }

    fn key(&self) -> TransferKey {
        TransferKey::of(self.reel_frame.clone(), self.agreement_id, self.listed_by_id, self.ordinal)
    }

    fn standing(connection: &mut Connection) -> Result<Vec<(i64, TransferKey)>, StoreError> {
        use patent_transfer as table;
        let columns = (table::id, table::reel_frame, table::agreement_id, table::listed_by_id, table::ordinal);
        let rows: Vec<Standing> =
            on_connection!(connection, open => patent_transfer::table.select(columns).load(open))?;
        Ok(rows
            .into_iter()
            .map(|(id, place, agreement, listed_by, ordinal)| {
                (id, TransferKey::of(place, agreement, listed_by, ordinal))
            })
            .collect())
    }

    fn insert(connection: &mut Connection, rows: &[Self]) -> Result<(), StoreError> {
        Self::insert_all(connection, rows)
    }
}

keyed_record! {
    /// A row of `patent_transfer_party`.
    PatentTransferPartyRow in patent_transfer_party {
        patent_transfer_id: i64,
        company_id: i64,
        role: String,
        executed_on: Option<NaiveDate>,
        recorded_name: Option<String>,
    }
    key (patent_transfer_id: i64, company_id: i64, role: String)
}

link_record! {
    /// A row of `patent_transfer_patent`.
    PatentTransferPatentRow in patent_transfer_patent { patent_transfer_id, patent_id }
}
