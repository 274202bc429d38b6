//! Agreements and what is in them into rows.

use crate::catalog::closed::{AGREEMENT_STATUS, COOPERATION_STAGE, GRANT_SCOPE, PARTY_ROLE};
use crate::ingest::IngestError;
use crate::ingest::format::{AgreementLine, CooperationItem, GrantItem, PartyItem};
use crate::ingest::load::evidence::inherited;
use crate::ingest::load::plan::Plan;
use crate::ingest::load::transfers::{self, Belonging};
use crate::ingest::place::{Place, ordinal};
use crate::store::records::{
    AgreementAreaRow, AgreementPartyRow, AgreementRow, CooperationRow, FactKind, LicenceGrantPatentRow, LicenceGrantRow,
};
use crate::text::fold;

/// Places an agreement with its areas, parties, grants, transfers and cooperations.
pub(super) fn place(plan: &mut Plan<'_>, line: &AgreementLine) -> Result<(), IngestError> {
    let (at, agreement) = (Place::default(), line);
    let row = row(plan.ids.next_id(), at, agreement)?;
    let id = at.once("slug", &agreement.slug, plan.agreements.place(row))?;
    plan.cite(at, FactKind::Agreement, id, &agreement.citations)?;
    for slug in &agreement.areas {
        let row = AgreementAreaRow { agreement_id: id, area_id: plan.area(at, "areas", slug)? };
        at.once("areas", slug, plan.agreement_areas.place(row))?;
    }
    let whole = agreement.citations.as_slice();
    for (index, item) in agreement.parties.iter().enumerate() {
        let at = at.item("parties", index);
        let fact = place_party(plan, at, id, item)?;
        plan.cite(at, FactKind::AgreementParty, fact, &inherited(&item.citations, whole))?;
    }
    for (index, item) in agreement.grants.iter().enumerate() {
        let at = at.item("grants", index);
        let fact = place_grant(plan, at, id, ordinal(index), item)?;
        plan.cite(at, FactKind::LicenceGrant, fact, &inherited(&item.citations, whole))?;
    }
    for (index, item) in agreement.transfers.iter().enumerate() {
        let at = at.item("transfers", index);
        let belonging = Belonging { agreement_id: Some(id), listed_by_id: None, ordinal: ordinal(index) };
        transfers::place(plan, at, belonging, item, &inherited(&item.citations, whole))?;
    }
    for (index, item) in agreement.cooperations.iter().enumerate() {
        let at = at.item("cooperations", index);
        let fact = place_cooperation(plan, at, id, item)?;
        plan.cite(at, FactKind::Cooperation, fact, &inherited(&item.citations, whole))?;
    }
    Ok(())
}

/// The row of an agreement, its values checked.
pub(super) fn row(id: i64, at: Place, agreement: &AgreementLine) -> Result<AgreementRow, IngestError> {
    let (announced_on, announced_precision) = at.rough_day("announcedOn", agreement.announced_on.as_deref())?;
    let (value_amount, value_currency) = value(at, agreement)?.unzip();
    Ok(AgreementRow {
        id,
        slug: at.slug("slug", &agreement.slug)?,
        title: at.text("title", &agreement.title)?,
        title_folded: fold(&agreement.title),
        summary: at.optional_text("summary", agreement.summary.as_deref())?,
        announced_on,
        announced_precision,
        signed_on: at.day("signedOn", agreement.signed_on.as_deref())?,
        effective_on: at.day("effectiveOn", agreement.effective_on.as_deref())?,
        expires_on: at.day("expiresOn", agreement.expires_on.as_deref())?,
        term: at.optional_text("term", agreement.term.as_deref())?,
        status: at.closed("status", &agreement.status, &AGREEMENT_STATUS)?,
        value_amount,
        value_currency,
        value_disclosed: agreement.value_disclosed,
    })
}

fn value(at: Place, agreement: &AgreementLine) -> Result<Option<(i64, String)>, IngestError> {
    let Some(item) = &agreement.value else { return Ok(None) };
    let amount = at.decimal("value.amount", &item.amount, 2)?;
    if amount < 0 {
        return Err(at.wrong("value.amount", &item.amount, "an amount that is not negative"));
    }
    let currency = at.code("value.currency", &item.currency, 3, "a currency as three capital letters (ISO 4217)")?;
    Ok(Some((amount, currency)))
}

fn place_party(plan: &mut Plan<'_>, at: Place, agreement_id: i64, item: &PartyItem) -> Result<i64, IngestError> {
    let row = AgreementPartyRow {
        id: plan.ids.next_id(),
        agreement_id,
        company_id: plan.company(at, "parties.company", &item.company)?,
        role: at.closed("parties.role", &item.role, &PARTY_ROLE)?.to_owned(),
    };
    at.once("parties.company", &item.company, plan.agreement_parties.place(row))
}

fn place_grant(
    plan: &mut Plan<'_>,
    at: Place,
    agreement_id: i64,
    ordinal: i32,
    item: &GrantItem,
) -> Result<i64, IngestError> {
    let row = grant_row(plan, at, agreement_id, ordinal, item)?;
    if row.licensor_id == row.licensee_id {
        return Err(at.wrong("grants.licensee", &item.licensee, "another company than the licensor"));
    }
    let id = at.once("grants", &ordinal.to_string(), plan.grants.place(row))?;
    for number in &item.patents {
        let row = LicenceGrantPatentRow { licence_grant_id: id, patent_id: plan.patent(at, "grants.patents", number)? };
        at.once("grants.patents", number, plan.grant_patents.place(row))?;
    }
    Ok(id)
}

fn grant_row(
    plan: &mut Plan<'_>,
    at: Place,
    agreement_id: i64,
    ordinal: i32,
    item: &GrantItem,
) -> Result<LicenceGrantRow, IngestError> {
    let area = item.area.as_deref();
    Ok(LicenceGrantRow {
        id: plan.ids.next_id(),
        agreement_id,
        ordinal,
        licensor_id: plan.company(at, "grants.licensor", &item.licensor)?,
        licensee_id: plan.company(at, "grants.licensee", &item.licensee)?,
        scope: at.optional_closed("grants.scope", item.scope.as_deref(), &GRANT_SCOPE)?,
        standard: at.optional_text("grants.standard", item.standard.as_deref())?,
        area_id: area.map(|slug| plan.area(at, "grants.area", slug)).transpose()?,
        territory: at.optional_text("grants.territory", item.territory.as_deref())?,
        exclusive: item.exclusive,
        royalty: at.optional_text("grants.royalty", item.royalty.as_deref())?,
        covers_affiliates: item.covers_affiliates,
        effective_on: at.day("grants.effectiveOn", item.effective_on.as_deref())?,
        expires_on: at.day("grants.expiresOn", item.expires_on.as_deref())?,
    })
}

fn place_cooperation(
    plan: &mut Plan<'_>,
    at: Place,
    agreement_id: i64,
    item: &CooperationItem,
) -> Result<i64, IngestError> {
    let company = |field: &str, slug: Option<&str>| slug.map(|slug| plan.company(at, field, slug)).transpose();
    let (supplier_id, customer_id) = (
        company("cooperations.supplier", item.supplier.as_deref())?,
        company("cooperations.customer", item.customer.as_deref())?,
    );
    let row = CooperationRow {
        area_id: plan.area(at, "cooperations.area", &item.area)?,
        id: plan.ids.next_id(),
        agreement_id,
        stage: at.closed("cooperations.stage", &item.stage, &COOPERATION_STAGE)?.to_owned(),
        description: at.optional_text("cooperations.description", item.description.as_deref())?,
        supplier_id,
        customer_id,
    };
    at.once("cooperations.area", &item.area, plan.cooperations.place(row))
}
