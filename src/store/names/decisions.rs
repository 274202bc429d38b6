//! Decisions that people take of matches that were not sure.

use diesel::{ExpressionMethods as _, OptionalExtension as _, QueryDsl as _, RunQueryDsl as _};

use crate::changes::{Actor, Change, ChangeKind, Subject};
use crate::names::Decision;
use crate::store::bulk::BulkRow as _;
use crate::store::names::name_of;
use crate::store::records::CandidateRow;
use crate::store::schema::{company, name_candidate};
use crate::store::{Connection, IdMaker, StoreError, on_connection};

/// Why decisions cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum DecisionError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no listed match with this id.
    #[error("no match is listed under {0}")]
    Unlisted(i64),
    /// There is no company with this slug.
    #[error("there is no company `{0}`")]
    NoCompany(String),
}

impl From<diesel::result::Error> for DecisionError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Store(error.into())
    }
}

/// A decision of a spelling and a company by its slug.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The spelling.
    pub spelling: &'a str,
    /// The slug of the company.
    pub company: &'a str,
    /// What was decided.
    pub decision: Decision,
}

/// Takes decisions in one transaction: of listed matches by id, and of spellings and companies, listed or not.
///
/// # Errors
/// A decision is of nothing that stands, or what the database says; then none is taken.
pub fn decide(
    connection: &mut Connection,
    ids: &mut IdMaker,
    of_listed: &[(i64, Decision)],
    given: &[Given<'_>],
) -> Result<(), DecisionError> {
    connection.write(&Actor::named("names review"), |connection, changes| {
        for (id, decision) in of_listed {
            let match_of: Option<(String, i64)> = on_connection!(connection, open => name_candidate::table.find(id)
                .select((name_candidate::spelling, name_candidate::company_id))
                .first(open)
                .optional())?;
            let Some((spelling, company)) = match_of else { return Err(DecisionError::Unlisted(*id)) };
            on_connection!(connection, open => diesel::update(name_candidate::table.find(id))
                .set(name_candidate::decision.eq(name_of(*decision)))
                .execute(open))?;
            changes.record(decided(&spelling, company, *decision));
        }
        for given in given {
            let company = decide_given(connection, ids, *given)?;
            changes.record(decided(given.spelling, company, given.decision));
        }
        Ok(())
    })
}

/// How a decision stands in the change feed.
fn decided(spelling: &str, company: i64, decision: Decision) -> Change {
    let counts = serde_json::json!({ "spelling": spelling, "decision": name_of(decision) });
    Change::of_many(ChangeKind::Decided, &counts).about(Some(Subject::Company(company)))
}

/// Takes a decision of a file. The company that it is about.
fn decide_given(connection: &mut Connection, ids: &mut IdMaker, given: Given<'_>) -> Result<i64, DecisionError> {
    let found: Option<(i64, String)> = on_connection!(connection, open => company::table
        .filter(company::slug.eq(given.company))
        .select((company::id, company::name))
        .first(open)
        .optional())?;
    let Some((company_id, spelt_like)) = found else {
        return Err(DecisionError::NoCompany(given.company.to_owned()));
    };
    let changed = on_connection!(connection, open => diesel::update(name_candidate::table
            .filter(name_candidate::spelling.eq(given.spelling))
            .filter(name_candidate::company_id.eq(company_id)))
        .set(name_candidate::decision.eq(name_of(given.decision)))
        .execute(open))?;
    if changed == 0 {
        let row = CandidateRow {
            id: ids.next_id(),
            spelling: given.spelling.to_owned(),
            company_id,
            spelt_like,
            score: 100,
            doubt: "GIVEN",
            decision: name_of(given.decision),
        };
        CandidateRow::insert(connection, &[row])?;
    }
    Ok(company_id)
}
