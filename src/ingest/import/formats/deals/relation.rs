//! What ties companies together, the matches of names that people decide, and the places of assignees.

use super::alone::Alone;
use super::evidence::{self, Cited};
use super::field;
use super::refs::{Asked, Refs};
use super::run::{Kind, Maker};
use super::sheet::Change;
use super::tied::Facts;
use crate::catalog::closed::{COMPANY_RELATION_KIND, RELATION_FORM, RELATION_RULE};
use crate::ingest::deals::{LocationLine, NameMatchLine, RelationLine, RivalryLine};
use crate::ingest::import::{Desk, ImportError, Problem};
use crate::store::bulk::{
    BulkLocation, CandidateRow, RelationRow, RivalryRow, candidates_of, locations_by_code, relations_of, rivalries_of,
};
use crate::store::names::{DECISIONS, DOUBTS};
use crate::store::records::FactKind;
use crate::store::{Connection, StoreError};

impl Kind for RelationLine {
    type Rows = (RelationRow, Vec<Cited>);
    type Sheets = Facts<RelationRow>;

    fn record(&self) -> String {
        "relation".to_owned()
    }

    fn refer(&self, asked: &mut Asked) {
        asked.company(&self.company);
        asked.company(&self.parent);
        evidence::refer(&self.citations, asked);
    }

    fn rows(&self, refs: &Refs) -> Result<Self::Rows, Problem> {
        let child_id = refs.company("company", &self.company)?;
        let parent_id = refs.company("parent", &self.parent)?;
        if parent_id == child_id {
            return Err(field::wrong("parent", self.parent.shown(), "another company than that of the line"));
        }
        let row = RelationRow {
            id: 0,
            parent_id,
            child_id,
            kind: field::closed("kind", &self.kind, &COMPANY_RELATION_KIND)?,
            since: field::optional(self.since.as_ref(), |text| field::day("since", text))?,
            until: field::optional(self.until.as_ref(), |text| field::day("until", text))?,
            rule: field::optional(self.rule.as_ref(), |text| field::closed("rule", text, &RELATION_RULE))?,
            form: field::optional(self.form.as_ref(), |text| field::closed("form", text, &RELATION_FORM))?,
            status: field::optional(self.status.as_ref(), |text| field::name("status", text))?,
            registration_status: field::optional(self.registration_status.as_ref(), |text| {
                field::name("registrationStatus", text)
            })?,
            updated_on: field::optional(self.updated_on.as_ref(), |text| field::day("updatedOn", text))?,
            withdrawn_on: field::optional(self.withdrawn_on.as_ref(), |text| field::day("withdrawnOn", text))?,
        };
        Ok((row, evidence::own(refs, &self.citations)?))
    }

    fn find(rows: &[Result<Self::Rows, Problem>], desk: &mut Desk<'_>) -> Result<Self::Sheets, ImportError> {
        let companies: Vec<i64> = rows.iter().flatten().map(|(row, _)| row.child_id).collect();
        Facts::of(relations_of(desk.connection, &companies)?, desk)
    }

    fn put(
        (row, cited): Self::Rows,
        sheets: &mut Self::Sheets,
        maker: &mut Maker<'_>,
    ) -> Result<(Change, Change), Problem> {
        sheets.put(maker, FactKind::CompanyRelation, row, cited)
    }

    fn store(sheets: Self::Sheets, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        sheets.store(desk)
    }
}

impl Kind for RivalryLine {
    type Rows = (RivalryRow, Vec<Cited>);
    type Sheets = Facts<RivalryRow>;

    fn record(&self) -> String {
        "rivalry".to_owned()
    }

    fn refer(&self, asked: &mut Asked) {
        asked.company(&self.company);
        asked.company(&self.rival);
        evidence::refer(&self.citations, asked);
    }

    fn rows(&self, refs: &Refs) -> Result<Self::Rows, Problem> {
        let company_id = refs.company("company", &self.company)?;
        let rival_id = refs.company("rival", &self.rival)?;
        if rival_id == company_id {
            return Err(field::wrong("rival", self.rival.shown(), "another company than that of the line"));
        }
        Ok((RivalryRow { id: 0, company_id, rival_id }, evidence::own(refs, &self.citations)?))
    }

    fn find(rows: &[Result<Self::Rows, Problem>], desk: &mut Desk<'_>) -> Result<Self::Sheets, ImportError> {
        let companies: Vec<i64> = rows.iter().flatten().map(|(row, _)| row.company_id).collect();
        Facts::of(rivalries_of(desk.connection, &companies)?, desk)
    }

    fn put(
        (row, cited): Self::Rows,
        sheets: &mut Self::Sheets,
        maker: &mut Maker<'_>,
    ) -> Result<(Change, Change), Problem> {
        sheets.put(maker, FactKind::Rivalry, row, cited)
    }

    fn store(sheets: Self::Sheets, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        sheets.store(desk)
    }
}

fn one_of(name: &str, value: &str, known: &[&str]) -> Result<String, Problem> {
    if known.contains(&value) {
        return Ok(value.to_owned());
    }
    Err(field::wrong(name, value, format!("one of {}", known.join(", "))))
}

impl Alone for NameMatchLine {
    type Row = CandidateRow;

    fn record(&self) -> String {
        "nameMatch".to_owned()
    }

    fn refer(&self, asked: &mut Asked) {
        asked.company(&self.company);
    }

    fn row(&self, refs: &Refs) -> Result<CandidateRow, Problem> {
        if self.score > 100 {
            return Err(field::wrong("score", &self.score.to_string(), "a number from 0 to 100"));
        }
        Ok(CandidateRow {
            id: 0,
            spelling: field::name("spelling", &self.spelling)?,
            company_id: refs.company("company", &self.company)?,
            spelt_like: field::name("speltLike", &self.spelt_like)?,
            score: field::number("score", self.score, 0)?,
            doubt: one_of("doubt", &self.doubt, &DOUBTS)?,
            decision: one_of("decision", &self.decision, &DECISIONS)?,
        })
    }

    fn standing(connection: &mut Connection, rows: &[&CandidateRow]) -> Result<Vec<CandidateRow>, StoreError> {
        let spellings: Vec<&str> = rows.iter().map(|row| &*row.spelling).collect();
        candidates_of(connection, &spellings)
    }
}

impl Alone for LocationLine {
    type Row = BulkLocation;

    fn record(&self) -> String {
        "location".to_owned()
    }

    fn refer(&self, asked: &mut Asked) {
        asked.source(&self.source);
    }

    fn row(&self, refs: &Refs) -> Result<BulkLocation, Problem> {
        Ok(BulkLocation {
            id: 0,
            code: field::name("code", &self.code)?,
            city: field::optional(self.city.as_ref(), |text| field::name("city", text))?,
            region: field::optional(self.region.as_ref(), |text| field::name("region", text))?,
            country: field::optional(self.country.as_ref(), |text| field::code("country", text, 2, field::COUNTRY))?,
            source_id: refs.source("source", &self.source)?,
        })
    }

    fn standing(connection: &mut Connection, rows: &[&BulkLocation]) -> Result<Vec<BulkLocation>, StoreError> {
        let codes: Vec<&str> = rows.iter().map(|row| &*row.code).collect();
        locations_by_code(connection, &codes)
    }
}
