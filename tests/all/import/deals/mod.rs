//! Dealgraph's own format: what its lines become, what is refused of them, and that an export is what was imported.

mod faults;
mod lines;
mod page;
mod round_trip;

use std::path::{Path, PathBuf};

use dealgraph::ingest::import::{ImportOptions, ImportSummary};
use dealgraph::store::Connection;

use super::{file, run};

/// A folder or a file of the format, in batches so small that there are several.
fn options(paths: &[PathBuf]) -> ImportOptions {
    ImportOptions { format: "deals".to_owned(), paths: paths.to_vec(), batch_rows: 3, ..ImportOptions::default() }
}

/// What becomes of a text.
fn imported(connection: &mut Connection, text: &str) -> ImportSummary {
    run(connection, &options(&[file("deals.jsonl", text)])).expect("an import")
}

/// The examples of the page, in their order: lines of one file.
fn examples() -> String {
    let page =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/deals-format.md")).expect("a page");
    let blocks = page.split("```json\n").skip(1).map(|block| block.split("```").next().unwrap_or_default());
    blocks.collect()
}
