//! `g_patent_abstract`: the abstract of each patent.

use super::{layout, number, patch, take};
use crate::ingest::import::delimited::{self, Layout};
use crate::ingest::import::{Desk, Fate, ImportError, Input, Pass, Rows};

pub(super) const NAME: &str = "g_patent_abstract";
pub(super) static LAYOUT: Layout = layout(&["patent_id", "patent_abstract"], &[]);

/// A row of the table.
pub(super) struct Record {
    number: String,
    text: Option<String>,
}

/// See the module.
pub(super) struct Abstracts;

impl Pass for Abstracts {
    type Record = Record;

    fn file_name(&self) -> &'static str {
        "g_patent_abstract.tsv"
    }

    fn rank(&self) -> u8 {
        4
    }

    fn read(input: Input<'_>, rows: &mut Rows<Record>) -> Result<(), ImportError> {
        delimited::read(input, &LAYOUT, rows, |fields| {
            let text = fields.prose("patent_abstract")?.map(str::to_owned);
            Ok(Record { number: number(fields, "patent_id")?, text })
        })
    }

    fn store(&mut self, records: Vec<Record>, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError> {
        patch(
            desk,
            records,
            |record| &record.number,
            |row, record, is_own| {
                take(&mut row.abstract_, record.text, is_own);
            },
        )
    }
}
