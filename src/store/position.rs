//! Positions in an order, in SQL.

use crate::catalog::Direction;
use crate::plan::OrderStep;
use crate::plan::predicate::Datum;
use crate::store::dialect::Dialect;
use crate::store::sql::Sql;

/// Writes that a row comes after a position of an order, or, with every direction reversed, before it.
pub(super) fn write_position<D: Dialect>(
    sql: &mut Sql,
    alias: &str,
    order: &[OrderStep],
    values: &[Datum],
    after: bool,
) {
    let mut steps: Vec<(&OrderStep, Direction, &Datum)> = Vec::new();
    for (step, value) in order.iter().zip(values) {
        let direction = if after { step.direction } else { step.direction.reversed() };
        steps.push((step, direction, value));
    }
    if is_of_rows(&steps) {
        return write_rows::<D>(sql, alias, &steps);
    }
    write_range::<D>(sql, alias, &steps);
    write_steps::<D>(sql, alias, &steps);
}

/// Whether later rows are just those that compare as greater, or as less, all columns together: an index is entered at the very
/// position then, however many rows share its first column. A null that is passed over by such a comparison comes earlier
/// where the order descends, and later where it ascends.
fn is_of_rows(steps: &[(&OrderStep, Direction, &Datum)]) -> bool {
    let Some((_, way, _)) = steps.first() else { return false };
    let fits = |(step, direction, value): &(&OrderStep, Direction, &Datum)| {
        direction == way && **value != Datum::Null && (*direction == Direction::Desc || !step.is_nullable)
    };
    steps.len() > 1 && steps.iter().all(fits)
}

fn write_rows<D: Dialect>(sql: &mut Sql, alias: &str, steps: &[(&OrderStep, Direction, &Datum)]) {
    let ascends = matches!(steps.first(), Some((_, Direction::Asc, _)));
    for (index, (step, ..)) in steps.iter().enumerate() {
        sql.push(if index == 0 { "(" } else { ", " });
        sql.column(alias, step.column);
    }
    sql.push(if ascends { ") > " } else { ") < " });
    for (index, (_, _, value)) in steps.iter().enumerate() {
        sql.push(if index == 0 { "(" } else { ", " });
        D::bind(sql, value);
    }
    sql.push(")");
}

/// What all later rows have in common in the first column: the range of an index.
fn write_range<D: Dialect>(sql: &mut Sql, alias: &str, steps: &[(&OrderStep, Direction, &Datum)]) {
    let Some((step, direction, value)) = steps.first() else { return };
    let nulls_follow = step.is_nullable && *direction == Direction::Asc;
    if steps.len() > 1 && **value != Datum::Null && !nulls_follow {
        sql.column(alias, step.column);
        sql.push(if *direction == Direction::Asc { " >= " } else { " <= " });
        D::bind(sql, value);
        sql.push(" AND ");
    }
}

fn write_steps<D: Dialect>(sql: &mut Sql, alias: &str, steps: &[(&OrderStep, Direction, &Datum)]) {
    let Some(((step, direction, value), rest)) = steps.split_first() else { return sql.push("FALSE") };
    sql.push("(");
    write_later::<D>(sql, alias, step, *direction, value);
    if !rest.is_empty() {
        sql.push(" OR (");
        sql.column(alias, step.column);
        if **value == Datum::Null {
            sql.push(" IS NULL");
        } else {
            sql.push(" = ");
            D::bind(sql, value);
        }
        sql.push(" AND ");
        write_steps::<D>(sql, alias, rest);
        sql.push(")");
    }
    sql.push(")");
}

/// That a column comes later than a value; null is greater than everything.
fn write_later<D: Dialect>(sql: &mut Sql, alias: &str, step: &OrderStep, direction: Direction, value: &Datum) {
    match (direction, value) {
        (Direction::Asc, Datum::Null) => sql.push("FALSE"),
        (Direction::Desc, Datum::Null) => {
            sql.column(alias, step.column);
            sql.push(" IS NOT NULL");
        }
        (Direction::Desc, value) => {
            sql.column(alias, step.column);
            sql.push(" < ");
            D::bind(sql, value);
        }
        (Direction::Asc, value) => {
            sql.column(alias, step.column);
            sql.push(" > ");
            D::bind(sql, value);
            if step.is_nullable {
                sql.push(" OR ");
                sql.column(alias, step.column);
                sql.push(" IS NULL");
            }
        }
    }
}
