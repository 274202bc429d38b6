//! Standards, and what is declared to them.

use chrono::NaiveDate;
use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _, SelectableHelper as _};

use crate::store::bulk::{KEYS_MAX, bulk_row};
use crate::store::schema::{declared_patent, standard, standard_declaration};
use crate::store::{Connection, StoreError, on_connection};

bulk_row! {
    /// A row of `standard`.
    BulkStandard in standard {
        name: String,
        name_folded: String,
        kind: String,
        document_type: Option<String>,
        deliverable_number: Option<String>,
        specification_number: Option<String>,
        project_number: Option<String>,
        source_id: i64,
    }
}

bulk_row! {
    /// A row of `standard_declaration`.
    BulkDeclaration in standard_declaration {
        reference: String,
        register_number: Option<String>,
        declared_on: Option<NaiveDate>,
        reflected_on: Option<NaiveDate>,
        declarant_id: Option<i64>,
        declarant_name: Option<String>,
        declarant_name_folded: Option<String>,
        source_id: i64,
    }
}

bulk_row! {
    /// A row of `declared_patent`.
    BulkDeclaredPatent in declared_patent {
        standard_declaration_id: i64,
        record_key: i64,
        standard_id: Option<i64>,
        project_id: Option<i64>,
        patent_id: Option<i64>,
        publication_number: Option<String>,
        application_number: Option<String>,
        office: Option<String>,
        title: Option<String>,
        filed_on: Option<NaiveDate>,
        priority_numbers: Option<String>,
        patent_type: Option<String>,
        family: Option<String>,
        disclosure: Option<String>,
        display_number: Option<String>,
        work_item: Option<String>,
        version: Option<String>,
        section: Option<String>,
        declared_for_standard: Option<bool>,
        declared_for_project: Option<bool>,
        by_proprietor: Option<bool>,
        prepared_to_license: Option<bool>,
        reciprocity: Option<bool>,
        explicitly_disclosed: Option<bool>,
        for_2g: Option<bool>,
        for_3g: Option<bool>,
        for_4g: Option<bool>,
        for_5g: Option<bool>,
        source_id: i64,
    }
}

/// The standards of some names.
pub(crate) fn standards_named(connection: &mut Connection, keys: &[&str]) -> Result<Vec<BulkStandard>, StoreError> {
    let mut found = Vec::new();
    for part in keys.chunks(KEYS_MAX) {
        let query = standard::table.filter(standard::name.eq_any(part));
        let rows: Vec<BulkStandard> =
            on_connection!(connection, open => query.select(BulkStandard::as_select()).load(open))?;
        found.extend(rows);
    }
    Ok(found)
}

/// The declarations under some references.
pub(crate) fn declarations_referenced(
    connection: &mut Connection,
    keys: &[&str],
) -> Result<Vec<BulkDeclaration>, StoreError> {
    let mut found = Vec::new();
    for part in keys.chunks(KEYS_MAX) {
        let query = standard_declaration::table.filter(standard_declaration::reference.eq_any(part));
        let rows: Vec<BulkDeclaration> =
            on_connection!(connection, open => query.select(BulkDeclaration::as_select()).load(open))?;
        found.extend(rows);
    }
    Ok(found)
}

/// What is declared under some keys of records.
pub(crate) fn declared_patents(
    connection: &mut Connection,
    keys: &[i64],
) -> Result<Vec<BulkDeclaredPatent>, StoreError> {
    let mut found = Vec::new();
    for part in keys.chunks(KEYS_MAX) {
        let query = declared_patent::table.filter(declared_patent::record_key.eq_any(part));
        let rows: Vec<BulkDeclaredPatent> =
            on_connection!(connection, open => query.select(BulkDeclaredPatent::as_select()).load(open))?;
        found.extend(rows);
    }
    Ok(found)
}
