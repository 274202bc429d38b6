//! Keys of companies that have no identifier yet.

use std::collections::BTreeSet;

use diesel::sql_types::{Array, BigInt, Text};
use diesel::{QueryableByName, RunQueryDsl as _};

use super::{COMPANIES_OF_A_KEY, VALUES};
use crate::names::Key;
use crate::store::{Connection, StoreError};

/// Which of some keys lead to a company that has no identifier yet.
///
/// # Errors
/// What the database says.
pub(crate) fn keys_of_unidentified(connection: &mut Connection, keys: &[Key]) -> Result<BTreeSet<i64>, StoreError> {
    let mut found = BTreeSet::new();
    for part in keys.chunks(VALUES) {
        let numbers: Vec<i64> = part.iter().map(|key| key.number()).collect();
        found.extend(some_keys_of_unidentified(connection, numbers)?);
    }
    Ok(found)
}

#[expect(clippy::disallowed_methods, reason = "this is the store, and the keys are bound")]
fn some_keys_of_unidentified(connection: &mut Connection, numbers: Vec<i64>) -> Result<Vec<i64>, StoreError> {
    let is_open = format!(
        "EXISTS (SELECT 1 FROM company c WHERE c.lei IS NULL AND c.id IN (SELECT b.company_id FROM company_key b \
         WHERE b.key = k.key ORDER BY b.company_id LIMIT {COMPANIES_OF_A_KEY}))"
    );
    let found: Vec<KeyNumber> = match connection {
        Connection::Sqlite(open) => {
            let listed = serde_json::to_string(&numbers).map_err(|error| StoreError::Shape(error.to_string()))?;
            let statement = format!("SELECT k.key FROM (SELECT value AS key FROM json_each(?)) k WHERE {is_open}");
            diesel::sql_query(statement).bind::<Text, _>(listed).load(open)?
        }
        Connection::Postgres(open) => {
            let statement = format!("SELECT k.key FROM unnest($1) AS k(key) WHERE {is_open}");
            diesel::sql_query(statement).bind::<Array<BigInt>, _>(numbers).load(open)?
        }
    };
    Ok(found.into_iter().map(|row| row.key).collect())
}

#[derive(QueryableByName)]
struct KeyNumber {
    #[diesel(sql_type = BigInt)]
    key: i64,
}
