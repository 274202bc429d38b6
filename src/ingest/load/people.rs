//! Quotes into rows.

use crate::ingest::IngestError;
use crate::ingest::format::StatementItem;
use crate::ingest::load::evidence::reported;
use crate::ingest::load::plan::Plan;
use crate::ingest::place::Place;
use crate::store::records::{FactKind, StatementRow};
use crate::text::fold;

/// Places a quote; gives its id.
pub(super) fn place_statement(
    plan: &mut Plan<'_>,
    at: Place,
    person_id: i64,
    ordinal: i32,
    item: &StatementItem,
) -> Result<i64, IngestError> {
    let (agreement_id, company_id) = subject(plan, at, item)?;
    let row = StatementRow {
        id: plan.ids.next_id(),
        person_id,
        source_id: plan.source(at, "statements.source", &item.source)?,
        ordinal,
        quote: at.text("statements.quote", &item.quote)?,
        quote_folded: fold(&item.quote),
        said_on: at.day("statements.saidOn", item.said_on.as_deref())?,
        agreement_id,
        company_id,
    };
    let id = at.once("statements.quote", &item.quote, plan.statements.place(row))?;
    plan.cite(at, FactKind::Statement, id, &reported(&item.citations, &item.source))?;
    Ok(id)
}

fn subject(plan: &Plan<'_>, at: Place, item: &StatementItem) -> Result<(Option<i64>, Option<i64>), IngestError> {
    match (item.agreement.as_deref(), item.company.as_deref()) {
        (Some(slug), None) => Ok((Some(plan.agreement(at, "statements.agreement", slug)?), None)),
        (None, Some(slug)) => Ok((None, Some(plan.company(at, "statements.company", slug)?))),
        _ => Err(at.wrong("statements", &item.quote, "either an `agreement` or a `company` that it is about")),
    }
}
