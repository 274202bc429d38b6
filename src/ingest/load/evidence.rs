//! Citations: every fact has at least one.

use std::collections::HashMap;

use crate::catalog::closed::CONFIDENCE;
use crate::ingest::format::CitationItem;
use crate::ingest::load::plan::Plan;
use crate::ingest::place::Place;
use crate::ingest::{IngestError, Wrong};
use crate::store::records::{CitationRow, Claim, FactKind};
use crate::text::fold;

impl Plan<'_> {
    /// Places the citations of a fact.
    pub(super) fn cite(
        &mut self,
        at: Place,
        kind: FactKind,
        fact: i64,
        citations: &[CitationItem],
    ) -> Result<(), IngestError> {
        if citations.is_empty() {
            return Err(at.fault(Wrong::NoEvidence, "citations", "[]", "at least one source"));
        }
        self.cite_after(at, (kind, fact), citations, HashMap::new()).map(drop)
    }

    /// Places more citations of a fact, behind the last one of each source; gives the id of the last that is placed.
    pub(super) fn cite_after(
        &mut self,
        at: Place,
        (kind, fact): (FactKind, i64),
        citations: &[CitationItem],
        mut ordinals: HashMap<i64, i32>,
    ) -> Result<Option<i64>, IngestError> {
        let mut last = None;
        for citation in citations {
            let source = self.source(at, "source", &citation.source)?;
            let ordinal = ordinals.entry(source).or_default();
            *ordinal = ordinal.saturating_add(1);
            let claim = self.claim(at, source, *ordinal, citation)?;
            let id = self.ids.next_id();
            self.citations.place(CitationRow::of(id, kind, fact, claim));
            last = Some(id);
        }
        Ok(last)
    }

    fn claim(&self, at: Place, source_id: i64, ordinal: i32, citation: &CitationItem) -> Result<Claim, IngestError> {
        let quote = at.optional_text("quote", citation.quote.as_deref())?;
        let confidence = citation.confidence.as_deref().unwrap_or("MEDIUM");
        if let (None, Some(value)) = (&citation.claim_field, &citation.claim_value) {
            return Err(at.wrong("claimValue", value, "a `claimField` beside it"));
        }
        Ok(Claim {
            source_id,
            ordinal,
            quote_folded: quote.as_deref().map(fold),
            quote,
            claim_field: at.optional_text("claimField", citation.claim_field.as_deref())?,
            claim_value: at.optional_text("claimValue", citation.claim_value.as_deref())?,
            confidence: at.closed("confidence", confidence, &CONFIDENCE)?.to_owned(),
            recorded_at: self.recorded_at,
            record: None,
        })
    }
}

/// The citations of a part that has none of its own: those of the whole that make no claim, without their words.
pub(super) fn inherited(own: &[CitationItem], whole: &[CitationItem]) -> Vec<CitationItem> {
    if !own.is_empty() {
        return own.to_vec();
    }
    let supports = |citation: &&CitationItem| citation.claim_field.is_none();
    let without_words = |citation: &CitationItem| CitationItem { quote: None, ..citation.clone() };
    whole.iter().filter(supports).map(without_words).collect()
}

/// The citations of a fact that names its source: its own, or else that source.
pub(super) fn reported(own: &[CitationItem], source: &str) -> Vec<CitationItem> {
    if own.is_empty() {
        return vec![CitationItem { source: source.to_owned(), ..CitationItem::default() }];
    }
    own.to_vec()
}
