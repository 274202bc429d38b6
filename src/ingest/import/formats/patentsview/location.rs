//! `g_location_disambiguated`: the places of assignees.

use std::collections::HashMap;

use super::{layout, take};
use crate::ingest::import::delimited::{self, Fields, Layout};
use crate::ingest::import::{Desk, Fate, ImportError, Input, Pass, Problem, Rows, Working};
use crate::store::bulk::{BulkLocation, locations_by_code};

pub(super) const NAME: &str = "g_location_disambiguated";
pub(super) static LAYOUT: Layout = layout(&["location_id", "disambig_country"], &["disambig_city", "disambig_state"]);

/// A row of the table.
pub(super) struct Record {
    code: String,
    city: Option<String>,
    region: Option<String>,
    country: Option<String>,
}

/// See the module.
pub(super) struct Locations;

impl Pass for Locations {
    type Record = Record;

    fn file_name(&self) -> &'static str {
        "g_location_disambiguated.tsv"
    }

    fn rank(&self) -> u8 {
        0
    }

    fn read(input: Input<'_>, rows: &mut Rows<Record>) -> Result<(), ImportError> {
        delimited::read(input, &LAYOUT, rows, record)
    }

    fn store(&mut self, records: Vec<Record>, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError> {
        let source_id = desk.source()?;
        let is_newest = !desk.is_older()?;
        let codes: Vec<&str> = records.iter().map(|record| &*record.code).collect();
        let mut working = Working::default();
        let mut by_code = HashMap::new();
        for row in locations_by_code(desk.connection, &codes)? {
            let code = row.code.clone();
            by_code.insert(code, working.standing(row));
        }
        let mut fates = Vec::with_capacity(records.len());
        for Record { code, city, region, country } in records {
            if let Some(slot) = by_code.get(&code) {
                let is_changed = working.change(*slot, |row: &mut BulkLocation| {
                    let before = row.clone();
                    take(&mut row.city, city, is_newest);
                    take(&mut row.region, region, is_newest);
                    take(&mut row.country, country, is_newest);
                    if *row != before {
                        row.source_id = source_id;
                    }
                });
                fates.push(Fate::updated_if(is_changed));
            } else {
                let id = desk.ids.next_id();
                let row = BulkLocation { id, code: code.clone(), city, region, country, source_id };
                by_code.insert(code, working.place(row));
                fates.push(Fate::Stored);
            }
        }
        desk.put(working)?;
        Ok(fates)
    }
}

fn record(fields: &Fields<'_>) -> Result<Record, Problem> {
    Ok(Record {
        code: fields.required("location_id")?.to_owned(),
        city: fields.name("disambig_city")?.map(str::to_owned),
        region: fields.name("disambig_state")?.map(str::to_owned),
        country: fields.country("disambig_country")?.map(str::to_owned),
    })
}
