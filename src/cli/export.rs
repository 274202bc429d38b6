//! Writing the store out, to a file or to standard output.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::cli::Failure;
use crate::ingest::export::{ExportError, export_deals};
use crate::store::Connection;

/// Bytes that are written at once.
const BUFFER_BYTES: usize = 262_144;

/// Exports a store. A file gets its name when it is complete, so that what is there under a name is whole.
pub(super) fn export(connection: &mut Connection, path: &Path) -> Result<(), Failure> {
    let lines = if path.as_os_str() == "-" {
        let mut out = BufWriter::with_capacity(BUFFER_BYTES, std::io::stdout().lock());
        export_deals(connection, &mut out)?
    } else {
        let mut partial = path.as_os_str().to_owned();
        partial.push(".part");
        let partial = Path::new(&partial);
        let written = to_file(connection, partial, path.extension().is_some_and(|extension| extension == "gz"))
            .and_then(|lines| Ok(std::fs::rename(partial, path).map(|()| lines)?));
        if written.is_err() {
            // What was wrong first is what is told.
            let _ = std::fs::remove_file(partial);
        }
        written?
    };
    tracing::info!(lines, "the store is exported");
    Ok(())
}

fn to_file(connection: &mut Connection, path: &Path, is_compressed: bool) -> Result<u64, ExportError> {
    let mut out = BufWriter::with_capacity(BUFFER_BYTES, File::create(path)?);
    let lines = if is_compressed {
        let mut encoder = GzEncoder::new(&mut out, Compression::default());
        let lines = export_deals(connection, &mut encoder)?;
        encoder.finish()?;
        lines
    } else {
        export_deals(connection, &mut out)?
    };
    out.flush()?;
    out.get_ref().sync_all()?;
    Ok(lines)
}
