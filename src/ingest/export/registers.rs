//! What registers say: of legal entities, of standards, and of what they took back.

use std::collections::HashMap;

use super::companies::pages;
use super::{Export, ExportError, PAGE, day, distinct};
use crate::ingest::deals::{
    CompanyRef, DeclarationLine, DeclaredPatentLine, LeiRecordLine, Line, ParentExceptionLine, PurgedLine, Short,
    SourceRef, StandardLine,
};
use crate::store::bulk::{
    self, BulkCompany, BulkDeclaredPatent, BulkLeiRecord, declarations_after, declared_patents_from, lei_records_after,
    parent_exceptions_of, purged_after, standards_after,
};

/// The records of identifiers, then why parents are not stated.
pub(super) fn write_entities(export: &mut Export<'_>) -> Result<(), ExportError> {
    let mut last = String::new();
    loop {
        let rows = lei_records_after(export.connection, &last, PAGE)?;
        let Some(end) = rows.last() else { break };
        last.clone_from(&end.lei);
        let slugs = export.companies(rows.iter().map(|row| row.company_id))?;
        for row in rows {
            let line = lei_record(slugs.company(row.company_id), export.source(row.source_id), row);
            export.line(&Line::LeiRecord(Box::new(line)))?;
        }
    }
    pages(export, |export, rows| write_exceptions(export, &rows))
}

fn lei_record(company: CompanyRef, source: SourceRef, row: BulkLeiRecord) -> LeiRecordLine {
    LeiRecordLine {
        lei: row.lei,
        company,
        legal_name: row.legal_name,
        source,
        language: row.language,
        jurisdiction: row.jurisdiction,
        category: row.category,
        entity_status: row.entity_status,
        registration_status: row.registration_status,
        legal_country: row.legal_country,
        legal_region: row.legal_region,
        legal_city: row.legal_city,
        headquarters_country: row.headquarters_country,
        headquarters_region: row.headquarters_region,
        headquarters_city: row.headquarters_city,
        created_on: day(row.created_on),
        expired_on: day(row.expired_on),
        expiry_reason: row.expiry_reason,
        successor_lei: row.successor_lei,
        registered_on: day(row.registered_on),
        updated_on: day(row.updated_on),
        renewal_on: day(row.renewal_on),
        withdrawn_on: day(row.withdrawn_on),
    }
}

fn write_exceptions(export: &mut Export<'_>, companies: &[BulkCompany]) -> Result<(), ExportError> {
    let slugs: HashMap<i64, &String> = companies.iter().map(|row| (row.id, &row.slug)).collect();
    let ids: Vec<i64> = companies.iter().map(|row| row.id).collect();
    let mut rows = parent_exceptions_of(export.connection, &ids)?;
    rows.sort_by_cached_key(|row| (slugs.get(&row.company_id).copied(), row.form.clone(), row.stated_reason.clone()));
    for row in rows {
        let slug = slugs.get(&row.company_id).map(|slug| (*slug).clone()).unwrap_or_default();
        let source = export.source(row.source_id);
        export.line(&Line::ParentException(ParentExceptionLine {
            company: Short::Text(slug),
            form: row.form,
            reason: row.reason,
            stated_reason: row.stated_reason,
            source,
            reference: row.reference,
            withdrawn_on: day(row.withdrawn_on),
        }))?;
    }
    Ok(())
}

pub(super) fn write_standards(export: &mut Export<'_>) -> Result<(), ExportError> {
    let mut last = String::new();
    loop {
        let rows = standards_after(export.connection, &last, PAGE)?;
        let Some(end) = rows.last() else { return Ok(()) };
        last.clone_from(&end.name);
        for row in rows {
            let source = export.source(row.source_id);
            export.line(&Line::Standard(StandardLine {
                name: row.name,
                kind: row.kind,
                source,
                document_type: row.document_type,
                deliverable_number: row.deliverable_number,
                specification_number: row.specification_number,
                project_number: row.project_number,
            }))?;
        }
    }
}

pub(super) fn write_declarations(export: &mut Export<'_>) -> Result<(), ExportError> {
    let mut last = String::new();
    loop {
        let rows = declarations_after(export.connection, &last, PAGE)?;
        let Some(end) = rows.last() else { return Ok(()) };
        last.clone_from(&end.reference);
        let slugs = export.companies(rows.iter().filter_map(|row| row.declarant_id))?;
        for row in rows {
            let source = export.source(row.source_id);
            export.line(&Line::Declaration(DeclarationLine {
                reference: row.reference,
                source,
                register_number: row.register_number,
                declared_on: day(row.declared_on),
                reflected_on: day(row.reflected_on),
                declarant: row.declarant_id.map(|company| slugs.company(company)),
                declarant_name: row.declarant_name,
            }))?;
        }
    }
}

/// What is declared, by the keys of records: they are the same in every store.
pub(super) fn write_declared(export: &mut Export<'_>) -> Result<(), ExportError> {
    let mut next = Some(i64::MIN);
    while let Some(from) = next {
        let rows = declared_patents_from(export.connection, from, PAGE)?;
        next = rows.last().and_then(|row| row.record_key.checked_add(1));
        let numbers = export.numbers(rows.iter().filter_map(|row| row.patent_id))?;
        let named = distinct(rows.iter().flat_map(|row| row.standard_id.into_iter().chain(row.project_id)));
        let named = bulk::standards(export.connection, &named)?;
        let named: HashMap<i64, String> = named.into_iter().map(|row| (row.id, row.name)).collect();
        let under = distinct(rows.iter().map(|row| row.standard_declaration_id));
        let under = bulk::declarations(export.connection, &under)?;
        let under: HashMap<i64, String> = under.into_iter().map(|row| (row.id, row.reference)).collect();
        for row in rows {
            let about = About {
                declaration: under.get(&row.standard_declaration_id).cloned().unwrap_or_default(),
                source: export.source(row.source_id),
                standard: row.standard_id.and_then(|id| named.get(&id).cloned()),
                project: row.project_id.and_then(|id| named.get(&id).cloned()),
                patent: row.patent_id.and_then(|id| numbers.get(&id).cloned()),
            };
            export.line(&Line::DeclaredPatent(Box::new(declared(about, row))))?;
        }
    }
    Ok(())
}

/// What a declared patent refers to, by natural keys.
struct About {
    declaration: String,
    source: SourceRef,
    standard: Option<String>,
    project: Option<String>,
    patent: Option<String>,
}

fn declared(about: About, row: BulkDeclaredPatent) -> DeclaredPatentLine {
    DeclaredPatentLine {
        record_key: format!("{:016x}", row.record_key),
        declaration: about.declaration,
        source: about.source,
        standard: about.standard,
        project: about.project,
        patent: about.patent,
        publication_number: row.publication_number,
        application_number: row.application_number,
        office: row.office,
        title: row.title,
        filed_on: day(row.filed_on),
        priority_numbers: row.priority_numbers,
        patent_type: row.patent_type,
        family: row.family,
        disclosure: row.disclosure,
        display_number: row.display_number,
        work_item: row.work_item,
        version: row.version,
        section: row.section,
        declared_for_standard: row.declared_for_standard,
        declared_for_project: row.declared_for_project,
        by_proprietor: row.by_proprietor,
        prepared_to_license: row.prepared_to_license,
        reciprocity: row.reciprocity,
        explicitly_disclosed: row.explicitly_disclosed,
        for_2g: row.for_2g,
        for_3g: row.for_3g,
        for_4g: row.for_4g,
        for_5g: row.for_5g,
    }
}

pub(super) fn write_purged(export: &mut Export<'_>) -> Result<(), ExportError> {
    let mut last = String::new();
    loop {
        let rows = purged_after(export.connection, &last, PAGE)?;
        let Some(end) = rows.last() else { return Ok(()) };
        last.clone_from(&end.reel_frame);
        for row in rows {
            let source = export.source(row.source_id);
            export.line(&Line::Purged(PurgedLine {
                reel_frame: row.reel_frame,
                source,
                last_updated_on: day(row.last_updated_on),
            }))?;
        }
    }
}
