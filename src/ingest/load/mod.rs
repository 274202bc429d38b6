//! From parsed lines to rows: natural keys are resolved, values checked, and everything is stored at the end.

mod agreements;
mod areas;
mod companies;
mod evidence;
mod patents;
mod people;
mod plan;
mod record;
mod sources;
mod spellings;
mod transfers;

use chrono::NaiveDateTime;

use crate::ingest::format::Files;
use crate::ingest::{IngestError, Summary, derive_ownership_of};
use crate::store::{Connection, IdMaker};
use plan::Plan;
pub(crate) use record::{Fact, Recorded, agreement_row, company_row, record};

/// Plans all rows of the files and stores those that are missing.
pub(super) fn load(
    connection: &mut Connection,
    ids: &mut IdMaker,
    recorded_at: NaiveDateTime,
    files: &Files<'_>,
) -> Result<Summary, IngestError> {
    let mut plan = Plan::open(connection, ids, recorded_at, &patents::numbers(files))?;
    files.sources.iter().try_for_each(|line| sources::place(&mut plan, line))?;
    files.areas.iter().try_for_each(|line| areas::place(&mut plan, line))?;
    files.companies.iter().try_for_each(|line| companies::place(&mut plan, line))?;
    files.companies.iter().try_for_each(|line| companies::place_relations(&mut plan, line))?;
    let prefixes = plan.prefixes();
    files.patents.iter().try_for_each(|line| patents::place(&mut plan, &prefixes, line))?;
    files.agreements.iter().try_for_each(|line| agreements::place(&mut plan, line))?;
    files.transfers.iter().try_for_each(|line| transfers::place_listed(&mut plan, line))?;
    files.people.iter().try_for_each(|line| people::place(&mut plan, line))?;
    let touched: Vec<i64> = std::mem::take(&mut plan.touched).into_iter().collect();
    let stored = plan.store(connection)?;
    derive_ownership_of(connection, ids, &touched)?;
    Ok(plan::summary(&stored))
}
