//! The response: the rows of all levels nested into one another, byte by byte.

use std::ops::Range;

use crate::plan::{Bound, BoundConnection, Bounds, Connection, Level, Page, Part};
use crate::store::rows::{Group, Rows};

/// What was read of a connection.
#[derive(Clone, Copy)]
pub(super) struct Read<'a> {
    /// Its rows; none when nobody asked for them, or there are no parents.
    pub(super) rows: Option<&'a Rows>,
    /// Its total; zero when nobody asked for it.
    pub(super) total: i64,
    /// Which group of the rows.
    pub(super) group: usize,
}

/// Writes a connection.
pub(super) fn connection(out: &mut Vec<u8>, connection: &Connection, bound: &Bounds, read: Read<'_>) {
    let Some(Bound::Connection(args)) = bound.get(connection.slot) else { return };
    let none = Group::default();
    let group = read.rows.and_then(|rows| rows.groups.get(read.group)).unwrap_or(&none);
    for part in &connection.parts {
        match part {
            Part::Text(text) => out.extend(text.as_bytes()),
            Part::Rows(shape) => {
                if let (Some(level), Some(rows)) = (&connection.level, read.rows) {
                    page(out, level, bound, rows, *shape, (group, args));
                }
            }
            Part::First(shape) => edge_row(out, connection, bound, read, *shape, (group, args.page.is_backward)),
            Part::Last(shape) => edge_row(out, connection, bound, read, *shape, (group, !args.page.is_backward)),
            Part::HasNext => boolean(out, has_next(group, &args.page)),
            Part::HasPrevious => boolean(out, has_previous(group, &args.page)),
            Part::Total => out.extend(itoa::Buffer::new().format(read.total).as_bytes()),
        }
    }
}

/// Exact towards the end that the page runs to; else whether a position was given there.
fn has_next(group: &Group, page: &Page) -> bool {
    if page.is_backward { page.before.is_some() } else { group.has_more }
}

fn has_previous(group: &Group, page: &Page) -> bool {
    if page.is_backward { group.has_more } else { page.after.is_some() }
}

fn boolean(out: &mut Vec<u8>, value: bool) {
    out.extend(if value { &b"true"[..] } else { b"false" });
}

/// The rows of a group in the order that was asked for: a backward page was read from its end.
fn page(
    out: &mut Vec<u8>,
    level: &Level,
    bound: &Bounds,
    read: &Rows,
    shape: usize,
    (group, args): (&Group, &BoundConnection),
) {
    if !args.page.is_backward {
        return rows(out, level, bound, read, (shape, group, 0..group.count));
    }
    for place in (0..group.count).rev() {
        rows(out, level, bound, read, (shape, group, place..place + 1));
        out.extend(if place > 0 { &b","[..] } else { b"" });
    }
}

/// The first row that was read, or the last, in a shape that is a cursor; null when there is none.
fn edge_row(
    out: &mut Vec<u8>,
    connection: &Connection,
    bound: &Bounds,
    read: Read<'_>,
    shape: usize,
    (group, last_read): (&Group, bool),
) {
    match (&connection.level, read.rows, group.count.checked_sub(1)) {
        (Some(level), Some(read), Some(last)) => {
            let place = if last_read { last } else { 0 };
            rows(out, level, bound, read, (shape, group, place..place + 1));
        }
        _ => out.extend(b"null"),
    }
}

/// Writes rows of a group as they were read, with the commas between them, and what was read along their to-many edges
/// into their holes.
pub(super) fn rows(
    out: &mut Vec<u8>,
    level: &Level,
    bound: &Bounds,
    read: &Rows,
    (shape, group, places): (usize, &Group, Range<usize>),
) {
    let Some(written) = read.shapes.get(shape).filter(|_| !places.is_empty()) else { return };
    let (range, holes) = written.rows(group, places);
    let mut at = range.start;
    for hole in holes {
        out.extend(written.bytes.get(at..hole.at).unwrap_or_default());
        at = hole.at;
        let (Some(edge), Some(child)) = (level.children.get(hole.child), read.children.get(hole.child)) else {
            continue;
        };
        let total = child.totals.get(hole.group).copied().unwrap_or(0);
        let read = Read { rows: child.rows.as_ref(), total, group: hole.group };
        connection(out, &edge.connection, bound, read);
    }
    out.extend(written.bytes.get(at..range.end).unwrap_or_default());
}
