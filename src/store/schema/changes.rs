//! The tables of the change feed.

diesel::table! {
    change_counter (id) {
        id -> BigInt,
        last_seq -> BigInt,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    change (id) {
        id -> BigInt,
        seq -> BigInt,
        recorded_at -> Timestamp,
        actor -> Text,
        kind -> Text,
        company_id -> Nullable<BigInt>,
        person_id -> Nullable<BigInt>,
        agreement_id -> Nullable<BigInt>,
        patent_id -> Nullable<BigInt>,
        patent_transfer_id -> Nullable<BigInt>,
        cooperation_area_id -> Nullable<BigInt>,
        source_id -> Nullable<BigInt>,
        fact_type -> Nullable<Text>,
        target_id -> Nullable<Text>,
        before -> Nullable<Text>,
        after -> Nullable<Text>,
    }
}
