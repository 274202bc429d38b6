//! The tables of what registers say of legal entities, of their parents, and of patents declared to standards.

diesel::table! {
    lei_record (id) {
        id -> BigInt,
        company_id -> BigInt,
        lei -> Text,
        legal_name -> Text,
        legal_name_folded -> Text,
        language -> Nullable<Text>,
        jurisdiction -> Nullable<Text>,
        category -> Nullable<Text>,
        entity_status -> Nullable<Text>,
        registration_status -> Nullable<Text>,
        legal_country -> Nullable<Text>,
        legal_region -> Nullable<Text>,
        legal_city -> Nullable<Text>,
        headquarters_country -> Nullable<Text>,
        headquarters_region -> Nullable<Text>,
        headquarters_city -> Nullable<Text>,
        created_on -> Nullable<Date>,
        expired_on -> Nullable<Date>,
        expiry_reason -> Nullable<Text>,
        successor_lei -> Nullable<Text>,
        registered_on -> Nullable<Date>,
        updated_on -> Nullable<Date>,
        renewal_on -> Nullable<Date>,
        withdrawn_on -> Nullable<Date>,
        source_id -> BigInt,
    }
}

diesel::table! {
    parent_exception (id) {
        id -> BigInt,
        company_id -> BigInt,
        form -> Text,
        reason -> Text,
        stated_reason -> Text,
        reference -> Nullable<Text>,
        withdrawn_on -> Nullable<Date>,
        source_id -> BigInt,
    }
}

diesel::table! {
    standard (id) {
        id -> BigInt,
        name -> Text,
        name_folded -> Text,
        kind -> Text,
        document_type -> Nullable<Text>,
        deliverable_number -> Nullable<Text>,
        specification_number -> Nullable<Text>,
        project_number -> Nullable<Text>,
        source_id -> BigInt,
    }
}

diesel::table! {
    standard_declaration (id) {
        id -> BigInt,
        reference -> Text,
        register_number -> Nullable<Text>,
        declared_on -> Nullable<Date>,
        reflected_on -> Nullable<Date>,
        declarant_id -> Nullable<BigInt>,
        declarant_name -> Nullable<Text>,
        declarant_name_folded -> Nullable<Text>,
        source_id -> BigInt,
    }
}

diesel::table! {
    declared_patent (id) {
        id -> BigInt,
        standard_declaration_id -> BigInt,
        record_key -> BigInt,
        standard_id -> Nullable<BigInt>,
        project_id -> Nullable<BigInt>,
        patent_id -> Nullable<BigInt>,
        publication_number -> Nullable<Text>,
        application_number -> Nullable<Text>,
        office -> Nullable<Text>,
        title -> Nullable<Text>,
        filed_on -> Nullable<Date>,
        priority_numbers -> Nullable<Text>,
        patent_type -> Nullable<Text>,
        family -> Nullable<Text>,
        disclosure -> Nullable<Text>,
        display_number -> Nullable<Text>,
        work_item -> Nullable<Text>,
        version -> Nullable<Text>,
        section -> Nullable<Text>,
        declared_for_standard -> Nullable<Bool>,
        declared_for_project -> Nullable<Bool>,
        by_proprietor -> Nullable<Bool>,
        prepared_to_license -> Nullable<Bool>,
        reciprocity -> Nullable<Bool>,
        explicitly_disclosed -> Nullable<Bool>,
        for_2g -> Nullable<Bool>,
        for_3g -> Nullable<Bool>,
        for_4g -> Nullable<Bool>,
        for_5g -> Nullable<Bool>,
        source_id -> BigInt,
    }
}
