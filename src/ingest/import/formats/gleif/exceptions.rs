//! Reporting exceptions: why no parent is stated.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::{NO_COMPANY, NOT_STORED, layout, lei, unknown_lei};
use crate::ingest::import::delimited::{self, Fields, Layout};
use crate::ingest::import::{Desk, Fate, ImportError, Input, Pass, Problem, Rows, Slot, Working};
use crate::store::bulk::{BulkParentException, company_ids_by_lei, parent_exceptions_of};

const LEI: &str = "LEI";
const CATEGORY: &str = "Exception.Category";
const REASONS: [[&str; 2]; 5] = [
    ["Exception.Reason.1", "Exception.Reference.1"],
    ["Exception.Reason.2", "Exception.Reference.2"],
    ["Exception.Reason.3", "Exception.Reference.3"],
    ["Exception.Reason.4", "Exception.Reference.4"],
    ["Exception.Reason.5", "Exception.Reference.5"],
];

pub(super) static LAYOUT: Layout = layout(
    &[LEI, CATEGORY, "Exception.Reason.1"],
    &[
        "Exception.Reason.2",
        "Exception.Reason.3",
        "Exception.Reason.4",
        "Exception.Reason.5",
        "Exception.Reference.1",
        "Exception.Reference.2",
        "Exception.Reference.3",
        "Exception.Reference.4",
        "Exception.Reference.5",
        "DeletedAt",
    ],
);

/// A row of the table.
pub(super) struct Record {
    lei: String,
    form: &'static str,
    /// Each reason, with what is referred to for it.
    reasons: Vec<(String, Option<String>)>,
    withdrawn_on: Option<NaiveDate>,
}

/// See the module.
pub(super) struct Exceptions;

impl Pass for Exceptions {
    type Record = Record;

    fn file_name(&self) -> &'static str {
        "repex-golden-copy.csv"
    }

    fn rank(&self) -> u8 {
        2
    }

    fn read(input: Input<'_>, rows: &mut Rows<Record>) -> Result<(), ImportError> {
        delimited::read(input, &LAYOUT, rows, record)
    }

    fn store(&mut self, records: Vec<Record>, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError> {
        let leis: BTreeSet<&str> = records.iter().map(|record| &*record.lei).collect();
        let leis: Vec<&str> = leis.into_iter().collect();
        let companies: HashMap<String, i64> = company_ids_by_lei(desk.connection, &leis)?.into_iter().collect();
        let mut standing = Standing::find(desk, &companies)?;
        let mut fates = Vec::with_capacity(records.len());
        for record in records {
            fates.push(match companies.get(&record.lei) {
                Some(company) => standing.put(desk, *company, record),
                None if desk.only_known => Fate::LeftOut(NO_COMPANY),
                None => Fate::Refused(unknown_lei(LEI, &record.lei)),
            });
        }
        desk.put(standing.rows)?;
        Ok(fates)
    }
}

fn record(fields: &Fields<'_>) -> Result<Record, Problem> {
    let form = match fields.required(CATEGORY)? {
        "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT" => "DIRECT_PARENT",
        "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT" => "ULTIMATE_PARENT",
        other => {
            let expected = "such as DIRECT_ACCOUNTING_CONSOLIDATION_PARENT";
            return Err(Problem::new(CATEGORY, other, "it is no category that is known", expected));
        }
    };
    let withdrawn_on = fields.day_of("DeletedAt")?;
    let mut reasons = Vec::new();
    for [reason, reference] in REASONS {
        if let Some(reason) = fields.name(reason)? {
            reasons.push((reason.to_owned(), fields.prose(reference)?.map(str::to_owned)));
        }
    }
    if reasons.is_empty() && withdrawn_on.is_none() {
        return Err(Problem::new("Exception.Reason.1", "", "it is empty", "a reason"));
    }
    Ok(Record { lei: lei(fields, LEI)?, form, reasons, withdrawn_on })
}

/// The reason of the closed set that the register's word stands for. Before 2022 it told apart what stands against publishing.
fn reason(word: &str) -> &'static str {
    match word {
        "NATURAL_PERSONS" => "NATURAL_PERSONS",
        "NON_CONSOLIDATING" => "NON_CONSOLIDATING",
        "NO_KNOWN_PERSON" => "NO_KNOWN_PERSON",
        "NO_LEI" => "NO_LEI",
        "NON_PUBLIC"
        | "BINDING_LEGAL_COMMITMENTS"
        | "LEGAL_OBSTACLES"
        | "CONSENT_NOT_OBTAINED"
        | "DETRIMENT_NOT_EXCLUDED"
        | "DISCLOSURE_DETRIMENTAL" => "NON_PUBLIC",
        _ => "OTHER",
    }
}

/// The exceptions of the companies of a batch.
struct Standing {
    rows: Working<BulkParentException>,
    slots: HashMap<(i64, &'static str), Vec<Slot>>,
    source_id: i64,
    /// The day from which on what a newer edition leaves out does not hold.
    day: NaiveDate,
}

impl Standing {
    fn find(desk: &mut Desk<'_>, companies: &HashMap<String, i64>) -> Result<Self, ImportError> {
        let (source_id, day) = (desk.source()?, desk.edition_day());
        let mut standing = Self { rows: Working::default(), slots: HashMap::new(), source_id, day };
        let mut ids: Vec<i64> = companies.values().copied().collect();
        ids.sort_unstable();
        for row in parent_exceptions_of(desk.connection, &ids)? {
            let form = if row.form == "DIRECT_PARENT" { "DIRECT_PARENT" } else { "ULTIMATE_PARENT" };
            let key = (row.company_id, form);
            let slot = standing.rows.standing(row);
            standing.slots.entry(key).or_default().push(slot);
        }
        Ok(standing)
    }

    fn put(&mut self, desk: &mut Desk<'_>, company_id: i64, record: Record) -> Fate {
        let slots = self.slots.entry((company_id, record.form)).or_default();
        let source_id = self.source_id;
        let mut is_changed = false;
        let mut is_new = false;
        for slot in slots.iter() {
            is_changed |= self.rows.change(*slot, |row| {
                let stated = record.reasons.iter().find(|(word, _)| *word == row.stated_reason);
                let (withdrawn_on, reference) = match (stated, record.withdrawn_on) {
                    (Some(_), Some(day)) => (Some(day), row.reference.clone()),
                    (Some((_, reference)), None) => (None, reference.clone()),
                    // A record that was deleted without its reason had them all.
                    (None, Some(day)) if record.reasons.is_empty() => (Some(day), row.reference.clone()),
                    // Another record of the same file may state it.
                    (None, None) if row.source_id != source_id => (Some(self.day), row.reference.clone()),
                    (None, _) => return,
                };
                let withdrawn_on = if withdrawn_on.is_some() { row.withdrawn_on.or(withdrawn_on) } else { None };
                if (row.withdrawn_on, &row.reference) != (withdrawn_on, &reference) {
                    (row.withdrawn_on, row.reference, row.source_id) = (withdrawn_on, reference, source_id);
                }
            });
        }
        if record.withdrawn_on.is_some() {
            return if slots.is_empty() { Fate::LeftOut(NOT_STORED) } else { Fate::updated_if(is_changed) };
        }
        for (word, reference) in record.reasons {
            if slots.iter().any(|slot| self.rows.row(*slot).is_some_and(|row| row.stated_reason == word)) {
                continue;
            }
            is_new = true;
            slots.push(self.rows.place(BulkParentException {
                id: desk.ids.next_id(),
                company_id,
                form: record.form.to_owned(),
                reason: reason(&word).to_owned(),
                stated_reason: word,
                reference,
                withdrawn_on: None,
                source_id,
            }));
        }
        if is_new { Fate::Stored } else { Fate::updated_if(is_changed) }
    }
}
