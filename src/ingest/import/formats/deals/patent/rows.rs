//! The rows of a line.

use std::collections::{BTreeSet, HashSet};

use super::super::evidence::{self, Cited};
use super::super::field;
use super::super::refs::{self, Refs};
use super::symbol;
use crate::catalog::closed::{ASSIGNEE_NAMED, EXPIRY_BASIS, PATENT_STATUS};
use crate::ingest::deals::PatentLine;
use crate::ingest::import::Problem;
use crate::store::bulk::{AT_PUBLICATION, BulkAssignee, BulkClassification, BulkPatent};
use crate::text::fold;

/// What a line becomes; what belongs to the patent has its id later.
pub(in super::super) struct PatentRows {
    pub(super) patent: BulkPatent,
    pub(super) assignees: Vec<BulkAssignee>,
    pub(super) symbols: Vec<BulkClassification>,
    pub(super) areas: Vec<i64>,
    pub(super) sources: Vec<i64>,
    pub(super) cited: Vec<Cited>,
}

pub(super) fn rows(line: &PatentLine, refs: &Refs) -> Result<PatentRows, Problem> {
    let patent = patent(line, refs)?;
    let symbols = symbols(line)?;
    let mut areas = BTreeSet::new();
    match &line.areas {
        Some(slugs) => {
            for slug in slugs {
                let area = refs.area("areas", slug)?;
                if !areas.insert(area) {
                    return Err(Problem::new("areas", slug, "it stands twice on the line", "each once"));
                }
            }
        }
        None => {
            for row in &symbols {
                let leads = refs.prefixes.iter().filter(|(prefix, _)| row.symbol.starts_with(prefix));
                areas.extend(leads.map(|(_, area)| *area));
            }
        }
    }
    let mut sources = Vec::with_capacity(line.sources.len());
    let mut seen = HashSet::new();
    for source in &line.sources {
        let id = refs.source("sources", source)?;
        field::once("sources", "", id, &mut seen)?;
        sources.push(id);
    }
    let cited = if line.citations.is_empty() { Vec::new() } else { evidence::own(refs, &line.citations)? };
    Ok(PatentRows {
        assignees: assignees(line, refs, patent.source_id)?,
        patent,
        symbols,
        areas: areas.into_iter().collect(),
        sources,
        cited,
    })
}

fn patent(line: &PatentLine, refs: &Refs) -> Result<BulkPatent, Problem> {
    let number = refs::number("number", &line.number)?;
    let day = |name: &'static str, value: Option<&String>| field::optional(value, |text| field::day(name, text));
    let name = |name: &'static str, value: Option<&String>| field::optional(value, |text| field::name(name, text));
    let title = name("title", line.title.as_ref())?;
    let expires_on = day("expiresOn", line.expires_on.as_ref())?;
    let basis = line.expires_basis.as_deref().or(expires_on.map(|_| "STATED"));
    if let (None, Some(basis)) = (expires_on, basis) {
        return Err(field::wrong("expiresBasis", basis, "an `expiresOn` beside it"));
    }
    Ok(BulkPatent {
        id: 0,
        publication_number: number.to_string(),
        office: number.office,
        number: number.number,
        kind_code: number.kind,
        title_folded: title.as_deref().map(fold),
        title,
        abstract_: field::optional(line.r#abstract.as_ref(), |text| field::prose("abstract", text))?,
        owner_id: None,
        original_assignee: field::optional(line.original_assignee.as_ref(), |text| {
            field::prose("originalAssignee", text)
        })?,
        family_id: name("familyId", line.family_id.as_ref())?,
        application_number: name("applicationNumber", line.application_number.as_ref())?,
        priority_on: day("priorityOn", line.priority_on.as_ref())?,
        filed_on: day("filedOn", line.filed_on.as_ref())?,
        published_on: day("publishedOn", line.published_on.as_ref())?,
        granted_on: day("grantedOn", line.granted_on.as_ref())?,
        expires_on,
        expires_basis: basis.map(|basis| field::closed("expiresBasis", basis, &EXPIRY_BASIS)).transpose()?,
        status: field::optional(line.status.as_ref(), |text| field::closed("status", text, &PATENT_STATUS))?,
        claims_count: line.claims_count.map(|count| field::number("claimsCount", count, 0)).transpose()?,
        source_id: refs.source("source", &line.source)?,
        source_record: field::optional(line.source_record.as_ref(), |text| field::prose("sourceRecord", text))?,
        term_extension_days: line.term_extension_days,
    })
}

/// Whom sources name as owners: each place counts among those that are named in the same way.
fn assignees(line: &PatentLine, refs: &Refs, source_id: i64) -> Result<Vec<BulkAssignee>, Problem> {
    let mut places = std::collections::HashMap::new();
    let mut seen = HashSet::new();
    let mut rows = Vec::with_capacity(line.assignees.len());
    for item in &line.assignees {
        let named = item.named.as_deref().unwrap_or(AT_PUBLICATION);
        let named = field::closed("assignees.named", named, &ASSIGNEE_NAMED)?;
        let index: &mut usize = places.entry(named.clone()).or_default();
        let ordinal = field::place("assignees.ordinal", item.ordinal, *index)?;
        *index += 1;
        field::once("assignees.ordinal", &ordinal.to_string(), (named.clone(), ordinal), &mut seen)?;
        let company = item.company.as_ref();
        let location = item.location.as_deref();
        let source = item.source.as_ref();
        rows.push(BulkAssignee {
            id: 0,
            patent_id: 0,
            named,
            ordinal,
            company_id: company.map(|company| refs.company("assignees.company", company)).transpose()?,
            name: field::name("assignees.name", &item.name)?,
            name_folded: fold(&item.name),
            stated_on: field::optional(item.stated_on.as_ref(), |text| field::day("assignees.statedOn", text))?,
            source_id: source.map_or(Ok(source_id), |source| refs.source("assignees.source", source))?,
            location_id: location.map(|code| refs.location("assignees.location", code)).transpose()?,
        });
    }
    Ok(rows)
}

fn symbols(line: &PatentLine) -> Result<Vec<BulkClassification>, Problem> {
    let mut rows = Vec::new();
    let mut seen = HashSet::new();
    for (name, scheme, items) in [("cpc", "CPC", &line.cpc), ("ipc", "IPC", &line.ipc)] {
        for (index, item) in items.iter().enumerate() {
            let (symbol, said) = symbol(item);
            let fits = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'/';
            if symbol.len() < 4 || !symbol.bytes().all(fits) {
                return Err(field::wrong(name, symbol, "a classification symbol without blanks, such as H04W4/70"));
            }
            field::once(name, symbol, (scheme, symbol), &mut seen)?;
            rows.push(BulkClassification {
                id: 0,
                patent_id: 0,
                scheme: scheme.to_owned(),
                symbol: field::name(name, symbol)?,
                ordinal: field::place(name, said, index)?,
            });
        }
    }
    Ok(rows)
}
