//! `g_us_patent_citation`: the patents of the United States that a patent cites.

use std::collections::HashSet;

use super::{OFFICE, layout, number};
use crate::ingest::import::delimited::{self, Layout};
use crate::ingest::import::resolve::PatentIds;
use crate::ingest::import::{Desk, Fate, ImportError, Input, Pass, Rows};
use crate::store::bulk::{PatentCitationLink, citations_of};

pub(super) const NAME: &str = "g_us_patent_citation";
pub(super) static LAYOUT: Layout = layout(&["patent_id", "citation_patent_id"], &[]);

/// A row of the table.
pub(super) struct Record {
    citing: String,
    cited: String,
}

/// See the module.
pub(super) struct Citations;

impl Pass for Citations {
    type Record = Record;

    fn file_name(&self) -> &'static str {
        "g_us_patent_citation.tsv"
    }

    fn rank(&self) -> u8 {
        7
    }

    fn read(input: Input<'_>, rows: &mut Rows<Record>) -> Result<(), ImportError> {
        delimited::read(input, &LAYOUT, rows, |fields| {
            Ok(Record { citing: number(fields, "patent_id")?, cited: number(fields, "citation_patent_id")? })
        })
    }

    fn store(&mut self, records: Vec<Record>, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError> {
        let numbers = records.iter().flat_map(|record| [&*record.citing, &*record.cited]);
        let patents = PatentIds::find(desk, OFFICE, numbers)?;
        let named: Vec<_> = records
            .iter()
            .map(|record| {
                let citing_id = patents.grant(&record.citing).one("patent_id", &record.citing)?;
                let cited_id = patents.grant(&record.cited).one("citation_patent_id", &record.cited)?;
                Ok(PatentCitationLink { citing_id, cited_id })
            })
            .collect();
        let citing: HashSet<i64> = named.iter().flatten().map(|link| link.citing_id).collect();
        let citing: Vec<i64> = citing.into_iter().collect();
        let mut known: HashSet<PatentCitationLink> = citations_of(desk.connection, &citing)?.into_iter().collect();
        let mut new = Vec::new();
        let mut fates = Vec::with_capacity(records.len());
        for link in named {
            fates.push(match link {
                Ok(link) => {
                    let is_new = known.insert(link);
                    if is_new {
                        desk.touch(link.citing_id);
                        new.push(link);
                    }
                    Fate::stored_if(is_new)
                }
                Err(problem) => Fate::Refused(problem),
            });
        }
        desk.insert(&new)?;
        Ok(fates)
    }
}
