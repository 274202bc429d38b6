//! The starter data, embedded so that the one binary can fill an empty store. It is of Dealgraph's own format, and is
//! imported like any file of it.

use chrono::{DateTime, NaiveDateTime};

use crate::changes::Actor;
use crate::ingest::import::{ImportError, ImportOptions, ImportSummary, import_texts};
use crate::store::{Connection, IdMaker};

macro_rules! data_files {
    ($($name:literal),* $(,)?) => {
        &[$((concat!("data/", $name), include_str!(concat!("../../data/", $name)))),*]
    };
}

/// The files of `data/`.
static FILES: &[(&str, &str)] = data_files![
    "sources.jsonl",
    "areas.jsonl",
    "companies.jsonl",
    "relations.jsonl",
    "patents.jsonl",
    "agreements.jsonl",
    "transfers.jsonl",
    "people.jsonl",
];

/// When the starter data was collected: fixed, so that every store filled with it is the same.
const RECORDED_AT: Option<NaiveDateTime> = match DateTime::from_timestamp(1_795_305_600, 0) {
    Some(moment) => Some(moment.naive_utc()),
    None => None,
};

/// Loads the starter data that the binary carries, in one transaction. Loading it again changes nothing.
///
/// # Errors
/// What the database says, or a fault in the data; then nothing is stored.
pub fn load_starter(connection: &mut Connection, ids: &mut IdMaker) -> Result<ImportSummary, ImportError> {
    let options = ImportOptions { format: "deals".to_owned(), strict: true, ..ImportOptions::default() };
    import_texts(connection, ids, (FILES, Actor::named("starter data")), &options, RECORDED_AT)
}
