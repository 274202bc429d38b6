//! Who took the place of an entity: relations, made as soon as both companies are there.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::level1::Record;
use crate::ingest::import::{Desk, ImportError};
use crate::store::bulk::{BulkLeiRecord, RelationRow, company_ids_by_lei, lei_records_succeeded_by, relations_of};
use crate::store::records::FactKind;

const KIND: &str = "SUCCESSOR";

/// Relates what the records of a batch were succeeded by, and what they succeed.
pub(super) fn relate(
    desk: &mut Desk<'_>,
    records: &[Record],
    mut by_lei: HashMap<String, i64>,
) -> Result<(), ImportError> {
    let own: BTreeSet<&str> = records.iter().map(|record| &*record.row.lei).collect();
    let own: Vec<&str> = own.into_iter().filter(|lei| by_lei.contains_key(*lei)).collect();
    let mut succeeded: BTreeMap<String, BulkLeiRecord> = BTreeMap::new();
    for row in lei_records_succeeded_by(desk.connection, &own)? {
        by_lei.insert(row.lei.clone(), row.company_id);
        succeeded.insert(row.lei.clone(), row);
    }
    for row in records.iter().map(|record| &record.row) {
        if row.successor_lei.is_some() && row.withdrawn_on.is_none() && by_lei.contains_key(&row.lei) {
            succeeded.insert(row.lei.clone(), row.clone());
        }
    }
    // The other registration of one entity was not succeeded by anybody.
    succeeded.retain(|_, row| row.registration_status.as_deref() != Some("DUPLICATE"));
    if succeeded.is_empty() {
        return Ok(());
    }
    let successors: Vec<&str> = succeeded.values().filter_map(|row| row.successor_lei.as_deref()).collect();
    by_lei.extend(company_ids_by_lei(desk.connection, &successors)?);
    let children: BTreeSet<i64> = succeeded.keys().filter_map(|lei| by_lei.get(lei)).copied().collect();
    let standing = relations_of(desk.connection, &children.into_iter().collect::<Vec<_>>())?;
    let standing = standing.into_iter().filter(|row| row.kind == KIND);
    let mut known: HashSet<(i64, i64)> = standing.map(|row| (row.parent_id, row.child_id)).collect();
    let mut new = Vec::new();
    let mut cited = Vec::new();
    for (lei, row) in &succeeded {
        let successor = row.successor_lei.as_ref().and_then(|lei| Some((lei, *by_lei.get(lei)?)));
        let (Some(child_id), Some((parent, parent_id))) = (by_lei.get(lei).copied(), successor) else { continue };
        if child_id == parent_id || !known.insert((parent_id, child_id)) {
            continue;
        }
        let id = desk.ids.next_id();
        cited.push((FactKind::CompanyRelation, id, format!("SuccessorLEI {parent}"), format!("LEI {lei}")));
        new.push(RelationRow {
            id,
            parent_id,
            child_id,
            kind: KIND.to_owned(),
            since: row.expired_on,
            until: None,
            rule: row.registration_status.as_deref().filter(|status| *status == "MERGED").map(|_| "MERGER".to_owned()),
            form: None,
            status: None,
            registration_status: None,
            updated_on: None,
            withdrawn_on: None,
        });
    }
    desk.insert(&new)?;
    desk.cite(cited)
}
