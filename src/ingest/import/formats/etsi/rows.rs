//! The rows that a batch speaks of: standards, declarations and what is declared.

use std::collections::HashMap;

use super::record::{Named, Record};
use super::{add, distinct};
use crate::ingest::import::{Desk, Fate, ImportError, Slot, Working};
use crate::store::bulk::{
    BulkDeclaration, BulkDeclaredPatent, BulkStandard, declarations_referenced, declared_patents, standards_named,
};
use crate::text::fold;

/// See the module.
pub(super) struct Standing {
    source_id: i64,
    /// Whether a later edition was read before.
    is_older: bool,
    standards: Working<BulkStandard>,
    standard_of: HashMap<String, Slot>,
    declarations: Working<BulkDeclaration>,
    declaration_of: HashMap<String, Slot>,
    declared: Working<BulkDeclaredPatent>,
    declared_of: HashMap<i64, Slot>,
}

impl Standing {
    pub(super) fn find(desk: &mut Desk<'_>, records: &[Record]) -> Result<Self, ImportError> {
        let mut standing = Self {
            source_id: desk.source()?,
            is_older: desk.is_older()?,
            standards: Working::default(),
            standard_of: HashMap::new(),
            declarations: Working::default(),
            declaration_of: HashMap::new(),
            declared: Working::default(),
            declared_of: HashMap::new(),
        };
        let named = records.iter().flat_map(|record| record.standard.iter().chain(&record.project));
        for row in standards_named(desk.connection, &distinct(named.map(|named| &*named.name)))? {
            let name = row.name.clone();
            standing.standard_of.insert(name, standing.standards.standing(row));
        }
        let references = distinct(records.iter().map(|record| &*record.reference));
        for row in declarations_referenced(desk.connection, &references)? {
            let reference = row.reference.clone();
            standing.declaration_of.insert(reference, standing.declarations.standing(row));
        }
        let lines = records.iter().flat_map(|record| &record.lines);
        let mut keys: Vec<i64> = lines.map(|line| line.row.record_key).collect();
        keys.sort_unstable();
        keys.dedup();
        for row in declared_patents(desk.connection, &keys)? {
            let key = row.record_key;
            standing.declared_of.insert(key, standing.declared.standing(row));
        }
        Ok(standing)
    }

    /// The standard of a name. What is not known of one that stands is filled in.
    pub(super) fn standard(&mut self, desk: &mut Desk<'_>, named: Option<&Named>, fate: &mut Fate) -> Option<i64> {
        let named = named?;
        if let Some(slot) = self.standard_of.get(&named.name) {
            let is_changed = self.standards.change(*slot, |row| {
                let fill = |value: &mut Option<String>, new: &Option<String>| {
                    if value.is_none() {
                        value.clone_from(new);
                    }
                };
                fill(&mut row.document_type, &named.document_type);
                fill(&mut row.deliverable_number, &named.deliverable_number);
                fill(&mut row.specification_number, &named.specification_number);
                fill(&mut row.project_number, &named.project_number);
            });
            add(fate, Fate::updated_if(is_changed));
            return self.standards.row(*slot).map(|row| row.id);
        }
        let id = desk.ids.next_id();
        let slot = self.standards.place(BulkStandard {
            id,
            name: named.name.clone(),
            name_folded: fold(&named.name),
            kind: named.kind.to_owned(),
            document_type: named.document_type.clone(),
            deliverable_number: named.deliverable_number.clone(),
            specification_number: named.specification_number.clone(),
            project_number: named.project_number.clone(),
            source_id: self.source_id,
        });
        self.standard_of.insert(named.name.clone(), slot);
        add(fate, Fate::Stored);
        Some(id)
    }

    /// The declaration of a row. Its rows can be shown from different days on: the first of them counts.
    pub(super) fn declaration(
        &mut self,
        desk: &mut Desk<'_>,
        record: &Record,
        declarant: Option<i64>,
        fate: &mut Fate,
    ) -> i64 {
        let (source_id, is_older) = (self.source_id, self.is_older);
        let name = record.declarant.as_ref();
        if let Some(slot) = self.declaration_of.get(&record.reference) {
            let is_changed = self.declarations.change(*slot, |row| {
                let before = row.clone();
                row.register_number = row.register_number.take().or_else(|| record.register_number.clone());
                let (newer, older) = if is_older {
                    (row.declared_on, record.declared_on)
                } else {
                    (record.declared_on, row.declared_on)
                };
                row.declared_on = newer.or(older);
                row.reflected_on = row.reflected_on.into_iter().chain(record.reflected_on).min();
                let may_replace = !is_older || row.declarant_name.is_none();
                if name.is_some() && row.declarant_name.as_ref() != name && may_replace {
                    row.declarant_name = name.cloned();
                    row.declarant_name_folded = name.map(|name| fold(name));
                    row.declarant_id = declarant;
                }
                if *row != before {
                    row.source_id = source_id;
                }
            });
            add(fate, Fate::updated_if(is_changed));
            return self.declarations.row(*slot).map_or(0, |row| row.id);
        }
        let id = desk.ids.next_id();
        let slot = self.declarations.place(BulkDeclaration {
            id,
            reference: record.reference.clone(),
            register_number: record.register_number.clone(),
            declared_on: record.declared_on,
            reflected_on: record.reflected_on,
            declarant_id: declarant,
            declarant_name: name.cloned(),
            declarant_name_folded: name.map(|name| fold(name)),
            source_id,
        });
        self.declaration_of.insert(record.reference.clone(), slot);
        add(fate, Fate::Stored);
        id
    }

    /// Puts what is declared into the place of what is about the same; its patent, where it has another one now.
    pub(super) fn declared(&mut self, desk: &mut Desk<'_>, row: BulkDeclaredPatent, fate: &mut Fate) -> Option<i64> {
        let (source_id, patent_id) = (self.source_id, row.patent_id);
        let Some(slot) = self.declared_of.get(&row.record_key).copied() else {
            let key = row.record_key;
            let slot = self.declared.place(BulkDeclaredPatent { id: desk.ids.next_id(), source_id, ..row });
            self.declared_of.insert(key, slot);
            add(fate, Fate::Stored);
            return patent_id;
        };
        if self.is_older {
            return None;
        }
        let before = self.declared.row(slot).and_then(|found| found.patent_id);
        let is_changed = self.declared.change(slot, |found| {
            // A number that leads to several by now led to this one.
            let patent_id = found.patent_id.or(row.patent_id);
            let same = BulkDeclaredPatent { id: found.id, source_id: found.source_id, patent_id, ..row };
            if *found != same {
                *found = BulkDeclaredPatent { source_id, ..same };
            }
        });
        add(fate, Fate::updated_if(is_changed));
        patent_id.filter(|_| before.is_none())
    }

    pub(super) fn store(self, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        desk.put(self.standards)?;
        desk.put(self.declarations)?;
        desk.put(self.declared)
    }
}
