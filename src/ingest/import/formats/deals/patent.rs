//! Patents with their assignees, classification and areas, and what they cite.

mod rows;
mod standing;

use std::collections::BTreeSet;

use super::evidence;
use super::refs::{Asked, Refs};
use super::run::{Kind, Maker};
use super::sheet::{Change, Links};
use crate::ingest::deals::{CitesLine, PatentLine, Short};
use crate::ingest::import::{Desk, ImportError, Problem};
use crate::store::bulk::{
    BulkAssignee, BulkClassification, PatentAreaLink, PatentCitationLink, PatentSourceLink, citations_of,
};
use crate::store::records::FactKind;
use rows::PatentRows;
use standing::Sheets;

impl Kind for Box<PatentLine> {
    type Rows = PatentRows;
    type Sheets = Sheets;

    fn record(&self) -> String {
        format!("patent {}", self.number)
    }

    fn refer(&self, asked: &mut Asked) {
        asked.source(&self.source);
        self.sources.iter().for_each(|source| asked.source(source));
        evidence::refer(&self.citations, asked);
        for item in &self.assignees {
            item.company.iter().for_each(|company| asked.company(company));
            item.source.iter().for_each(|source| asked.source(source));
            item.location.iter().for_each(|code| asked.location(code));
        }
        match &self.areas {
            Some(areas) => areas.iter().for_each(|slug| asked.area(slug)),
            None => asked.prefixes(),
        }
    }

    fn rows(&self, refs: &Refs) -> Result<PatentRows, Problem> {
        rows::rows(self, refs)
    }

    fn find(rows: &[Result<PatentRows, Problem>], desk: &mut Desk<'_>) -> Result<Sheets, ImportError> {
        Sheets::find(rows.iter().flatten().map(|rows| &rows.patent), desk)
    }

    fn put(rows: PatentRows, sheets: &mut Sheets, maker: &mut Maker<'_>) -> Result<(Change, Change), Problem> {
        let (id, own) = sheets.patents.put(maker.ids, rows.patent);
        if sheets.patents.is_redated(id) {
            sheets.days.push(id);
        }
        let mut inside = Change::Same;
        for row in rows.assignees {
            let change = sheets.put_assignee(maker, BulkAssignee { patent_id: id, ..row })?;
            if change != Change::Same {
                sheets.titles.insert(id);
            }
            inside = inside.max(change);
        }
        for row in rows.symbols {
            inside = inside.max(sheets.symbols.put(maker.ids, BulkClassification { patent_id: id, ..row })?.1);
        }
        for area_id in rows.areas {
            inside = inside.max(sheets.areas.put(PatentAreaLink { patent_id: id, area_id }));
        }
        for source_id in rows.sources {
            inside = inside.max(sheets.sources.put(PatentSourceLink { patent_id: id, source_id }));
        }
        let cited = evidence::put(&mut sheets.citations, maker, FactKind::Patent, id, rows.cited)?;
        Ok((own, inside.max(cited)))
    }

    fn store(sheets: Sheets, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        sheets.store(desk)
    }
}

impl Kind for CitesLine {
    type Rows = (i64, Vec<i64>);
    type Sheets = Links<PatentCitationLink>;

    fn record(&self) -> String {
        format!("cites {}", self.patent)
    }

    fn refer(&self, asked: &mut Asked) {
        asked.patents(std::slice::from_ref(&self.patent));
        asked.patents(&self.cited);
    }

    fn rows(&self, refs: &Refs) -> Result<Self::Rows, Problem> {
        Ok((refs.patent("patent", &self.patent)?, refs.patents("cited", &self.cited)?))
    }

    fn find(rows: &[Result<Self::Rows, Problem>], desk: &mut Desk<'_>) -> Result<Self::Sheets, ImportError> {
        let citing: BTreeSet<i64> = rows.iter().flatten().map(|(citing, _)| *citing).collect();
        let citing: Vec<i64> = citing.into_iter().collect();
        Ok(Links::of(citations_of(desk.connection, &citing)?))
    }

    fn put(
        (citing_id, cited): Self::Rows,
        sheets: &mut Self::Sheets,
        _: &mut Maker<'_>,
    ) -> Result<(Change, Change), Problem> {
        let links = cited.into_iter().map(|cited_id| sheets.put(PatentCitationLink { citing_id, cited_id }));
        Ok((links.fold(Change::Same, Change::max), Change::Same))
    }

    fn store(sheets: Self::Sheets, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        sheets.store(desk)
    }
}

/// A symbol, and its place where it says one.
fn symbol(item: &Short<crate::ingest::deals::SymbolItem>) -> (&str, Option<i32>) {
    match item {
        Short::Text(symbol) => (symbol, None),
        Short::Object(item) => (&item.symbol, Some(item.ordinal)),
    }
}
