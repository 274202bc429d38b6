//! A row as it is read: by place and by the catalogue's kinds.

use crate::catalog::Kind;
use crate::plan::cursor;
use crate::plan::predicate::Datum;
use crate::store::StoreError;
use crate::store::origin::Selected;
use crate::store::rows::Row;
use crate::store::source::{Columns, missing};
use crate::store::value::ReadValue as _;

/// The row at hand.
pub(super) struct RowAtHand<'r, R> {
    pub(super) row: &'r R,
    pub(super) selected: &'r Selected,
    pub(super) fingerprint: u32,
}

impl<R> RowAtHand<'_, R> {
    fn kind(&self, column: usize) -> Result<Kind, StoreError> {
        self.selected.columns.get(column).map(|column| column.kind).ok_or_else(missing)
    }
}

impl<R: Columns> Row for RowAtHand<'_, R> {
    type Fault = StoreError;

    fn is_null(&self, column: usize) -> Result<bool, StoreError> {
        self.row.is_null(column)
    }

    fn key(&self, column: usize) -> Result<Option<i64>, StoreError> {
        self.row.integer(column, Kind::Key)
    }

    #[inline]
    fn json(&self, column: usize, kind: Kind, out: &mut Vec<u8>) -> Result<(), StoreError> {
        if self.row.with(column, |value| value.json(kind, out))?.is_none() {
            out.extend(b"null");
        }
        Ok(())
    }

    fn cursor(&self, out: &mut Vec<u8>) -> Result<(), StoreError> {
        let mut values = Vec::with_capacity(self.selected.order.len());
        for column in &self.selected.order {
            let kind = self.kind(*column)?;
            let value = self.row.with(*column, |value| value.datum(kind))?;
            values.push(value.unwrap_or(Datum::Null));
        }
        out.push(b'"');
        out.extend(cursor::encode(self.fingerprint, &values).as_bytes());
        out.push(b'"');
        Ok(())
    }
}
