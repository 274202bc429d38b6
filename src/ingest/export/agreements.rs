//! Agreements with what is in them, but for transfers, which are lines of their own.

use std::collections::HashMap;

use super::evidence::Citations;
use super::{Export, ExportError, PAGE, Slugs, day, grouped, words};
use crate::ingest::deals::{AgreementLine, CooperationItem, GrantItem, Line, PartyItem, ValueItem};
use crate::store::bulk::{
    AgreementPartyRow, AgreementRow, CooperationRow, GrantPatentLink, GrantRow, agreements_after, areas_of_agreements,
    cooperations_of, grants_of, parties_of, patents_of_grants,
};

pub(super) fn write(export: &mut Export<'_>) -> Result<(), ExportError> {
    let mut last = String::new();
    loop {
        let rows = agreements_after(export.connection, &last, PAGE)?;
        let Some(end) = rows.last() else { return Ok(()) };
        last.clone_from(&end.slug);
        write_page(export, rows)?;
    }
}

fn write_page(export: &mut Export<'_>, rows: Vec<AgreementRow>) -> Result<(), ExportError> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let parties = parties_of(export.connection, &ids)?;
    let grants = grants_of(export.connection, &ids)?;
    let cooperations = cooperations_of(export.connection, &ids)?;
    let granted: Vec<i64> = grants.iter().map(|row| row.id).collect();
    let links = patents_of_grants(export.connection, &granted)?;
    let numbers = export.numbers(links.iter().map(|link| link.patent_id))?;
    let of_parties = parties.iter().map(|row| row.company_id);
    let of_grants = grants.iter().flat_map(|row| [row.licensor_id, row.licensee_id]);
    let of_cooperations = cooperations.iter().flat_map(|row| row.supplier_id.into_iter().chain(row.customer_id));
    let slugs = export.companies(of_parties.chain(of_grants).chain(of_cooperations))?;
    let mut areas = grouped(areas_of_agreements(export.connection, &ids)?, |link| link.agreement_id);
    let facts = ids.into_iter().chain(granted).chain(parties.iter().map(|row| row.id));
    let mut cited = export.citations(facts.chain(cooperations.iter().map(|row| row.id)))?;
    let mut parties = grouped(parties, |row| row.agreement_id);
    let mut grants = grouped(grants, |row| row.agreement_id);
    let mut cooperations = grouped(cooperations, |row| row.agreement_id);
    let mut links = grouped(links, |link| link.licence_grant_id);
    for row in rows {
        let of = |link: &crate::store::bulk::AgreementAreaLink| export.area(link.area_id);
        let mut areas: Vec<String> = areas.remove(&row.id).unwrap_or_default().iter().map(of).collect();
        areas.sort();
        let cooperations = cooperations.remove(&row.id).unwrap_or_default();
        let line = AgreementLine {
            areas,
            parties: party_items(parties.remove(&row.id).unwrap_or_default(), &slugs, &mut cited),
            grants: grant_items(
                export,
                grants.remove(&row.id).unwrap_or_default(),
                &slugs,
                (&mut links, &numbers),
                &mut cited,
            ),
            cooperations: cooperation_items(export, cooperations, &slugs, &mut cited),
            citations: cited.of(row.id),
            ..bare(row)
        };
        export.line(&Line::Agreement(Box::new(line)))?;
    }
    Ok(())
}

/// The line of an agreement without its lists.
fn bare(row: AgreementRow) -> AgreementLine {
    let value = row.value_amount.zip(row.value_currency);
    AgreementLine {
        announced_on: words::rough_day(row.announced_on, row.announced_precision.as_deref()),
        slug: row.slug,
        title: row.title,
        status: row.status,
        summary: row.summary,
        signed_on: day(row.signed_on),
        effective_on: day(row.effective_on),
        expires_on: day(row.expires_on),
        term: row.term,
        value: value.map(|(amount, currency)| ValueItem { amount: words::decimal(amount, 2), currency }),
        value_disclosed: row.value_disclosed,
        retracted_at: row.retracted_at.map(words::moment),
        retraction_reason: row.retraction_reason,
        areas: Vec::new(),
        citations: Vec::new(),
        parties: Vec::new(),
        grants: Vec::new(),
        transfers: Vec::new(),
        cooperations: Vec::new(),
    }
}

fn party_items(mut rows: Vec<AgreementPartyRow>, slugs: &Slugs, cited: &mut Citations) -> Vec<PartyItem> {
    rows.sort_by_cached_key(|row| (row.role.clone(), slugs.slug(row.company_id)));
    rows.into_iter()
        .map(|row| PartyItem { company: slugs.company(row.company_id), role: row.role, citations: cited.of(row.id) })
        .collect()
}

fn grant_items(
    export: &Export<'_>,
    mut rows: Vec<GrantRow>,
    slugs: &Slugs,
    (links, numbers): (&mut HashMap<i64, Vec<GrantPatentLink>>, &HashMap<i64, String>),
    cited: &mut Citations,
) -> Vec<GrantItem> {
    rows.sort_by_key(|row| row.ordinal);
    let mut counted = 0;
    rows.into_iter()
        .map(|row| {
            let links = links.remove(&row.id).unwrap_or_default();
            let mut patents: Vec<String> =
                links.iter().filter_map(|link| numbers.get(&link.patent_id).cloned()).collect();
            patents.sort();
            GrantItem {
                licensor: slugs.company(row.licensor_id),
                licensee: slugs.company(row.licensee_id),
                ordinal: words::said(row.ordinal, &mut counted),
                scope: row.scope,
                standard: row.standard,
                area: row.area_id.map(|area| export.area(area)),
                territory: row.territory,
                exclusive: row.exclusive,
                royalty: row.royalty,
                covers_affiliates: row.covers_affiliates,
                effective_on: day(row.effective_on),
                expires_on: day(row.expires_on),
                patents,
                citations: cited.of(row.id),
            }
        })
        .collect()
}

fn cooperation_items(
    export: &Export<'_>,
    mut rows: Vec<CooperationRow>,
    slugs: &Slugs,
    cited: &mut Citations,
) -> Vec<CooperationItem> {
    rows.sort_by_cached_key(|row| (export.area(row.area_id), row.stage.clone()));
    rows.into_iter()
        .map(|row| CooperationItem {
            area: export.area(row.area_id),
            stage: row.stage,
            description: row.description,
            supplier: row.supplier_id.map(|company| slugs.company(company)),
            customer: row.customer_id.map(|company| slugs.company(company)),
            citations: cited.of(row.id),
        })
        .collect()
}
