//! The results of a run: on what, when, and the file that keeps them.

use std::path::Path;
use std::process::Command;

use crate::{Fault, Options, cluster};

const INTRO: &str = "# Bench results\n\n\
    What `make bench` measured, newest first. The floor are handlers written by hand that give the same bytes\n\
    (`benches/workload`); the answers are compared before anything is measured. Servers, databases and load share the\n\
    machine.\n\n<!-- runs -->\n";

fn said_by(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map_or_else(|_| String::new(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The value of a line of a file of the system, such as `MemTotal`.
fn line_of(file: &str, name: &str) -> String {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split_once(':').map_or_else(String::new, |(_, value)| value.trim().to_owned())
}

/// The head of a run's section.
pub fn head(options: &Options) -> String {
    let date = said_by("date", &["-u", "+%F %H:%M"]);
    let commit = said_by("git", &["rev-parse", "--short", "HEAD"]);
    let changed = !said_by("git", &["status", "--porcelain", "--untracked-files=no"]).is_empty();
    let mut text = format!("\n## {date} UTC, commit {commit}{}\n\n", if changed { " with changes" } else { "" });
    if !options.note.is_empty() {
        text.push_str(&format!("{}\n\n", options.note));
    }
    let kib: f64 = line_of("/proc/meminfo", "MemTotal").trim_end_matches(" kB").parse().unwrap_or(0.0);
    text.push_str(&format!(
        "{} cores of {}, {:.0} GiB of memory; SQLite {}, PostgreSQL {}, {}. {} workers a server; Dealgraph's log from \
         `warn` on.\n",
        std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        line_of("/proc/cpuinfo", "model name"),
        kib / 1024.0 / 1024.0,
        rusqlite::version(),
        cluster::version().unwrap_or_default(),
        said_by("rustc", &["--version"]).split(" (").next().unwrap_or_default(),
        options.workers,
    ));
    text
}

/// Puts a section before those of former runs.
pub fn keep(path: &Path, section: &str) -> Result<(), Fault> {
    let former = std::fs::read_to_string(path).unwrap_or_else(|_| INTRO.to_owned());
    let marker = "<!-- runs -->\n";
    let (before, after) = former.split_once(marker).ok_or("the results have no place for runs")?;
    Ok(std::fs::write(path, format!("{before}{marker}{section}{after}"))?)
}
