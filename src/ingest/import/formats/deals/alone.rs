//! Lines that are one row each, and no fact that citations support.

use super::refs::{Asked, Refs};
use super::run::{Kind, Maker};
use super::sheet::{Change, Sheet};
use crate::ingest::import::{Desk, ImportError, Problem};
use crate::store::bulk::Keyed;
use crate::store::{Connection, StoreError};

/// A line that is one row.
pub(super) trait Alone {
    /// The row.
    type Row: Keyed;

    /// What the line is, where something is to cite it.
    fn record(&self) -> String;

    /// Asks for all that the line refers to.
    fn refer(&self, asked: &mut Asked);

    /// The row of the line.
    fn row(&self, refs: &Refs) -> Result<Self::Row, Problem>;

    /// The rows that stand under the keys of some.
    fn standing(connection: &mut Connection, rows: &[&Self::Row]) -> Result<Vec<Self::Row>, StoreError>;
}

impl<L: Alone> Kind for L {
    type Rows = L::Row;
    type Sheets = Sheet<L::Row>;

    fn record(&self) -> String {
        Alone::record(self)
    }

    fn refer(&self, asked: &mut Asked) {
        Alone::refer(self, asked);
    }

    fn rows(&self, refs: &Refs) -> Result<L::Row, Problem> {
        self.row(refs)
    }

    fn find(rows: &[Result<L::Row, Problem>], desk: &mut Desk<'_>) -> Result<Sheet<L::Row>, ImportError> {
        let rows: Vec<&L::Row> = rows.iter().flatten().collect();
        Ok(Sheet::of(L::standing(desk.connection, &rows)?))
    }

    fn put(row: L::Row, sheet: &mut Sheet<L::Row>, maker: &mut Maker<'_>) -> Result<(Change, Change), Problem> {
        Ok((sheet.put(maker.ids, row)?.1, Change::Same))
    }

    fn store(sheet: Sheet<L::Row>, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        sheet.store(desk)
    }
}
