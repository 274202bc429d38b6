//! Transfers: on lines of their own, and inside agreements.

use std::collections::{BTreeSet, HashSet};

use super::evidence::{self, Cited};
use super::field;
use super::refs::{Asked, Refs};
use super::run::{Kind, Maker};
use super::sheet::{Change, Links, Sheet};
use crate::catalog::closed::CONVEYANCE;
use crate::ingest::deals::{Short, TransferLine, TransferParty, TransferPartyItem};
use crate::ingest::import::{Desk, ImportError, Problem};
use crate::store::bulk::{
    IndividualRow, TransferKey, TransferPartyRow, TransferPatentLink, TransferRow, citations_of_facts, individuals_of,
    patents_of_transfers, transfer_parties_of, transfers_agreed, transfers_listed, transfers_recorded,
};
use crate::store::records::{CitationRow, FactKind};
use crate::text::fold;

/// What a transfer becomes; what belongs to it has its id later.
pub(super) struct TransferRows {
    pub(super) transfer: TransferRow,
    /// Whether its place is said, and not only counted.
    is_placed: bool,
    parties: Vec<TransferPartyRow>,
    individuals: Vec<IndividualRow>,
    patents: Vec<i64>,
    cited: Vec<Cited>,
}

/// Transfers beside those that stand.
pub(super) struct Sheets {
    transfers: Sheet<TransferRow>,
    parties: Sheet<TransferPartyRow>,
    individuals: Sheet<IndividualRow>,
    patents: Links<TransferPatentLink>,
    citations: Sheet<CitationRow>,
    /// The transfers whose patents have another history now.
    changed: BTreeSet<i64>,
}

impl Sheets {
    /// Looks up what stands of some transfers, and all that stand in some agreements.
    pub(super) fn find<'a>(
        rows: impl Iterator<Item = &'a TransferRow>,
        agreements: &[i64],
        desk: &mut Desk<'_>,
    ) -> Result<Self, ImportError> {
        let (mut recorded, mut sources, mut places) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        for row in rows {
            recorded.extend(row.reel_frame.as_deref());
            if let Some(source) = row.listed_by_id {
                sources.insert(source);
                places.insert(row.ordinal);
            }
        }
        let (sources, places): (Vec<i64>, Vec<i32>) = (sources.into_iter().collect(), places.into_iter().collect());
        let mut found = transfers_recorded(desk.connection, &recorded)?;
        found.extend(transfers_agreed(desk.connection, agreements)?);
        found.extend(transfers_listed(desk.connection, &sources, &places)?);
        let ids: BTreeSet<i64> = found.iter().map(|row| row.id).collect();
        let ids: Vec<i64> = ids.into_iter().collect();
        Ok(Self {
            transfers: Sheet::of(found),
            parties: Sheet::of(transfer_parties_of(desk.connection, &ids)?),
            individuals: Sheet::of(individuals_of(desk.connection, &ids)?),
            patents: Links::of(patents_of_transfers(desk.connection, &ids)?),
            citations: Sheet::of(citations_of_facts(desk.connection, &ids)?),
            changed: BTreeSet::new(),
        })
    }

    /// Says that the histories of the patents of a transfer are others now.
    pub(super) fn touch(&mut self, transfer: i64) {
        self.changed.insert(transfer);
    }

    /// A transfer as it is to be put: one that stands in the register keeps its place, unless the line says it.
    fn placed(&self, rows: &TransferRows) -> TransferRow {
        let mut row = rows.transfer.clone();
        let recorded = row.reel_frame.clone().map(TransferKey::ReelFrame);
        if let (false, Some(found)) = (rows.is_placed, recorded.and_then(|key| self.transfers.find(&key))) {
            row.ordinal = found.ordinal;
        }
        row
    }

    /// Whether a transfer has a place of its own; nothing is put.
    pub(super) fn check(&self, rows: &TransferRows) -> Result<(), Problem> {
        self.transfers.check(&self.placed(rows))
    }

    /// Puts a transfer with its parties and patents.
    pub(super) fn put(&mut self, mut rows: TransferRows, maker: &mut Maker<'_>) -> Result<(Change, Change), Problem> {
        rows.transfer = self.placed(&rows);
        let (id, own) = self.transfers.put(maker.ids, rows.transfer)?;
        let mut inside = Change::Same;
        for row in rows.parties {
            let row = TransferPartyRow { patent_transfer_id: id, ..row };
            inside = inside.max(self.parties.put(maker.ids, row)?.1);
        }
        for row in rows.individuals {
            let row = IndividualRow { patent_transfer_id: id, ..row };
            inside = inside.max(self.individuals.put(maker.ids, row)?.1);
        }
        for patent_id in rows.patents {
            inside = inside.max(self.patents.put(TransferPatentLink { patent_transfer_id: id, patent_id }));
        }
        if own.max(inside) != Change::Same {
            self.changed.insert(id);
        }
        let cited = evidence::put(&mut self.citations, maker, FactKind::PatentTransfer, id, rows.cited)?;
        Ok((own, inside.max(cited)))
    }

    /// Stores what is new or changed, and has ownership derived again.
    pub(super) fn store(self, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        self.transfers.store(desk)?;
        self.parties.store(desk)?;
        self.individuals.store(desk)?;
        self.patents.store(desk)?;
        self.citations.store(desk)?;
        let changed: Vec<i64> = self.changed.into_iter().collect();
        for link in patents_of_transfers(desk.connection, &changed)? {
            desk.title(link.patent_id);
        }
        Ok(())
    }
}

/// Asks for all that a transfer refers to.
pub(super) fn refer(line: &TransferLine, asked: &mut Asked) {
    line.agreement.iter().for_each(|slug| asked.agreement(slug));
    line.listed_by.iter().for_each(|source| asked.source(source));
    for party in line.assignors.iter().chain(&line.assignees) {
        party_item(party).company.iter().for_each(|company| asked.company(company));
    }
    asked.patents(&line.patents);
    evidence::refer(&line.citations, asked);
}

fn party_item(party: &TransferParty) -> TransferPartyItem {
    match party {
        Short::Object(item) => item.clone(),
        Short::Text(company) => TransferPartyItem {
            company: Some(Short::Text(company.clone())),
            individual: None,
            executed_on: None,
            recorded_name: None,
        },
    }
}

/// The rows of a transfer, at a place of a list, with its citations.
pub(super) fn rows(line: &TransferLine, refs: &Refs, index: usize, cited: Vec<Cited>) -> Result<TransferRows, Problem> {
    if line.assignors.is_empty() && line.assignees.is_empty() {
        return Err(field::wrong("assignors", "[]", "somebody on either side"));
    }
    let day = |name: &'static str, value: Option<&String>| field::optional(value, |text| field::day(name, text));
    let prose = |name: &'static str, value: Option<&String>| field::optional(value, |text| field::prose(name, text));
    let transfer = TransferRow {
        id: 0,
        agreement_id: field::optional(line.agreement.as_ref(), |slug| refs.agreement("agreement", slug))?,
        listed_by_id: line.listed_by.as_ref().map(|source| refs.source("listedBy", source)).transpose()?,
        ordinal: field::place("ordinal", line.ordinal, index)?,
        reel_frame: field::optional(line.reel_frame.as_ref(), |text| field::name("reelFrame", text))?,
        conveyance: field::closed("conveyance", &line.conveyance, &CONVEYANCE)?,
        executed_on: day("executedOn", line.executed_on.as_ref())?,
        recorded_on: day("recordedOn", line.recorded_on.as_ref())?,
        stated_count: line.stated_count.map(|count| field::number("statedCount", count, 0)).transpose()?,
        stated_as: prose("statedAs", line.stated_as.as_ref())?,
        conveyance_text: prose("conveyanceText", line.conveyance_text.as_ref())?,
        refers_to_reel_frame: prose("refersToReelFrame", line.refers_to_reel_frame.as_ref())?,
        last_updated_on: day("lastUpdatedOn", line.last_updated_on.as_ref())?,
    };
    let (mut parties, mut individuals) = (Vec::new(), Vec::new());
    let (mut seen, mut seen_individuals) = (HashSet::new(), HashSet::new());
    for (name, role, list) in [("assignors", "ASSIGNOR", &line.assignors), ("assignees", "ASSIGNEE", &line.assignees)] {
        for item in list.iter().map(party_item) {
            let executed_on = day(name, item.executed_on.as_ref())?;
            match (&item.company, &item.individual) {
                (Some(company), None) => {
                    let row = TransferPartyRow {
                        id: 0,
                        patent_transfer_id: 0,
                        company_id: refs.company(name, company)?,
                        role: role.to_owned(),
                        executed_on,
                        recorded_name: prose(name, item.recorded_name.as_ref())?,
                    };
                    field::once(name, company.shown(), (row.company_id, role), &mut seen)?;
                    parties.push(row);
                }
                (None, Some(individual)) if item.recorded_name.is_none() => {
                    field::once(name, individual, (individual.clone(), role), &mut seen_individuals)?;
                    individuals.push(IndividualRow {
                        id: 0,
                        patent_transfer_id: 0,
                        name: field::name(name, individual)?,
                        name_folded: fold(individual),
                        role: role.to_owned(),
                        executed_on,
                    });
                }
                _ => {
                    return Err(field::wrong(
                        name,
                        "",
                        "either a `company`, or an `individual` without `recordedName`",
                    ));
                }
            }
        }
    }
    let patents = refs.patents("patents", &line.patents)?;
    Ok(TransferRows { transfer, is_placed: line.ordinal.is_some(), parties, individuals, patents, cited })
}

impl Kind for Box<TransferLine> {
    type Rows = TransferRows;
    type Sheets = Sheets;

    fn record(&self) -> String {
        format!("transfer {}", self.reel_frame.as_deref().unwrap_or("that a source lists"))
    }

    fn refer(&self, asked: &mut Asked) {
        refer(self, asked);
    }

    fn rows(&self, refs: &Refs) -> Result<TransferRows, Problem> {
        if self.agreement.is_none() && self.listed_by.is_none() && self.reel_frame.is_none() {
            return Err(field::wrong(
                "listedBy",
                "",
                "an `agreement`, a `listedBy` or a `reelFrame`, which identify it",
            ));
        }
        let cited = match &self.listed_by {
            Some(source) => evidence::reported(refs, &self.citations, source)?,
            None => evidence::own(refs, &self.citations)?,
        };
        rows(self, refs, 0, cited)
    }

    fn find(rows: &[Result<TransferRows, Problem>], desk: &mut Desk<'_>) -> Result<Sheets, ImportError> {
        let transfers = || rows.iter().flatten().map(|rows| &rows.transfer);
        let agreements: BTreeSet<i64> = transfers().filter_map(|row| row.agreement_id).collect();
        let agreements: Vec<i64> = agreements.into_iter().collect();
        Sheets::find(transfers(), &agreements, desk)
    }

    fn put(rows: TransferRows, sheets: &mut Sheets, maker: &mut Maker<'_>) -> Result<(Change, Change), Problem> {
        sheets.put(rows, maker)
    }

    fn store(sheets: Sheets, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        sheets.store(desk)
    }
}
