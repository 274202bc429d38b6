//! The rows of a line.

use std::collections::HashSet;

use super::super::evidence::{self, Cited};
use super::super::field;
use super::super::refs::Refs;
use super::super::transfer;
use super::AgreementRows;
use crate::catalog::closed::{AGREEMENT_STATUS, COOPERATION_STAGE, GRANT_SCOPE, PARTY_ROLE};
use crate::ingest::deals::{AgreementLine, CooperationItem, GrantItem, PartyItem, TransferLine};
use crate::ingest::import::Problem;
use crate::store::bulk::{AgreementPartyRow, AgreementRow, CooperationRow, GrantRow};
use crate::text::fold;

pub(super) fn rows(line: &AgreementLine, refs: &Refs) -> Result<AgreementRows, Problem> {
    let mut seen = HashSet::new();
    let mut areas = Vec::with_capacity(line.areas.len());
    for slug in &line.areas {
        field::once("areas", slug, slug, &mut seen)?;
        areas.push(refs.area("areas", slug)?);
    }
    let (mut parties, mut grants, mut cooperations) = (HashSet::new(), HashSet::new(), HashSet::new());
    let numbered = |index: usize, item: &GrantItem| field::place("grants.ordinal", item.ordinal, index);
    let mut transfers = HashSet::new();
    Ok(AgreementRows {
        agreement: agreement(line)?,
        areas,
        cited: evidence::own(refs, &line.citations)?,
        parties: field::each("parties", &line.parties, |_, item| party(refs, line, item, &mut parties))?,
        grants: field::each("grants", &line.grants, |index, item| {
            let ordinal = numbered(index, item)?;
            field::once("grants.ordinal", &ordinal.to_string(), ordinal, &mut grants)?;
            grant(refs, line, item, ordinal)
        })?,
        transfers: field::each("transfers", &line.transfers, |index, item| {
            let ordinal = field::place("transfers.ordinal", item.ordinal, index)?;
            field::once("transfers.ordinal", &ordinal.to_string(), ordinal, &mut transfers)?;
            sold(refs, line, item, index)
        })?,
        cooperations: field::each("cooperations", &line.cooperations, |_, item| {
            cooperation(refs, line, item, &mut cooperations)
        })?,
    })
}

/// The row of an agreement, its values checked.
pub(in super::super) fn agreement(line: &AgreementLine) -> Result<AgreementRow, Problem> {
    let announced = field::optional(line.announced_on.as_ref(), |text| field::rough_day("announcedOn", text))?;
    let (announced_on, announced_precision) = announced.unzip();
    let (value_amount, value_currency) = value(line)?.unzip();
    if line.retracted_at.is_some() != line.retraction_reason.is_some() {
        let expected = "`retractedAt` and `retractionReason`, or neither";
        return Err(field::wrong("retractedAt", line.retracted_at.as_deref().unwrap_or_default(), expected));
    }
    let day = |name: &'static str, value: Option<&String>| field::optional(value, |text| field::day(name, text));
    Ok(AgreementRow {
        id: 0,
        slug: field::slug("slug", &line.slug)?,
        title: field::name("title", &line.title)?,
        title_folded: fold(&line.title),
        summary: field::optional(line.summary.as_ref(), |text| field::prose("summary", text))?,
        announced_on,
        announced_precision,
        retracted_at: field::optional(line.retracted_at.as_ref(), |text| field::moment("retractedAt", text))?,
        retraction_reason: field::optional(line.retraction_reason.as_ref(), |text| {
            field::prose("retractionReason", text)
        })?,
        signed_on: day("signedOn", line.signed_on.as_ref())?,
        effective_on: day("effectiveOn", line.effective_on.as_ref())?,
        expires_on: day("expiresOn", line.expires_on.as_ref())?,
        term: field::optional(line.term.as_ref(), |text| field::prose("term", text))?,
        status: field::closed("status", &line.status, &AGREEMENT_STATUS)?,
        value_amount,
        value_currency,
        value_disclosed: line.value_disclosed,
    })
}

fn value(line: &AgreementLine) -> Result<Option<(i64, String)>, Problem> {
    let Some(item) = &line.value else { return Ok(None) };
    let amount = field::decimal("value.amount", &item.amount, 2)?;
    if amount < 0 {
        return Err(field::wrong("value.amount", &item.amount, "an amount that is not negative"));
    }
    let currency = "a currency as three capital letters (ISO 4217)";
    Ok(Some((amount, field::code("value.currency", &item.currency, 3, currency)?)))
}

fn party(
    refs: &Refs,
    line: &AgreementLine,
    item: &PartyItem,
    seen: &mut HashSet<(i64, String)>,
) -> Result<(AgreementPartyRow, Vec<Cited>), Problem> {
    let row = AgreementPartyRow {
        id: 0,
        agreement_id: 0,
        company_id: refs.company("parties.company", &item.company)?,
        role: field::closed("parties.role", &item.role, &PARTY_ROLE)?,
    };
    field::once("parties.role", &item.role, (row.company_id, row.role.clone()), seen)?;
    Ok((row, evidence::inherited(refs, &item.citations, &line.citations)?))
}

fn grant(
    refs: &Refs,
    line: &AgreementLine,
    item: &GrantItem,
    ordinal: i32,
) -> Result<(GrantRow, Vec<i64>, Vec<Cited>), Problem> {
    let prose = |name: &'static str, value: Option<&String>| field::optional(value, |text| field::prose(name, text));
    let row = GrantRow {
        id: 0,
        agreement_id: 0,
        ordinal,
        licensor_id: refs.company("grants.licensor", &item.licensor)?,
        licensee_id: refs.company("grants.licensee", &item.licensee)?,
        scope: field::optional(item.scope.as_ref(), |text| field::closed("grants.scope", text, &GRANT_SCOPE))?,
        standard: prose("grants.standard", item.standard.as_ref())?,
        area_id: field::optional(item.area.as_ref(), |slug| refs.area("grants.area", slug))?,
        territory: prose("grants.territory", item.territory.as_ref())?,
        exclusive: item.exclusive,
        royalty: prose("grants.royalty", item.royalty.as_ref())?,
        covers_affiliates: item.covers_affiliates,
        effective_on: field::optional(item.effective_on.as_ref(), |text| field::day("grants.effectiveOn", text))?,
        expires_on: field::optional(item.expires_on.as_ref(), |text| field::day("grants.expiresOn", text))?,
    };
    if row.licensor_id == row.licensee_id {
        return Err(field::wrong("grants.licensee", item.licensee.shown(), "another company than the licensor"));
    }
    let patents = refs.patents("grants.patents", &item.patents)?;
    Ok((row, patents, evidence::inherited(refs, &item.citations, &line.citations)?))
}

fn sold(
    refs: &Refs,
    line: &AgreementLine,
    item: &TransferLine,
    index: usize,
) -> Result<transfer::TransferRows, Problem> {
    if let Some(slug) = &item.agreement {
        return Err(field::wrong("transfers.agreement", slug, "nothing: it is that of the line"));
    }
    transfer::rows(item, refs, index, evidence::inherited(refs, &item.citations, &line.citations)?)
}

fn cooperation(
    refs: &Refs,
    line: &AgreementLine,
    item: &CooperationItem,
    seen: &mut HashSet<(i64, String)>,
) -> Result<(CooperationRow, Vec<Cited>), Problem> {
    let (supplier, customer) = (item.supplier.as_ref(), item.customer.as_ref());
    let row = CooperationRow {
        id: 0,
        agreement_id: 0,
        area_id: refs.area("cooperations.area", &item.area)?,
        stage: field::closed("cooperations.stage", &item.stage, &COOPERATION_STAGE)?,
        description: field::optional(item.description.as_ref(), |text| field::prose("cooperations.description", text))?,
        supplier_id: supplier.map(|company| refs.company("cooperations.supplier", company)).transpose()?,
        customer_id: customer.map(|company| refs.company("cooperations.customer", company)).transpose()?,
    };
    field::once("cooperations.area", &item.area, (row.area_id, row.stage.clone()), seen)?;
    Ok((row, evidence::inherited(refs, &item.citations, &line.citations)?))
}
