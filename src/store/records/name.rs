//! Rows of what is known of names: the keys of companies, and matches that people decide.

use crate::store::bulk::bulk_insert;

/// A row of `company_key`.
#[derive(Debug, Clone, diesel::Insertable)]
#[diesel(table_name = crate::store::schema::company_key, treat_none_as_default_value = false)]
pub(crate) struct KeyRow {
    pub(crate) key: i64,
    pub(crate) company_id: i64,
}

bulk_insert! { KeyRow in company_key }

/// A row of `name_candidate`.
#[derive(Debug, Clone, diesel::Insertable)]
#[diesel(table_name = crate::store::schema::name_candidate, treat_none_as_default_value = false)]
pub(crate) struct CandidateRow {
    pub(crate) id: i64,
    pub(crate) spelling: String,
    pub(crate) company_id: i64,
    pub(crate) spelt_like: String,
    pub(crate) score: i32,
    pub(crate) doubt: &'static str,
    pub(crate) decision: &'static str,
}

bulk_insert! { CandidateRow in name_candidate }
