//! Documents that nobody has thought of: those of the differential test, on a filled store, with what each stage takes.
//!
//! The engine runs in this process, so that statements and rows can be counted. The rows around which the documents were
//! drawn are in the store beside the filled ones, so that ids, slugs and values find something.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use clap::Parser as _;
use dealgraph::config::{Cli, Config};
use dealgraph::engine::{Engine, Request, Response};
use dealgraph::store::{Store as Pool, StoreUrl};
use dealgraph_differential::generator::{Document, document};
use dealgraph_differential::random::nth_seed;
use dealgraph_differential::rows::{self, random_rows};
use tokio::runtime::Runtime;

use crate::cluster::Role;
use crate::judge::Spread;
use crate::store::Store;
use crate::{Fault, Options};

/// How often a document is asked once its text and plan are kept.
const TIMES: usize = 101;
/// No stage but the store may take more of the time.
const SHARE_MAX: f64 = 0.4;
const STAGES: [&str; 4] = ["parse", "plan", "store", "write"];

/// What a document took on one database.
struct Taken {
    statements: usize,
    rows: usize,
    /// Microseconds in each stage, medians.
    stages: [f64; 4],
    body: Vec<u8>,
}

/// Measures the documents of a seed; gives the section of the results.
pub fn section(options: &Options, runtime: &Runtime) -> Result<String, Fault> {
    let seed = options.seed.unwrap_or_else(now);
    println!("the seed of the documents is {seed}: --seed {seed} repeats them");
    let drawn = random_rows(nth_seed(seed, 0));
    let documents: Vec<Document> =
        (0..options.documents).map(|number| document(&drawn, nth_seed(!seed, number))).collect();
    let mut all: Vec<Vec<Taken>> = documents.iter().map(|_| Vec::new()).collect();
    for database in &options.databases {
        let store = Store::searchable(options, *database, options.scale)?;
        add(&store, &drawn)?;
        for (number, (document, taken)) in documents.iter().zip(&mut all).enumerate() {
            let found =
                runtime.block_on(ask(&store, document)).map_err(|fault| format!("document {number}: {fault}"))?;
            let (stage, share) = largest_but_the_store(&found.stages);
            if share > SHARE_MAX {
                let text = format!("{}\n{}", document.query, document.variables);
                println!("document {number}: {:.0} % in {stage} on {}:\n{text}", share * 100.0, database.name());
            }
            taken.push(found);
        }
    }
    Ok(table(options, seed, &all))
}

fn now() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

/// Puts the rows into the store.
fn add(store: &Store, rows: &dealgraph_differential::value::Rows) -> Result<(), Fault> {
    let url = store.url(Role::Dealgraph);
    let Some(path) = url.strip_prefix("sqlite:") else {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        return runtime.block_on(async {
            let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await?;
            tokio::spawn(connection);
            Ok(client.batch_execute(&rows::script(rows, rows::Database::Postgres)).await?)
        });
    };
    let open = rusqlite::Connection::open(path)?;
    Ok(open.execute_batch(&rows::script(rows, rows::Database::Sqlite))?)
}

async fn ask(store: &Store, document: &Document) -> Result<Taken, Fault> {
    let url = store.url(Role::Dealgraph);
    let config: Config = Cli::try_parse_from(["dealgraph", "--database-url", &url])?.config;
    let pool = Pool::open(&StoreUrl::parse(&url).ok_or("not an address of a store")?, &config.store_options());
    let request = Request {
        query: document.query.clone(),
        operation_name: document.operation.clone(),
        variables: document.variables.as_object().cloned().unwrap_or_default(),
        ..Request::default()
    };
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    let observer = Arc::new(move |_: &str| {
        counter.fetch_add(1, Ordering::Relaxed);
    });
    let counted = Engine::new(pool.clone().observed(observer), config.engine_options());
    let Response { body, refused, rows, .. } = counted.answer(&request, "bench").await;
    if let Some(code) = refused {
        return Err(format!("{code:?}: {}", String::from_utf8_lossy(&body)).into());
    }
    let engine = Engine::new(pool, config.engine_options());
    engine.answer(&request, "bench").await;
    let mut timings = Vec::new();
    for _ in 0..TIMES {
        timings.push(engine.answer(&request, "bench").await.timing);
    }
    let median = |stage: fn(&dealgraph::engine::Timing) -> Duration| {
        Spread::of(timings.iter().map(|timing| stage(timing).as_secs_f64() * 1e6)).median
    };
    let stages = [median(|timing| timing.parse), median(|t| t.plan), median(|t| t.store), median(|t| t.write)];
    Ok(Taken { statements: count.load(Ordering::Relaxed), rows, stages, body })
}

fn table(options: &Options, seed: u64, all: &[Vec<Taken>]) -> String {
    let mut rows = String::new();
    let mut flagged = Vec::new();
    for (number, taken) in all.iter().enumerate() {
        let Some(first) = taken.first() else { continue };
        let statements: Vec<String> = taken.iter().map(|taken| taken.statements.to_string()).collect();
        let is_equal = taken.iter().all(|other| other.body == first.body);
        rows.push_str(&format!(
            "| {number} | {} | {} | {}{} |",
            statements.join(", "),
            first.rows,
            first.body.len(),
            if is_equal { "" } else { " **(the answers differ)**" }
        ));
        for (taken, database) in taken.iter().zip(&options.databases) {
            let (stage, share) = largest_but_the_store(&taken.stages);
            let mark = if share > SHARE_MAX { "**" } else { "" };
            if share > SHARE_MAX {
                flagged.push(format!("{number} on {}", database.name()));
            }
            let times = taken.stages.map(|micros| format!("{micros:.0}")).join(" · ");
            rows.push_str(&format!(" {times} | {mark}{stage} {:.0} %{mark} |", share * 100.0));
        }
        rows.push('\n');
    }
    let with_rows = all.iter().filter(|taken| taken.first().is_some_and(|taken| taken.rows > 0)).count();
    let found =
        if flagged.is_empty() { "none".to_owned() } else { format!("{} ({})", flagged.len(), flagged.join(", ")) };
    let heads: Vec<String> = options
        .databases
        .iter()
        .map(|database| format!(" {}: {} µs | largest but the store |", database.name(), STAGES.join(" · ")))
        .collect();
    format!(
        "\n### {} random documents, scale {}\n\nDrawn by the generator of the differential test from seed {seed}; {with_rows} \
         of them read rows. Each is asked {TIMES} times of the\nengine in the bench's process when its text and plan are \
         known; medians of each stage. The store's part includes writing\neach row as JSON when it is read; writing is what is \
         left after the last row. Over {:.0} % in a stage but the store: {found}.\n\n| document | statements | rows | bytes \
         |{}\n|--:|--:|--:|--:|{}\n{rows}",
        all.len(),
        options.scale,
        SHARE_MAX * 100.0,
        heads.concat(),
        "--:|---|".repeat(options.databases.len()),
    )
}

/// The stage, without the store, that takes most, and its share of all the time.
fn largest_but_the_store(stages: &[f64; 4]) -> (&'static str, f64) {
    let total: f64 = stages.iter().sum();
    let others = STAGES.into_iter().zip(stages).filter(|(stage, _)| *stage != "store");
    let largest = others.max_by(|(_, one), (_, other)| one.total_cmp(other));
    largest.map_or(("none", 0.0), |(stage, micros)| (stage, micros / total))
}
