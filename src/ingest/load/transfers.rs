//! Transfers of patents into rows.

use crate::catalog::closed::CONVEYANCE;
use crate::ingest::IngestError;
use crate::ingest::format::{CitationItem, TransferItem};
use crate::ingest::load::plan::Plan;
use crate::ingest::place::Place;
use crate::store::records::{FactKind, PatentTransferPartyRow, PatentTransferPatentRow, PatentTransferRow};

/// Where a transfer belongs: its agreement or the source that lists it, and its place there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Belonging {
    pub(super) agreement_id: Option<i64>,
    pub(super) listed_by_id: Option<i64>,
    pub(super) ordinal: i32,
}

/// Places a transfer with its parties and patents; gives its id.
pub(super) fn place(
    plan: &mut Plan<'_>,
    at: Place,
    belonging: Belonging,
    item: &TransferItem,
    citations: &[CitationItem],
) -> Result<i64, IngestError> {
    if item.assignors.is_empty() || item.assignees.is_empty() {
        return Err(at.wrong("assignors", "[]", "at least one company on either side"));
    }
    let row = row(plan, at, belonging, item)?;
    let place = belonging.ordinal.to_string();
    let id = at.once("ordinal", item.reel_frame.as_deref().unwrap_or(&place), plan.transfers.place(row))?;
    for (field, role, companies) in
        [("assignors", "ASSIGNOR", &item.assignors), ("assignees", "ASSIGNEE", &item.assignees)]
    {
        for company in companies {
            place_party(plan, at, id, field, role, company)?;
        }
    }
    for number in &item.patents {
        let patent_id = plan.patent(at, "patents", number)?;
        let row = PatentTransferPatentRow { patent_transfer_id: id, patent_id };
        at.once("patents", number, plan.transfer_patents.place(row))?;
        plan.touched.insert(patent_id);
    }
    plan.cite(at, FactKind::PatentTransfer, id, citations)?;
    Ok(id)
}

fn row(
    plan: &mut Plan<'_>,
    at: Place,
    belonging: Belonging,
    item: &TransferItem,
) -> Result<PatentTransferRow, IngestError> {
    if let Some(count) = item.stated_count.filter(|count| *count < 0) {
        return Err(at.wrong("statedCount", &count.to_string(), "a number of patents"));
    }
    Ok(PatentTransferRow {
        id: plan.ids.next_id(),
        agreement_id: belonging.agreement_id,
        listed_by_id: belonging.listed_by_id,
        ordinal: belonging.ordinal,
        reel_frame: at.optional_text("reelFrame", item.reel_frame.as_deref())?,
        conveyance: at.closed("conveyance", &item.conveyance, &CONVEYANCE)?,
        executed_on: at.day("executedOn", item.executed_on.as_deref())?,
        recorded_on: at.day("recordedOn", item.recorded_on.as_deref())?,
        stated_count: item.stated_count,
        stated_as: at.optional_text("statedAs", item.stated_as.as_deref())?,
        conveyance_text: None,
        refers_to_reel_frame: None,
    })
}

fn place_party(
    plan: &mut Plan<'_>,
    at: Place,
    patent_transfer_id: i64,
    field: &str,
    role: &str,
    company: &str,
) -> Result<(), IngestError> {
    let company_id = plan.company(at, field, company)?;
    let row = PatentTransferPartyRow {
        id: plan.ids.next_id(),
        patent_transfer_id,
        company_id,
        role: role.to_owned(),
        executed_on: None,
        recorded_name: None,
    };
    at.once(field, company, plan.transfer_parties.place(row)).map(|_| ())
}
