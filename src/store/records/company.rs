//! Rows of companies, their names and their relations.

use chrono::NaiveDate;
use diesel::{QueryDsl as _, RunQueryDsl as _};

use crate::store::records::keyed_record;
use crate::store::schema::{company, company_name};
use crate::store::{Connection, StoreError, on_connection};

keyed_record! {
    /// A row of `company`.
    CompanyRow in company {
        slug: String,
        lei: Option<String>,
        name: String,
        name_folded: String,
        legal_name: Option<String>,
        country: Option<String>,
        city: Option<String>,
        founded_on: Option<NaiveDate>,
        dissolved_on: Option<NaiveDate>,
        website: Option<String>,
        description: Option<String>,
    }
    key (slug: String) searched
}

keyed_record! {
    /// A row of `company_name`.
    CompanyNameRow in company_name {
        company_id: i64,
        name: String,
        name_folded: String,
        kind: &'static str,
        used_from: Option<NaiveDate>,
        used_until: Option<NaiveDate>,
    }
    key (company_id: i64, name: String) searched
}

keyed_record! {
    /// A row of `company_relation`.
    CompanyRelationRow in company_relation {
        parent_id: i64,
        child_id: i64,
        kind: String,
        since: Option<NaiveDate>,
        until: Option<NaiveDate>,
        rule: Option<&'static str>,
    }
    key (parent_id: i64, child_id: i64, kind: String, since: Option<NaiveDate>)
}

/// Every spelling of every company that stands: names, legal names and other names, with the company's id.
pub(crate) fn company_spellings(connection: &mut Connection) -> Result<Vec<(String, i64)>, StoreError> {
    let own: Vec<(String, Option<String>, i64)> = on_connection!(connection, open =>
        company::table.select((company::name, company::legal_name, company::id)).load(open))?;
    let other: Vec<(String, i64)> = on_connection!(connection, open =>
        company_name::table.select((company_name::name, company_name::company_id)).load(open))?;
    let legal = own.iter().filter_map(|(_, legal, id)| legal.clone().map(|name| (name, *id)));
    let mut spellings: Vec<(String, i64)> = legal.chain(other).collect();
    spellings.extend(own.into_iter().map(|(name, _, id)| (name, id)));
    Ok(spellings)
}
