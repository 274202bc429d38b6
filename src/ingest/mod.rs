//! Bringing data in: the file formats of `data/README.md`, and how their lines become rows.
//!
//! A load is one write transaction. It resolves every natural key against what stands and inserts only what is missing.

mod error;
pub mod format;
pub mod import;
mod load;
mod ownership;
mod place;
mod starter;
mod summary;

use chrono::{NaiveDateTime, Utc};

use crate::changes::{Actor, Change, ChangeKind};
use crate::store::{Connection, IdMaker, Written};

pub use error::{IngestError, Wrong};
pub(crate) use load::{Fact, Recorded, agreement_row, company_row, record};
pub use ownership::{DerivedSummary, derive_ownership, derive_ownership_of};
pub use summary::{Summary, TableCount};

/// A file's name, for messages, and its text.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The name that errors give.
    pub name: &'a str,
    /// The whole text.
    pub text: &'a str,
}

/// The files of one load; each kind may be absent.
#[derive(Debug, Clone, Copy, Default)]
pub struct Inputs<'a> {
    /// Sources, as JSON Lines of [`format::SourceLine`].
    pub sources: Option<Input<'a>>,
    /// Areas, as JSON Lines of [`format::AreaLine`].
    pub areas: Option<Input<'a>>,
    /// Companies, as JSON Lines of [`format::CompanyLine`].
    pub companies: Option<Input<'a>>,
    /// Patents, as CSV of [`format::PatentRecord`].
    pub patents: Option<Input<'a>>,
    /// Agreements, as JSON Lines of [`format::AgreementLine`].
    pub agreements: Option<Input<'a>>,
    /// Transfers outside agreements, as JSON Lines of [`format::ListedTransferLine`].
    pub transfers: Option<Input<'a>>,
    /// People, as JSON Lines of [`format::PersonLine`].
    pub people: Option<Input<'a>>,
    /// The moment (UTC) that citations carry as that of their recording; the present one where absent.
    pub recorded_at: Option<NaiveDateTime>,
}

/// Loads the starter data that the binary carries. Loading it again changes nothing.
///
/// # Errors
/// What the database says, or a fault in the data; then nothing is stored.
pub fn load_starter(connection: &mut Connection, ids: &mut IdMaker) -> Result<Summary, IngestError> {
    load_by(&Actor::named("starter data"), connection, ids, &starter::INPUTS)
}

/// Loads files in one write transaction: all of it is kept, or nothing.
///
/// # Errors
/// A fault in a file, with its file, line, field, value and what was expected; or what the database says.
pub fn load(connection: &mut Connection, ids: &mut IdMaker, inputs: &Inputs<'_>) -> Result<Summary, IngestError> {
    load_by(&Actor::named("load"), connection, ids, inputs)
}

/// A load enters the change feed as one change with the rows of each table.
fn load_by(
    actor: &Actor,
    connection: &mut Connection,
    ids: &mut IdMaker,
    inputs: &Inputs<'_>,
) -> Result<Summary, IngestError> {
    let files = format::Files::parse(inputs)?;
    let recorded_at = inputs.recorded_at.unwrap_or_else(|| Utc::now().naive_utc());
    connection.write(actor, |connection, changes| {
        let written = Written::so_far(connection)?;
        let summary = load::load(connection, ids, recorded_at, &files)?;
        if written.is_more_now(connection)? {
            let stored = summary.tables.iter().filter(|count| count.stored > 0);
            let tables: serde_json::Map<String, serde_json::Value> =
                stored.map(|count| (count.table.to_owned(), count.stored.into())).collect();
            changes.record(Change::of_many(ChangeKind::Imported, &serde_json::json!({ "tables": tables })));
        }
        Ok(summary)
    })
}
