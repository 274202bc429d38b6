//! How far an import is: a bar on a terminal, else a line now and then.

use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::ingest::import::FileCount;

/// How often a line is written where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(10);

const SIZED: &str = "{msg} [{wide_bar}] {bytes}/{total_bytes} {binary_bytes_per_sec}, {eta} left";
const UNSIZED: &str = "{msg} {spinner} {bytes} {binary_bytes_per_sec}, {elapsed}";

/// The progress of one file.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    begun: Instant,
    told: Instant,
    file: String,
    size: Option<u64>,
}

impl Progress {
    /// Begins with a file of a size, where that is known.
    pub(super) fn begin(file: &str, size: Option<u64>) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = size.map_or_else(ProgressBar::no_length, ProgressBar::new);
            bar.set_draw_target(ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template(if size.is_some() { SIZED } else { UNSIZED });
            style.map_or(bar.clone(), |style| bar.with_style(style)).with_message(file.to_owned())
        });
        let now = Instant::now();
        Self { bar, begun: now, told: now, file: file.to_owned(), size }
    }

    /// Tells how many bytes were read and what became of the rows.
    pub(super) fn tell(&mut self, bytes: u64, counted: &FileCount) {
        let seconds = self.begun.elapsed().as_secs().max(1);
        let rate = counted.rows / seconds;
        if let Some(bar) = &self.bar {
            bar.set_position(bytes);
            bar.set_message(format!("{}: {} rows, {rate} rows/s", self.file, counted.rows));
        } else if self.told.elapsed() >= LINE_EVERY {
            self.told = Instant::now();
            let left = self.size.filter(|_| bytes > 0).map(|size| size.saturating_sub(bytes) * seconds / bytes);
            tracing::info!(rows = counted.rows, rows_per_second = rate, seconds_left = left, "importing {}", self.file);
        }
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
