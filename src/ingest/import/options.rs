//! What an import is asked to do.

use std::path::PathBuf;

/// What an import is asked to do.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
pub struct ImportOptions {
    /// The format of the files
    #[arg(value_parser = crate::ingest::import::format_names())]
    pub format: String,
    /// Files, folders, or `-` for standard input; `.gz` and `.zip` are read as they come
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// Where refused rows are reported, as JSON Lines
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Stop at the first row that is refused, with nothing written
    #[arg(long)]
    pub strict: bool,
    /// Say what would change, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Leave out what is of no company of the store: with gleif, whose full file has millions
    #[arg(long)]
    pub only_known: bool,
    /// The edition of the data set, such as 2025-09-30, where its files do not say it
    #[arg(long, value_name = "TEXT")]
    pub edition: Option<String>,
    /// Rows of a transaction at most
    #[arg(long, value_name = "ROWS", default_value_t = BATCH_ROWS, hide = true, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    pub batch_rows: u16,
}

impl Default for ImportOptions {
    fn default() -> Self {
        Self {
            format: String::new(),
            paths: Vec::new(),
            report: None,
            strict: false,
            dry_run: false,
            only_known: false,
            edition: None,
            batch_rows: BATCH_ROWS,
        }
    }
}

/// Rows of a batch at most, and so of a transaction.
const BATCH_ROWS: u16 = 5_000;
