//! The checks and unique constraints of the migrations, kept by drawing again or by mending a row.

use std::collections::HashSet;

use crate::random::Rng;
use crate::value::{Row, Value, fold, parse_date};

/// Columns that are unique together. The key is among them for every table, over all tables.
const UNIQUE: &[(&str, &[&str])] = &[
    ("source", &["url"]),
    ("source", &["publisher", "title", "published_on"]),
    ("company", &["slug"]),
    ("company", &["lei"]),
    ("company_name", &["company_id", "name"]),
    ("company_relation", &["parent_id", "child_id", "kind", "since", "form"]),
    ("lei_record", &["lei"]),
    ("parent_exception", &["company_id", "form", "stated_reason"]),
    ("standard", &["name"]),
    ("standard_declaration", &["reference"]),
    ("declared_patent", &["record_key"]),
    ("person", &["slug"]),
    ("appointment", &["person_id", "company_id", "title", "since"]),
    ("cooperation_area", &["slug"]),
    ("area_prefix", &["area_id", "prefix"]),
    ("agreement", &["slug"]),
    ("agreement_party", &["agreement_id", "company_id", "role"]),
    ("licence_grant", &["agreement_id", "ordinal"]),
    ("cooperation", &["agreement_id", "area_id", "stage"]),
    ("agreement_area", &["agreement_id", "area_id"]),
    ("patent", &["publication_number"]),
    ("patent_source", &["patent_id", "source_id"]),
    ("patent_assignee", &["patent_id", "ordinal"]),
    ("location", &["code"]),
    ("patent_classification", &["patent_id", "scheme", "symbol"]),
    ("licence_grant_patent", &["licence_grant_id", "patent_id"]),
    ("patent_area", &["patent_id", "area_id"]),
    ("patent_citation", &["citing_id", "cited_id"]),
    ("patent_transfer", &["reel_frame"]),
    ("patent_transfer", &["agreement_id", "ordinal"]),
    ("patent_transfer", &["listed_by_id", "ordinal"]),
    ("patent_transfer_party", &["patent_transfer_id", "company_id", "role"]),
    ("patent_transfer_patent", &["patent_transfer_id", "patent_id"]),
    ("patent_transfer_individual", &["patent_transfer_id", "name", "role"]),
    ("patent_assignee", &["patent_id", "named", "ordinal"]),
    ("market", &["company_id", "country"]),
    ("rivalry", &["company_id", "rival_id"]),
    ("observation", &["company_id", "metric", "period", "source_id"]),
    ("statement", &["person_id", "source_id", "ordinal"]),
    ("citation", &["fact_id", "source_id", "ordinal"]),
];

const DIFFERENT: &[(&str, &str, &str)] = &[
    ("company_relation", "parent_id", "child_id"),
    ("licence_grant", "licensor_id", "licensee_id"),
    ("rivalry", "company_id", "rival_id"),
];

/// What unique columns hold so far.
#[derive(Default)]
pub struct Constraints {
    ids: HashSet<Value>,
    seen: HashSet<(usize, Vec<Value>)>,
}

impl Constraints {
    /// Whether a row may be added; then it counts as added.
    pub fn admit(&mut self, table: &str, row: &Row) -> bool {
        let same = |(named, one, other): &(&str, &str, &str)| *named == table && row[one] == row[other];
        if DIFFERENT.iter().any(same) {
            return false;
        }
        let id = row.get("id");
        let keys: Vec<_> = UNIQUE
            .iter()
            .enumerate()
            .filter(|(_, (named, _))| *named == table)
            .filter_map(|(at, (_, columns))| Some((at, unique_key(columns, row)?)))
            .collect();
        if id.is_some_and(|id| self.ids.contains(id)) || keys.iter().any(|key| self.seen.contains(key)) {
            return false;
        }
        self.ids.extend(id.cloned());
        self.seen.extend(keys);
        true
    }
}

/// A key with a null is unlike every other, but where the index puts a value in the place of null.
fn unique_key(columns: &[&str], row: &Row) -> Option<Vec<Value>> {
    let value = |column: &&str| match (&row[column], *column) {
        (Value::Null, "title" | "form") => Some(Value::text("")),
        (Value::Null, "since" | "published_on") => Some(Value::Int(parse_date("0001-01-01"))),
        (Value::Null, _) => None,
        (value, _) => Some(value.clone()),
    };
    columns.iter().map(value).collect()
}

/// Mends what one column has to say about another.
pub fn mend(rng: &mut Rng, table: &str, row: &mut Row) {
    let (one, other, values): (_, _, &[&str]) = match table {
        "source" => ("published_on", "published_precision", &["DAY", "MONTH", "YEAR"]),
        "agreement" => {
            if row["retracted_at"].is_null() || row["retraction_reason"].is_null() {
                row.insert("retracted_at", Value::Null);
                row.insert("retraction_reason", Value::Null);
            }
            ("announced_on", "announced_precision", &["DAY", "MONTH", "YEAR"])
        }
        "patent" => {
            number(rng, row);
            ("expires_on", "expires_basis", &["TERM_FROM_FILING", "STATED"])
        }
        "patent_ownership" => {
            let name = if row["company_id"].is_null() { Value::text("Ada Ünal") } else { Value::Null };
            row.insert("holder_name_folded", name.as_text().map_or(Value::Null, |name| Value::Text(fold(name))));
            row.insert("holder_name", name);
            in_order(row, "since", "until");
            return in_order(row, "known_since", "known_until");
        }
        "change" => {
            // No longer than a decimal may be written: real ones count from one.
            let seq = row["id"].as_int().map_or(1, |id| id % 1_000_000_000_000_000_000);
            row.insert("id", Value::Int(seq));
            row.insert("seq", Value::Int(seq));
            if row["target_id"].is_null() {
                row.insert("fact_type", Value::Null);
            }
            return;
        }
        "declared_patent" => {
            let key = i64::try_from(rng.draw() >> 1).expect("63 bits");
            row.insert("record_key", Value::Int(key));
            return;
        }
        "patent_transfer" => {
            if ["agreement_id", "listed_by_id", "reel_frame"].iter().all(|column| row[column].is_null()) {
                row.insert("reel_frame", Value::Text(format!("{:06}/{}", rng.below(1_000_000), rng.below(100))));
            }
            return;
        }
        _ => return,
    };
    null_together(rng, row, (one, other), values);
    if table == "agreement" {
        null_together(rng, row, ("value_amount", "value_currency"), &["CNY", "EUR", "USD"]);
    }
}

/// A canonical publication number, and its parts; often several of one number.
fn number(rng: &mut Rng, row: &mut Row) {
    let office = row["office"].as_text().expect("a patent has an office").to_owned();
    let number =
        if office == "WO" { format!("2017{:06}", rng.below(20) + 1) } else { format!("{}", 1_000_001 + rng.below(20)) };
    let kind = *rng.pick(&["", "A1", "B1", "B2"]);
    row.insert("publication_number", Value::Text(format!("{office}{number}{kind}")));
    row.insert("number", Value::Text(number));
    row.insert("kind_code", if kind.is_empty() { Value::Null } else { Value::text(kind) });
}

/// The first day comes before the last.
fn in_order(row: &mut Row, first: &'static str, last: &'static str) {
    let (Some(since), Some(until)) = (row[first].as_int(), row[last].as_int()) else { return };
    row.insert(first, Value::Int(since.min(until)));
    row.insert(last, if since == until { Value::Null } else { Value::Int(since.max(until)) });
}

fn null_together(rng: &mut Rng, row: &mut Row, (one, other): (&str, &'static str), values: &[&str]) {
    let value = if row[one].is_null() { Value::Null } else { Value::text(*rng.pick(values)) };
    row.insert(other, value);
}
