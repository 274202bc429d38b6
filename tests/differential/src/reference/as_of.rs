//! Days: which rows along an edge hold on one, as known on one.

use dealgraph::catalog::{AsOf, Edge, Periods, Reach};

use super::filter::edge_rows;
use super::input::Arguments;
use crate::value::{Row, Rows, id_of, parse_date};

fn day(arguments: &Arguments, name: &str) -> Option<i64> {
    arguments.get(name)?.as_str().map(parse_date)
}

/// Whether a row holds on a day, as known on a day: a first day is in, a last day is out, null is without end. Without a
/// day, it has no last day.
fn holds(row: &Row, periods: &Periods, (on, known): (Option<i64>, Option<i64>)) -> bool {
    let within = |since: &str, until: &str, day: Option<i64>| match day {
        Some(day) => {
            row[since].as_int().is_none_or(|first| first <= day) && row[until].as_int().is_none_or(|last| day < last)
        }
        None => row[until].is_null(),
    };
    within(periods.since, periods.until, on) && within(periods.known_since, periods.known_until, known)
}

/// The rows along an edge that is followed with arguments.
pub fn rows_along<'a>(rows: &'a Rows, edge: &'static Edge, row: &Row, arguments: &Arguments) -> Vec<&'a Row> {
    let days = (day(arguments, "asOf"), day(arguments, "knownAt"));
    let is_asked = days != (None, None);
    match &edge.as_of {
        Some(AsOf::Rows(periods)) => {
            edge_rows(rows, edge, row).into_iter().filter(|there| holds(there, periods, days)).collect()
        }
        Some(AsOf::Link(Reach::Through { target, link }, periods)) if is_asked => {
            let held: Vec<i64> = rows
                .referring(link.table, link.near, id_of(row))
                .filter(|link_row| holds(link_row, periods, days))
                .filter_map(|link_row| link_row[link.far].as_int())
                .collect();
            rows.table(target.table).iter().filter(|there| held.contains(&id_of(there))).collect()
        }
        _ => edge_rows(rows, edge, row),
    }
}

/// The rows along an edge that a filter means: those of the present.
pub fn rows_present<'a>(rows: &'a Rows, edge: &'static Edge, row: &Row) -> Vec<&'a Row> {
    rows_along(rows, edge, row, &Arguments::new())
}
