//! The tables of tokens, of answers that are given again, and of short names that lead elsewhere.

diesel::table! {
    access_token (id) {
        id -> BigInt,
        name -> Text,
        secret_hash -> Text,
        role -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        last_used_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    idempotency_key (id) {
        id -> BigInt,
        actor -> Text,
        name -> Text,
        request_hash -> Text,
        answer -> Nullable<Text>,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    company_former_slug (slug) {
        slug -> Text,
        company_id -> BigInt,
    }
}
