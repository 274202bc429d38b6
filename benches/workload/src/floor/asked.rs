//! What the handlers are asked with.

use serde::Deserialize;

#[derive(Deserialize)]
pub struct Q1 {
    pub slug: String,
}

#[derive(Deserialize)]
pub struct Q2 {
    pub from: String,
    pub companies: i64,
    pub agreements: i64,
    pub parties: i64,
    pub areas: i64,
}

#[derive(Deserialize)]
pub struct Q3 {
    pub slug: String,
    pub agreements: i64,
    pub grants: i64,
    pub patents: i64,
    pub areas: i64,
}

#[derive(Deserialize)]
pub struct Q4 {
    pub from: String,
    pub patents: i64,
}

/// Of q5, q5p and q5s.
#[derive(Deserialize)]
pub struct Q5 {
    pub area: String,
    pub country: String,
    pub since: String,
    pub patents: i64,
}

/// The position after which the page begins is that of a patent with a filing date; where the dated ones end, those
/// without a date follow.
#[derive(Deserialize)]
pub struct Q6 {
    #[serde(rename = "filedOn")]
    pub filed_on: String,
    pub id: i64,
    pub patents: i64,
    pub areas: i64,
}

#[derive(Deserialize)]
pub struct Q7 {
    pub country: String,
    pub area: String,
    pub agreements: i64,
    pub parties: i64,
    pub citations: i64,
}
