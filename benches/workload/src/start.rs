//! How long a server takes to be ready, and how large its program is.

use std::time::{Duration, Instant};

use tokio::runtime::Runtime;

use crate::judge::{Goal, Spread};
use crate::load::Client;
use crate::store::{Server, Store};
use crate::{Fault, Options};

/// How often it is started.
const STARTS: usize = 10;
const READY_MS: Goal = Goal::AtMost(300.0);
const BINARY_MIB: Goal = Goal::AtMost(30.0);
const READY: &[u8] = b"GET /health/ready HTTP/1.1\r\nHost: bench\r\n\r\n";

/// Measures both databases; gives the section of the results.
pub fn section(options: &Options, runtime: &Runtime) -> Result<String, Fault> {
    let mut rows = String::new();
    for database in &options.databases {
        let store = Store::searchable(options, *database, options.start_scale)?;
        let mut took = Vec::new();
        for _ in 0..STARTS {
            let begin = Instant::now();
            let server = Server::dealgraph(options, &store, &[])?;
            runtime.block_on(until_ready(server.port, begin))?;
            took.push(begin.elapsed().as_secs_f64() * 1_000.0);
        }
        let spread = Spread::of(took);
        rows.push_str(&format!("| {} | {} | {} |\n", database.name(), spread.places(1), READY_MS.verdict(&spread)));
        print!("{rows}");
    }
    let mib = std::fs::metadata(options.dealgraph()?)?.len() as f64 / 1024.0 / 1024.0;
    Ok(format!(
        "\n### Start, scale {}\n\nFrom starting the program to `/health/ready` with 200 on a store that is migrated, its file \
         in the system's cache; {STARTS} times.\nThe program has {mib:.1} MiB; goal: under 30: {}.\n\n| database | ms to \
         ready (min · median · max) | goal < 300 |\n|---|--:|---|\n{rows}",
        options.start_scale,
        BINARY_MIB.verdict(&Spread::of([mib])),
    ))
}

async fn until_ready(port: u16, begin: Instant) -> Result<(), Fault> {
    loop {
        let answered = match Client::open(port).await {
            Ok(mut client) => client.ask(READY).await.map(|_| ()),
            Err(fault) => Err(fault),
        };
        match answered {
            Err(fault) if begin.elapsed() > Duration::from_secs(20) => return Err(fault),
            Err(_) => tokio::time::sleep(Duration::from_millis(1)).await,
            Ok(()) => return Ok(()),
        }
    }
}
