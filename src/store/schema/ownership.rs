//! The tables of who is named as an owner, and of what is derived of it.

diesel::table! {
    patent_transfer_individual (id) {
        id -> BigInt,
        patent_transfer_id -> BigInt,
        name -> Text,
        name_folded -> Text,
        role -> Text,
        executed_on -> Nullable<Date>,
    }
}

diesel::table! {
    patent_assignee (id) {
        id -> BigInt,
        patent_id -> BigInt,
        named -> Text,
        ordinal -> Integer,
        company_id -> Nullable<BigInt>,
        name -> Text,
        name_folded -> Text,
        stated_on -> Nullable<Date>,
        source_id -> BigInt,
        location_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    patent_ownership (id) {
        id -> BigInt,
        patent_id -> BigInt,
        company_id -> Nullable<BigInt>,
        holder_name -> Nullable<Text>,
        holder_name_folded -> Nullable<Text>,
        since -> Nullable<Date>,
        until -> Nullable<Date>,
        known_since -> Nullable<Date>,
        known_until -> Nullable<Date>,
        basis -> Text,
        unbroken -> Bool,
        patent_transfer_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    title_step (id) {
        id -> BigInt,
        patent_id -> BigInt,
        ordinal -> Integer,
        patent_transfer_id -> Nullable<BigInt>,
        effect -> Text,
        counted_on -> Nullable<Date>,
        basis -> Text,
    }
}

diesel::table! {
    patent_finding (id) {
        id -> BigInt,
        patent_id -> BigInt,
        kind -> Text,
        patent_transfer_id -> Nullable<BigInt>,
        other_transfer_id -> Nullable<BigInt>,
        concerns_on -> Nullable<Date>,
    }
}

diesel::table! {
    purged_record (id) {
        id -> BigInt,
        reel_frame -> Text,
        last_updated_on -> Nullable<Date>,
        source_id -> BigInt,
    }
}
