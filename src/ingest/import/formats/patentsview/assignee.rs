//! `g_assignee_disambiguated`: to whom each patent was granted, and so who owned it first.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{OFFICE, layout, number};
use crate::ingest::import::delimited::{self, Fields, Layout};
use crate::ingest::import::resolve::{AskedCompany, PatentIds, Patents, companies};
use crate::ingest::import::{Desk, Fate, ImportError, Input, Pass, Problem, Rows, Slot, Working};
use crate::store::bulk::{AT_PUBLICATION, BulkAssignee, BulkLocation, assignees_of, locations_by_code};
use crate::text::fold;

pub(super) const NAME: &str = "g_assignee_disambiguated";
pub(super) static LAYOUT: Layout = layout(
    &["patent_id", "assignee_sequence", "disambig_assignee_organization"],
    &["disambig_assignee_individual_name_first", "disambig_assignee_individual_name_last", "location_id"],
);

/// A row of the table.
pub(super) struct Record {
    number: String,
    ordinal: i32,
    name: String,
    name_folded: String,
    is_company: bool,
    location: Option<String>,
}

/// See the module.
pub(super) struct Assignees;

impl Pass for Assignees {
    type Record = Record;

    fn file_name(&self) -> &'static str {
        "g_assignee_disambiguated.tsv"
    }

    fn rank(&self) -> u8 {
        5
    }

    fn read(input: Input<'_>, rows: &mut Rows<Record>) -> Result<(), ImportError> {
        delimited::read(input, &LAYOUT, rows, record)
    }

    fn store(&mut self, records: Vec<Record>, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError> {
        let source_id = desk.source()?;
        let patents = PatentIds::find(desk, OFFICE, records.iter().map(|record| &*record.number))?;
        let locations = places(desk, &records)?;
        let named: Vec<Result<i64, Problem>> =
            records.iter().map(|record| patents.grant(&record.number).one("patent_id", &record.number)).collect();
        let asked = asked(&records, &named, &locations);
        let found = companies(desk, &asked)?;
        let companies: HashMap<&str, i64> = asked.iter().map(|company| &*company.name).zip(found).collect();
        let mut assignees = Standing::find(desk, &patents.ids())?;
        let mut fates = Vec::with_capacity(records.len());
        let mut changed: BTreeSet<String> = BTreeSet::new();
        for (record, patent) in records.into_iter().zip(named) {
            let patent_id = match patent {
                Ok(patent) => patent,
                Err(problem) => {
                    fates.push(Fate::Refused(problem));
                    continue;
                }
            };
            let company_id = companies.get(&*record.name).copied().filter(|_| record.is_company);
            let location_id = record.location.as_ref().and_then(|code| locations.get(code)).map(|row| row.id);
            let number = record.number;
            let row = BulkAssignee {
                id: 0,
                patent_id,
                named: AT_PUBLICATION.to_owned(),
                ordinal: record.ordinal,
                company_id,
                name: record.name,
                name_folded: record.name_folded,
                stated_on: None,
                source_id,
                location_id,
            };
            let fate = assignees.put(desk, row);
            if fate != Fate::Unchanged {
                desk.touch(patent_id);
                desk.title(patent_id);
                changed.insert(number);
            }
            fates.push(fate);
        }
        owners(desk, &changed, &assignees)?;
        desk.put(assignees.rows)?;
        Ok(fates)
    }
}

fn record(fields: &Fields<'_>) -> Result<Record, Problem> {
    let organization = fields.name("disambig_assignee_organization")?;
    let first = fields.name("disambig_assignee_individual_name_first")?;
    let last = fields.name("disambig_assignee_individual_name_last")?;
    let person: Vec<&str> = first.into_iter().chain(last).collect();
    let name = organization.map_or_else(|| person.join(" "), str::to_owned);
    if name.is_empty() {
        let expected = "the name of an organization or of a person";
        return Err(Problem::new("disambig_assignee_organization", "", "nobody is named", expected));
    }
    let sequence = fields.count("assignee_sequence")?;
    let sequence =
        sequence.ok_or_else(|| Problem::new("assignee_sequence", "", "it is empty", "a whole number from 0"))?;
    Ok(Record {
        number: number(fields, "patent_id")?,
        ordinal: sequence.saturating_add(1),
        name_folded: fold(&name),
        name,
        is_company: organization.is_some(),
        location: fields.name("location_id")?.map(str::to_owned),
    })
}

/// The places that records name, by code.
fn places(desk: &mut Desk<'_>, records: &[Record]) -> Result<HashMap<String, BulkLocation>, ImportError> {
    let codes: BTreeSet<&str> = records.iter().filter_map(|record| record.location.as_deref()).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let found = locations_by_code(desk.connection, &codes)?;
    Ok(found.into_iter().map(|row| (row.code.clone(), row)).collect())
}

/// The companies that records name for patents of the store, each name once.
fn asked(
    records: &[Record],
    named: &[Result<i64, Problem>],
    locations: &HashMap<String, BulkLocation>,
) -> Vec<AskedCompany> {
    let mut seen = BTreeSet::new();
    let mut asked = Vec::new();
    for (record, patent) in records.iter().zip(named) {
        if record.is_company && patent.is_ok() && seen.insert(record.name.as_str()) {
            let location = record.location.as_ref().and_then(|code| locations.get(code));
            asked.push(AskedCompany {
                name: record.name.clone(),
                country: location.and_then(|row| row.country.clone()),
                record: format!("patent_id {}, assignee_sequence {}", record.number, record.ordinal - 1),
            });
        }
    }
    asked
}

/// The assignees of the patents of a batch.
struct Standing {
    rows: Working<BulkAssignee>,
    by_patent: HashMap<i64, Vec<Slot>>,
    /// The sources of this data set.
    own: HashSet<i64>,
    /// The sole company of each patent that had one assignee before the batch.
    sole_before: HashMap<i64, Option<i64>>,
}

impl Standing {
    fn find(desk: &mut Desk<'_>, patents: &[i64]) -> Result<Self, ImportError> {
        let own = desk.own_sources()?;
        let mut standing =
            Self { rows: Working::default(), by_patent: HashMap::new(), own, sole_before: HashMap::new() };
        for row in assignees_of(desk.connection, patents)? {
            let patent = row.patent_id;
            let slot = standing.rows.standing(row);
            standing.by_patent.entry(patent).or_default().push(slot);
        }
        standing.sole_before = standing.by_patent.keys().map(|patent| (*patent, standing.sole(*patent))).collect();
        Ok(standing)
    }

    /// Puts a row into the place of the one with its key, or beside the others. What another source says stays as it is; of
    /// that, the place is filled in.
    fn put(&mut self, desk: &mut Desk<'_>, row: BulkAssignee) -> Fate {
        let slots = self.by_patent.entry(row.patent_id).or_default();
        let same = slots.iter().find(|slot| self.rows.row(**slot).is_some_and(|found| found.ordinal == row.ordinal));
        if let Some(slot) = same {
            return Fate::updated_if(self.rows.change(*slot, |found| {
                if !self.own.contains(&found.source_id) {
                    found.location_id = found.location_id.or(row.location_id.filter(|_| found.name == row.name));
                    return;
                }
                let is_same = found.name == row.name
                    && found.company_id == row.company_id
                    && (found.location_id == row.location_id || row.location_id.is_none());
                if !is_same {
                    let (id, location_id) = (found.id, row.location_id.or(found.location_id));
                    *found = BulkAssignee { id, location_id, ..row };
                }
            }));
        }
        slots.push(self.rows.place(BulkAssignee { id: desk.ids.next_id(), ..row }));
        Fate::Stored
    }

    /// The company that is the one assignee of a patent.
    fn sole(&self, patent: i64) -> Option<i64> {
        match self.of(patent).as_slice() {
            [sole] => sole.company_id,
            _ => None,
        }
    }

    /// The assignees of a patent, in order.
    fn of(&self, patent: i64) -> Vec<&BulkAssignee> {
        let slots = self.by_patent.get(&patent).into_iter().flatten();
        let mut rows: Vec<&BulkAssignee> = slots.filter_map(|slot| self.rows.row(*slot)).collect();
        rows.sort_by_key(|row| row.ordinal);
        rows
    }
}

/// Writes the assignees that are known now into their patents: the names, and the owner where it is one company.
///
/// An owner that does not come from here stays: who owns a patent now is not for this table to say.
fn owners(desk: &mut Desk<'_>, numbers: &BTreeSet<String>, assignees: &Standing) -> Result<(), ImportError> {
    let own = desk.own_sources()?;
    let mut patents = Patents::find(desk, OFFICE, numbers.iter().map(String::as_str))?;
    for number in numbers {
        let Ok(slot) = patents.grant(number).one("patent_id", number) else { continue };
        patents.rows.change(slot, |row| {
            let known = assignees.of(row.id);
            let names: Vec<&str> = known.iter().map(|assignee| &*assignee.name).collect();
            if own.contains(&row.source_id) || row.original_assignee.is_none() {
                row.original_assignee = Some(names.join("; "));
            }
            if row.owner_id == assignees.sole_before.get(&row.id).copied().flatten() {
                row.owner_id = assignees.sole(row.id);
            }
        });
    }
    desk.put(patents.rows)
}
