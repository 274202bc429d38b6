//! A row as diesel gives it, read by place and by the catalogue's kinds.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::row::Field;

use crate::catalog::Kind;
use crate::plan::cursor;
use crate::plan::predicate::Datum;
use crate::store::StoreError;
use crate::store::dialect::Dialect;
use crate::store::rows::Row;
use crate::store::statement::Selected;
use crate::store::value::ReadValue;

/// The row at hand.
pub(super) struct DieselRow<'r, R, DB> {
    row: &'r R,
    selected: &'r Selected,
    /// How many columns stand before the plan's.
    offset: usize,
    fingerprint: u32,
    database: PhantomData<DB>,
}

impl<'r, R, DB> DieselRow<'r, R, DB> {
    pub(super) fn new(row: &'r R, selected: &'r Selected, offset: usize, fingerprint: u32) -> Self {
        Self { row, selected, offset, fingerprint, database: PhantomData }
    }

    fn kind(&self, column: usize) -> Result<Kind, StoreError> {
        self.selected.columns.get(column).map(|column| column.kind).ok_or_else(missing)
    }
}

fn missing() -> StoreError {
    StoreError::Shape("a column is missing".to_owned())
}

/// A column's value, given to `read`; nothing when it is null.
fn with_value<'a, R, DB, T>(
    row: &R,
    column: usize,
    read: impl FnOnce(DB::RawValue<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError>
where
    DB: Backend,
    R: diesel::row::Row<'a, DB>,
{
    let field = row.get(column).ok_or_else(missing)?;
    field.value().map(read).transpose()
}

/// A whole number.
pub(super) fn integer<'a, R, DB>(row: &R, column: usize, kind: Kind) -> Result<Option<i64>, StoreError>
where
    DB: ReadValue,
    R: diesel::row::Row<'a, DB>,
{
    with_value::<R, DB, i64>(row, column, |value| DB::integer(value, kind))
}

/// The place of the row's parent, from zero: the first column of a statement that has parents.
pub(super) fn ordinal<'a, R, DB>(row: &R) -> Result<usize, StoreError>
where
    DB: ReadValue + Dialect,
    R: diesel::row::Row<'a, DB>,
{
    let ordinal = integer::<R, DB>(row, 0, Kind::Key)?.ok_or_else(missing)?;
    usize::try_from(ordinal - DB::FIRST_ORDINAL).map_err(|_| missing())
}

/// A text.
pub(super) fn text<'a, R, DB>(row: &R, column: usize) -> Result<Option<String>, StoreError>
where
    DB: ReadValue,
    R: diesel::row::Row<'a, DB>,
{
    let read = with_value::<R, DB, Datum>(row, column, |value| DB::datum(value, Kind::Text))?;
    Ok(if let Some(Datum::Text(text)) = read { Some(text) } else { None })
}

impl<'a, R, DB> Row for DieselRow<'_, R, DB>
where
    DB: ReadValue,
    R: diesel::row::Row<'a, DB>,
{
    type Fault = StoreError;

    fn is_null(&self, column: usize) -> Result<bool, StoreError> {
        let field = self.row.get(column + self.offset).ok_or_else(missing)?;
        Ok(field.is_null())
    }

    fn key(&self, column: usize) -> Result<Option<i64>, StoreError> {
        integer::<R, DB>(self.row, column + self.offset, Kind::Key)
    }

    fn json(&self, column: usize, out: &mut Vec<u8>) -> Result<(), StoreError> {
        let kind = self.kind(column)?;
        let written = with_value::<R, DB, ()>(self.row, column + self.offset, |value| DB::json(value, kind, out))?;
        if written.is_none() {
            out.extend(b"null");
        }
        Ok(())
    }

    fn cursor(&self, out: &mut Vec<u8>) -> Result<(), StoreError> {
        let mut values = Vec::with_capacity(self.selected.order.len());
        for column in &self.selected.order {
            let kind = self.kind(*column)?;
            let value = with_value::<R, DB, Datum>(self.row, column + self.offset, |value| DB::datum(value, kind))?;
            values.push(value.unwrap_or(Datum::Null));
        }
        out.push(b'"');
        out.extend(cursor::encode(self.fingerprint, &values).as_bytes());
        out.push(b'"');
        Ok(())
    }
}
