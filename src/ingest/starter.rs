//! The starter data, embedded so that the one binary can fill an empty store.

use chrono::{DateTime, NaiveDateTime};

use crate::ingest::{Input, Inputs};

macro_rules! data_file {
    ($name:literal) => {
        Some(Input { name: concat!("data/", $name), text: include_str!(concat!("../../data/", $name)) })
    };
}

/// When the starter data was collected: fixed, so that every store filled with it is the same.
const RECORDED_AT: Option<NaiveDateTime> = match DateTime::from_timestamp(1_795_305_600, 0) {
    Some(moment) => Some(moment.naive_utc()),
    None => None,
};

/// The files of `data/`.
pub(super) static INPUTS: Inputs<'static> = Inputs {
    sources: data_file!("sources.jsonl"),
    areas: data_file!("areas.jsonl"),
    companies: data_file!("companies.jsonl"),
    patents: data_file!("patents.csv"),
    agreements: data_file!("agreements.jsonl"),
    transfers: data_file!("transfers.jsonl"),
    people: data_file!("people.jsonl"),
    recorded_at: RECORDED_AT,
};
