//! `g_cpc_current`: the symbols of the Cooperative Patent Classification, and the areas that they put a patent into.

use std::collections::{HashMap, HashSet};

use super::{OFFICE, layout, number};
use crate::ingest::import::delimited::{self, Fields, Layout};
use crate::ingest::import::resolve::PatentIds;
use crate::ingest::import::{Desk, Fate, ImportError, Input, Pass, Problem, Rows, grouped};
use crate::store::bulk::{BulkClassification, PatentAreaLink, area_prefixes, areas_of, symbols_of};

pub(super) const NAME: &str = "g_cpc_current";
pub(super) static LAYOUT: Layout = layout(&["patent_id", "cpc_group"], &["cpc_sequence"]);
const SCHEME: &str = "CPC";

/// A row of the table.
pub(super) struct Record {
    number: String,
    symbol: String,
    ordinal: i32,
}

/// See the module. The prefixes of the areas are read once.
#[derive(Default)]
pub(super) struct Classes {
    prefixes: Option<Vec<(String, i64)>>,
}

impl Pass for Classes {
    type Record = Record;

    fn file_name(&self) -> &'static str {
        "g_cpc_current.tsv"
    }

    fn rank(&self) -> u8 {
        6
    }

    fn read(input: Input<'_>, rows: &mut Rows<Record>) -> Result<(), ImportError> {
        delimited::read(input, &LAYOUT, rows, record)
    }

    fn store(&mut self, records: Vec<Record>, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError> {
        let prefixes = match &self.prefixes {
            Some(prefixes) => prefixes,
            None => self.prefixes.insert(area_prefixes(desk.connection)?),
        };
        let patents = PatentIds::find(desk, OFFICE, records.iter().map(|record| &*record.number))?;
        let ids = patents.ids();
        let mut symbols: HashMap<i64, HashSet<String>> = HashMap::new();
        for (patent, found) in grouped(symbols_of(desk.connection, SCHEME, &ids)?) {
            symbols.insert(patent, found.into_iter().collect());
        }
        let mut areas: HashSet<PatentAreaLink> = areas_of(desk.connection, &ids)?.into_iter().collect();
        let (mut rows, mut links) = (Vec::new(), Vec::new());
        let mut fates = Vec::with_capacity(records.len());
        for record in records {
            let patent_id = match patents.grant(&record.number).one("patent_id", &record.number) {
                Ok(patent) => patent,
                Err(problem) => {
                    fates.push(Fate::Refused(problem));
                    continue;
                }
            };
            let before = rows.len() + links.len();
            for (_, area_id) in prefixes.iter().filter(|(prefix, _)| record.symbol.starts_with(prefix.as_str())) {
                let link = PatentAreaLink { patent_id, area_id: *area_id };
                if areas.insert(link) {
                    links.push(link);
                }
            }
            // A symbol that stands keeps its place: a patent can have one twice in its list.
            if symbols.entry(patent_id).or_default().insert(record.symbol.clone()) {
                let Record { symbol, ordinal, .. } = record;
                let (id, scheme) = (desk.ids.next_id(), SCHEME.to_owned());
                rows.push(BulkClassification { id, patent_id, scheme, symbol, ordinal });
            }
            let is_new = rows.len() + links.len() > before;
            if is_new {
                desk.touch(patent_id);
            }
            fates.push(Fate::stored_if(is_new));
        }
        desk.insert(&rows)?;
        desk.insert(&links)?;
        Ok(fates)
    }
}

fn record(fields: &Fields<'_>) -> Result<Record, Problem> {
    let text = fields.required("cpc_group")?;
    let symbol: String = text.chars().filter(|character| *character != ' ').collect();
    let fits = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'/';
    if symbol.len() < 4 || symbol.len() > 20 || !symbol.bytes().all(fits) {
        return Err(Problem::new(
            "cpc_group",
            text,
            "it is no symbol of the classification",
            "a symbol such as H04W4/70",
        ));
    }
    let ordinal = fields.count("cpc_sequence")?.unwrap_or(0).saturating_add(1);
    Ok(Record { number: number(fields, "patent_id")?, symbol, ordinal })
}
