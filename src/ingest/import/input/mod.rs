//! What is imported: files, folders, archives and standard input, as a list of tables of bytes.
//!
//! An entry can be opened as often as it is asked for. What was compressed is read through once before anything is
//! stored: a truncated or corrupt archive, or a bomb, is found then, and the size is known for the progress bar.

mod archive;
mod bounded;
mod walk;

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek as _, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use crate::ingest::import::ImportError;

pub(crate) use bounded::Counter;
pub(crate) use walk::entries;

/// Bytes of a file that are looked at to recognise it.
const HEAD_BYTES: u64 = 65_536;
/// Bytes that are read at once.
const BUFFER_BYTES: usize = 262_144;

/// Where the bytes of an entry come from.
#[derive(Debug, Clone)]
enum Origin {
    /// A file as it stands.
    Plain(PathBuf),
    /// A file that is compressed with gzip; standard input was copied into a file of its own.
    Gzip(Shared),
    /// A member of a zip archive.
    Zip(Shared, usize),
    /// A text that the binary carries.
    Text(&'static str),
    /// Standard input, which can be opened once: its first bytes were read already.
    Stream(Arc<std::sync::Mutex<Option<Vec<u8>>>>),
}

/// A file that can be opened again: by its path, or a temporary one by its handle.
#[derive(Debug, Clone)]
enum Shared {
    Path(PathBuf),
    Temporary(Arc<File>),
}

impl Shared {
    fn open(&self) -> std::io::Result<File> {
        match self {
            Self::Path(path) => File::open(path),
            Self::Temporary(file) => {
                let mut file = file.try_clone()?;
                file.seek(SeekFrom::Start(0))?;
                Ok(file)
            }
        }
    }
}

/// One file to read, unpacked.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// Its name without folders and without the ending of a compression, such as `g_patent.tsv`; `-` for standard input.
    pub(crate) name: String,
    /// Where it is, for messages.
    pub(crate) shown: String,
    /// Its first bytes.
    pub(crate) head: Vec<u8>,
    /// Its size in bytes when it is unpacked, where that is known.
    pub(crate) size: Option<u64>,
    /// Whether it was named on the command line, not found in a folder or an archive.
    pub(crate) is_named: bool,
    origin: Origin,
}

impl Entry {
    /// A text that the binary carries.
    pub(crate) fn of_text(name: &str, text: &'static str) -> Self {
        Self {
            name: name.to_owned(),
            shown: name.to_owned(),
            head: text.bytes().take(HEAD_BYTES.try_into().unwrap_or(usize::MAX)).collect(),
            size: Some(text.len().try_into().unwrap_or(u64::MAX)),
            is_named: true,
            origin: Origin::Text(text),
        }
    }

    /// Opens it from its beginning; what is read is counted.
    pub(crate) fn open(&self, counter: &Counter) -> Result<Box<dyn BufRead + Send>, ImportError> {
        let counted = |reader: Box<dyn Read + Send>| -> Box<dyn BufRead + Send> {
            Box::new(BufReader::with_capacity(BUFFER_BYTES, counter.count(reader)))
        };
        let opened: std::io::Result<Box<dyn Read + Send>> = match &self.origin {
            Origin::Plain(path) => File::open(path).map(|file| -> Box<dyn Read + Send> { Box::new(file) }),
            Origin::Gzip(file) => archive::open_gzip(file),
            Origin::Text(text) => Ok(Box::new(text.as_bytes())),
            Origin::Zip(file, index) => archive::open_member(file, *index),
            Origin::Stream(head) => {
                let mut head = head.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                let head = head
                    .take()
                    .ok_or_else(|| self.fault(&std::io::Error::other("standard input can be read only once")))?;
                return Ok(counted(Box::new(std::io::Cursor::new(head).chain(std::io::stdin()))));
            }
        };
        opened.map(counted).map_err(|error| self.fault(&error))
    }

    /// The fault of reading it.
    pub(crate) fn fault(&self, error: &std::io::Error) -> ImportError {
        file_fault(&self.shown, error)
    }
}

/// The fault of reading a file, in words.
pub(super) fn file_fault(file: &str, error: &std::io::Error) -> ImportError {
    let problem = match error.kind() {
        std::io::ErrorKind::UnexpectedEof => "it ends too early: the file or the archive is truncated".to_owned(),
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => error.to_string(),
    };
    ImportError::File { file: file.to_owned(), problem }
}
