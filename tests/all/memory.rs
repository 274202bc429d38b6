//! Memory stays flat, however many different queries are asked: what the server keeps of documents, plans and prepared
//! statements is bounded, and so is what PostgreSQL keeps for its connections. Many large answers at once stay small.
//!
//! A release build is asked 10,000 shapes of a query. A debug build, which takes several times as long for each, is asked
//! 4,000; `DEALGRAPH_SHAPES=10000` asks it more.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use crate::command_line::child::Server;
use crate::harness::{Harness, TestStore, texts};

/// When the caches are full: what is kept until then may be kept.
const FULL_AFTER: usize = 2_000;
/// How often, in shapes, memory is looked at: several times while a connection takes as many statements as it keeps.
const LOOK_EVERY: usize = 50;
/// What memory may grow by after that, in KiB. It grows by 1 MiB; if nothing were forgotten, the shapes that a debug build
/// asks then would take 19 MiB for texts and plans, 14 MiB for SQLite's statements, or 35 MiB for PostgreSQL's.
const GROWTH_MAX: u64 = 6 * 1024;
/// The texts that a connection keeps prepared at most, and those of one request more.
const PREPARED_MAX: usize = 512 + 2;

/// Each shape asks for other fields, so each is a statement of its own.
const FIELDS: [&str; 14] = [
    "publicationNumber",
    "office",
    "number",
    "kindCode",
    "title",
    "abstract",
    "originalAssignee",
    "familyId",
    "applicationNumber",
    "priorityOn",
    "filedOn",
    "publishedOn",
    "grantedOn",
    "expiresOn",
];

fn shapes() -> usize {
    let asked = std::env::var("DEALGRAPH_SHAPES").ok().map(|count| count.parse().expect("a number of shapes"));
    asked.unwrap_or(if cfg!(debug_assertions) { 4_000 } else { 10_000 })
}

/// The fields that are ones in the number. A comment makes the text long, so that fewer of them fill what the server may
/// keep of texts.
fn shape(number: usize) -> String {
    let chosen = FIELDS.iter().enumerate().filter(|(bit, _)| number >> bit & 1 == 1);
    let fields: Vec<&str> = chosen.map(|(_, field)| *field).collect();
    format!("{{ patents(first: 1) {{ nodes {{ id {} }} }} }} #{}", fields.join(" "), "-".repeat(1_400))
}

/// A connection to the server that is kept open.
struct Client(BufReader<TcpStream>);

impl Client {
    fn open(server: &Server) -> Self {
        Self(BufReader::new(server.connect()))
    }

    fn ask(&mut self, document: &str) -> Value {
        let answer: Value = serde_json::from_str(&self.exchange(document)).expect("JSON");
        assert!(answer.get("errors").is_none(), "{answer}");
        answer["data"].clone()
    }

    /// What is answered, as text.
    fn exchange(&mut self, document: &str) -> String {
        let body = json!({ "query": document }).to_string();
        let head = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length:";
        // In one piece: the second of two small ones would wait for the first to be acknowledged.
        let request = format!("{head} {}\r\n\r\n{body}", body.len());
        self.0.get_mut().write_all(request.as_bytes()).expect("a request");
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).expect("a head");
            if line.trim().is_empty() {
                break;
            }
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().expect("a length");
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).expect("a body");
        String::from_utf8(body).expect("UTF-8")
    }
}

/// The anonymous memory of a process in KiB: what it holds itself, without files and shared memory. Zero if it has ended.
fn anonymous_kib(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    line.and_then(|value| value.split_whitespace().next()).map_or(0, |kib| kib.parse().expect("a number"))
}

/// The same of the largest process that PostgreSQL has for a connection of the server.
fn backend_kib(store: &TestStore, admin: &mut dealgraph::store::Connection) -> u64 {
    if store.name() == "sqlite" {
        return 0;
    }
    let backends = "SELECT pid::text AS shown FROM pg_stat_activity \
                    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()";
    let pids = texts(admin, backends).into_iter().map(|pid| pid.parse().expect("a process"));
    pids.map(anonymous_kib).max().unwrap_or_default()
}

/// What was seen at most.
#[derive(Clone, Copy, Debug, Default)]
struct Peak {
    server_kib: u64,
    backend_kib: u64,
    prepared: usize,
}

impl Peak {
    fn with(self, other: Self) -> Self {
        Self {
            server_kib: self.server_kib.max(other.server_kib),
            backend_kib: self.backend_kib.max(other.backend_kib),
            prepared: self.prepared.max(other.prepared),
        }
    }
}

fn stays_flat(store: &TestStore) {
    let is_postgres = store.name() == "postgres";
    if is_postgres {
        // In the place of a table there is now a person whose name says how many statements the session that reads it,
        // which is one of the server's own, has prepared.
        store.execute_batch(
            "ALTER TABLE person RENAME TO people; CREATE VIEW person AS \
             SELECT 1::bigint AS id, count(*)::text AS name FROM pg_prepared_statements;",
        );
    }
    let settings = [("DATABASE_URL", &*store.url), ("SEED", "false"), ("WORKERS", "1"), ("DATABASE_READERS", "1")];
    let server = Server::start(&Harness::folder(), &[&settings[..], &[("LOG", "warn,dealgraph=info")]].concat());
    let mut client = Client::open(&server);
    let mut admin = store.connection();
    let (mut filling, mut full) = (Peak::default(), Peak::default());
    let count = shapes();
    for number in 1..=count {
        client.ask(&shape(number));
        if number % LOOK_EVERY > 0 {
            continue;
        }
        let mut seen = Peak { backend_kib: backend_kib(store, &mut admin), ..Peak::default() };
        if is_postgres {
            let answer = client.ask("{ people { nodes { name } } }");
            let name = answer["people"]["nodes"][0]["name"].as_str().expect("a name");
            seen.prepared = name.parse().expect("a number");
        }
        seen.server_kib = anonymous_kib(server.pid());
        let peak = if number <= FULL_AFTER { &mut filling } else { &mut full };
        *peak = peak.with(seen);
    }
    println!("{}: {filling:?} until {FULL_AFTER} shapes, {full:?} until {count}", store.name());
    let grown = |from: u64, to: u64| to.saturating_sub(from) < GROWTH_MAX;
    assert!(filling.server_kib > 0 && grown(filling.server_kib, full.server_kib), "{filling:?} {full:?}");
    assert!(grown(filling.backend_kib, full.backend_kib), "{filling:?} {full:?}");
    if is_postgres {
        assert!(full.backend_kib > 0, "no process of PostgreSQL was looked at");
        let prepared = full.prepared.max(filling.prepared);
        assert!((PREPARED_MAX / 2..=PREPARED_MAX).contains(&prepared), "{prepared} statements are prepared");
    }
}

/// Requests that are under way at once.
const REQUESTS: usize = 200;
/// What the server may hold meanwhile, in KiB; in a release build it is about a fifth of that.
const CROWDED_MAX: u64 = 150 * 1024;
const LARGE: &str = "{ patents(first: 1000, filter: { publicationNumber: { gte: \"U\" } }) { nodes { publicationNumber \
    title office kindCode filedOn status claimsCount owner { slug } } } }";

/// 1,000 patents, of which an answer has some 200 kB.
fn fill(store: &TestStore) {
    let title = "an arrangement of parts ".repeat(4);
    let patent = |id: usize| {
        format!("({id}, 'US{id}B2', 'US', '{id}', 'B2', '{title}', '{title}', 1, '2020-01-01', 'GRANTED', 20, 1)")
    };
    let patents: Vec<String> = (1_000_000..1_001_000).map(patent).collect();
    store.execute_batch(&format!(
        "INSERT INTO company (id, slug, name, name_folded) VALUES (1, 'nokia', 'Nokia', 'nokia'); \
         INSERT INTO source (id, publisher, publisher_folded) VALUES (1, 'Office', 'office'); \
         INSERT INTO patent (id, publication_number, office, number, kind_code, title, title_folded, owner_id, \
            filed_on, status, claims_count, source_id) VALUES {}",
        patents.join(", ")
    ));
}

#[test]
fn many_large_answers_at_once_stay_small() {
    for store in Harness::databases() {
        fill(&store);
        let settings = [("DATABASE_URL", &*store.url), ("SEED", "false"), ("LOG", "warn,dealgraph=info")];
        // Together they are 16 connections; the last of the requests waits long in a debug build.
        let more = [("WORKERS", "2"), ("DATABASE_READERS", "14"), ("DATABASE_WAIT_MS", "60000")];
        let server = Server::start(&Harness::folder(), &[&settings[..], &more].concat());
        let expected = Client::open(&server).exchange(LARGE);
        assert!(expected.len() > 200_000 && expected.contains("nokia"), "{} bytes", expected.len());
        let pid = server.pid();
        let (ready, is_over) = (Barrier::new(REQUESTS), AtomicBool::new(false));
        let ask = |mut client: Client| {
            ready.wait();
            for _ in 0..2 {
                assert!(client.exchange(LARGE) == expected, "another answer");
            }
        };
        let peak = std::thread::scope(|scope| {
            let watch = scope.spawn(|| {
                let mut peak = 0;
                while !is_over.load(Ordering::Relaxed) {
                    peak = peak.max(anonymous_kib(pid));
                    std::thread::sleep(Duration::from_millis(5));
                }
                peak
            });
            let clients: Vec<Client> = (0..REQUESTS).map(|_| Client::open(&server)).collect();
            let asking: Vec<_> = clients.into_iter().map(|client| scope.spawn(|| ask(client))).collect();
            let ended: Vec<_> = asking.into_iter().map(|client| client.join()).collect();
            is_over.store(true, Ordering::Relaxed);
            assert!(ended.iter().all(Result::is_ok), "a client was not answered");
            watch.join().expect("the watch ends")
        });
        println!("{}: {peak} KiB while {REQUESTS} requests were under way", store.name());
        assert!(peak > 0 && peak < CROWDED_MAX, "{}: {peak} KiB", store.name());
    }
}

#[test]
fn many_shapes_leave_memory_flat_on_sqlite() {
    stays_flat(&Harness::sqlite());
}

#[test]
fn many_shapes_leave_memory_flat_on_postgresql() {
    stays_flat(&Harness::postgres());
}
