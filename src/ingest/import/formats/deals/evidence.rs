//! Citations: every fact has at least one.

use std::collections::{HashMap, HashSet};

use super::field;
use super::refs::{Asked, Refs};
use super::run::Maker;
use super::sheet::{Change, Sheet};
use crate::catalog::closed::CONFIDENCE;
use crate::ingest::deals::{Citation, CitationItem, Short, SourceRef};
use crate::ingest::import::{Problem, Wrong};
use crate::store::records::{CitationRow, Claim, FactKind, Moment};
use crate::text::fold;

/// A citation whose fact is not known yet.
#[derive(Debug, Clone)]
pub(super) struct Cited {
    source_id: i64,
    ordinal: i32,
    quote: Option<String>,
    claim_field: Option<String>,
    claim_value: Option<String>,
    confidence: Option<String>,
    record: Option<String>,
    recorded_at: Option<Moment>,
}

/// A citation at length.
pub(super) fn whole(citation: &Citation) -> CitationItem {
    match citation {
        Short::Object(item) => item.clone(),
        Short::Text(source) => of(&Short::Text(source.clone())),
    }
}

fn of(source: &SourceRef) -> CitationItem {
    CitationItem {
        source: source.clone(),
        ordinal: None,
        quote: None,
        claim_field: None,
        claim_value: None,
        confidence: None,
        record: None,
        recorded_at: None,
    }
}

/// Asks for the sources of citations.
pub(super) fn refer(citations: &[Citation], asked: &mut Asked) {
    for citation in citations {
        asked.source(&whole(citation).source);
    }
}

/// The citations of a fact that has to have its own.
pub(super) fn own(refs: &Refs, citations: &[Citation]) -> Result<Vec<Cited>, Problem> {
    read(refs, citations.iter().map(whole).collect())
}

/// The citations of a part: where it has none of its own, those of the whole that make no claim, without their words.
pub(super) fn inherited(refs: &Refs, own: &[Citation], all: &[Citation]) -> Result<Vec<Cited>, Problem> {
    if !own.is_empty() {
        return self::own(refs, own);
    }
    let supports = |item: &CitationItem| item.claim_field.is_none();
    let without_words = |item| CitationItem { quote: None, ordinal: None, record: None, ..item };
    read(refs, all.iter().map(whole).filter(supports).map(without_words).collect())
}

/// The citations of a fact that names its source: its own, or else that source.
pub(super) fn reported(refs: &Refs, own: &[Citation], source: &SourceRef) -> Result<Vec<Cited>, Problem> {
    if own.is_empty() { read(refs, vec![of(source)]) } else { self::own(refs, own) }
}

fn read(refs: &Refs, items: Vec<CitationItem>) -> Result<Vec<Cited>, Problem> {
    if items.is_empty() {
        let problem = Problem::new("citations", "[]", "nothing supports the fact", "at least one source");
        return Err(problem.of_kind(Wrong::NoEvidence));
    }
    let mut ordinals: HashMap<i64, usize> = HashMap::new();
    let mut seen = HashSet::new();
    let mut cited = Vec::with_capacity(items.len());
    for item in items {
        let source_id = refs.source("citations.source", &item.source)?;
        let index = ordinals.entry(source_id).or_default();
        let ordinal = field::place("citations.ordinal", item.ordinal, *index)?;
        *index += 1;
        field::once("citations.ordinal", &ordinal.to_string(), (source_id, ordinal), &mut seen)?;
        if let (None, Some(value)) = (&item.claim_field, &item.claim_value) {
            return Err(field::wrong("citations.claimValue", value, "a `claimField` beside it"));
        }
        let prose =
            |field: &'static str, value: Option<&String>| field::optional(value, |text| field::prose(field, text));
        cited.push(Cited {
            source_id,
            ordinal,
            quote: prose("citations.quote", item.quote.as_ref())?,
            claim_field: prose("citations.claimField", item.claim_field.as_ref())?,
            claim_value: prose("citations.claimValue", item.claim_value.as_ref())?,
            confidence: field::optional(item.confidence.as_ref(), |text| {
                field::closed("citations.confidence", text, &CONFIDENCE)
            })?,
            record: prose("citations.record", item.record.as_ref())?,
            recorded_at: field::optional(item.recorded_at.as_ref(), |text| {
                field::moment("citations.recordedAt", text)
            })?,
        });
    }
    Ok(cited)
}

/// Puts more citations of a fact behind those of the same sources that stand.
pub(super) fn add(
    sheet: &mut Sheet<CitationRow>,
    maker: &mut Maker<'_>,
    (kind, fact): (FactKind, i64),
    standing: &[CitationRow],
    mut cited: Vec<Cited>,
) -> Result<Change, Problem> {
    let mut last: HashMap<i64, i32> = HashMap::new();
    for row in standing {
        let ordinal = last.entry(row.source_id).or_default();
        *ordinal = row.ordinal.max(*ordinal);
    }
    for item in &mut cited {
        item.ordinal = item.ordinal.saturating_add(last.get(&item.source_id).copied().unwrap_or_default());
    }
    put(sheet, maker, kind, fact, cited)
}

/// Puts the citations of a fact beside those that stand.
pub(super) fn put(
    sheet: &mut Sheet<CitationRow>,
    maker: &mut Maker<'_>,
    kind: FactKind,
    fact: i64,
    cited: Vec<Cited>,
) -> Result<Change, Problem> {
    let mut change = Change::Same;
    for item in cited {
        let standing = sheet.find(&(fact, item.source_id, item.ordinal));
        let confidence = item.confidence.or_else(|| standing.map(|row| row.confidence.clone()));
        let recorded_at = item.recorded_at.or_else(|| standing.map(|row| row.recorded_at));
        let claim = Claim {
            source_id: item.source_id,
            ordinal: item.ordinal,
            quote_folded: item.quote.as_deref().map(fold),
            quote: item.quote,
            claim_field: item.claim_field,
            claim_value: item.claim_value,
            confidence: confidence.unwrap_or_else(|| "MEDIUM".to_owned()),
            recorded_at: recorded_at.unwrap_or(maker.recorded_at),
            record: item.record,
        };
        let (_, done) = sheet.put(maker.ids, CitationRow::of(0, kind, fact, claim))?;
        change = change.max(done);
    }
    Ok(change)
}
