//! What registers say: of legal entities, of parents that are not stated, of patents declared to standards, and of records
//! that they took back.

use crate::ingest::deals::{CompanyRef, SourceRef, object};

object! {
    /// The record of a Legal Entity Identifier.
    LeiRecordLine {
        /// The identifier.
        lei: String,
        /// The company that it is the record of.
        company: CompanyRef,
        /// The legal name.
        legal_name: String,
        /// The file that it was taken from.
        source: SourceRef,
    } optional {
        /// The language of the legal name.
        language: String,
        /// The jurisdiction under whose law it was founded.
        jurisdiction: String,
        /// What kind of entity it is, in the register's words.
        category: String,
        /// Whether it is active, in the register's words.
        entity_status: String,
        /// Where its registration stands, in the register's words.
        registration_status: String,
        /// The country of its legal address.
        legal_country: String,
        /// The region of its legal address.
        legal_region: String,
        /// The city of its legal address.
        legal_city: String,
        /// The country of its headquarters.
        headquarters_country: String,
        /// The region of its headquarters.
        headquarters_region: String,
        /// The city of its headquarters.
        headquarters_city: String,
        /// When it was created.
        created_on: String,
        /// When it ceased to exist.
        expired_on: String,
        /// Why it ceased to exist, in the register's words.
        expiry_reason: String,
        /// The identifier of its successor.
        successor_lei: String,
        /// When the identifier was registered.
        registered_on: String,
        /// When the register last changed its record.
        updated_on: String,
        /// When the registration is to be renewed.
        renewal_on: String,
        /// When the register took its record away.
        withdrawn_on: String,
    } lists {}
}

object! {
    /// Why no parent of a company is stated.
    ParentExceptionLine {
        /// The company.
        company: CompanyRef,
        /// Which parent it is.
        form: String,
        /// The reason, as a value of the graph.
        reason: String,
        /// The reason, in the register's words.
        stated_reason: String,
        /// The file that it was taken from.
        source: SourceRef,
    } optional {
        /// What the reason refers to.
        reference: String,
        /// When the register took it away.
        withdrawn_on: String,
    } lists {}
}

object! {
    /// A standard: a document, or the project that documents come from.
    StandardLine {
        /// Its name.
        name: String,
        /// Which of both it is.
        kind: String,
        /// The file that it was taken from.
        source: SourceRef,
    } optional {
        /// What type of document it is.
        document_type: String,
        /// The number of the deliverable.
        deliverable_number: String,
        /// The number of the specification.
        specification_number: String,
        /// The number of the project.
        project_number: String,
    } lists {}
}

object! {
    /// A declaration that patents may be essential to standards.
    DeclarationLine {
        /// Its reference.
        reference: String,
        /// The file that it was taken from.
        source: SourceRef,
    } optional {
        /// Its number in the register.
        register_number: String,
        /// When it was signed.
        declared_on: String,
        /// When the register showed it first.
        reflected_on: String,
        /// The company that declares.
        declarant: CompanyRef,
        /// The declarant's name as it is recorded.
        declarant_name: String,
    } lists {}
}

object! {
    /// What a declaration names: a publication for a document or a project.
    DeclaredPatentLine {
        /// What it is found again by: 64 bits in hexadecimal.
        record_key: String,
        /// The reference of its declaration.
        declaration: String,
        /// The file that it was taken from.
        source: SourceRef,
    } optional {
        /// The name of the document.
        standard: String,
        /// The name of the project.
        project: String,
        /// The patent, where the number could be read and leads to one.
        patent: String,
        /// The publication number as it is spelt.
        publication_number: String,
        /// The application number as it is spelt.
        application_number: String,
        /// The office where it is registered.
        office: String,
        /// Its title in English.
        title: String,
        /// When it was filed.
        filed_on: String,
        /// The numbers of the applications whose priority it claims.
        priority_numbers: String,
        /// Its part in its family.
        patent_type: String,
        /// Its family as the register counts them.
        family: String,
        /// The number of the disclosure within the declaration.
        disclosure: String,
        /// The number under which the disclosure is shown.
        display_number: String,
        /// The work item of the document.
        work_item: String,
        /// The version of the document.
        version: String,
        /// The parts of the document that it is declared for.
        section: String,
        /// Whether it is declared for the document.
        declared_for_standard: bool,
        /// Whether it is declared for the project.
        declared_for_project: bool,
        /// Whether the declarant says that it, or an affiliate, owns it.
        by_proprietor: bool,
        /// Whether the declarant is prepared to grant licences.
        prepared_to_license: bool,
        /// Whether it asks of those who seek a licence to license in return.
        reciprocity: bool,
        /// Whether the declarant disclosed it by itself.
        explicitly_disclosed: bool,
        /// Whether the register counts it among 2G.
        for_2g: bool,
        /// Whether the register counts it among 3G.
        for_3g: bool,
        /// Whether the register counts it among 4G.
        for_4g: bool,
        /// Whether the register counts it among 5G.
        for_5g: bool,
    } lists {}
}

object! {
    /// A record that a register took back: it is not to come in again from older files.
    PurgedLine {
        /// Where it was recorded.
        reel_frame: String,
        /// The file that says so.
        source: SourceRef,
    } optional {
        /// The day of the version of the record that was purged.
        last_updated_on: String,
    } lists {}
}
