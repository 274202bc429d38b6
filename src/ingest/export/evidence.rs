//! Citations of facts.

use std::collections::HashMap;

use super::{Export, ExportError, grouped, words};
use crate::ingest::deals::{Citation, CitationItem, Short};
use crate::store::bulk::citations_of_facts;
use crate::store::records::CitationRow;

/// The citations of some facts.
pub(super) struct Citations(HashMap<i64, Vec<Citation>>);

impl Citations {
    /// Those of a fact, each fact once.
    pub(super) fn of(&mut self, fact: i64) -> Vec<Citation> {
        self.0.remove(&fact).unwrap_or_default()
    }
}

impl Export<'_> {
    /// The citations of some facts: those of a source together, in their order.
    pub(super) fn citations(&mut self, facts: impl Iterator<Item = i64>) -> Result<Citations, ExportError> {
        let facts: Vec<i64> = facts.collect();
        let found = grouped(citations_of_facts(self.connection, &facts)?, |row| row.fact_id);
        Ok(Citations(found.into_iter().map(|(fact, rows)| (fact, self.written(rows))).collect()))
    }

    fn written(&self, mut rows: Vec<CitationRow>) -> Vec<Citation> {
        rows.sort_by_key(|row| (self.source_place(row.source_id), row.ordinal));
        let mut counted = HashMap::new();
        rows.into_iter()
            .map(|row| {
                Short::Object(CitationItem {
                    source: self.source(row.source_id),
                    ordinal: words::said(row.ordinal, counted.entry(row.source_id).or_default()),
                    quote: row.quote,
                    claim_field: row.claim_field,
                    claim_value: row.claim_value,
                    confidence: Some(row.confidence).filter(|confidence| confidence != "MEDIUM"),
                    record: row.record,
                    recorded_at: Some(words::moment(row.recorded_at)),
                })
            })
            .collect()
    }
}
