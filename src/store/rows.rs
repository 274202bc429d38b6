//! The rows of a level as they are kept until the response is written: already JSON, with a hole for each to-many edge.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use crate::catalog::Kind;
use crate::plan::{Level, Op};

/// Bytes at most for which room is made ahead.
const ROOM_MAX: usize = 1 << 18;
/// Rows at most for which it is.
const ROWS_MAX: usize = 1 << 10;
/// Bytes for the first row.
const ROW_ROOM: usize = 512;

/// The rows of a level.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// The rows of each parent, or of the one list there is.
    pub(super) groups: Vec<Group>,
    /// The rows in each of the level's shapes.
    pub(super) shapes: Vec<Shape>,
    /// What was read along each of the level's to-many edges.
    pub(super) children: Vec<ChildRows>,
    /// The publication numbers of the rows found, where they have to be told from one another.
    pub(super) numbers: Vec<String>,
    /// The total, where the rows told it.
    pub(super) total: Option<i64>,
}

/// The rows of one parent.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    /// The first row.
    pub(super) start: usize,
    /// How many rows.
    pub(super) count: usize,
    /// Whether there was one more than the page holds.
    pub(super) has_more: bool,
}

/// Rows in one shape.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// Their JSON, one after another, with commas between those of one parent.
    pub(super) bytes: Vec<u8>,
    /// Where children belong into it.
    pub(super) holes: Vec<Hole>,
    /// Where each row ends, in bytes and in holes.
    pub(super) ends: Vec<(usize, usize)>,
}

/// A place where a to-many edge's connection belongs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hole {
    /// Before which byte.
    pub(super) at: usize,
    /// Which edge of the level.
    pub(super) child: usize,
    /// Which of its groups.
    pub(super) group: usize,
}

/// What was read along a to-many edge.
#[derive(Debug, Default)]
pub(super) struct ChildRows {
    /// The parents' keys, once each.
    pub(super) keys: Vec<i64>,
    places: HashMap<i64, usize, BuildHasherDefault<KeyHasher>>,
    /// The rows; none when only totals are asked for.
    pub(super) rows: Option<Rows>,
    /// The totals, by parent; empty when they are not asked for.
    pub(super) totals: Vec<i64>,
}

/// Hashes keys. Dealgraph makes them, no client does: they need no hash that an attacker cannot foresee.
#[derive(Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_i64(&mut self, key: i64) {
        self.write_u64(key.cast_unsigned());
    }

    /// By 2^64 divided by the golden ratio: it spreads what the low bits tell over the high ones, by which a table looks first.
    fn write_u64(&mut self, key: u64) {
        self.0 = (self.0 ^ key).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}

impl ChildRows {
    /// The group of a parent; a parent that is met again keeps its group.
    pub(super) fn group(&mut self, key: i64) -> usize {
        let next = self.keys.len();
        let group = *self.places.entry(key).or_insert(next);
        if group == next {
            self.keys.push(key);
        }
        group
    }
}

impl Rows {
    pub(super) fn new(level: &Level, groups: usize) -> Self {
        Self {
            groups: vec![Group::default(); groups],
            shapes: level.shapes.iter().map(|_| Shape::with_room()).collect(),
            children: level.children.iter().map(|_| ChildRows::default()).collect(),
            numbers: Vec::new(),
            total: None,
        }
    }

    /// Makes room for so many rows, after the first.
    pub(super) fn reserve(&mut self, rows: usize) {
        for shape in &mut self.shapes {
            let room = shape.bytes.len().saturating_mul(rows);
            shape.bytes.reserve((room + room / 8).min(ROOM_MAX));
            shape.ends.reserve(rows.min(ROWS_MAX));
            shape.holes.reserve(shape.holes.len().saturating_mul(rows).min(ROWS_MAX));
        }
        for child in &mut self.children {
            child.keys.reserve(rows.min(ROWS_MAX));
            child.places.reserve(rows.min(ROWS_MAX));
        }
    }

    /// About how many bytes they are with all that is below them.
    pub(super) fn size(&self) -> usize {
        let own: usize =
            self.shapes.iter().map(|shape| shape.bytes.len() + shape.ends.len() + 32 * shape.holes.len()).sum();
        own + self.children.iter().filter_map(|child| child.rows.as_ref()).map(Self::size).sum::<usize>()
    }
}

impl Shape {
    fn with_room() -> Self {
        Self { bytes: Vec::with_capacity(ROW_ROOM), ..Self::default() }
    }

    /// The bytes and holes of these rows of one parent, with the commas between them.
    pub(super) fn rows(&self, group: &Group, rows: Range<usize>) -> (Range<usize>, &[Hole]) {
        let end = |index: usize| self.ends.get(index).copied().unwrap_or((self.bytes.len(), self.holes.len()));
        let behind = |place: usize| (group.start + place).checked_sub(1).map_or((0, 0), end);
        let ((start, first_hole), (stop, last_hole)) = (behind(rows.start), behind(rows.end));
        let comma = usize::from(rows.start > 0);
        (start + comma..stop, self.holes.get(first_hole..last_hole).unwrap_or_default())
    }
}

/// Reads the columns of the row at hand.
pub(super) trait Row {
    /// Why a column cannot be read.
    type Fault;
    /// Whether a column is null.
    fn is_null(&self, column: usize) -> Result<bool, Self::Fault>;
    /// A key.
    fn key(&self, column: usize) -> Result<Option<i64>, Self::Fault>;
    /// Writes a value as JSON.
    fn json(&self, column: usize, kind: Kind, out: &mut Vec<u8>) -> Result<(), Self::Fault>;
    /// Writes the row's cursor, in quotes.
    fn cursor(&self, out: &mut Vec<u8>) -> Result<(), Self::Fault>;
}

/// Writes the row at hand in every shape, behind a comma unless it is the first of its parent.
pub(super) fn write_row<R: Row>(row: &R, level: &Level, rows: &mut Rows, is_first: bool) -> Result<(), R::Fault> {
    let Rows { shapes, children, .. } = rows;
    for (shape, ops) in shapes.iter_mut().zip(&level.shapes) {
        if !is_first {
            shape.bytes.push(b',');
        }
        write_ops(row, ops, level, shape, children)?;
        shape.ends.push((shape.bytes.len(), shape.holes.len()));
    }
    Ok(())
}

fn write_ops<R: Row>(
    row: &R,
    ops: &[Op],
    level: &Level,
    shape: &mut Shape,
    children: &mut [ChildRows],
) -> Result<(), R::Fault> {
    for op in ops {
        match op {
            Op::Text(text) => shape.bytes.extend(text.as_bytes()),
            Op::Value(column, kind) => row.json(*column, *kind, &mut shape.bytes)?,
            Op::Id(column, entity) => {
                if let Some(key) = row.key(*column)? {
                    shape.bytes.push(b'"');
                    shape.bytes.extend(crate::plan::ids::encode(entity, key).as_bytes());
                    shape.bytes.push(b'"');
                }
            }
            Op::Object(present, body) => {
                if row.is_null(*present)? {
                    shape.bytes.extend(b"null");
                } else {
                    write_ops(row, body, level, shape, children)?;
                }
            }
            Op::OneOf(arms) => {
                let mut written = false;
                for (present, body) in arms {
                    if !written && !row.is_null(*present)? {
                        write_ops(row, body, level, shape, children)?;
                        written = true;
                    }
                }
                if !written {
                    shape.bytes.extend(b"null");
                }
            }
            Op::Child(child) => {
                let key = level.children.get(*child).map(|edge| row.key(edge.key)).transpose()?.flatten();
                if let (Some(key), Some(rows)) = (key, children.get_mut(*child)) {
                    let group = rows.group(key);
                    shape.holes.push(Hole { at: shape.bytes.len(), child: *child, group });
                }
            }
            Op::Cursor => row.cursor(&mut shape.bytes)?,
        }
    }
    Ok(())
}
