//! The index of search: written with the rows that it follows from, and read by words.

mod candidates;
mod entry;
mod index;
mod rebuild;
mod run;
mod shown;
mod text;
mod words;

pub(super) use candidates::FindWords;
pub(crate) use entry::Table;
pub(crate) use index::{added, changes, leave, stand};
pub use rebuild::{is_missing, rebuild};
pub(super) use run::{Hit, Row, find};
pub(super) use shown::{Shown, shown};

/// Writes the index of rows that are `searched`; of others there is none.
macro_rules! indexed {
    ($connection:ident, $rows:ident, $when:ident) => {};
    ($connection:ident, $rows:ident, $when:ident, searched) => {
        $crate::store::search::$when($connection, $rows)?;
    };
}
pub(crate) use indexed;
