//! What an import is asked to do.

use std::path::PathBuf;

/// What an import is asked to do.
#[derive(Debug, Clone, Default, PartialEq, Eq, clap::Args)]
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
    /// The edition of the data set, such as 2025-09-30, where its files do not say it
    #[arg(long, value_name = "TEXT")]
    pub edition: Option<String>,
}
