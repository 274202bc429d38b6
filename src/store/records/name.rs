//! Rows of what is known of names: the keys of companies, and matches that people decide.

use crate::store::records::record;

record! {
    /// A row of `company_key`.
    KeyRow in company_key { key: i64, company_id: i64 }
}

record! {
    /// A row of `name_candidate`.
    CandidateRow in name_candidate {
        id: i64,
        spelling: String,
        company_id: i64,
        spelt_like: String,
        score: i32,
        doubt: &'static str,
        decision: &'static str,
    }
}
