//! The texts of rows that are searched, as they stand in their tables.

use diesel::{ExpressionMethods as _, NullableExpressionMethods as _, QueryDsl as _, RunQueryDsl as _};

use crate::store::schema::{agreement, company, company_name, cooperation_area, patent, person};
use crate::store::search::entry::{EntryText, Table};
use crate::store::{Connection, StoreError, on_connection};

/// Keys of one statement.
const KEYS_MAX: usize = 5_000;

/// What a row that stands is found by.
#[derive(Debug, diesel::Queryable)]
pub(super) struct StandingText {
    id: i64,
    entity_id: i64,
    name: Option<String>,
    more: Option<String>,
}

impl StandingText {
    pub(super) fn text(&self) -> EntryText<'_> {
        EntryText {
            id: self.id,
            entity_id: self.entity_id,
            name: self.name.as_deref().unwrap_or_default(),
            more: self.more.as_deref(),
        }
    }
}

/// Asks for the texts of a table, narrowed down by `$rows` and `$order`.
macro_rules! texts {
    ($connection:expr, $table:expr, $query:ident, $key:ident => $narrowed:expr) => {{
        macro_rules! of {
                                    ($from:ident, $entity:expr, $name:expr, $more:expr) => {{
                                        let $key = $from::id;
                                        let $query = $from::table.select(($from::id, $entity, $name.nullable(), $more));
                                        on_connection!($connection, open => $narrowed.load::<StandingText>(open))?
                                    }};
                                }
        match $table {
            Table::Company => of!(company, company::id, company::name, company::legal_name),
            Table::CompanyName => {
                let none = diesel::dsl::sql::<diesel::sql_types::Nullable<diesel::sql_types::Text>>("NULL");
                of!(company_name, company_name::company_id, company_name::name, none)
            }
            Table::Area => {
                of!(cooperation_area, cooperation_area::id, cooperation_area::name, cooperation_area::description)
            }
            Table::Person => of!(person, person::id, person::name, person::description),
            Table::Agreement => of!(agreement, agreement::id, agreement::title, agreement::summary),
            Table::Patent => of!(patent, patent::id, patent::title, patent::abstract_),
        }
    }};
}

/// The texts of some rows.
pub(super) fn texts_of(
    connection: &mut Connection,
    table: Table,
    ids: &[i64],
) -> Result<Vec<StandingText>, StoreError> {
    let mut found = Vec::new();
    for part in ids.chunks(KEYS_MAX) {
        found.extend(texts!(connection, table, query, id => query.filter(id.eq_any(part))));
    }
    Ok(found)
}

/// The texts of the rows behind a key, in the order of their keys.
pub(super) fn texts_after(
    connection: &mut Connection,
    table: Table,
    after: i64,
    rows: i64,
) -> Result<Vec<StandingText>, StoreError> {
    Ok(texts!(connection, table, query, id => query.filter(id.gt(after)).order(id).limit(rows)))
}
