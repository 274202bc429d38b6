//! What an import did, file by file and table by table.

use std::collections::BTreeMap;
use std::fmt;

use crate::ingest::import::{Fate, TableChange};

/// What became of the rows of a file: `rows` is the sum of `stored`, `unchanged` and `refused`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileCount {
    /// The file.
    pub file: String,
    /// Its rows.
    pub rows: u64,
    /// Rows of which something was written.
    pub stored: u64,
    /// Of those, the rows that stood and were changed.
    pub updated: u64,
    /// Rows that stood as they are, or that were left out.
    pub unchanged: u64,
    /// Of those, the rows of which nothing is stored by choice, by that choice.
    pub left_out: BTreeMap<&'static str, u64>,
    /// Rows that could not be stored.
    pub refused: u64,
}

impl FileCount {
    pub(super) fn add(&mut self, fate: &Fate) {
        self.rows += 1;
        match fate {
            Fate::Stored => self.stored += 1,
            Fate::Updated => {
                self.stored += 1;
                self.updated += 1;
            }
            Fate::Unchanged => self.unchanged += 1,
            Fate::LeftOut(choice) => {
                self.unchanged += 1;
                *self.left_out.entry(choice).or_default() += 1;
            }
            Fate::Refused(_) => self.refused += 1,
        }
    }
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportSummary {
    /// The files that were read, in the order of reading.
    pub files: Vec<FileCount>,
    /// The files that were not read, each with the reason.
    pub passed_over: Vec<(String, String)>,
    /// The tables that were written.
    pub tables: BTreeMap<&'static str, TableChange>,
    /// Why rows were refused: file, column, what was wrong, and how often.
    pub reasons: Vec<(String, String, String, u64)>,
    /// Whether nothing was written after all.
    pub is_dry_run: bool,
}

/// Reasons that the summary shows.
const REASONS_SHOWN: usize = 20;

impl ImportSummary {
    /// All files together.
    #[must_use]
    pub fn total(&self) -> FileCount {
        let mut total = FileCount { file: "all".to_owned(), ..FileCount::default() };
        for file in &self.files {
            total.rows += file.rows;
            total.stored += file.stored;
            total.updated += file.updated;
            total.unchanged += file.unchanged;
            total.refused += file.refused;
            for (choice, count) in &file.left_out {
                *total.left_out.entry(choice).or_default() += count;
            }
        }
        total
    }

    fn write_files(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.total();
        let width = self.files.iter().map(|file| file.file.chars().count()).max().unwrap_or(0).max(5);
        writeln!(
            f,
            "{:width$} {:>12} {:>12} {:>12} {:>12} {:>12}",
            "file", "rows", "stored", "(updated)", "unchanged", "refused"
        )?;
        for FileCount { file, rows, stored, updated, unchanged, refused, .. } in self.files.iter().chain([&total]) {
            writeln!(f, "{file:width$} {rows:>12} {stored:>12} {updated:>12} {unchanged:>12} {refused:>12}")?;
        }
        Ok(())
    }
}

impl fmt::Display for ImportSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_files(f)?;
        let mut tables = self.tables.iter().filter(|(_, change)| **change != TableChange::default()).peekable();
        if tables.peek().is_some() {
            writeln!(f, "\n{:22} {:>12} {:>12} {:>12}", "table", "inserted", "updated", "removed")?;
        }
        for (table, change) in tables {
            writeln!(f, "{table:22} {:>12} {:>12} {:>12}", change.inserted, change.updated, change.removed)?;
        }
        for (place, (file, column, problem, count)) in self.reasons.iter().enumerate() {
            match place {
                0 => writeln!(f, "\nrefused:")?,
                REASONS_SHOWN => return writeln!(f, "  … and {} more reasons", self.reasons.len() - REASONS_SHOWN),
                _ => {}
            }
            let column = if column.is_empty() { String::new() } else { format!(" column `{column}`:") };
            writeln!(f, "  {count} x {file}:{column} {problem}")?;
        }
        for (choice, count) in &self.total().left_out {
            writeln!(f, "left out, counted as unchanged: {count} x {choice}")?;
        }
        for (file, reason) in &self.passed_over {
            writeln!(f, "passed over: {file}: {reason}")?;
        }
        if self.is_dry_run { writeln!(f, "\nA dry run: nothing was written.") } else { Ok(()) }
    }
}
