//! What supports facts, and the matches of names that people decide.

use crate::store::bulk::{bulk_row, found_by, read_after};
use crate::store::records::CitationRow;

found_by! {
    /// The citations of some facts.
    citations_of_facts: CitationRow in citation by fact_id: i64
}

bulk_row! {
    /// A row of `name_candidate`.
    CandidateRow in name_candidate {
        spelling: String,
        company_id: i64,
        spelt_like: String,
        score: i32,
        doubt: String,
        decision: String,
    }
}

found_by! {
    /// The matches of some spellings.
    candidates_of: CandidateRow in name_candidate by spelling: &str
}

read_after! {
    /// The matches behind an id, in the order of ids.
    candidates_after: CandidateRow in name_candidate by id: i64
}
