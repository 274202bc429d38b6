//! Rows stored a second by an import, against the database's own bulk path writing the same stored rows into the same
//! tables with the same indexes: `COPY` on PostgreSQL, and on SQLite the rows of another file in one statement a table,
//! which is faster than `.import`, since nothing is parsed. What SQLite's FTS5 makes of the words cannot be copied, and is the
//! import's alone.

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::cluster::{Cluster, Role};
use crate::{Database, Fault};

/// The tables that the imported file becomes, in the order of their references.
const TABLES: [&str; 5] = ["source", "patent", "patent_source", "search_entry", "search_word"];
const WORDS: [&str; 16] = [
    "optical",
    "signal",
    "quantum",
    "mobile",
    "vector",
    "polar",
    "lattice",
    "kinetic",
    "method",
    "apparatus",
    "antenna",
    "encoder",
    "battery",
    "display",
    "receiver",
    "sensor",
];

#[derive(clap::Args)]
pub struct Options {
    /// Rows of the file that is made and imported
    #[arg(long, default_value = "2000000")]
    rows: u64,
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
    bulk: f64,
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
    let file = folder.join("g_patent.tsv");
    generate(&file, options.rows)?;
    for database in &options.databases {
        let measured = match database {
            Database::Sqlite => sqlite(server, folder, &file)?,
            Database::Postgres => postgres(server, &file)?,
        };
        let rate = |seconds: f64| options.rows as f64 / seconds;
        println!(
            "{}: {:.0} rows/s imported, {:.0} rows/s by the bulk path, ratio {:.2}; at most {} MiB",
            database.name(),
            rate(measured.seconds),
            rate(measured.bulk),
            measured.bulk / measured.seconds,
            measured.peak_mib
        );
    }
    Ok(())
}

/// Patents in the layout of PatentsView's `g_patent`, with titles in no order.
fn generate(path: &Path, rows: u64) -> Result<(), Fault> {
    let mut file = BufWriter::new(std::fs::File::create(path)?);
    file.write_all(
        b"\"patent_id\"\t\"patent_date\"\t\"patent_title\"\t\"wipo_kind\"\t\"num_claims\"\t\"withdrawn\"\n",
    )?;
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    for row in 0..rows {
        write!(file, "\"{}\"\t\"20{:02}-0{}-1{}\"\t\"", 8_000_000 + row, 10 + row * 10 / rows, 1 + row % 9, row % 10)?;
        for place in 0..8 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let word = WORDS.get(usize::try_from(state >> 60)?).copied().unwrap_or_default();
            write!(file, "{}{word}", if place == 0 { "" } else { " " })?;
        }
        writeln!(file, "\"\t\"B2\"\t{}\t0", row % 40)?;
    }
    Ok(file.flush()?)
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

/// Imports the file, and tells the seconds and the memory at most.
fn import(server: &Path, url: &str, file: &Path) -> Result<(f64, u64), Fault> {
    migrate(server, url)?;
    let begin = Instant::now();
    let mut child = dealgraph(server, url, &["import", "patentsview"]).arg(file).spawn()?;
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

fn sqlite(server: &Path, folder: &Path, file: &Path) -> Result<Measured, Fault> {
    let (imported, copied) = (folder.join("imported.db"), folder.join("copied.db"));
    let url = |path: &Path| format!("sqlite:{}", path.display());
    let (seconds, peak_mib) = import(server, &url(&imported), file)?;
    migrate(server, &url(&copied))?;
    let open = rusqlite::Connection::open(&copied)?;
    open.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA foreign_keys = ON;")?;
    open.execute("ATTACH ? AS imported", [imported.display().to_string()])?;
    let begin = Instant::now();
    open.execute_batch("BEGIN")?;
    for table in TABLES {
        open.execute_batch(&format!("INSERT INTO main.{table} SELECT * FROM imported.{table}"))?;
    }
    open.execute_batch("COMMIT")?;
    Ok(Measured { seconds, peak_mib, bulk: begin.elapsed().as_secs_f64() })
}

fn postgres(server: &Path, file: &Path) -> Result<Measured, Fault> {
    let cluster = Cluster::start()?;
    let url = cluster.url(Role::Dealgraph);
    let (seconds, peak_mib) = import(server, &url, file)?;
    let bulk = crate::fill::copied_again(&url, &TABLES)?;
    Ok(Measured { seconds, peak_mib, bulk })
}
