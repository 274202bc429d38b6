//! Where the rows of a level come from, and what is selected of them.

use crate::catalog::{Kind, Lookup, Reach};
use crate::plan::predicate::Datum;
use crate::plan::publication::WantedNumber;
use crate::plan::{BoundConnection, Column, Level};
use crate::store::narrow::Way;

/// The column by which publications are told from one another.
pub(super) const NUMBER: &str = "publication_number";

/// Publications at most that are listed where several fit a number.
pub(super) const CANDIDATES_MAX: i64 = 20;

/// Where the rows of a level come from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Origin<'a> {
    /// A page of all rows.
    All(&'a BoundConnection),
    /// A page of all rows that a filter along edges chooses, and which way they are looked for.
    Chosen(&'a BoundConnection, Way<'a>),
    /// The same page with how many rows there are on all pages: all of them are found once for both.
    Counted(&'a BoundConnection),
    /// A page along an edge, for each of these parents.
    Along(&'static Reach, &'a [i64], &'a BoundConnection),
    /// The row of a natural key.
    Key(&'static Lookup, &'a Datum),
    /// The rows that a publication number can mean: those under just that number first.
    Number(&'a WantedNumber),
    /// The rows of these keys.
    Keys(&'a [i64]),
}

impl<'a> Origin<'a> {
    /// The parents, or the keys; none where rows have no such place.
    pub(super) fn keys(&self) -> Option<&'a [i64]> {
        match self {
            Self::Along(_, keys, _) | Self::Keys(keys) => Some(keys),
            Self::All(_) | Self::Chosen(..) | Self::Counted(_) | Self::Key(..) | Self::Number(_) => None,
        }
    }

    pub(super) fn connection(&self) -> Option<&'a BoundConnection> {
        match self {
            Self::All(bound) | Self::Chosen(bound, _) | Self::Counted(bound) | Self::Along(_, _, bound) => Some(bound),
            Self::Key(..) | Self::Number(_) | Self::Keys(_) => None,
        }
    }

    /// How many rows of each list are written; the others only tell that there are more.
    pub(super) fn rows_max(&self) -> Option<usize> {
        match self {
            Self::Number(_) => Some(1),
            other => other.connection().map(|bound| usize::try_from(bound.page.size).unwrap_or(usize::MAX)),
        }
    }
}

/// What a level's statement selects: the plan's columns, then those of the order that only cursors or sorting need.
pub(super) struct Selected {
    pub(super) columns: Vec<Column>,
    /// The places of the order's columns, where they are needed.
    pub(super) order: Vec<usize>,
    /// The place of the publication number, where it has to tell the rows found from one another.
    pub(super) number: Option<usize>,
    /// The place of the total, where each row has it.
    pub(super) total: Option<usize>,
}

impl Selected {
    /// With the order's columns for cursors, and where rows are sorted by them.
    pub(super) fn new(level: &Level, origin: &Origin<'_>, is_sorted: bool) -> Self {
        let mut selected = Self { columns: level.columns.clone(), order: Vec::new(), number: None, total: None };
        if matches!(origin, Origin::Number(_)) {
            selected.number = Some(selected.columns.len());
            selected.columns.push(Column { alias: 0, name: NUMBER, kind: Kind::Text });
        }
        let needs_order = level.has_cursors || is_sorted;
        let steps = origin.connection().filter(|_| needs_order).map(|bound| bound.order.as_slice());
        for step in steps.unwrap_or_default() {
            let found = selected.columns.iter().position(|column| column.alias == 0 && column.name == step.column);
            selected.order.push(found.unwrap_or_else(|| {
                selected.columns.push(Column { alias: 0, name: step.column, kind: step.kind });
                selected.columns.len() - 1
            }));
        }
        // A statement selects something, even where only the number of rows matters.
        if selected.columns.is_empty() {
            selected.columns.push(Column { alias: 0, name: "id", kind: Kind::Key });
        }
        selected.total = matches!(origin, Origin::Counted(_)).then_some(selected.columns.len());
        selected
    }
}
