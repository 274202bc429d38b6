//! What Dealgraph keeps in memory: under many requests at once, and after many different ones.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::runtime::Runtime;

use crate::children::anonymous_mib;
use crate::cluster::Role;
use crate::judge::{Goal, Spread};
use crate::load::{self, load};
use crate::queries::{QUERIES, post};
use crate::store::{Server, Store};
use crate::{Database, Fault, Options};

/// Clients that ask q4 at once.
const CROWD: usize = 200;
/// Connections to the database, that many reads at once: so many reads, too, on SQLite.
const READERS: &str = "16";
/// Different shapes in each batch: one that fills the caches, and two that are compared.
const SHAPES: usize = 10_000;
const BATCHES: usize = 3;
/// How often memory is looked at.
const BETWEEN_SAMPLES: Duration = Duration::from_millis(10);

const CROWD_MIB: Goal = Goal::AtMost(150.0);
const FLAT: Goal = Goal::AtMost(1.1);

/// The most that was seen of a server's anonymous memory, and of PostgreSQL's processes that serve it, in MiB.
#[derive(Clone, Copy, Default)]
struct Peak {
    server: f64,
    postgres: f64,
}

impl Peak {
    fn now(server: &Server, store: &Store) -> Self {
        let postgres = store.cluster().map_or(0.0, |cluster| cluster.anonymous_mib(Role::Dealgraph));
        Self { server: anonymous_mib(server.pid()), postgres }
    }

    /// The peak while a future runs.
    async fn during<T>(server: &Server, store: &Store, work: impl Future<Output = T>) -> (Self, T) {
        // On a thread of its own, so that the load does not wait for it, nor it for the load.
        let is_over = Arc::new(AtomicBool::new(false));
        let (pid, over) = (server.pid(), Arc::clone(&is_over));
        let sampler = std::thread::spawn(move || {
            let mut most: f64 = 0.0;
            while !over.load(Ordering::Relaxed) {
                most = most.max(anonymous_mib(pid));
                std::thread::sleep(BETWEEN_SAMPLES);
            }
            most
        });
        let done = work.await;
        is_over.store(true, Ordering::Relaxed);
        let after = Self::now(server, store);
        let server = sampler.join().unwrap_or_default().max(after.server);
        (Self { server, ..after }, done)
    }
}

impl std::fmt::Display for Peak {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.1}", self.server)?;
        if self.postgres > 0.0 { write!(f, " + {:.1}", self.postgres) } else { Ok(()) }
    }
}

/// Measures both databases; gives the section of the results.
pub fn section(options: &Options, runtime: &Runtime) -> Result<String, Fault> {
    let (mut crowds, mut shapes) = (String::new(), String::new());
    for database in &options.databases {
        let store = Store::searchable(options, *database, options.scale)?;
        crowds.push_str(&runtime.block_on(crowd(options, *database, &store))?);
        shapes.push_str(&runtime.block_on(many_shapes(options, *database, &store))?);
        println!("{crowds}{shapes}");
    }
    Ok(format!(
        "\n### Memory, scale {}\n\nAnonymous memory in MiB: the server's, and behind a plus that of the processes of \
         PostgreSQL that serve it (without\nshared buffers). {CROWD} clients ask q4 of a server with {READERS} \
         connections for {} ms.\n\n| database | before | peak of the server + PostgreSQL's afterwards | goal: server < 150 \
         |\n|---|--:|--:|---|\n{crowds}\nDocuments of different shapes (each another set of columns) from 16 clients: {SHAPES} that fill the caches, then twice \
         as\nmany more. Memory is flat when the peak during the third {SHAPES} is at most 1.1 times that during the second; \
         PostgreSQL's is\nlooked at after each 500.\n\n| database | before | peak, first {SHAPES} | second {SHAPES} | third {SHAPES} \
         | server: third / second | PostgreSQL: third / second |\n|---|--:|--:|--:|--:|---|---|\n{shapes}",
        options.scale, options.milliseconds,
    ))
}

async fn crowd(options: &Options, database: Database, store: &Store) -> Result<String, Fault> {
    let query = QUERIES.iter().find(|query| query.name == "q4").ok_or("there is no q4")?;
    // Those behind have to wait for as long as it takes.
    let flags = ["--database-readers", READERS, "--database-wait-ms", "60000"];
    let server = Server::dealgraph(options, store, &flags)?;
    let before = Peak::now(&server, store);
    let shots = server.shots(query, store).await?;
    let time = Duration::from_millis(options.milliseconds);
    let (peak, measured) = Peak::during(&server, store, load(server.port, CROWD, time, &shots)).await;
    let answered = measured?.latencies.len();
    if answered < CROWD {
        return Err(format!("only {answered} of {CROWD} requests at once were answered").into());
    }
    let verdict = CROWD_MIB.verdict(&Spread::of([peak.server]));
    Ok(format!("| {} | {before} | {peak} | {verdict} |\n", database.name()))
}

async fn many_shapes(options: &Options, database: Database, store: &Store) -> Result<String, Fault> {
    let server = Server::dealgraph(options, store, &["--database-readers", READERS])?;
    let before = Peak::now(&server, store);
    let mut peaks = [Peak::default(); BATCHES];
    for (batch, peak) in peaks.iter_mut().enumerate() {
        let numbers: Vec<usize> = (1 + batch * SHAPES..=(batch + 1) * SHAPES).collect();
        for part in numbers.chunks(500) {
            let requests: Vec<Vec<u8>> = part.iter().map(|number| shape(*number)).collect();
            let (most, done) = Peak::during(&server, store, load::each_once(server.port, 16, &requests)).await;
            done?;
            *peak = Peak { server: peak.server.max(most.server), postgres: peak.postgres.max(most.postgres) };
        }
        println!("{}: {} shapes, at most {peak} MiB", database.name(), (batch + 1) * SHAPES);
    }
    let [first, second, third] = peaks;
    let flat = |ratio: f64| match ratio.is_finite() {
        true => format!("{ratio:.2}: {}", FLAT.verdict(&Spread::of([ratio]))),
        false => "–".to_owned(),
    };
    Ok(format!(
        "| {} | {before} | {first} | {second} | {third} | {} | {} |\n",
        database.name(),
        flat(third.server / second.server),
        flat(third.postgres / second.postgres),
    ))
}

/// Which of these are asked makes the shape: each set is another document, another plan and another statement.
const FIELDS: [&str; 15] = [
    "office",
    "number",
    "kindCode",
    "title",
    "originalAssignee",
    "familyId",
    "applicationNumber",
    "priorityOn",
    "filedOn",
    "publishedOn",
    "grantedOn",
    "expiresOn",
    "expiresBasis",
    "status",
    "claimsCount",
];

/// The request for a shape: all numbers below 2^15 give different ones, and those of a batch are as large as any others.
fn shape(number: usize) -> Vec<u8> {
    let mixed = number.wrapping_mul(0x4E35);
    let asked = FIELDS.iter().enumerate().filter(|(bit, _)| mixed >> bit & 1 == 1).map(|(_, field)| *field);
    let fields = asked.collect::<Vec<_>>().join(" ");
    let document = format!(
        "{{ patents(first: 5, filter: {{ office: {{ eq: \"US\" }} }}) {{ nodes {{ publicationNumber {fields} owner {{ slug \
         }} areas(first: 3) {{ nodes {{ slug }} }} }} }} }}"
    );
    post(&document, serde_json::Map::new())
}
