//! Records on their way from the thread that reads to the one that stores, in batches.

use std::io::BufRead;
use std::sync::mpsc::SyncSender;

use crate::ingest::import::{ImportError, Problem};

/// Bytes of a batch, about, as the rows stand in their file.
const BATCH_BYTES: usize = 4 * 1024 * 1024;
/// Batches that wait to be stored.
pub(super) const BATCHES_WAITING: usize = 2;

/// A file to read.
pub(crate) struct Input<'a> {
    /// Where it is, for messages.
    pub(crate) file: &'a str,
    /// Its bytes, unpacked.
    pub(crate) reader: Box<dyn BufRead + Send>,
}

impl Input<'_> {
    /// The fault of reading it.
    pub(crate) fn fault(&self, error: &std::io::Error) -> ImportError {
        super::input::file_fault(self.file, error)
    }
}

/// A row of a file: the line that it begins on, and what was made of it.
pub(crate) struct RowAt<R> {
    pub(crate) line: u64,
    pub(crate) read: Result<R, Problem>,
}

/// Where a reader puts what it reads. Each row of the file is put once, also one that cannot be used.
pub(crate) struct Rows<R> {
    sender: SyncSender<Vec<RowAt<R>>>,
    batch: Vec<RowAt<R>>,
    bytes: usize,
    rows_max: usize,
}

impl<R> Rows<R> {
    pub(super) fn new(sender: SyncSender<Vec<RowAt<R>>>, rows_max: usize) -> Self {
        Self { sender, batch: Vec::new(), bytes: 0, rows_max }
    }

    /// Takes a row of the file, of so many bytes.
    ///
    /// # Errors
    /// Nobody stores any more: the reader has to return this fault.
    pub(crate) fn push(&mut self, line: u64, bytes: usize, read: Result<R, Problem>) -> Result<(), ImportError> {
        self.batch.push(RowAt { line, read });
        self.bytes += bytes;
        if self.batch.len() >= self.rows_max || self.bytes >= BATCH_BYTES { self.send() } else { Ok(()) }
    }

    fn send(&mut self) -> Result<(), ImportError> {
        self.bytes = 0;
        self.sender.send(std::mem::take(&mut self.batch)).map_err(|_| ImportError::Stopped)
    }

    /// Sends what is left.
    pub(super) fn finish(mut self) -> Result<(), ImportError> {
        if self.batch.is_empty() { Ok(()) } else { self.send() }
    }
}
