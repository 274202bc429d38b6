//! The row of a natural key, or of a publication number.

use super::{joins, limit};
use crate::catalog::Lookup;
use crate::plan::Level;
use crate::plan::predicate::Datum;
use crate::plan::publication::WantedNumber;
use crate::store::condition::Conditions;
use crate::store::dialect::Dialect;
use crate::store::origin::{CANDIDATES_MAX, NUMBER};
use crate::store::sql::Sql;

/// The row of a natural key: its own, or one that leads to it from a row that became one with it.
pub(super) fn from_key<D: Dialect>(sql: &mut Sql, level: &Level, lookup: &Lookup, value: &Datum) {
    sql.name(level.entity.table);
    sql.push(" t0");
    joins(sql, level);
    sql.push(" WHERE ");
    let Some((table, key)) = lookup.former else {
        sql.column("t0", lookup.column);
        sql.push(" = ");
        return D::bind(sql, value);
    };
    sql.push("t0.\"id\" = coalesce((SELECT k.\"id\" FROM ");
    sql.name(level.entity.table);
    sql.push(" k WHERE ");
    sql.column("k", lookup.column);
    sql.push(" = ");
    D::bind(sql, value);
    sql.push("), (SELECT ");
    sql.column("f", key);
    sql.push(" FROM ");
    sql.name(table);
    sql.push(" f WHERE ");
    sql.column("f", lookup.column);
    sql.push(" = ");
    D::bind(sql, value);
    sql.push("))");
}

/// Rows that fit a publication number are few: what an office published under one.
pub(super) fn from_number<D: Dialect>(sql: &mut Sql, level: &Level, wanted: &WantedNumber) {
    sql.name(level.entity.table);
    sql.push(" t0");
    joins(sql, level);
    sql.push(" WHERE ");
    Conditions::new().write::<D>(sql, "t0", &wanted.fits);
    let exact: Vec<Datum> = wanted.exact.iter().cloned().map(Datum::Text).collect();
    sql.push(" ORDER BY (");
    D::one_of(sql, |sql| sql.column("t0", NUMBER), &exact);
    sql.push(") DESC, ");
    sql.column("t0", NUMBER);
    limit::<D>(sql, CANDIDATES_MAX + 1);
}
