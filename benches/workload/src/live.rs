//! Subscribers: what many idle ones take of memory, and how soon many see a commit.

use std::time::{Duration, Instant};

use dealgraph::changes::{Actor, Change, ChangeKind, Subject};
use dealgraph::plan::ids;
use dealgraph::store::{Access, Connection, StoreError, StoreUrl};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::children::anonymous_mib;
use crate::cluster::Role;
use crate::judge::{Goal, Spread};
use crate::load::Client;
use crate::queries::post;
use crate::store::{Server, Store};
use crate::{Database, Fault, Options};

const IDLE: usize = 5_000;
const WATCHING: usize = 1_000;
/// Commits that are watched, one after another.
const COMMITS: usize = 30;

const IDLE_MIB: Goal = Goal::AtMost(200.0);
const P99_MS: Goal = Goal::AtMost(250.0);

const SUBSCRIPTION: &str =
    "subscription { changed { seq kind actor entity { ... on Company { slug name country } } } }";

/// Measures both databases; gives the section of the results.
pub fn section(options: &Options, runtime: &Runtime) -> Result<String, Fault> {
    let mut rows = String::new();
    for database in &options.databases {
        let store = Store::filled(options, *database, options.scale)?;
        rows.push_str(&runtime.block_on(measure(options, *database, &store))?);
        print!("{rows}");
    }
    Ok(format!(
        "\n### Subscribers, scale {}\n\nOver WebSockets, all to the same subscription: anonymous memory of the server in MiB \
         before and with {IDLE} that wait; and from the\nreturn of a commit by another process until {WATCHING} have its event, \
         {COMMITS} commits one after another, {} workers, in ms.\n\n| database | before | with {IDLE} | goal: under 200 more | \
         half of them | 99 of 100 | all | goal: p99 < 250 |\n|---|--:|--:|---|--:|--:|--:|---|\n{rows}",
        options.scale, options.workers,
    ))
}

async fn measure(options: &Options, database: Database, store: &Store) -> Result<String, Fault> {
    let server = Server::dealgraph(options, store, &[])?;
    let company = first_company(server.port).await?;
    // What the first of them makes once is not theirs.
    drop(Subscriber::begin(server.port).await?);
    let before = anonymous_mib(server.pid());
    let mut idle = Vec::with_capacity(IDLE);
    for _ in 0..IDLE {
        idle.push(Subscriber::begin(server.port).await?);
    }
    let with = anonymous_mib(server.pid());
    idle.truncate(WATCHING);
    tokio::time::sleep(Duration::from_millis(500)).await;
    let mut took = watch(store, company, idle).await?;
    took.sort_unstable();
    let at = |share: f64| took.get((took.len() as f64 * share) as usize).or(took.last()).map_or(f64::NAN, ms);
    let (half, most, all) = (at(0.5), at(0.99), at(1.0));
    Ok(format!(
        "| {} | {before:.1} | {with:.1} | {} | {half:.1} | {most:.1} | {all:.1} | {} |\n",
        database.name(),
        IDLE_MIB.verdict(&Spread::of([with - before])),
        P99_MS.verdict(&Spread::of([most])),
    ))
}

fn ms(time: &Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// How long after each commit each subscriber has its event.
async fn watch(store: &Store, company: i64, subscribers: Vec<Subscriber>) -> Result<Vec<Duration>, Fault> {
    let (sender, mut seen) = mpsc::unbounded_channel();
    let count = subscribers.len();
    let mut reading = JoinSet::new();
    for mut subscriber in subscribers {
        let sender = sender.clone();
        reading.spawn(async move {
            while subscriber.event().await.is_ok() {
                if sender.send(Instant::now()).is_err() {
                    return;
                }
            }
        });
    }
    let url = StoreUrl::parse(&store.url(Role::Dealgraph)).ok_or("not an address of a store")?;
    let mut connection = Connection::open(&url, Access::Write)?;
    let mut took = Vec::with_capacity(count * COMMITS);
    for _ in 0..COMMITS {
        let written: Result<(), StoreError> = connection.write(&Actor::named("bench"), |_, changes| {
            let state = || Some("{}".to_owned());
            changes.record(Change::of(ChangeKind::Updated, Subject::Company(company), state(), state()));
            Ok(())
        });
        written?;
        let committed = Instant::now();
        for _ in 0..count {
            let at = tokio::time::timeout(Duration::from_secs(20), seen.recv()).await?.ok_or("nobody reads")?;
            took.push(at.saturating_duration_since(committed));
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(took)
}

async fn first_company(port: u16) -> Result<i64, Fault> {
    let mut client = Client::open(port).await?;
    let answer = client.ask(&post("{ companies(first: 1) { nodes { id } } }", serde_json::Map::new())).await?;
    let answer: serde_json::Value = serde_json::from_slice(answer)?;
    let id = answer["data"]["companies"]["nodes"][0]["id"].as_str().ok_or("there is no company")?;
    Ok(ids::decode(id).ok_or("not an id")?.1)
}

/// A client of `graphql-transport-ws` that can do just what is needed here.
struct Subscriber {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Subscriber {
    /// Connects and subscribes. A query behind the subscription says when that has begun.
    async fn begin(port: u16) -> Result<Self, Fault> {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        let head = "GET /graphql HTTP/1.1\r\nHost: bench\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
                    Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n";
        stream.write_all(head.as_bytes()).await?;
        let mut subscriber = Self { stream, read: Vec::new() };
        while !subscriber.read.ends_with(b"\r\n\r\n") {
            let byte = subscriber.stream.read_u8().await?;
            subscriber.read.push(byte);
        }
        if !subscriber.read.starts_with(b"HTTP/1.1 101") {
            return Err("no WebSocket was opened".into());
        }
        subscriber.read.clear();
        subscriber.say(&serde_json::json!({ "type": "connection_init" })).await?;
        subscriber.expect("connection_ack").await?;
        for (id, query) in [("s", SUBSCRIPTION), ("q", "{ __typename }")] {
            let message = serde_json::json!({ "type": "subscribe", "id": id, "payload": { "query": query } });
            subscriber.say(&message).await?;
        }
        subscriber.expect("complete").await?;
        Ok(subscriber)
    }

    async fn say(&mut self, message: &serde_json::Value) -> Result<(), Fault> {
        self.send(1, message.to_string().as_bytes()).await
    }

    /// Sends a frame. Its mask is zero, which leaves the bytes as they are.
    async fn send(&mut self, kind: u8, payload: &[u8]) -> Result<(), Fault> {
        let mut frame = vec![0x80 | kind];
        match u8::try_from(payload.len()).ok().filter(|length| *length < 126) {
            Some(length) => frame.push(0x80 | length),
            None => {
                frame.push(0x80 | 126);
                frame.extend(u16::try_from(payload.len())?.to_be_bytes());
            }
        }
        frame.extend([0; 4]);
        frame.extend(payload);
        Ok(self.stream.write_all(&frame).await?)
    }

    /// Reads messages up to one of a type.
    async fn expect(&mut self, kind: &str) -> Result<(), Fault> {
        let wanted = format!("\"type\":\"{kind}\"");
        loop {
            let text = self.message().await?;
            if text.contains(&wanted) {
                return Ok(());
            }
            if text.contains("\"type\":\"error\"") {
                return Err(format!("the server refuses: {text}").into());
            }
        }
    }

    async fn event(&mut self) -> Result<(), Fault> {
        self.expect("next").await
    }

    /// The next text; pings are answered.
    async fn message(&mut self) -> Result<String, Fault> {
        loop {
            let kind = self.stream.read_u8().await? & 0x0f;
            let length = match self.stream.read_u8().await? {
                126 => usize::from(self.stream.read_u16().await?),
                127 => usize::try_from(self.stream.read_u64().await?)?,
                length => usize::from(length),
            };
            self.read.resize(length, 0);
            self.stream.read_exact(&mut self.read).await?;
            match kind {
                1 => return Ok(String::from_utf8(std::mem::take(&mut self.read))?),
                8 => return Err("the server closed the connection".into()),
                9 => {
                    let payload = std::mem::take(&mut self.read);
                    self.send(10, &payload).await?;
                }
                _ => {}
            }
        }
    }
}
