//! Level 2: who consolidates whom in its accounts.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::{NO_COMPANY, NOT_STORED, is_newer, layout, lei, owned, unknown_lei};
use crate::ingest::import::delimited::{self, Fields, Layout};
use crate::ingest::import::{Desk, Fate, ImportError, Input, Pass, Problem, Rows, Slot, Working};
use crate::store::bulk::{RelationRow, company_ids_by_lei, relations_of};
use crate::store::records::FactKind;

const CHILD: &str = "Relationship.StartNode.NodeID";
const PARENT: &str = "Relationship.EndNode.NodeID";
const TYPE: &str = "Relationship.RelationshipType";

/// The columns of a period: its first day, its last, and what it is of.
macro_rules! periods {
    ([$($own:literal),* $(,)?], [$($period:literal),* $(,)?]) => {
        const OPTIONAL: &[&str] =
            &[$($own,)* $(concat!($period, ".startDate"), concat!($period, ".endDate"), concat!($period, ".periodType"),)*];
        const PERIODS: &[[&str; 3]] =
            &[$([concat!($period, ".startDate"), concat!($period, ".endDate"), concat!($period, ".periodType")],)*];
    };
}

periods! {
    [
        "Relationship.StartNode.NodeIDType", "Relationship.EndNode.NodeIDType", "Relationship.RelationshipStatus",
        "Registration.RegistrationStatus", "Registration.LastUpdateDate", "Registration.ValidationSources",
        "Registration.ValidationDocuments", "Registration.ValidationReference", "DeletedAt",
    ],
    [
        "Relationship.Period.1", "Relationship.Period.2", "Relationship.Period.3", "Relationship.Period.4",
        "Relationship.Period.5",
    ]
}

pub(super) static LAYOUT: Layout = layout(&[CHILD, PARENT, TYPE], OPTIONAL);

/// A row of the table.
pub(super) struct Record {
    child: String,
    parent: String,
    /// None for what is left out.
    form: Option<&'static str>,
    status: Option<String>,
    registration_status: Option<String>,
    since: Option<NaiveDate>,
    until: Option<NaiveDate>,
    updated_on: Option<NaiveDate>,
    withdrawn_on: Option<NaiveDate>,
    words: String,
}

/// See the module.
pub(super) struct Relationships;

impl Pass for Relationships {
    type Record = Record;

    fn file_name(&self) -> &'static str {
        "rr-golden-copy.csv"
    }

    fn rank(&self) -> u8 {
        1
    }

    fn read(input: Input<'_>, rows: &mut Rows<Record>) -> Result<(), ImportError> {
        delimited::read(input, &LAYOUT, rows, record)
    }

    fn store(&mut self, records: Vec<Record>, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError> {
        let leis: BTreeSet<&str> = records.iter().flat_map(|record| [&*record.child, &*record.parent]).collect();
        let leis: Vec<&str> = leis.into_iter().collect();
        let companies: HashMap<String, i64> = company_ids_by_lei(desk.connection, &leis)?.into_iter().collect();
        let mut standing = Standing::find(desk, &companies)?;
        let mut fates = Vec::with_capacity(records.len());
        for record in records {
            fates.push(match ends(&record, &companies) {
                _ if record.form.is_none() => Fate::LeftOut("a relationship of a fund"),
                Ok(ends) => standing.put(desk, record, ends),
                Err(_) if desk.only_known => Fate::LeftOut(NO_COMPANY),
                Err(problem) => Fate::Refused(problem),
            });
        }
        desk.put(standing.rows)?;
        desk.cite(standing.cited)?;
        Ok(fates)
    }
}

fn record(fields: &Fields<'_>) -> Result<Record, Problem> {
    for column in ["Relationship.StartNode.NodeIDType", "Relationship.EndNode.NodeIDType"] {
        let text = fields.raw(column)?;
        if !["", "LEI"].contains(&text) {
            return Err(Problem::new(column, text, "it is not identified by an LEI", "LEI"));
        }
    }
    let (child, parent) = (lei(fields, CHILD)?, lei(fields, PARENT)?);
    if child == parent {
        return Err(Problem::new(PARENT, &parent, "it is the entity itself", "another entity"));
    }
    let form = match fields.required(TYPE)? {
        "IS_DIRECTLY_CONSOLIDATED_BY" => Some("DIRECT_PARENT"),
        "IS_ULTIMATELY_CONSOLIDATED_BY" => Some("ULTIMATE_PARENT"),
        "IS_INTERNATIONAL_BRANCH_OF" => Some("HEAD_OFFICE"),
        "IS_FUND-MANAGED_BY" | "IS_SUBFUND_OF" | "IS_FEEDER_TO" => None,
        other => {
            return Err(Problem::new(
                TYPE,
                other,
                "it is no type that is known",
                "such as IS_DIRECTLY_CONSOLIDATED_BY",
            ));
        }
    };
    let (mut since, mut until) = (None, None);
    for [first, last, kind] in PERIODS {
        if fields.raw(kind)? == "RELATIONSHIP_PERIOD" {
            (since, until) = (fields.day_of(first)?, fields.day_of(last)?);
            if since.zip(until).is_some_and(|(since, until)| until < since) {
                return Err(Problem::new(last, fields.raw(last)?, "it ends before it begins", "a later day"));
            }
            break;
        }
    }
    let words = [
        TYPE,
        "Registration.ValidationSources",
        "Registration.ValidationDocuments",
        "Registration.ValidationReference",
    ];
    let words: Result<Vec<&str>, Problem> =
        words.into_iter().map(|column| Ok(fields.prose(column)?.unwrap_or_default())).collect();
    Ok(Record {
        child,
        parent,
        form,
        status: owned(fields, "Relationship.RelationshipStatus")?,
        registration_status: owned(fields, "Registration.RegistrationStatus")?,
        since,
        until,
        updated_on: fields.day_of("Registration.LastUpdateDate")?,
        withdrawn_on: fields.day_of("DeletedAt")?,
        words: words?.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("; "),
    })
}

/// The companies at the ends of a relationship: the child, the parent.
fn ends(record: &Record, companies: &HashMap<String, i64>) -> Result<(i64, i64), Problem> {
    let end = |column: &str, lei: &str| companies.get(lei).copied().ok_or_else(|| unknown_lei(column, lei));
    Ok((end(CHILD, &record.child)?, end(PARENT, &record.parent)?))
}

/// The relations of the children of a batch.
struct Standing {
    rows: Working<RelationRow>,
    /// By child, parent and form: a register has one record of these.
    slots: HashMap<(i64, i64, String), Slot>,
    cited: Vec<(FactKind, i64, String, String)>,
}

impl Standing {
    fn find(desk: &mut Desk<'_>, companies: &HashMap<String, i64>) -> Result<Self, ImportError> {
        let mut standing = Self { rows: Working::default(), slots: HashMap::new(), cited: Vec::new() };
        let mut ids: Vec<i64> = companies.values().copied().collect();
        ids.sort_unstable();
        for row in relations_of(desk.connection, &ids)? {
            // What other sources say has no form, and is left alone.
            if let Some(form) = row.form.clone() {
                let key = (row.child_id, row.parent_id, form);
                standing.slots.insert(key, standing.rows.standing(row));
            }
        }
        Ok(standing)
    }

    fn put(&mut self, desk: &mut Desk<'_>, record: Record, (child_id, parent_id): (i64, i64)) -> Fate {
        let form = record.form.unwrap_or_default();
        let rule = (form != "HEAD_OFFICE").then(|| "ACCOUNTING_CONSOLIDATION".to_owned());
        let key = (child_id, parent_id, form.to_owned());
        let name = format!("{} {} {form}", record.child, record.parent);
        let row = RelationRow {
            id: 0,
            parent_id,
            child_id,
            kind: "PARENT".to_owned(),
            since: record.since,
            until: record.until,
            rule,
            form: Some(form.to_owned()),
            status: record.status,
            registration_status: record.registration_status,
            updated_on: record.updated_on,
            withdrawn_on: record.withdrawn_on,
        };
        let (id, fate) = match self.slots.get(&key) {
            Some(slot) => {
                let is_changed = self.rows.change(*slot, |found| replace(found, row));
                (self.rows.row(*slot).map_or(0, |row| row.id), Fate::updated_if(is_changed))
            }
            None if record.withdrawn_on.is_some() => return Fate::LeftOut(NOT_STORED),
            None => {
                let id = desk.ids.next_id();
                self.slots.insert(key, self.rows.place(RelationRow { id, ..row }));
                (id, Fate::Stored)
            }
        };
        if fate != Fate::Unchanged {
            self.cited.push((FactKind::CompanyRelation, id, record.words, name));
        }
        fate
    }
}

/// Puts a newer record in the place of the one that stands. Of two records of one day the one that begins later counts, so
/// that it does not matter which comes first.
fn replace(found: &mut RelationRow, row: RelationRow) {
    if row.withdrawn_on.is_some() {
        found.withdrawn_on = found.withdrawn_on.or(row.withdrawn_on);
        return;
    }
    let is_same_day = found.withdrawn_on.is_none() && found.updated_on == row.updated_on;
    let is_later = is_same_day && (found.since, found.until) > (row.since, row.until);
    if !is_later && !is_newer((found.updated_on, found.withdrawn_on), row.updated_on) {
        *found = RelationRow { id: found.id, ..row };
    }
}
