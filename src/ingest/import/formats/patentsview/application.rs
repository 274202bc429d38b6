//! `g_application`: the application of each patent, with the day of its filing.

use chrono::NaiveDate;

use super::{layout, number, patch, take, term};
use crate::ingest::import::delimited::{self, Fields, Layout};
use crate::ingest::import::{Desk, Fate, ImportError, Input, Pass, Problem, Rows};

pub(super) const NAME: &str = "g_application";
pub(super) static LAYOUT: Layout = layout(&["patent_id", "application_id", "filing_date"], &[]);

/// A row of the table.
pub(super) struct Record {
    number: String,
    application: Option<String>,
    filed_on: Option<NaiveDate>,
}

/// See the module.
pub(super) struct Applications;

impl Pass for Applications {
    type Record = Record;

    fn file_name(&self) -> &'static str {
        "g_application.tsv"
    }

    fn rank(&self) -> u8 {
        2
    }

    fn read(input: Input<'_>, rows: &mut Rows<Record>) -> Result<(), ImportError> {
        delimited::read(input, &LAYOUT, rows, record)
    }

    fn store(&mut self, records: Vec<Record>, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError> {
        patch(
            desk,
            records,
            |record| &record.number,
            |row, record, is_own| {
                take(&mut row.application_number, record.application, is_own);
                take(&mut row.filed_on, record.filed_on, is_own);
                term::estimate(row, is_own);
            },
        )
    }
}

fn record(fields: &Fields<'_>) -> Result<Record, Problem> {
    Ok(Record {
        number: number(fields, "patent_id")?,
        application: fields.name("application_id")?.map(str::to_owned),
        filed_on: fields.day("filing_date")?,
    })
}
