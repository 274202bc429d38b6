//! The open bulk formats: opened, read on one thread, resolved and stored on another.
//!
//! ```text
//! paths ─► entries ─► recognised, in order ─► rows ─► records ─► batches ═► resolved ─► compared ─► stored ─► counted
//!          input      format                  delimited, or the           pass          working     desk
//!                                             format's own reader
//! ```
//!
//! # What holds for every format
//!
//! - Memory is bounded: a batch is 5,000 rows or 4 MiB, and two of them wait between the threads.
//! - A few batches are one transaction. A record is within one batch, so that a kill leaves whole records only; what a second run
//!   finds standing it leaves alone, so that it ends where an undisturbed run would have.
//! - A row of a file is stored, unchanged or refused, and is counted once. A pass returns a [`Fate`] for each record. What is
//!   left out by choice counts as unchanged, and is told apart in the summary.
//! - `--strict` and `--dry-run` are one transaction around all batches, which the first refused row, or the end, takes
//!   back: they do what an import does, and so say exactly what it would do.
//!
//! # How to add a format
//!
//! 1. A file, or a folder, in `formats/`, and its [`Format`] in [`FORMATS`].
//! 2. [`Format::data_set`] names what its sources cite. The source of a file is the data set, the edition and the file;
//!    [`Desk::source`] makes it when it is first needed.
//! 3. [`Format::recognise`] is shown each entry with its first bytes, and answers with the pass that reads it, with why it
//!    is passed over, or with what is wrong. Recognise by content where names cannot be relied on: standard input has none.
//! 4. A [`Pass`] a kind of file. Its `rank` says which kind goes first when a folder holds several, so that what is referred
//!    to is there before what refers to it. No pass may count on another: each looks up what it needs in the store.
//!    - `read` runs on the reading thread and sees no store. It makes one record of each row, with everything that can be
//!      prepared without the store: texts folded, numbers made canonical, dates read. Tables of text use
//!      [`delimited::read`]; anything else reads `input.reader` itself, in bounded memory, and calls [`Rows::push`] once a
//!      record with its line. A row that cannot be used is pushed as a [`Problem`]; a file that cannot be read is an error.
//!    - `store` runs within the transaction of its batch. It looks up all that its records name with a few statements (each
//!      look-up in `store::bulk` takes a list of keys), holds rows in a [`Working`] set, changes them there, and
//!      puts them back with [`Desk::put`]: new rows are inserted, changed ones updated, equal ones left. It returns a
//!      [`Fate`] for each record, in order.
//!    - What makes a row the same row is its natural key, in one look-up. Two records of a batch can have one key.
//!    - What a record is refused for is known before anything of it is written: a fault of the store ends the import.
//!    - Texts in indexes are bounded (`value`), since PostgreSQL refuses what a third of a page does not hold.
//! 5. Ownership follows from assignees, transfers and the days of a patent: whoever changes one says so by [`Desk::title`] or
//!    [`Desk::title_days`], and it is derived again with the batch, within its transaction.
//! 6. Evidence: rows by the million have a column `source_id`; a patent that is touched ([`Desk::touch`]) is linked to the
//!    file; companies, names, relations and transfers get a [`Desk::citation`] with the record.
//! 7. Rows for a new table are declared in `store/bulk` by `bulk_row!` or `bulk_link!`, with their look-up beside them.
//! 8. A fixture in `tests/fixtures/`, and the format's tests among those of `tests/all/import/`: each database, twice,
//!    a newer edition, and the accounting of its rows.

mod delimited;
mod desk;
mod error;
mod format;
mod formats;
mod input;
mod options;
mod pipeline;
mod progress;
mod report;
mod resolve;
mod rows;
mod run;
mod summary;
mod transaction;
mod value;
mod working;

pub use desk::TableChange;
pub(crate) use desk::{Desk, Hand, grouped};
pub(crate) use error::Wrong;
pub use error::{ImportError, Problem, Refusal};
pub(crate) use format::{AnyPass, DataSet, Fate, Format, Pass, Recognised};
pub(crate) use formats::{Fact, RecordError, Recorded, agreement_row, company_row, record};
pub use options::ImportOptions;
pub(crate) use rows::{Input, Rows};
pub use run::import;
pub(crate) use run::import_texts;
pub use summary::{FileCount, ImportSummary};
pub(crate) use working::{Slot, Working};

/// The formats, by the names that the command line knows them by.
static FORMATS: &[&dyn Format] =
    &[&formats::PatentsView, &formats::Assignments, &formats::Gleif, &formats::Etsi, &formats::Deals];

/// The names of the formats.
#[must_use]
pub fn format_names() -> Vec<&'static str> {
    FORMATS.iter().map(|format| format.name()).collect()
}
