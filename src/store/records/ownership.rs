//! Rows of who owns what, which are derived.

use chrono::NaiveDate;
use diesel::sql_types::{Array, BigInt, Nullable, Text};
use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _};

use crate::store::bulk::{BulkRow, KEYS_MAX, bulk_insert};
use crate::store::{Connection, StoreError, on_connection};

/// How many derived rows were stored, and how many removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Replaced {
    pub(crate) stored: usize,
    pub(crate) removed: usize,
}

impl std::ops::AddAssign for Replaced {
    fn add_assign(&mut self, other: Self) {
        self.stored += other.stored;
        self.removed += other.removed;
    }
}

/// Declares a derived row: the rows of some patents are replaced, and those that are as before stay, with their ids.
macro_rules! derived_record {
    ($(#[$doc:meta])* $row:ident in $table:ident { $($column:ident: $type:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, diesel::Insertable, diesel::Queryable)]
        #[diesel(table_name = crate::store::schema::$table, treat_none_as_default_value = false)]
        pub(crate) struct $row { pub(crate) id: i64, $(pub(crate) $column: $type),* }

        bulk_insert! { $row in $table }

        impl $row {
            /// Replaces the rows of some patents; new rows come without an id.
            pub(crate) fn replace(
                connection: &mut Connection,
                patents: &[i64],
                rows: Vec<Self>,
                next_id: &mut impl FnMut() -> i64,
            ) -> Result<Replaced, StoreError> {
                use crate::store::schema::$table::{self, dsl};
                let mut standing: std::collections::HashMap<Self, Vec<i64>> = std::collections::HashMap::new();
                for batch in patents.chunks(KEYS_MAX) {
                    let found: Vec<Self> = on_connection!(connection, open => dsl::$table
                        .filter($table::patent_id.eq_any(batch))
                        .select((dsl::id, $(dsl::$column),*))
                        .load(open))?;
                    for row in found {
                        let id = row.id;
                        standing.entry(Self { id: 0, ..row }).or_default().push(id);
                    }
                }
                let mut new = Vec::new();
                for row in rows {
                    if standing.get_mut(&row).and_then(Vec::pop).is_none() {
                        new.push(Self { id: next_id(), ..row });
                    }
                }
                let ended: Vec<i64> = standing.into_values().flatten().collect();
                for batch in ended.chunks(KEYS_MAX) {
                    on_connection!(connection, open =>
                        diesel::delete(dsl::$table.filter($table::id.eq_any(batch))).execute(open))?;
                }
                Self::insert(connection, &new)?;
                Ok(Replaced { stored: new.len(), removed: ended.len() })
            }
        }
    };
}

derived_record! {
    /// A row of `patent_ownership`.
    PatentOwnershipRow in patent_ownership {
        patent_id: i64,
        company_id: Option<i64>,
        holder_name: Option<String>,
        holder_name_folded: Option<String>,
        since: Option<NaiveDate>,
        until: Option<NaiveDate>,
        known_since: Option<NaiveDate>,
        known_until: Option<NaiveDate>,
        basis: String,
        unbroken: bool,
        patent_transfer_id: Option<i64>,
    }
}

derived_record! {
    /// A row of `title_step`.
    TitleStepRow in title_step {
        patent_id: i64,
        ordinal: i32,
        patent_transfer_id: Option<i64>,
        effect: String,
        counted_on: Option<NaiveDate>,
        basis: String,
    }
}

derived_record! {
    /// A row of `patent_finding`.
    PatentFindingRow in patent_finding {
        patent_id: i64,
        kind: String,
        patent_transfer_id: Option<i64>,
        other_transfer_id: Option<i64>,
        concerns_on: Option<NaiveDate>,
    }
}

/// Sets the owners of patents.
#[expect(clippy::disallowed_methods, reason = "this is the store, and the values are bound")]
pub(crate) fn set_owners(connection: &mut Connection, owners: &[(i64, Option<i64>)]) -> Result<(), StoreError> {
    for batch in owners.chunks(KEYS_MAX) {
        match connection {
            Connection::Sqlite(open) => {
                let listed = serde_json::to_string(batch).map_err(|error| StoreError::Shape(error.to_string()))?;
                let statement = "UPDATE patent SET owner_id = v.owner_id FROM (SELECT json_extract(value, '$[0]') AS id, \
                     json_extract(value, '$[1]') AS owner_id FROM json_each(?)) AS v WHERE patent.id = v.id";
                diesel::sql_query(statement).bind::<Text, _>(listed).execute(open)?
            }
            Connection::Postgres(open) => {
                let (patents, owners): (Vec<i64>, Vec<Option<i64>>) = batch.iter().copied().unzip();
                let statement = "UPDATE patent SET owner_id = v.owner_id FROM unnest($1, $2) AS v(id, owner_id) \
                     WHERE patent.id = v.id";
                diesel::sql_query(statement)
                    .bind::<Array<BigInt>, _>(patents)
                    .bind::<Array<Nullable<BigInt>>, _>(owners)
                    .execute(open)?
            }
        };
    }
    Ok(())
}
