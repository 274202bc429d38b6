//! One entry: read on one thread, stored on this one, a few batches a transaction.

use std::collections::{BTreeSet, HashSet};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

use chrono::NaiveDateTime;

use crate::ingest::import::desk::{Cited, count};
use crate::ingest::import::input::{Counter, Entry};
use crate::ingest::import::progress::Progress;
use crate::ingest::import::report::Report;
use crate::ingest::import::resolve::SlugNumbers;
use crate::ingest::import::rows::{BATCHES_WAITING, RowAt};
use crate::ingest::import::transaction::Transactions;
use crate::ingest::import::{DataSet, Desk, Fate, FileCount, ImportError, Input, Pass, Problem, Rows};
use crate::store::{Connection, IdMaker};

/// Batches of a transaction: pages of indexes that several of them change are written once.
const BATCHES_TOGETHER: u32 = 8;

/// How long a transaction stays open while no batch comes.
const WAIT: Duration = Duration::from_millis(500);

/// What all entries of an import share.
pub(crate) struct Run<'a> {
    pub(super) connection: &'a mut Connection,
    pub(super) ids: &'a mut IdMaker,
    pub(super) data_set: &'static DataSet,
    pub(super) edition: Option<String>,
    pub(super) recorded_at: NaiveDateTime,
    /// Whether one transaction is around all batches already.
    pub(super) is_whole: bool,
    pub(super) is_strict: bool,
    /// Whether what is of no company of the store is left out.
    pub(super) only_known: bool,
    pub(super) batch_rows: usize,
    pub(super) report: &'a mut Report,
    pub(super) transactions: Transactions,
    pub(super) slugs: SlugNumbers,
}

/// Reads and stores an entry.
pub(super) fn run<P: Pass>(pass: &mut P, entry: &Entry, run: &mut Run<'_>) -> Result<FileCount, ImportError> {
    let file = if entry.name == "-" { pass.file_name().to_owned() } else { entry.name.clone() };
    let mut cited = Cited::new(pass.data_set().unwrap_or(run.data_set), run.edition.clone(), &file);
    let mut counted = FileCount { file, ..FileCount::default() };
    let counter = Counter::default();
    let reader = entry.open(&counter)?;
    let mut progress = Progress::begin(&counted.file, entry.size);
    let batch_rows = run.batch_rows;
    let (sender, batches) = sync_channel(BATCHES_WAITING);
    let (read, stored) = std::thread::scope(|scope| {
        let reading = std::thread::Builder::new().name("read".to_owned()).spawn_scoped(scope, move || {
            let mut rows = Rows::new(sender, batch_rows);
            let input = Input { file: &entry.shown, reader };
            P::read(input, &mut rows)?;
            rows.finish()
        });
        let mut told = |counted: &FileCount| progress.tell(counter.bytes(), counted);
        let stored = store_all(pass, &batches, run, (&mut cited, &mut counted), &mut told);
        // A reader that is ahead is told that nobody stores any more.
        drop(batches);
        let read = reading.map(|thread| {
            thread.join().unwrap_or_else(|_| Err(ImportError::Internal("the reader stopped".to_owned())))
        });
        (read.unwrap_or_else(|error| Err(ImportError::Internal(error.to_string()))), stored)
    });
    progress.end();
    // Where storing failed, reading was stopped by that.
    stored.and(read).map(|()| counted)
}

fn store_all<P: Pass>(
    pass: &mut P,
    batches: &Receiver<Vec<RowAt<P::Record>>>,
    run: &mut Run<'_>,
    (cited, counted): (&mut Cited, &mut FileCount),
    told: &mut dyn FnMut(&FileCount),
) -> Result<(), ImportError> {
    let mut open = 0;
    loop {
        let batch = match batches.recv_timeout(WAIT) {
            Ok(batch) => batch,
            // Whoever sends is slow: nobody else is to wait for it.
            Err(RecvTimeoutError::Timeout) => {
                if open > 0 && !run.is_whole {
                    run.transactions.commit(run.connection, cited.id())?;
                    open = 0;
                }
                continue;
            }
            Err(RecvTimeoutError::Disconnected) => break,
        };
        if !run.is_whole && open == 0 {
            run.transactions.begin(run.connection)?;
        }
        open += 1;
        let stored = store_and_count(pass, batch, run, cited, counted);
        if !run.is_whole {
            if stored.is_err() {
                roll_back(run);
            } else if open == BATCHES_TOGETHER {
                run.transactions.commit(run.connection, cited.id())?;
                open = 0;
            }
        }
        stored?;
        told(counted);
    }
    if !run.is_whole && open > 0 {
        run.transactions.commit(run.connection, cited.id())?;
    }
    Ok(())
}

fn roll_back(run: &mut Run<'_>) {
    // The fault that came first is the one to tell.
    if let Err(error) = run.transactions.roll_back(run.connection) {
        tracing::warn!(%error, "batches could not be rolled back; their connection is closed");
    }
}

fn store_and_count<P: Pass>(
    pass: &mut P,
    batch: Vec<RowAt<P::Record>>,
    run: &mut Run<'_>,
    cited: &mut Cited,
    counted: &mut FileCount,
) -> Result<(), ImportError> {
    let lines: Vec<u64> = batch.iter().map(|row| row.line).collect();
    let fates = store_batch(pass, batch, run, cited)?;
    for (line, fate) in lines.into_iter().zip(fates) {
        counted.add(&fate);
        if let Fate::Refused(problem) = fate {
            let refusal = run.report.refuse(&counted.file, line, problem)?;
            if run.is_strict {
                return Err(ImportError::Strict(Box::new(refusal)));
            }
        }
    }
    Ok(())
}

/// Stores a batch: each of its rows has a fate at the end, also those that were refused when they were read.
fn store_batch<P: Pass>(
    pass: &mut P,
    batch: Vec<RowAt<P::Record>>,
    run: &mut Run<'_>,
    cited: &mut Cited,
) -> Result<Vec<Fate>, ImportError> {
    let mut refused: Vec<Option<Problem>> = Vec::with_capacity(batch.len());
    let mut records = Vec::with_capacity(batch.len());
    for row in batch {
        match row.read {
            Ok(record) => {
                records.push(record);
                refused.push(None);
            }
            Err(problem) => refused.push(Some(problem)),
        }
    }
    let expected = records.len();
    let mut desk = Desk {
        connection: run.connection,
        ids: run.ids,
        slugs: &mut run.slugs,
        cited,
        recorded_at: run.recorded_at,
        changes: &mut run.transactions.tables,
        only_known: run.only_known,
        touched: HashSet::new(),
        titles: BTreeSet::new(),
        days: Vec::new(),
        stored: None,
    };
    let fates = if records.is_empty() { Vec::new() } else { pass.store(records, &mut desk)? };
    if fates.len() != expected {
        let told = format!("{} returned {} fates for {expected} records", pass.file_name(), count(fates.len()));
        return Err(ImportError::Internal(told));
    }
    desk.cite_touched()?;
    desk.derive()?;
    let mut fates = fates.into_iter();
    Ok(refused
        .into_iter()
        .filter_map(|problem| problem.map_or_else(|| fates.next(), |problem| Some(Fate::Refused(problem))))
        .collect())
}
