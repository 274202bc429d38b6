//! The tables as diesel knows them: one description for both databases, held against both by a test.
//!
//! Dates are days, date-times are UTC, decimals are scaled integers, closed sets are text.

#![expect(missing_docs, reason = "diesel's macro documents nothing that it makes")]

mod access;
mod changes;
mod in_order;
mod names;
mod ownership;
mod registers;
mod search;

pub use access::*;
pub use changes::*;
pub use in_order::*;
pub use names::*;
pub use ownership::*;
pub use registers::*;
pub use search::*;

diesel::table! {
    source (id) {
        id -> BigInt,
        publisher -> Text,
        publisher_folded -> Text,
        title -> Nullable<Text>,
        title_folded -> Nullable<Text>,
        url -> Nullable<Text>,
        published_on -> Nullable<Date>,
        published_precision -> Nullable<Text>,
        retrieved_on -> Nullable<Date>,
    }
}

diesel::table! {
    company (id) {
        id -> BigInt,
        slug -> Text,
        lei -> Nullable<Text>,
        name -> Text,
        name_folded -> Text,
        legal_name -> Nullable<Text>,
        country -> Nullable<Text>,
        city -> Nullable<Text>,
        founded_on -> Nullable<Date>,
        dissolved_on -> Nullable<Date>,
        website -> Nullable<Text>,
        description -> Nullable<Text>,
        version -> Integer,
    }
}

diesel::table! {
    company_name (id) {
        id -> BigInt,
        company_id -> BigInt,
        name -> Text,
        name_folded -> Text,
        kind -> Text,
        used_from -> Nullable<Date>,
        used_until -> Nullable<Date>,
        language -> Nullable<Text>,
    }
}

diesel::table! {
    company_relation (id) {
        id -> BigInt,
        parent_id -> BigInt,
        child_id -> BigInt,
        kind -> Text,
        since -> Nullable<Date>,
        until -> Nullable<Date>,
        rule -> Nullable<Text>,
        form -> Nullable<Text>,
        status -> Nullable<Text>,
        registration_status -> Nullable<Text>,
        updated_on -> Nullable<Date>,
        withdrawn_on -> Nullable<Date>,
    }
}

diesel::table! {
    person (id) {
        id -> BigInt,
        slug -> Text,
        name -> Text,
        name_folded -> Text,
        description -> Nullable<Text>,
    }
}

diesel::table! {
    appointment (id) {
        id -> BigInt,
        person_id -> BigInt,
        company_id -> BigInt,
        title -> Text,
        since -> Nullable<Date>,
        until -> Nullable<Date>,
    }
}

diesel::table! {
    cooperation_area (id) {
        id -> BigInt,
        slug -> Text,
        name -> Text,
        name_folded -> Text,
        description -> Nullable<Text>,
        parent_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    area_prefix (id) {
        id -> BigInt,
        area_id -> BigInt,
        prefix -> Text,
    }
}

diesel::table! {
    agreement (id) {
        id -> BigInt,
        slug -> Text,
        title -> Text,
        title_folded -> Text,
        summary -> Nullable<Text>,
        announced_on -> Nullable<Date>,
        announced_precision -> Nullable<Text>,
        signed_on -> Nullable<Date>,
        effective_on -> Nullable<Date>,
        expires_on -> Nullable<Date>,
        term -> Nullable<Text>,
        status -> Text,
        value_amount -> Nullable<BigInt>,
        value_currency -> Nullable<Text>,
        value_disclosed -> Nullable<Bool>,
        version -> Integer,
        retracted_at -> Nullable<Timestamp>,
        retraction_reason -> Nullable<Text>,
    }
}

diesel::table! {
    agreement_party (id) {
        id -> BigInt,
        agreement_id -> BigInt,
        company_id -> BigInt,
        role -> Text,
    }
}

diesel::table! {
    licence_grant (id) {
        id -> BigInt,
        agreement_id -> BigInt,
        ordinal -> Integer,
        licensor_id -> BigInt,
        licensee_id -> BigInt,
        scope -> Nullable<Text>,
        standard -> Nullable<Text>,
        area_id -> Nullable<BigInt>,
        territory -> Nullable<Text>,
        exclusive -> Nullable<Bool>,
        royalty -> Nullable<Text>,
        covers_affiliates -> Nullable<Bool>,
        effective_on -> Nullable<Date>,
        expires_on -> Nullable<Date>,
    }
}

diesel::table! {
    cooperation (id) {
        id -> BigInt,
        agreement_id -> BigInt,
        area_id -> BigInt,
        stage -> Text,
        description -> Nullable<Text>,
        supplier_id -> Nullable<BigInt>,
        customer_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    patent (id) {
        id -> BigInt,
        publication_number -> Text,
        office -> Text,
        number -> Text,
        kind_code -> Nullable<Text>,
        title -> Nullable<Text>,
        title_folded -> Nullable<Text>,
        #[sql_name = "abstract"]
        abstract_ -> Nullable<Text>,
        owner_id -> Nullable<BigInt>,
        original_assignee -> Nullable<Text>,
        family_id -> Nullable<Text>,
        application_number -> Nullable<Text>,
        priority_on -> Nullable<Date>,
        filed_on -> Nullable<Date>,
        published_on -> Nullable<Date>,
        granted_on -> Nullable<Date>,
        expires_on -> Nullable<Date>,
        expires_basis -> Nullable<Text>,
        status -> Nullable<Text>,
        claims_count -> Nullable<Integer>,
        source_id -> BigInt,
        source_record -> Nullable<Text>,
        term_extension_days -> Nullable<Integer>,
    }
}

diesel::table! {
    patent_classification (id) {
        id -> BigInt,
        patent_id -> BigInt,
        scheme -> Text,
        symbol -> Text,
        ordinal -> Integer,
    }
}

diesel::table! {
    patent_transfer (id) {
        id -> BigInt,
        agreement_id -> Nullable<BigInt>,
        listed_by_id -> Nullable<BigInt>,
        ordinal -> Integer,
        reel_frame -> Nullable<Text>,
        conveyance -> Text,
        executed_on -> Nullable<Date>,
        recorded_on -> Nullable<Date>,
        stated_count -> Nullable<Integer>,
        stated_as -> Nullable<Text>,
        conveyance_text -> Nullable<Text>,
        refers_to_reel_frame -> Nullable<Text>,
        last_updated_on -> Nullable<Date>,
    }
}

diesel::table! {
    patent_transfer_party (id) {
        id -> BigInt,
        patent_transfer_id -> BigInt,
        company_id -> BigInt,
        role -> Text,
        executed_on -> Nullable<Date>,
        recorded_name -> Nullable<Text>,
    }
}

diesel::table! {
    market (id) {
        id -> BigInt,
        company_id -> BigInt,
        country -> Text,
        status -> Text,
    }
}

diesel::table! {
    rivalry (id) {
        id -> BigInt,
        company_id -> BigInt,
        rival_id -> BigInt,
    }
}

diesel::table! {
    observation (id) {
        id -> BigInt,
        company_id -> BigInt,
        metric -> Text,
        value -> BigInt,
        qualifier -> Text,
        unit -> Nullable<Text>,
        period -> Text,
        geography -> Nullable<Text>,
        source_id -> BigInt,
    }
}

diesel::table! {
    statement (id) {
        id -> BigInt,
        person_id -> BigInt,
        source_id -> BigInt,
        ordinal -> Integer,
        quote -> Text,
        quote_folded -> Text,
        said_on -> Nullable<Date>,
        agreement_id -> Nullable<BigInt>,
        company_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    citation (id) {
        id -> BigInt,
        fact_kind -> Text,
        fact_id -> BigInt,
        company_id -> Nullable<BigInt>,
        company_name_id -> Nullable<BigInt>,
        company_relation_id -> Nullable<BigInt>,
        person_id -> Nullable<BigInt>,
        appointment_id -> Nullable<BigInt>,
        agreement_id -> Nullable<BigInt>,
        agreement_party_id -> Nullable<BigInt>,
        licence_grant_id -> Nullable<BigInt>,
        cooperation_id -> Nullable<BigInt>,
        patent_id -> Nullable<BigInt>,
        patent_transfer_id -> Nullable<BigInt>,
        market_id -> Nullable<BigInt>,
        rivalry_id -> Nullable<BigInt>,
        observation_id -> Nullable<BigInt>,
        statement_id -> Nullable<BigInt>,
        source_id -> BigInt,
        ordinal -> Integer,
        quote -> Nullable<Text>,
        quote_folded -> Nullable<Text>,
        claim_field -> Nullable<Text>,
        claim_value -> Nullable<Text>,
        confidence -> Text,
        recorded_at -> Timestamp,
        record -> Nullable<Text>,
    }
}

diesel::table! {
    agreement_area (agreement_id, area_id) {
        agreement_id -> BigInt,
        area_id -> BigInt,
    }
}

diesel::table! {
    licence_grant_patent (licence_grant_id, patent_id) {
        licence_grant_id -> BigInt,
        patent_id -> BigInt,
    }
}

diesel::table! {
    patent_area (patent_id, area_id) {
        patent_id -> BigInt,
        area_id -> BigInt,
    }
}

diesel::table! {
    patent_citation (citing_id, cited_id) {
        citing_id -> BigInt,
        cited_id -> BigInt,
    }
}

diesel::table! {
    patent_transfer_patent (patent_transfer_id, patent_id) {
        patent_transfer_id -> BigInt,
        patent_id -> BigInt,
    }
}

diesel::table! {
    fact_kind (name) {
        name -> Text,
    }
}

diesel::table! {
    patent_source (patent_id, source_id) {
        patent_id -> BigInt,
        source_id -> BigInt,
    }
}

diesel::table! {
    location (id) {
        id -> BigInt,
        code -> Text,
        city -> Nullable<Text>,
        region -> Nullable<Text>,
        country -> Nullable<Text>,
        source_id -> BigInt,
    }
}

diesel::joinable!(name_candidate -> company (company_id));
diesel::joinable!(company_name -> company (company_id));
diesel::allow_tables_to_appear_in_same_query!(name_candidate, company, company_key, company_name);
diesel::allow_tables_to_appear_in_same_query!(patent, patent_assignee);
diesel::allow_tables_to_appear_in_same_query!(patent_transfer, patent_transfer_patent);
