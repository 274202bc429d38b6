//! Transfers, in the order in which they were recorded.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Export, ExportError, PAGE, Slugs, day, grouped};
use crate::ingest::deals::{Line, Short, TransferLine, TransferParty, TransferPartyItem};
use crate::store::bulk::{
    IndividualRow, TransferPartyRow, TransferRow, agreements, individuals_of, patents_of_transfers,
    transfer_parties_of, transfers_after,
};

pub(super) fn write(export: &mut Export<'_>) -> Result<(), ExportError> {
    let mut last = i64::MIN;
    loop {
        let rows = transfers_after(export.connection, last, PAGE)?;
        let Some(end) = rows.last() else { return Ok(()) };
        last = end.id;
        write_page(export, rows)?;
    }
}

fn write_page(export: &mut Export<'_>, rows: Vec<TransferRow>) -> Result<(), ExportError> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let agreed = super::distinct(rows.iter().filter_map(|row| row.agreement_id));
    let agreed = agreements(export.connection, &agreed)?;
    let agreed: HashMap<i64, String> = agreed.into_iter().map(|row| (row.id, row.slug)).collect();
    let parties = transfer_parties_of(export.connection, &ids)?;
    let slugs = export.companies(parties.iter().map(|row| row.company_id))?;
    let mut parties = grouped(parties, |row| row.patent_transfer_id);
    let mut individuals = grouped(individuals_of(export.connection, &ids)?, |row| row.patent_transfer_id);
    let links = patents_of_transfers(export.connection, &ids)?;
    let numbers = export.numbers(links.iter().map(|link| link.patent_id))?;
    let mut links = grouped(links, |link| link.patent_transfer_id);
    let mut cited = export.citations(ids.into_iter())?;
    for row in rows {
        let (assignors, assignees) =
            sides(parties.remove(&row.id).unwrap_or_default(), individuals.remove(&row.id).unwrap_or_default(), &slugs);
        let links = links.remove(&row.id).unwrap_or_default();
        let mut patents: Vec<String> = links.iter().filter_map(|link| numbers.get(&link.patent_id).cloned()).collect();
        patents.sort();
        export.line(&Line::Transfer(Box::new(TransferLine {
            conveyance: row.conveyance,
            agreement: row.agreement_id.and_then(|id| agreed.get(&id).cloned()),
            listed_by: row.listed_by_id.map(|source| export.source(source)),
            ordinal: Some(row.ordinal).filter(|ordinal| *ordinal != 1),
            reel_frame: row.reel_frame,
            executed_on: day(row.executed_on),
            recorded_on: day(row.recorded_on),
            stated_count: row.stated_count,
            stated_as: row.stated_as,
            conveyance_text: row.conveyance_text,
            refers_to_reel_frame: row.refers_to_reel_frame,
            last_updated_on: day(row.last_updated_on),
            assignors,
            assignees,
            patents,
            citations: cited.of(row.id),
        })))?;
    }
    Ok(())
}

/// Who conveys and who receives: companies first, each by its short name, then natural persons by theirs.
fn sides(
    mut parties: Vec<TransferPartyRow>,
    mut individuals: Vec<IndividualRow>,
    slugs: &Slugs,
) -> (Vec<TransferParty>, Vec<TransferParty>) {
    parties.sort_by_cached_key(|row| slugs.slug(row.company_id));
    individuals.sort_by(|one, other| one.name.cmp(&other.name));
    let (mut assignors, mut assignees) = (Vec::new(), Vec::new());
    for row in parties {
        let party = company(slugs.slug(row.company_id), row.executed_on, row.recorded_name);
        if row.role == "ASSIGNOR" { assignors.push(party) } else { assignees.push(party) }
    }
    for row in individuals {
        let item = TransferPartyItem {
            company: None,
            individual: Some(row.name),
            executed_on: day(row.executed_on),
            recorded_name: None,
        };
        if row.role == "ASSIGNOR" { assignors.push(Short::Object(item)) } else { assignees.push(Short::Object(item)) }
    }
    (assignors, assignees)
}

fn company(slug: String, executed_on: Option<NaiveDate>, recorded_name: Option<String>) -> TransferParty {
    if executed_on.is_none() && recorded_name.is_none() {
        return Short::Text(slug);
    }
    Short::Object(TransferPartyItem {
        company: Some(Short::Text(slug)),
        individual: None,
        executed_on: day(executed_on),
        recorded_name,
    })
}
