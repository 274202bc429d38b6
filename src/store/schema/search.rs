//! The tables that search looks in. Beside them, SQLite has the words of entries in virtual tables, and PostgreSQL in a column of
//! `search_entry`: diesel knows neither.

diesel::table! {
    search_entry (kind, id) {
        kind -> Text,
        id -> BigInt,
        entity_id -> BigInt,
        name -> Text,
        fingerprint -> BigInt,
    }
}

diesel::table! {
    search_word (kind, word) {
        kind -> Text,
        word -> Text,
        entries -> BigInt,
    }
}

diesel::table! {
    search_near (key, word) {
        key -> BigInt,
        word -> Text,
    }
}
