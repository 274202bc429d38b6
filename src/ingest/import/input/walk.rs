//! From the paths of a command line to entries.

use std::fs::File;
use std::io::{Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::bounded::Counter;
use super::{Entry, HEAD_BYTES, Origin, Shared, archive, file_fault};
use crate::ingest::import::ImportError;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZIP: &[u8] = b"PK\x03\x04";
/// An archive without members.
const ZIP_EMPTY: &[u8] = b"PK\x05\x06";

/// The entries of some paths, in the order of the paths; those of a folder by name.
///
/// # Errors
/// A path cannot be read, an archive is corrupt or truncated, or a file unpacks out of proportion.
pub(crate) fn entries(paths: &[PathBuf]) -> Result<Vec<Entry>, ImportError> {
    let mut found = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            standard_input(&mut found)?;
        } else if path.is_dir() {
            folder(path, &mut found)?;
        } else {
            file(path, true, &mut found)?;
        }
    }
    Ok(found)
}

fn folder(path: &Path, found: &mut Vec<Entry>) -> Result<(), ImportError> {
    let shown = path.display().to_string();
    let fault = |error: std::io::Error| file_fault(&shown, &error);
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(path).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        let is_hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
        if path.is_file() && !is_hidden {
            paths.push(path);
        }
    }
    paths.sort();
    paths.iter().try_for_each(|path| file(path, false, found))
}

fn file(path: &Path, is_named: bool, found: &mut Vec<Entry>) -> Result<(), ImportError> {
    let shown = path.display().to_string();
    let fault = |error: std::io::Error| file_fault(&shown, &error);
    let mut open = File::open(path).map_err(fault)?;
    let head = read_head(&mut open).map_err(fault)?;
    let shared = Shared::Path(path.to_owned());
    if head.starts_with(ZIP) || head.starts_with(ZIP_EMPTY) {
        return members(&shared, &shown, found);
    }
    let size = open.metadata().map_err(fault)?.len();
    let origin = if head.starts_with(GZIP) { Origin::Gzip(shared) } else { Origin::Plain(path.to_owned()) };
    let entry = Entry { name: base_name(&shown), shown, head, size: Some(size), is_named, origin };
    found.push(read_through(entry)?);
    Ok(())
}

fn members(archive: &Shared, shown: &str, found: &mut Vec<Entry>) -> Result<(), ImportError> {
    let fault = |error: std::io::Error| file_fault(shown, &error);
    for member in archive::members(archive).map_err(fault)? {
        let entry = Entry {
            name: base_name(&member.name),
            shown: format!("{shown}: {}", member.name),
            head: Vec::new(),
            size: None,
            is_named: false,
            origin: Origin::Zip(archive.clone(), member.index),
        };
        found.push(read_through(entry)?);
    }
    Ok(())
}

/// Standard input: as it comes when it is plain; copied into a temporary file first when it is compressed, since an
/// archive has its list of members at its end, and nothing is stored of one that is corrupt.
fn standard_input(found: &mut Vec<Entry>) -> Result<(), ImportError> {
    let shown = "standard input";
    let fault = |error: std::io::Error| file_fault(shown, &error);
    let head = read_head(&mut std::io::stdin()).map_err(fault)?;
    let is_zip = head.starts_with(ZIP) || head.starts_with(ZIP_EMPTY);
    if !is_zip && !head.starts_with(GZIP) {
        let origin = Origin::Stream(Arc::new(Mutex::new(Some(head.clone()))));
        let (name, shown) = ("-".to_owned(), shown.to_owned());
        found.push(Entry { name, shown, head, size: None, is_named: true, origin });
        return Ok(());
    }
    let mut copy = tempfile::tempfile().map_err(fault)?;
    std::io::copy(&mut head.as_slice().chain(std::io::stdin()), &mut copy).map_err(fault)?;
    copy.seek(SeekFrom::Start(0)).map_err(fault)?;
    let shared = Shared::Temporary(Arc::new(copy));
    if is_zip {
        return members(&shared, shown, found);
    }
    let (name, shown) = ("-".to_owned(), shown.to_owned());
    let entry = Entry { name, shown, head, size: None, is_named: true, origin: Origin::Gzip(shared) };
    found.push(read_through(entry)?);
    Ok(())
}

/// Reads what is compressed to its end: checksums are at the end, and the size is told by nothing else that can be trusted.
fn read_through(mut entry: Entry) -> Result<Entry, ImportError> {
    if matches!(entry.origin, Origin::Plain(_)) {
        return Ok(entry);
    }
    let counter = Counter::default();
    let mut reader = entry.open(&counter)?;
    let mut head = Vec::new();
    let read = reader.by_ref().take(HEAD_BYTES).read_to_end(&mut head);
    let read = read.and_then(|_| std::io::copy(&mut reader, &mut std::io::sink()));
    read.map_err(|error| entry.fault(&error))?;
    entry.head = head;
    entry.size = Some(counter.bytes());
    Ok(entry)
}

fn read_head(reader: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    reader.take(HEAD_BYTES).read_to_end(&mut head)?;
    Ok(head)
}

/// A name without folders and without the ending of gzip.
fn base_name(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.strip_suffix(".gz").unwrap_or(name).to_owned()
}
