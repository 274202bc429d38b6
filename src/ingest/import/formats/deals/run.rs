//! Lines of one kind that stand behind one another: resolved together, compared together, stored together.

use std::collections::HashMap;

use super::refs::{Asked, Refs};
use super::sheet::Change;
use crate::ingest::import::{Desk, Fate, ImportError, Problem};
use crate::store::IdMaker;
use crate::store::records::Moment;

/// What new rows are made with.
pub(super) struct Maker<'a> {
    pub(super) ids: &'a mut IdMaker,
    pub(super) recorded_at: Moment,
    /// Companies of the file that stand under another short name.
    pub(super) aliases: &'a mut HashMap<String, i64>,
}

impl<'a> Maker<'a> {
    pub(super) fn of(refs: &'a mut Refs, desk: &'a mut Desk<'_>) -> Self {
        Self { recorded_at: desk.moment(), ids: &mut *desk.ids, aliases: &mut refs.aliases }
    }
}

/// A kind of line.
pub(super) trait Kind: Sized {
    /// The rows of a line; what refers to a row of the same line has no id there yet.
    type Rows;
    /// The rows of several lines, beside those that stand.
    type Sheets;

    /// What the line is, where something is to cite it.
    fn record(&self) -> String;

    /// Asks for all that the line refers to.
    fn refer(&self, asked: &mut Asked);

    /// The rows of the line.
    fn rows(&self, refs: &Refs) -> Result<Self::Rows, Problem>;

    /// Looks up what stands of the rows.
    fn find(rows: &[Result<Self::Rows, Problem>], desk: &mut Desk<'_>) -> Result<Self::Sheets, ImportError>;

    /// Puts the rows of a line beside the others: what became of the row that it is about, and of those in it.
    ///
    /// # Errors
    /// What the line is about cannot be told; nothing of it was put then.
    fn put(rows: Self::Rows, sheets: &mut Self::Sheets, maker: &mut Maker<'_>) -> Result<(Change, Change), Problem>;

    /// Stores what is new or changed.
    fn store(sheets: Self::Sheets, desk: &mut Desk<'_>) -> Result<(), ImportError>;
}

/// Stores lines; the fates are theirs, in order.
pub(super) fn store<K: Kind>(lines: &[K], refs: &mut Refs, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError> {
    let mut asked = Asked::default();
    for line in lines {
        asked.record = line.record();
        line.refer(&mut asked);
    }
    refs.find(asked, desk)?;
    if refs.has_names() {
        // A name founds a company where none is known: only lines that can be stored are asked for theirs.
        let mut asked = Asked::default();
        for line in lines.iter().filter(|line| line.rows(refs).is_ok()) {
            asked.record = line.record();
            line.refer(&mut asked);
        }
        refs.resolve(asked, desk)?;
    }
    let rows: Vec<Result<K::Rows, Problem>> = lines.iter().map(|line| line.rows(refs)).collect();
    let mut sheets = K::find(&rows, desk)?;
    let mut maker = Maker::of(refs, desk);
    let mut put = |rows| K::put(rows, &mut sheets, &mut maker);
    let fate = |(own, inside): (Change, Change)| own.fate(inside);
    let fates = rows.into_iter().map(|rows| rows.and_then(&mut put).map_or_else(Fate::Refused, fate)).collect();
    K::store(sheets, desk)?;
    Ok(fates)
}
