//! Agreements with all that is in them.

mod rows;

use std::collections::BTreeSet;

use super::evidence::{self, Cited};
use super::refs::{Asked, Refs};
use super::run::{Kind, Maker};
use super::sheet::{Change, Links, Sheet};
use super::transfer::{self, TransferRows};
use crate::ingest::deals::AgreementLine;
use crate::ingest::import::{Desk, ImportError, Problem};
use crate::store::bulk::{
    AgreementAreaLink, AgreementPartyRow, AgreementRow, CooperationRow, GrantPatentLink, GrantRow,
    agreements_by_slug_held, areas_of_agreements, citations_of_facts, cooperations_of, grants_of, parties_of,
    patents_of_grants,
};
use crate::store::records::{CitationRow, FactKind};

pub(super) use rows::agreement;

/// What a line becomes; what belongs to the agreement has its id later.
pub(super) struct AgreementRows {
    agreement: AgreementRow,
    areas: Vec<i64>,
    cited: Vec<Cited>,
    parties: Vec<(AgreementPartyRow, Vec<Cited>)>,
    grants: Vec<(GrantRow, Vec<i64>, Vec<Cited>)>,
    transfers: Vec<TransferRows>,
    cooperations: Vec<(CooperationRow, Vec<Cited>)>,
}

pub(super) struct Sheets {
    agreements: Sheet<AgreementRow>,
    areas: Links<AgreementAreaLink>,
    parties: Sheet<AgreementPartyRow>,
    grants: Sheet<GrantRow>,
    grant_patents: Links<GrantPatentLink>,
    cooperations: Sheet<CooperationRow>,
    citations: Sheet<CitationRow>,
    transfers: transfer::Sheets,
    /// The transfers that stood, each with its agreement: they follow the day and the status of it.
    standing: Vec<(i64, i64)>,
}

impl Kind for Box<AgreementLine> {
    type Rows = AgreementRows;
    type Sheets = Sheets;

    fn record(&self) -> String {
        format!("agreement {}", self.slug)
    }

    fn refer(&self, asked: &mut Asked) {
        self.areas.iter().for_each(|slug| asked.area(slug));
        evidence::refer(&self.citations, asked);
        for item in &self.parties {
            asked.company(&item.company);
            evidence::refer(&item.citations, asked);
        }
        for item in &self.grants {
            asked.company(&item.licensor);
            asked.company(&item.licensee);
            item.area.iter().for_each(|slug| asked.area(slug));
            asked.patents(&item.patents);
            evidence::refer(&item.citations, asked);
        }
        self.transfers.iter().for_each(|item| transfer::refer(item, asked));
        for item in &self.cooperations {
            asked.area(&item.area);
            item.supplier.iter().chain(&item.customer).for_each(|company| asked.company(company));
            evidence::refer(&item.citations, asked);
        }
    }

    fn rows(&self, refs: &Refs) -> Result<AgreementRows, Problem> {
        rows::rows(self, refs)
    }

    fn find(rows: &[Result<AgreementRows, Problem>], desk: &mut Desk<'_>) -> Result<Sheets, ImportError> {
        let rows = || rows.iter().flatten();
        let slugs: Vec<&str> = rows().map(|rows| &*rows.agreement.slug).collect();
        let agreements = agreements_by_slug_held(desk.connection, &slugs)?;
        let ids: Vec<i64> = agreements.iter().map(|row| row.id).collect();
        let parties = parties_of(desk.connection, &ids)?;
        let grants = grants_of(desk.connection, &ids)?;
        let cooperations = cooperations_of(desk.connection, &ids)?;
        let granted: Vec<i64> = grants.iter().map(|row| row.id).collect();
        let mut facts: Vec<i64> = ids.iter().chain(&granted).copied().collect();
        facts.extend(parties.iter().map(|row| row.id));
        facts.extend(cooperations.iter().map(|row| row.id));
        let standing = crate::store::bulk::transfers_agreed(desk.connection, &ids)?;
        let transfers = rows().flat_map(|rows| rows.transfers.iter().map(|rows| &rows.transfer));
        Ok(Sheets {
            agreements: Sheet::of(agreements),
            areas: Links::of(areas_of_agreements(desk.connection, &ids)?),
            parties: Sheet::of(parties),
            grants: Sheet::of(grants),
            grant_patents: Links::of(patents_of_grants(desk.connection, &granted)?),
            cooperations: Sheet::of(cooperations),
            citations: Sheet::of(citations_of_facts(desk.connection, &facts)?),
            transfers: transfer::Sheets::find(transfers, &ids, desk)?,
            standing: standing.into_iter().filter_map(|row| Some((row.agreement_id?, row.id))).collect(),
        })
    }

    fn put(mut rows: AgreementRows, sheets: &mut Sheets, maker: &mut Maker<'_>) -> Result<(Change, Change), Problem> {
        let standing = sheets.agreements.find(&(rows.agreement.slug.clone(),)).map(|row| row.id);
        for rows in &mut rows.transfers {
            rows.transfer.agreement_id = standing;
            sheets.transfers.check(rows)?;
        }
        let (id, own) = sheets.agreements.put(maker.ids, rows.agreement)?;
        if own == Change::Changed {
            let of_it: BTreeSet<i64> = sheets
                .standing
                .iter()
                .filter(|(agreement, _)| *agreement == id)
                .map(|(_, transfer)| *transfer)
                .collect();
            of_it.into_iter().for_each(|transfer| sheets.transfers.touch(transfer));
        }
        let mut inside = evidence::put(&mut sheets.citations, maker, FactKind::Agreement, id, rows.cited)?;
        for area_id in rows.areas {
            inside = inside.max(sheets.areas.put(AgreementAreaLink { agreement_id: id, area_id }));
        }
        for (row, cited) in rows.parties {
            let (fact, change) = sheets.parties.put(maker.ids, AgreementPartyRow { agreement_id: id, ..row })?;
            let done = evidence::put(&mut sheets.citations, maker, FactKind::AgreementParty, fact, cited)?;
            inside = inside.max(change).max(done);
        }
        for (row, patents, cited) in rows.grants {
            let (fact, change) = sheets.grants.put(maker.ids, GrantRow { agreement_id: id, ..row })?;
            let links = patents
                .into_iter()
                .map(|patent_id| sheets.grant_patents.put(GrantPatentLink { licence_grant_id: fact, patent_id }));
            inside = links.fold(inside.max(change), Change::max);
            inside = inside.max(evidence::put(&mut sheets.citations, maker, FactKind::LicenceGrant, fact, cited)?);
        }
        for mut rows in rows.transfers {
            rows.transfer.agreement_id = Some(id);
            let (change, within) = sheets.transfers.put(rows, maker)?;
            inside = inside.max(change).max(within);
        }
        for (row, cited) in rows.cooperations {
            let (fact, change) = sheets.cooperations.put(maker.ids, CooperationRow { agreement_id: id, ..row })?;
            let done = evidence::put(&mut sheets.citations, maker, FactKind::Cooperation, fact, cited)?;
            inside = inside.max(change).max(done);
        }
        Ok((own, inside))
    }

    fn store(sheets: Sheets, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        sheets.agreements.store(desk)?;
        sheets.areas.store(desk)?;
        sheets.parties.store(desk)?;
        sheets.grants.store(desk)?;
        sheets.grant_patents.store(desk)?;
        sheets.cooperations.store(desk)?;
        sheets.citations.store(desk)?;
        sheets.transfers.store(desk)
    }
}
