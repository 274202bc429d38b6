//! Standards, and what is declared to them.

use super::alone::Alone;
use super::field;
use super::refs::{Asked, Refs};
use crate::catalog::closed::STANDARD_KIND;
use crate::ingest::deals::{DeclarationLine, DeclaredPatentLine, StandardLine};
use crate::ingest::import::Problem;
use crate::store::bulk::{
    BulkDeclaration, BulkDeclaredPatent, BulkStandard, declarations_referenced, declared_patents, standards_named,
};
use crate::store::{Connection, StoreError};
use crate::text::fold;

fn words(name: &'static str, value: Option<&String>) -> Result<Option<String>, Problem> {
    field::optional(value, |text| field::name(name, text))
}

impl Alone for StandardLine {
    type Row = BulkStandard;

    fn record(&self) -> String {
        format!("standard {}", self.name)
    }

    fn refer(&self, asked: &mut Asked) {
        asked.source(&self.source);
    }

    fn row(&self, refs: &Refs) -> Result<BulkStandard, Problem> {
        Ok(BulkStandard {
            id: 0,
            name: field::name("name", &self.name)?,
            name_folded: fold(&self.name),
            kind: field::closed("kind", &self.kind, &STANDARD_KIND)?,
            document_type: words("documentType", self.document_type.as_ref())?,
            deliverable_number: words("deliverableNumber", self.deliverable_number.as_ref())?,
            specification_number: words("specificationNumber", self.specification_number.as_ref())?,
            project_number: words("projectNumber", self.project_number.as_ref())?,
            source_id: refs.source("source", &self.source)?,
        })
    }

    fn standing(connection: &mut Connection, rows: &[&BulkStandard]) -> Result<Vec<BulkStandard>, StoreError> {
        let names: Vec<&str> = rows.iter().map(|row| &*row.name).collect();
        standards_named(connection, &names)
    }
}

impl Alone for DeclarationLine {
    type Row = BulkDeclaration;

    fn record(&self) -> String {
        format!("declaration {}", self.reference)
    }

    fn refer(&self, asked: &mut Asked) {
        asked.source(&self.source);
        self.declarant.iter().for_each(|company| asked.company(company));
    }

    fn row(&self, refs: &Refs) -> Result<BulkDeclaration, Problem> {
        let declarant = self.declarant.as_ref();
        Ok(BulkDeclaration {
            id: 0,
            reference: field::name("reference", &self.reference)?,
            register_number: words("registerNumber", self.register_number.as_ref())?,
            declared_on: field::optional(self.declared_on.as_ref(), |text| field::day("declaredOn", text))?,
            reflected_on: field::optional(self.reflected_on.as_ref(), |text| field::day("reflectedOn", text))?,
            declarant_id: declarant.map(|company| refs.company("declarant", company)).transpose()?,
            declarant_name: words("declarantName", self.declarant_name.as_ref())?,
            declarant_name_folded: self.declarant_name.as_deref().map(fold),
            source_id: refs.source("source", &self.source)?,
        })
    }

    fn standing(connection: &mut Connection, rows: &[&BulkDeclaration]) -> Result<Vec<BulkDeclaration>, StoreError> {
        let references: Vec<&str> = rows.iter().map(|row| &*row.reference).collect();
        declarations_referenced(connection, &references)
    }
}

impl Alone for Box<DeclaredPatentLine> {
    type Row = BulkDeclaredPatent;

    fn record(&self) -> String {
        format!("declaredPatent {}", self.record_key)
    }

    fn refer(&self, asked: &mut Asked) {
        asked.source(&self.source);
        asked.declaration(&self.declaration);
        self.standard.iter().chain(&self.project).for_each(|name| asked.standard(name));
        asked.patents(self.patent.as_slice());
    }

    fn row(&self, refs: &Refs) -> Result<BulkDeclaredPatent, Problem> {
        let prose = |name: &'static str, value: &Option<String>| {
            field::optional(value.as_ref(), |text| field::prose(name, text))
        };
        let standard = |name: &'static str, value: &Option<String>| {
            field::optional(value.as_ref(), |text| refs.standard(name, text))
        };
        Ok(BulkDeclaredPatent {
            id: 0,
            standard_declaration_id: refs.declaration("declaration", &self.declaration)?,
            record_key: field::key("recordKey", &self.record_key)?,
            standard_id: standard("standard", &self.standard)?,
            project_id: standard("project", &self.project)?,
            patent_id: field::optional(self.patent.as_ref(), |text| refs.patent("patent", text))?,
            publication_number: words("publicationNumber", self.publication_number.as_ref())?,
            application_number: words("applicationNumber", self.application_number.as_ref())?,
            office: field::optional(self.office.as_ref(), |text| {
                field::code("office", text, 2, "an office as two capital letters (WIPO ST.3)")
            })?,
            title: prose("title", &self.title)?,
            filed_on: field::optional(self.filed_on.as_ref(), |text| field::day("filedOn", text))?,
            priority_numbers: prose("priorityNumbers", &self.priority_numbers)?,
            patent_type: words("patentType", self.patent_type.as_ref())?,
            family: words("family", self.family.as_ref())?,
            disclosure: words("disclosure", self.disclosure.as_ref())?,
            display_number: words("displayNumber", self.display_number.as_ref())?,
            work_item: words("workItem", self.work_item.as_ref())?,
            version: words("version", self.version.as_ref())?,
            section: prose("section", &self.section)?,
            declared_for_standard: self.declared_for_standard,
            declared_for_project: self.declared_for_project,
            by_proprietor: self.by_proprietor,
            prepared_to_license: self.prepared_to_license,
            reciprocity: self.reciprocity,
            explicitly_disclosed: self.explicitly_disclosed,
            for_2g: self.for_2g,
            for_3g: self.for_3g,
            for_4g: self.for_4g,
            for_5g: self.for_5g,
            source_id: refs.source("source", &self.source)?,
        })
    }

    fn standing(
        connection: &mut Connection,
        rows: &[&BulkDeclaredPatent],
    ) -> Result<Vec<BulkDeclaredPatent>, StoreError> {
        let keys: Vec<i64> = rows.iter().map(|row| row.record_key).collect();
        declared_patents(connection, &keys)
    }
}
