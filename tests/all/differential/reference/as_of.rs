//! Days: which rows along an edge hold on one, as known on one.

use chrono::Utc;
use dealgraph::catalog::{AsOf, Edge, Periods, Reach};

use super::filter::edge_rows;
use super::input::Arguments;
use crate::differential::value::{Row, Rows, days, id_of, parse_date};

fn today() -> i64 {
    days(Utc::now().date_naive())
}

fn day(arguments: &Arguments, name: &str) -> Option<i64> {
    arguments.get(name)?.as_str().map(parse_date)
}

/// Whether a row holds on a day, as known on a day: a first day is in, a last day is out, null is without end.
fn holds(row: &Row, periods: &Periods, on: i64, known: i64) -> bool {
    let begun = |column: &str, day: i64| row[column].as_int().is_none_or(|first| first <= day);
    let ended = |column: &str, day: i64| row[column].as_int().is_some_and(|last| last <= day);
    begun(periods.since, on)
        && !ended(periods.until, on)
        && begun(periods.known_since, known)
        && !ended(periods.known_until, known)
}

/// The rows along an edge that is followed with arguments.
pub fn rows_along<'a>(rows: &'a Rows, edge: &'static Edge, row: &Row, arguments: &Arguments) -> Vec<&'a Row> {
    let (on, known) = (day(arguments, "asOf"), day(arguments, "knownAt"));
    let is_asked = on.is_some() || known.is_some();
    let (on, known) = (on.unwrap_or_else(today), known.unwrap_or_else(today));
    match &edge.as_of {
        Some(AsOf::Rows(periods)) => {
            edge_rows(rows, edge, row).into_iter().filter(|there| holds(there, periods, on, known)).collect()
        }
        Some(AsOf::Link(Reach::Through { target, link }, periods)) if is_asked => {
            let held: Vec<i64> = rows
                .referring(link.table, link.near, id_of(row))
                .filter(|link_row| holds(link_row, periods, on, known))
                .filter_map(|link_row| link_row[link.far].as_int())
                .collect();
            rows.table(target.table).iter().filter(|there| held.contains(&id_of(there))).collect()
        }
        _ => edge_rows(rows, edge, row),
    }
}

/// The rows along an edge that a filter means: those of today.
pub fn rows_today<'a>(rows: &'a Rows, edge: &'static Edge, row: &Row) -> Vec<&'a Row> {
    rows_along(rows, edge, row, &Arguments::new())
}
