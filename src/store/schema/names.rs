//! The tables by which companies are found by their names.

diesel::table! {
    company_key (key, company_id) {
        key -> BigInt,
        company_id -> BigInt,
    }
}

diesel::table! {
    name_candidate (id) {
        id -> BigInt,
        spelling -> Text,
        company_id -> BigInt,
        spelt_like -> Text,
        score -> Integer,
        doubt -> Text,
        decision -> Text,
    }
}

diesel::table! {
    name_rules (id) {
        id -> BigInt,
        version -> Integer,
        is_complete -> Bool,
    }
}
