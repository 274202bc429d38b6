//! A whole import: from the paths to the summary.

use chrono::{NaiveDateTime, Utc};

use crate::changes::Actor;
use crate::ingest::import::input::{Entry, entries};
use crate::ingest::import::pipeline::Run;
use crate::ingest::import::report::Report;
use crate::ingest::import::resolve::SlugNumbers;
use crate::ingest::import::transaction::Transactions;
use crate::ingest::import::{
    AnyPass, FORMATS, Format, ImportError, ImportOptions, ImportSummary, Recognised, format_names,
};
use crate::store::names::{index_names, refresh_keys};
use crate::store::{Connection, IdMaker, bulk};

/// An entry, and what reads it.
type Known = (Entry, Box<dyn AnyPass>);

/// Imports files into a store that is migrated.
///
/// # Errors
/// A file that is not of the format or cannot be read, a refused row where the import is strict, or what the store says.
/// With `strict` or `dry_run` nothing is kept then; else what was committed before stands, in whole records.
pub fn import(
    connection: &mut Connection,
    ids: &mut IdMaker,
    options: &ImportOptions,
    recorded_at: Option<NaiveDateTime>,
) -> Result<ImportSummary, ImportError> {
    let actor = Actor::named(format!("import {}", options.format));
    import_entries(connection, ids, (entries(&options.paths)?, actor), options, recorded_at)
}

/// Imports texts that the binary carries, by their names, for someone who is named in the change feed.
///
/// # Errors
/// As for [`import`].
pub(crate) fn import_texts(
    connection: &mut Connection,
    ids: &mut IdMaker,
    (texts, actor): (&[(&str, &'static str)], Actor),
    options: &ImportOptions,
    recorded_at: Option<NaiveDateTime>,
) -> Result<ImportSummary, ImportError> {
    let entries = texts.iter().map(|(name, text)| Entry::of_text(name, text)).collect();
    import_entries(connection, ids, (entries, actor), options, recorded_at)
}

fn import_entries(
    connection: &mut Connection,
    ids: &mut IdMaker,
    (entries, actor): (Vec<Entry>, Actor),
    options: &ImportOptions,
    recorded_at: Option<NaiveDateTime>,
) -> Result<ImportSummary, ImportError> {
    let format = FORMATS.iter().find(|format| format.name() == options.format).ok_or_else(|| {
        let known = format_names().join(", ");
        ImportError::Internal(format!("the format `{}` is none of {known}", options.format))
    })?;
    if options.only_known && !format.takes_only_known() {
        return Err(ImportError::OnlyKnown(format.name()));
    }
    let mut summary = ImportSummary { is_dry_run: options.dry_run, ..ImportSummary::default() };
    let files = recognised(*format, entries, &mut summary)?;
    let mut report = Report::begin(options.report.as_deref())?;
    let is_whole = options.strict || options.dry_run;
    bulk::prepare(connection)?;
    let mut transactions = Transactions::by(actor);
    transactions.begin(connection)?;
    if let Err(error) = index(connection, &mut transactions, is_whole) {
        // The fault that came first is the one to tell.
        if let Err(rollback) = transactions.roll_back(connection) {
            tracing::warn!(error = %rollback, "the index of names could not be rolled back; its connection is closed");
        }
        return Err(error);
    }
    if !is_whole {
        transactions.commit(connection, None)?;
    }
    let mut run = Run {
        connection,
        ids,
        data_set: format.data_set(),
        edition: None,
        recorded_at: recorded_at.unwrap_or_else(|| Utc::now().naive_utc()),
        is_whole,
        is_strict: options.strict,
        only_known: options.only_known,
        batch_rows: usize::from(options.batch_rows),
        report: &mut report,
        transactions,
        slugs: SlugNumbers::default(),
    };
    let done = run_all(*format, files, options, &mut run, &mut summary);
    let mut ended = Ok(());
    if is_whole {
        let keeps = done.is_ok() && !options.dry_run;
        ended = if keeps {
            run.transactions.commit(run.connection, None)
        } else {
            run.transactions.roll_back(run.connection).map_err(ImportError::from)
        };
    }
    summary.tables = run.transactions.into_tables();
    // The fault that came first is the one to tell.
    done.and(ended)?;
    report.end()?;
    summary.reasons = std::mem::take(&mut report.reasons)
        .into_iter()
        .map(|((file, column, problem), count)| (file, column, problem, count))
        .collect();
    summary.reasons.sort_by_key(|reason| std::cmp::Reverse(reason.3));
    Ok(summary)
}

/// Gives names the keys by which they are found: those that were made by the rules of an older release, and those that were
/// stored without any.
fn index(connection: &mut Connection, transactions: &mut Transactions, is_whole: bool) -> Result<(), ImportError> {
    let companies = refresh_keys(connection, |connection| {
        if is_whole {
            return Ok(());
        }
        transactions.commit(connection, None)?;
        transactions.begin(connection).map_err(ImportError::from)
    })?;
    if companies > 0 {
        tracing::info!(companies, "names are indexed by the rules of this release");
    }
    index_names(connection)?;
    Ok(())
}

fn run_all(
    format: &dyn Format,
    files: Vec<Known>,
    options: &ImportOptions,
    run: &mut Run<'_>,
    summary: &mut ImportSummary,
) -> Result<(), ImportError> {
    for (entry, mut pass) in files {
        run.edition = format.edition(&entry).or_else(|| options.edition.clone());
        let counted = pass.run(&entry, run)?;
        summary.files.push(counted);
    }
    Ok(())
}

/// The entries that are read, in the order of their passes.
fn recognised(
    format: &dyn Format,
    entries: Vec<Entry>,
    summary: &mut ImportSummary,
) -> Result<Vec<Known>, ImportError> {
    let mut files = Vec::new();
    let mut unknown = None;
    for entry in entries {
        match format.recognise(&entry) {
            Recognised::Pass(pass) => files.push((entry, pass)),
            Recognised::Fault(error) => return Err(error),
            Recognised::PassedOver(reason) => summary.passed_over.push((entry.shown, reason.to_owned())),
            Recognised::Unknown(problem) => {
                let problem = other_format(format, &entry).map_or(problem, |other| format!("it is one of `{other}`"));
                let file = entry.shown.clone();
                let error = ImportError::Format { file, format: format.name(), problem: problem.clone() };
                if entry.is_named {
                    return Err(error);
                }
                summary.passed_over.push((entry.shown, problem));
                unknown = unknown.or(Some(error));
            }
        }
    }
    if let (true, Some(error)) = (files.is_empty(), unknown) {
        return Err(error);
    }
    if files.is_empty() {
        let problem = "there is no file to read among the paths".to_owned();
        return Err(ImportError::Format { file: "what was named".to_owned(), format: format.name(), problem });
    }
    files.sort_by_key(|(_, pass)| pass.rank());
    Ok(files)
}

/// The other format that knows an entry.
fn other_format(format: &dyn Format, entry: &Entry) -> Option<&'static str> {
    let mut others = FORMATS.iter().filter(|other| other.name() != format.name());
    others.find(|other| matches!(other.recognise(entry), Recognised::Pass(_))).map(|other| other.name())
}
