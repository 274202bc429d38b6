//! The tables that search looks in. SQLite has the words of entries in virtual tables, to which rows are added here;
//! PostgreSQL in a column of `search_entry`, which diesel does not know.

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

macro_rules! words_on_sqlite {
    ($($table:ident),*) => {
        $(diesel::table! {
            $table (rowid) {
                rowid -> BigInt,
                words -> Text,
            }
        })*
    };
}

words_on_sqlite! { search_text_company, search_text_area, search_text_person, search_text_agreement, search_text_patent }
