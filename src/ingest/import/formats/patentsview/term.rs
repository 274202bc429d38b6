//! `g_us_term_of_grant`: by how many days the office prolonged the term of a patent; and when the term ends.

use chrono::{Days, Months, NaiveDate};

use super::{layout, number, patch, take};
use crate::ingest::import::delimited::{self, Fields, Layout};
use crate::ingest::import::{Desk, Fate, ImportError, Input, Pass, Problem, Rows};
use crate::store::bulk::BulkPatent;

pub(super) const NAME: &str = "g_us_term_of_grant";
pub(super) static LAYOUT: Layout = layout(&["patent_id", "term_extension"], &[]);

/// A row of the table.
pub(super) struct Record {
    number: String,
    extension: Option<i32>,
}

/// See the module.
pub(super) struct Terms;

impl Pass for Terms {
    type Record = Record;

    fn file_name(&self) -> &'static str {
        "g_us_term_of_grant.tsv"
    }

    fn rank(&self) -> u8 {
        3
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
                take(&mut row.term_extension_days, record.extension, is_own);
                estimate(row, is_own);
            },
        )
    }
}

fn record(fields: &Fields<'_>) -> Result<Record, Problem> {
    Ok(Record { number: number(fields, "patent_id")?, extension: fields.count("term_extension")? })
}

/// The term counts from the filing for what was filed from this day on (35 U.S.C. 154 as changed in 1994).
const FROM_FILING_SINCE: Option<NaiveDate> = NaiveDate::from_ymd_opt(1995, 6, 8);
const TERM_MONTHS: Months = Months::new(20 * 12);
const BASIS: &str = "TERM_FROM_FILING";

/// Estimates when a patent expires: twenty years after its own filing, and the days of its extension. Designs, what was
/// withdrawn and what was filed before the rule are left alone, so is what a source states. An earlier filing that it continues, and a terminal
/// disclaimer, would end it sooner: the table names neither.
pub(super) fn estimate(row: &mut BulkPatent, may_replace: bool) {
    let is_counted = row.number.starts_with("PP") || row.number.bytes().all(|byte| byte.is_ascii_digit());
    if row.status.as_deref() == Some("WITHDRAWN") {
        return;
    }
    let is_open = row.expires_on.is_none() || may_replace && row.expires_basis.as_deref() == Some(BASIS);
    let filed_on = row.filed_on.filter(|day| FROM_FILING_SINCE.is_some_and(|since| *day >= since));
    let (true, true, Some(filed_on)) = (is_counted, is_open, filed_on) else { return };
    let extension = u64::try_from(row.term_extension_days.unwrap_or(0)).unwrap_or(0);
    let expires_on =
        filed_on.checked_add_months(TERM_MONTHS).and_then(|day| day.checked_add_days(Days::new(extension)));
    if expires_on.is_some() {
        row.expires_on = expires_on;
        row.expires_basis = Some(BASIS.to_owned());
    }
}
