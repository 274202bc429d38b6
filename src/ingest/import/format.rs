//! What a format is, and what reads and stores one kind of its files.

use crate::ingest::import::input::Entry;
use crate::ingest::import::pipeline::{self, Run};
use crate::ingest::import::{Desk, FileCount, ImportError, Input, Problem, Rows};

/// A data set, as sources name it.
#[derive(Debug)]
pub(crate) struct DataSet {
    /// Who publishes it.
    pub(crate) publisher: &'static str,
    /// What it is called.
    pub(crate) title: &'static str,
}

/// What a format makes of an entry.
pub(crate) enum Recognised {
    /// It is read by this pass.
    Pass(Box<dyn AnyPass>),
    /// It belongs to the data set, or may stand beside it, but nothing of it is stored; why.
    PassedOver(&'static str),
    /// It is not of this format; what it is instead, as far as that can be told.
    Unknown(String),
    /// It is of this format, but cannot be read.
    Fault(ImportError),
}

/// A format of files.
pub(crate) trait Format: Sync {
    /// The name that the command line knows it by.
    fn name(&self) -> &'static str;

    /// What its sources cite.
    fn data_set(&self) -> &'static DataSet;

    /// What an entry is, by its name and its first bytes.
    fn recognise(&self, entry: &Entry) -> Recognised;

    /// Whether it can leave out what is of no company of the store (`--only-known`).
    fn takes_only_known(&self) -> bool {
        false
    }

    /// The edition, where a file says it itself.
    fn edition(&self, _entry: &Entry) -> Option<String> {
        None
    }
}

/// What became of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Something of it is new.
    Stored,
    /// It stood, and something of it was changed.
    Updated,
    /// All of it stood as it is.
    Unchanged,
    /// By choice nothing of it is stored; which choice.
    LeftOut(&'static str),
    /// It cannot be stored; why.
    Refused(Problem),
}

impl Fate {
    /// Stored or unchanged.
    pub(crate) fn stored_if(is_new: bool) -> Self {
        if is_new { Self::Stored } else { Self::Unchanged }
    }

    /// Updated or unchanged.
    pub(crate) fn updated_if(is_changed: bool) -> Self {
        if is_changed { Self::Updated } else { Self::Unchanged }
    }
}

/// What reads and stores one kind of file; it lives for one file.
pub(crate) trait Pass: Send + 'static {
    /// What a row becomes before the store is asked.
    type Record: Send + 'static;

    /// The data set of such files, where it is another than that of the format.
    fn data_set(&self) -> Option<&'static DataSet> {
        None
    }

    /// The name that such a file has in the data set: sources cite it where the entry has none.
    fn file_name(&self) -> &'static str;

    /// Smaller goes first.
    fn rank(&self) -> u8;

    /// Reads a file, on a thread of its own, without the store.
    ///
    /// # Errors
    /// The file cannot be read; a row that cannot be used is no error.
    fn read(input: Input<'_>, rows: &mut Rows<Self::Record>) -> Result<(), ImportError>;

    /// Stores a batch, within its transaction; the fates are those of the records, in order.
    ///
    /// # Errors
    /// What the store says; then nothing of the batch is kept.
    fn store(&mut self, records: Vec<Self::Record>, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError>;
}

/// A pass whatever its records are.
pub(crate) trait AnyPass: Send {
    /// See [`Pass::rank`].
    fn rank(&self) -> u8;

    /// Reads and stores an entry.
    fn run(&mut self, entry: &Entry, run: &mut Run<'_>) -> Result<FileCount, ImportError>;
}

impl<P: Pass> AnyPass for P {
    fn rank(&self) -> u8 {
        Pass::rank(self)
    }

    fn run(&mut self, entry: &Entry, run: &mut Run<'_>) -> Result<FileCount, ImportError> {
        pipeline::run(self, entry, run)
    }
}
