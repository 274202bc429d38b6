//! Two companies become one: every reference to the one moves to the other.
//!
//! What both have said of them alike becomes one fact with the evidence of both.

mod references;

use diesel::sql_types::{BigInt, Integer, Nullable, Text};
use diesel::{QueryableByName, RunQueryDsl as _};

use crate::store::{Connection, StoreError, on_connection, search};
use references::{ALIKE, MOVED, SELVES};

/// The columns that hold the key of a company, with their tables. A test holds them against the foreign keys of the store.
pub fn company_references() -> impl Iterator<Item = (&'static str, &'static str)> {
    MOVED.iter().copied()
}

#[derive(QueryableByName)]
struct Pair {
    #[diesel(sql_type = BigInt)]
    gone: i64,
    #[diesel(sql_type = BigInt)]
    kept: i64,
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

#[derive(QueryableByName)]
struct Cited {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    source_id: i64,
    #[diesel(sql_type = Integer)]
    ordinal: i32,
}

/// A company as a merge looks at it.
#[derive(Debug, QueryableByName)]
pub(crate) struct Merging {
    #[diesel(sql_type = Text)]
    pub(crate) slug: String,
    #[diesel(sql_type = Text)]
    pub(crate) name: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub(crate) legal_name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(crate) lei: Option<String>,
    #[diesel(sql_type = Integer)]
    pub(crate) version: i32,
}

/// A statement with `{}` where each value is bound.
fn signed(connection: &Connection, text: &str) -> String {
    let mut parts = text.split("{}");
    let mut signed = parts.next().unwrap_or_default().to_owned();
    for (index, part) in parts.enumerate() {
        match connection {
            Connection::Sqlite(_) => signed.push('?'),
            Connection::Postgres(_) => signed.push_str(&format!("${}", index + 1)),
        }
        signed.push_str(part);
    }
    signed
}

/// Runs a statement with keys bound; gives how many rows it changed. Its names are those of this module.
#[expect(clippy::disallowed_methods, reason = "this is the store, and the values are bound")]
fn run(connection: &mut Connection, text: &str, keys: &[i64]) -> Result<usize, StoreError> {
    let text = signed(connection, text);
    Ok(on_connection!(connection, open => {
        let mut query = diesel::sql_query(text).into_boxed();
        for key in keys {
            query = query.bind::<BigInt, _>(*key);
        }
        query.execute(open)
    })?)
}

/// The rows of a statement with keys bound.
macro_rules! rows {
    ($connection:expr, $text:expr, $keys:expr => $row:ty) => {{
        let text = signed($connection, $text);
        let rows: Vec<$row> = on_connection!($connection, open => {
            let mut query = diesel::sql_query(text).into_boxed();
            for key in $keys {
                query = query.bind::<BigInt, _>(*key);
            }
            query.load(open)
        })?;
        rows
    }};
}

/// A company that is to become one with another.
#[expect(clippy::disallowed_methods, reason = "this is the store, and the values are bound")]
pub(crate) fn merging(connection: &mut Connection, id: i64) -> Result<Option<Merging>, StoreError> {
    let text = "SELECT slug, name, legal_name, lei, version FROM company WHERE id = {}";
    Ok(rows!(connection, text, &[id] => Merging).into_iter().next())
}

/// What says that two companies are two: how the one deals with the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Apart {
    /// The one licenses to the other.
    License,
    /// The one assigned patents to the other.
    Assignment,
    /// The one is recorded as the parent of the other.
    Parent,
}

const APART: [(Apart, &str); 3] = [
    (
        Apart::License,
        "SELECT g.id FROM licence_grant g JOIN agreement a ON a.id = g.agreement_id \
         WHERE g.licensor_id = {} AND g.licensee_id = {} AND a.retracted_at IS NULL LIMIT 1",
    ),
    (
        Apart::Assignment,
        "SELECT t.id FROM patent_transfer t LEFT JOIN agreement a ON a.id = t.agreement_id \
         JOIN patent_transfer_party f ON f.patent_transfer_id = t.id AND f.role = 'ASSIGNOR' \
         JOIN patent_transfer_party r ON r.patent_transfer_id = t.id AND r.role = 'ASSIGNEE' \
         WHERE f.company_id = {} AND r.company_id = {} AND t.conveyance = 'ASSIGNMENT' \
         AND a.retracted_at IS NULL LIMIT 1",
    ),
    (
        Apart::Parent,
        "SELECT id FROM company_relation WHERE parent_id = {} AND child_id = {} AND kind = 'PARENT' LIMIT 1",
    ),
];

/// What says that two companies are two, if anything does. A change of name or a merger between them does not: such a record
/// is what one expects of a company that is recorded twice.
pub(crate) fn apart(connection: &mut Connection, one: i64, other: i64) -> Result<Option<Apart>, StoreError> {
    for (apart, text) in APART {
        for pair in [[one, other], [other, one]] {
            if !ids(connection, text, &pair)?.is_empty() {
                return Ok(Some(apart));
            }
        }
    }
    Ok(None)
}

#[expect(clippy::disallowed_methods, reason = "this is the store, and the values are bound")]
fn ids(connection: &mut Connection, text: &str, keys: &[i64]) -> Result<Vec<Id>, StoreError> {
    Ok(rows!(connection, text, keys => Id))
}

/// The patents whose owners may follow from what is recorded of a company.
#[expect(clippy::disallowed_methods, reason = "this is the store, and the values are bound")]
pub(crate) fn patents_of(connection: &mut Connection, company: i64) -> Result<Vec<i64>, StoreError> {
    let text = "SELECT id FROM patent WHERE owner_id = {} \
                UNION SELECT patent_id AS id FROM patent_assignee WHERE company_id = {} \
                UNION SELECT patent_id AS id FROM patent_ownership WHERE company_id = {} \
                UNION SELECT l.patent_id AS id FROM patent_transfer_patent l \
                JOIN patent_transfer_party p ON p.patent_transfer_id = l.patent_transfer_id WHERE p.company_id = {}";
    Ok(rows!(connection, text, &[company; 4] => Id).into_iter().map(|row| row.id).collect())
}

/// Moves all that is said of one company to another, and removes it. Its slug is to lead to the other one.
#[expect(clippy::disallowed_methods, reason = "this is the store, and the values are bound")]
pub(crate) fn merge(connection: &mut Connection, kept: i64, gone: i64) -> Result<(), StoreError> {
    let names = rows!(connection, "SELECT id FROM company_name WHERE company_id = {}", &[gone] => Id);
    let names: Vec<i64> = names.into_iter().map(|row| row.id).collect();
    search::leave(connection, search::Table::Company, &[gone])?;
    search::leave(connection, search::Table::CompanyName, &names)?;
    for (table, column, near, far) in SELVES {
        remove_selves(connection, (table, column), (near, far), (kept, gone))?;
    }
    for alike in ALIKE {
        join_alike(connection, alike, (kept, gone))?;
    }
    move_citations(connection, "company_id", kept, gone)?;
    for text in [
        "DELETE FROM name_candidate WHERE company_id = {} AND spelling IN \
         (SELECT k.spelling FROM name_candidate k WHERE k.company_id = {})",
        "DELETE FROM company_key WHERE company_id = {} AND key IN (SELECT k.key FROM company_key k WHERE k.company_id = {})",
    ] {
        run(connection, text, &[gone, kept])?;
    }
    for (table, column) in MOVED {
        run(connection, &format!("UPDATE {table} SET {column} = {{}} WHERE {column} = {{}}"), &[kept, gone])?;
    }
    let text =
        "INSERT INTO company_former_slug (slug, company_id) SELECT slug, CAST({} AS BIGINT) FROM company WHERE id = {}";
    run(connection, text, &[kept, gone])?;
    run(connection, "DELETE FROM company WHERE id = {}", &[gone])?;
    search::stand(connection, search::Table::CompanyName, &names)
}

/// Removes what the two companies are said to be to one another: a company is nothing to itself.
#[expect(clippy::disallowed_methods, reason = "this is the store, and the values are bound")]
fn remove_selves(
    connection: &mut Connection,
    (table, cited_by): (&str, &str),
    (near, far): (&str, &str),
    (kept, gone): (i64, i64),
) -> Result<(), StoreError> {
    let text =
        format!("SELECT id FROM {table} WHERE ({near} = {{}} AND {far} = {{}}) OR ({near} = {{}} AND {far} = {{}})");
    for row in rows!(connection, &text, &[kept, gone, gone, kept] => Id) {
        run(connection, &format!("DELETE FROM citation WHERE {cited_by} = {{}}"), &[row.id])?;
        run(connection, &format!("DELETE FROM {table} WHERE id = {{}}"), &[row.id])?;
    }
    Ok(())
}

/// Joins the facts that are recorded of both companies: one stays, with the evidence of both.
#[expect(clippy::disallowed_methods, reason = "this is the store, and the values are bound")]
fn join_alike(
    connection: &mut Connection,
    alike: &references::Alike,
    (kept, gone): (i64, i64),
) -> Result<(), StoreError> {
    let is_same: Vec<String> = alike
        .by
        .iter()
        .map(|column| format!("AND (g.{column} = k.{column} OR (g.{column} IS NULL AND k.{column} IS NULL))"))
        .collect();
    let text = format!(
        "SELECT g.id AS gone, k.id AS kept FROM {table} g JOIN {table} k ON k.{column} = {{}} {same} WHERE g.{column} = {{}}",
        table = alike.table,
        column = alike.column,
        same = is_same.join(" "),
    );
    for pair in rows!(connection, &text, &[kept, gone] => Pair) {
        if let Some(cited_by) = alike.cited_by {
            move_citations(connection, cited_by, pair.kept, pair.gone)?;
        }
        run(connection, &format!("DELETE FROM {} WHERE id = {{}}", alike.table), &[pair.gone])?;
    }
    Ok(())
}

/// Moves the citations of one fact to another, behind those of the same source.
#[expect(clippy::disallowed_methods, reason = "this is the store, and the values are bound")]
fn move_citations(connection: &mut Connection, cited_by: &str, kept: i64, gone: i64) -> Result<(), StoreError> {
    let cited = "SELECT id, source_id, ordinal FROM citation WHERE fact_id = {} ORDER BY source_id, ordinal";
    let standing = rows!(connection, cited, &[kept] => Cited);
    let last =
        |source: i64| standing.iter().filter(|row| row.source_id == source).map(|row| row.ordinal).max().unwrap_or(0);
    for row in rows!(connection, cited, &[gone] => Cited) {
        let ordinal = i64::from(last(row.source_id)) + i64::from(row.ordinal);
        let text = format!("UPDATE citation SET fact_id = {{}}, {cited_by} = {{}}, ordinal = {{}} WHERE id = {{}}");
        run(connection, &text, &[kept, kept, ordinal, row.id])?;
    }
    Ok(())
}
