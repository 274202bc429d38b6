//! Rows stored a second by an import, against the database's own bulk path writing the same stored rows into the same
//! tables with the same indexes: `COPY` on PostgreSQL, and on SQLite the rows of another file in one statement a table,
//! which is faster than `.import`, since nothing is parsed. As by `.import`, each row is inserted.

mod files;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::cluster::{Cluster, Role};
use crate::{Database, Fault};
use files::FILES;

/// The tables that imported files become, in the order of their references; those of one format are some of them.
const TABLES: [&str; 22] = [
    "source",
    "company",
    "company_name",
    "company_key",
    "name_candidate",
    "lei_record",
    "patent",
    "patent_source",
    "patent_assignee",
    "patent_transfer",
    "patent_transfer_party",
    "patent_transfer_patent",
    "standard",
    "standard_declaration",
    "declared_patent",
    "citation",
    "patent_ownership",
    "title_step",
    "patent_finding",
    "search_entry",
    "search_word",
    "search_near",
];

/// The index of words, which SQLite keeps in tables of its own: what is in it is read with `fts5vocab` and written again.
const WORDS: [&str; 2] = ["search_text_company", "search_text_patent"];

#[derive(clap::Args)]
pub struct Options {
    /// Rows of the file that is made and imported
    #[arg(long, default_value = "2000000")]
    rows: u64,
    /// Which formats
    #[arg(long, value_delimiter = ',', default_value = "patentsview,uspto-assignments,gleif,etsi,deals")]
    formats: Vec<String>,
    /// Only the import, for its memory
    #[arg(long)]
    no_bulk_path: bool,
    /// Which databases
    #[arg(long, value_delimiter = ',', default_value = "sqlite,postgres")]
    databases: Vec<Database>,
    /// Dealgraph's binary; the one beside this when none is named
    #[arg(long)]
    server: Option<PathBuf>,
}

/// What one database did.
struct Measured {
    seconds: f64,
    /// The import's own memory at most, in MiB.
    peak_mib: u64,
    /// The bulk path's seconds.
    bulk: Option<f64>,
}

pub fn run(options: &Options) -> Result<(), Fault> {
    let beside = std::env::current_exe()?.with_file_name("dealgraph");
    let server = options.server.as_ref().unwrap_or(&beside);
    let folder = std::env::temp_dir().join(format!("dealgraph-bench-{}-import", std::process::id()));
    std::fs::create_dir(&folder)?;
    let done = run_in(options, server, &folder);
    std::fs::remove_dir_all(&folder)?;
    done
}

fn run_in(options: &Options, server: &Path, folder: &Path) -> Result<(), Fault> {
    for format in &options.formats {
        let made =
            FILES.iter().find(|made| made.format == format).ok_or_else(|| format!("no file of {format} is made"))?;
        let file = made.make(folder, options.rows)?;
        for database in &options.databases {
            let job = Job { server, folder, format, file: &file, has_bulk_path: !options.no_bulk_path };
            let measured = match database {
                Database::Sqlite => job.sqlite()?,
                Database::Postgres => job.postgres()?,
            };
            let rate = |seconds: f64| options.rows as f64 / seconds;
            let bulk = measured.bulk.map_or_else(String::new, |bulk| {
                format!(", {:.0} rows/s by the bulk path, ratio {:.2}", rate(bulk), bulk / measured.seconds)
            });
            let name = database.name();
            println!(
                "{name}, {format}: {:.0} rows/s imported{bulk}; at most {} MiB",
                rate(measured.seconds),
                measured.peak_mib
            );
        }
        std::fs::remove_file(file)?;
    }
    Ok(())
}

fn dealgraph(server: &Path, url: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(server);
    command.env("DATABASE_URL", url).env("LOG", "error").args(arguments).stdout(std::process::Stdio::null());
    command
}

fn migrate(server: &Path, url: &str) -> Result<(), Fault> {
    let status = dealgraph(server, url, &["migrate"]).status()?;
    if status.success() { Ok(()) } else { Err("the store cannot be migrated".into()) }
}

/// An import that is measured.
struct Job<'a> {
    server: &'a Path,
    folder: &'a Path,
    format: &'a str,
    file: &'a Path,
    has_bulk_path: bool,
}

impl Job<'_> {
    /// Imports the file, and tells the seconds and the memory at most.
    fn import(&self, url: &str) -> Result<(f64, u64), Fault> {
        migrate(self.server, url)?;
        let begin = Instant::now();
        let mut child = dealgraph(self.server, url, &["import", self.format]).arg(self.file).spawn()?;
        let mut peak = 0;
        let status = loop {
            let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
            let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let kib = line.and_then(|line| line.split_whitespace().next()).and_then(|kib| kib.parse().ok());
            peak = peak.max(kib.unwrap_or(0));
            if let Some(status) = child.try_wait()? {
                break status;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        };
        if !status.success() {
            return Err("the import failed".into());
        }
        Ok((begin.elapsed().as_secs_f64(), peak / 1024))
    }

    fn sqlite(&self) -> Result<Measured, Fault> {
        let (imported, copied) = (self.folder.join("imported.db"), self.folder.join("copied.db"));
        let url = |path: &Path| format!("sqlite:{}", path.display());
        let (seconds, peak_mib) = self.import(&url(&imported))?;
        let mut bulk = None;
        if self.has_bulk_path {
            migrate(self.server, &url(&copied))?;
            bulk = Some(copied_again(&imported, &copied)?);
        }
        for path in std::fs::read_dir(self.folder)? {
            let path = path?.path();
            if path != self.file {
                std::fs::remove_file(path)?;
            }
        }
        Ok(Measured { seconds, peak_mib, bulk })
    }

    fn postgres(&self) -> Result<Measured, Fault> {
        let cluster = Cluster::start()?;
        let url = cluster.url(Role::Dealgraph);
        let (seconds, peak_mib) = self.import(&url)?;
        let bulk = if self.has_bulk_path { Some(crate::fill::copied_again(&url, &TABLES)?) } else { None };
        Ok(Measured { seconds, peak_mib, bulk })
    }
}

/// Copies a store's tables into another file, and tells the seconds.
fn copied_again(imported: &Path, copied: &Path) -> Result<f64, Fault> {
    let open = rusqlite::Connection::open(copied)?;
    open.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA foreign_keys = ON;")?;
    open.execute("ATTACH ? AS imported", [imported.display().to_string()])?;
    for words in WORDS {
        open.execute_batch(&format!(
            "CREATE VIRTUAL TABLE temp.terms USING fts5vocab(imported, {words}, instance); \
             CREATE TEMP TABLE of_{words} AS SELECT doc, group_concat(term, ' ') AS words FROM temp.terms GROUP BY doc ORDER BY doc; \
             DROP TABLE temp.terms"
        ))?;
    }
    let begin = Instant::now();
    open.execute_batch("BEGIN")?;
    for table in TABLES {
        // Without a condition, SQLite copies whole trees of tables that refer to no other, and inserts nothing.
        open.execute_batch(&format!("INSERT INTO main.{table} SELECT * FROM imported.{table} WHERE true"))?;
    }
    for words in WORDS {
        open.execute_batch(&format!("INSERT INTO main.{words} (rowid, words) SELECT doc, words FROM of_{words}"))?;
    }
    open.execute_batch("COMMIT")?;
    Ok(begin.elapsed().as_secs_f64())
}
