//! Corrections of rows: each names the version that it saw, and is made only if that is still the present one.

use chrono::NaiveDate;
use diesel::{AsChangeset, ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _};

use crate::store::bulk::KEYS_MAX;
use crate::store::records::Moment;
use crate::store::schema::{agreement, company, patent_transfer, patent_transfer_patent};
use crate::store::{Connection, StoreError, on_connection, search};

/// What is corrected of a company: what is none stays, and what is none within is cleared.
#[derive(Debug, Default, AsChangeset)]
#[diesel(table_name = company)]
pub(crate) struct CompanyChange {
    pub(crate) name: Option<String>,
    pub(crate) name_folded: Option<String>,
    pub(crate) legal_name: Option<Option<String>>,
    pub(crate) lei: Option<Option<String>>,
    pub(crate) country: Option<Option<String>>,
    pub(crate) city: Option<Option<String>>,
    pub(crate) founded_on: Option<Option<NaiveDate>>,
    pub(crate) dissolved_on: Option<Option<NaiveDate>>,
    pub(crate) website: Option<Option<String>>,
    pub(crate) description: Option<Option<String>>,
    pub(crate) version: i32,
}

/// What is corrected of an agreement.
#[derive(Debug, Default, AsChangeset)]
#[diesel(table_name = agreement)]
pub(crate) struct AgreementChange {
    pub(crate) title: Option<String>,
    pub(crate) title_folded: Option<String>,
    pub(crate) summary: Option<Option<String>>,
    pub(crate) announced_on: Option<Option<NaiveDate>>,
    pub(crate) announced_precision: Option<Option<String>>,
    pub(crate) signed_on: Option<Option<NaiveDate>>,
    pub(crate) effective_on: Option<Option<NaiveDate>>,
    pub(crate) expires_on: Option<Option<NaiveDate>>,
    pub(crate) term: Option<Option<String>>,
    pub(crate) status: Option<String>,
    pub(crate) value_amount: Option<Option<i64>>,
    pub(crate) value_currency: Option<Option<String>>,
    pub(crate) value_disclosed: Option<Option<bool>>,
    pub(crate) retracted_at: Option<Option<Moment>>,
    pub(crate) retraction_reason: Option<Option<String>>,
    pub(crate) version: i32,
}

/// The name and the version of a company.
pub(crate) fn seen_company(connection: &mut Connection, id: i64) -> Result<(String, i32), StoreError> {
    Ok(on_connection!(connection, open =>
        company::table.filter(company::id.eq(id)).select((company::name, company::version)).first(open))?)
}

/// The title, the status, the version of an agreement, and whether it was retracted.
pub(crate) fn seen_agreement(
    connection: &mut Connection,
    id: i64,
) -> Result<(String, String, i32, Option<String>), StoreError> {
    Ok(on_connection!(connection, open => agreement::table
        .filter(agreement::id.eq(id))
        .select((agreement::title, agreement::status, agreement::version, agreement::retraction_reason))
        .first(open))?)
}

/// Corrects a company whose version is still the one that was seen; whether it was.
pub(crate) fn correct_company(
    connection: &mut Connection,
    id: i64,
    seen: i32,
    change: &CompanyChange,
) -> Result<bool, StoreError> {
    let rows = company::table.filter(company::id.eq(id)).filter(company::version.eq(seen));
    search::leave(connection, search::Table::Company, &[id])?;
    let changed = on_connection!(connection, open => diesel::update(rows).set(change).execute(open))?;
    search::stand(connection, search::Table::Company, &[id])?;
    Ok(changed == 1)
}

/// Corrects an agreement whose version is still the one that was seen; whether it was.
pub(crate) fn correct_agreement(
    connection: &mut Connection,
    id: i64,
    seen: i32,
    change: &AgreementChange,
) -> Result<bool, StoreError> {
    let rows = agreement::table.filter(agreement::id.eq(id)).filter(agreement::version.eq(seen));
    search::leave(connection, search::Table::Agreement, &[id])?;
    let changed = on_connection!(connection, open => diesel::update(rows).set(change).execute(open))?;
    search::stand(connection, search::Table::Agreement, &[id])?;
    Ok(changed == 1)
}

/// The patents that an agreement's transfers name.
pub(crate) fn patents_of_agreement(connection: &mut Connection, id: i64) -> Result<Vec<i64>, StoreError> {
    let transfers: Vec<i64> = on_connection!(connection, open => patent_transfer::table
        .filter(patent_transfer::agreement_id.eq(id))
        .select(patent_transfer::id)
        .load(open))?;
    let mut patents = Vec::new();
    for batch in transfers.chunks(KEYS_MAX) {
        let found: Vec<i64> = on_connection!(connection, open => patent_transfer_patent::table
            .filter(patent_transfer_patent::patent_transfer_id.eq_any(batch))
            .select(patent_transfer_patent::patent_id)
            .distinct()
            .load(open))?;
        patents.extend(found);
    }
    patents.sort_unstable();
    patents.dedup();
    Ok(patents)
}
