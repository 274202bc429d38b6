//! The response: the rows of all levels nested into one another, byte by byte.

use crate::plan::{Bound, BoundConnection, Connection, Level, Page, Part};
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
pub(super) fn connection(out: &mut Vec<u8>, connection: &Connection, bound: &[Bound], read: Read<'_>) {
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
    bound: &[Bound],
    rows: &Rows,
    shape: usize,
    (group, args): (&Group, &BoundConnection),
) {
    for place in 0..group.count {
        if place > 0 {
            out.push(b',');
        }
        let offset = if args.page.is_backward { group.count - 1 - place } else { place };
        row(out, level, bound, rows, (shape, group.start + offset));
    }
}

/// The first row that was read, or the last, in a shape that is a cursor; null when there is none.
fn edge_row(
    out: &mut Vec<u8>,
    connection: &Connection,
    bound: &[Bound],
    read: Read<'_>,
    shape: usize,
    (group, last_read): (&Group, bool),
) {
    match (&connection.level, read.rows, group.count.checked_sub(1)) {
        (Some(level), Some(rows), Some(last)) => {
            let offset = if last_read { last } else { 0 };
            row(out, level, bound, rows, (shape, group.start + offset));
        }
        _ => out.extend(b"null"),
    }
}

/// Writes one row, and what was read along its to-many edges into its holes.
pub(super) fn row(out: &mut Vec<u8>, level: &Level, bound: &[Bound], rows: &Rows, (shape, index): (usize, usize)) {
    let Some(written) = rows.shapes.get(shape) else { return };
    let (range, holes) = written.row(index);
    let mut at = range.start;
    for hole in holes {
        out.extend(written.bytes.get(at..hole.at).unwrap_or_default());
        at = hole.at;
        let (Some(edge), Some(child)) = (level.children.get(hole.child), rows.children.get(hole.child)) else {
            continue;
        };
        let total = child.totals.get(hole.group).copied().unwrap_or(0);
        let read = Read { rows: child.rows.as_ref(), total, group: hole.group };
        connection(out, &edge.connection, bound, read);
    }
    out.extend(written.bytes.get(at..range.end).unwrap_or_default());
}
