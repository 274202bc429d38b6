//! Standards, and what is declared to them.

use chrono::NaiveDate;
use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _, SelectableHelper as _};

use crate::store::bulk::{bulk_row, found_by, read_after};
use crate::store::schema::declared_patent;
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

found_by! {
    /// The standards of some names.
    standards_named: BulkStandard in standard by name: &str
}

found_by! {
    /// Some standards.
    standards: BulkStandard in standard by id: i64
}

read_after! {
    /// The standards behind a name, in the order of names.
    standards_after: BulkStandard in standard by name: &str
}

found_by! {
    /// The declarations under some references.
    declarations_referenced: BulkDeclaration in standard_declaration by reference: &str
}

found_by! {
    /// Some declarations.
    declarations: BulkDeclaration in standard_declaration by id: i64
}

read_after! {
    /// The declarations behind a reference, in the order of references.
    declarations_after: BulkDeclaration in standard_declaration by reference: &str
}

found_by! {
    /// What is declared under some keys of records.
    declared_patents: BulkDeclaredPatent in declared_patent by record_key: i64
}

/// What is declared from a key of a record on, in the order of keys.
pub(crate) fn declared_patents_from(
    connection: &mut Connection,
    from: i64,
    count: i64,
) -> Result<Vec<BulkDeclaredPatent>, StoreError> {
    let query = declared_patent::table.filter(declared_patent::record_key.ge(from));
    let query = query.order(declared_patent::record_key).limit(count);
    Ok(on_connection!(connection, open => query.select(BulkDeclaredPatent::as_select()).load(open))?)
}
