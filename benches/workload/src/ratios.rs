//! Dealgraph against the floor: both on one store, their answers compared, then loaded in turns.

use std::time::Duration;

use tokio::runtime::Runtime;

use crate::cluster::Role;
use crate::judge::{Goal, Spread};
use crate::load::{Measured, Shot, load};
use crate::queries::{QUERIES, Query};
use crate::store::{Server, Store};
use crate::{Fault, Options, check, children, samples};

/// In a round the servers take turns, each for so long at a time: the machine's own speed changes from one second to the next.
const TURN: Duration = Duration::from_millis(250);

/// What a round measured of one server.
pub struct Round {
    requests: usize,
    /// How long it was loaded.
    time: Duration,
    latencies: Vec<Duration>,
    /// CPU time: of the server, and of PostgreSQL.
    cpu: [Duration; 2],
    /// Anonymous memory after the load in MiB: of the server, and of the processes of PostgreSQL that serve it.
    anonymous_mib: [f64; 2],
}

/// One query on one database with so many connections.
pub struct Cell {
    pub query: &'static str,
    /// The database, and how many connections.
    pub name: String,
    /// Each of Dealgraph and of the floor.
    pub rounds: Vec<[Round; 2]>,
}

const ABOUT: &str = "\
All that is said of a ratio is **ours / floor**. Of CPU time lower is better; of requests a second, higher. A ratio is\n\
taken in each round; the table has its median over the rounds (and the least and the most). A goal is met or missed when\n\
all rounds say so; else it is not decided. CPU time is the server's and PostgreSQL's.\n";

impl Round {
    /// Loads a server and takes what that takes.
    pub async fn measure(
        server: &Server,
        store: &Store,
        (connections, time): (usize, Duration),
        shots: &[Shot],
    ) -> Result<Self, Fault> {
        let cpu = || [children::cpu(server.pid()), store.cluster().map_or(Duration::ZERO, |cluster| cluster.cpu())];
        let before = cpu();
        let Measured { elapsed, latencies } = load(server.port, connections, time, shots).await?;
        let after = cpu();
        let of_postgres = store.cluster().map_or(0.0, |cluster| cluster.anonymous_mib(server.role));
        Ok(Self {
            requests: latencies.len(),
            time: elapsed,
            latencies,
            cpu: [0, 1].map(|place| after[place].saturating_sub(before[place])),
            anonymous_mib: [children::anonymous_mib(server.pid()), of_postgres],
        })
    }

    /// With what another turn measured.
    fn and(mut self, turn: Self) -> Self {
        self.latencies.extend(turn.latencies);
        Self {
            requests: self.requests + turn.requests,
            time: self.time + turn.time,
            latencies: self.latencies,
            cpu: [0, 1].map(|place| self.cpu[place] + turn.cpu[place]),
            anonymous_mib: [0, 1].map(|place| self.anonymous_mib[place].max(turn.anonymous_mib[place])),
        }
    }

    fn per_second(&self) -> f64 {
        self.requests as f64 / self.time.as_secs_f64()
    }

    /// CPU time of a request in milliseconds: of the server, and of PostgreSQL.
    fn cpu_ms(&self) -> [f64; 2] {
        self.cpu.map(|cpu| cpu.as_secs_f64() * 1_000.0 / self.requests.max(1) as f64)
    }

    /// All CPU time of a request, in milliseconds.
    pub fn cpu(&self) -> f64 {
        self.cpu_ms().iter().sum()
    }
}

/// Measures all that is wanted; gives the section of the results.
pub fn section(options: &Options, runtime: &Runtime) -> Result<String, Fault> {
    let mut cells = Vec::new();
    for database in &options.databases {
        let store = Store::filled(options, *database, options.scale)?;
        let servers = [Server::dealgraph(options, &store, &[])?, Server::floor(options, &store)?];
        for query in options.queries() {
            runtime.block_on(measure(options, query, &store, &servers, &mut cells))?;
        }
    }
    let mut text = format!(
        "\n### Against the floor, scale {}\n\n{} rounds of {} ms for each, in turns of {} ms. {ABOUT}\n",
        options.scale,
        options.rounds,
        options.milliseconds,
        TURN.as_millis()
    );
    text.push_str(&verdicts(&cells));
    for query in QUERIES.iter().filter(|query| cells.iter().any(|cell| cell.query == query.name)) {
        text.push_str(&format!("\n**{}**: {}.\n\n{TABLE}", query.name, query.about));
        cells.iter().filter(|cell| cell.query == query.name).for_each(|cell| text.push_str(&lines(cell)));
    }
    Ok(text)
}

async fn measure(
    options: &Options,
    query: &'static Query,
    store: &Store,
    servers: &[Server; 2],
    cells: &mut Vec<Cell>,
) -> Result<(), Fault> {
    let ports = [servers[0].port, servers[1].port];
    let drawn = samples::draw(query, &store.url(Role::Dealgraph), ports[0]).await?;
    let shots = check::shots(query, &drawn, ports).await?;
    let mean = shots[0].iter().map(|shot| shot.answer_len).sum::<usize>() / shots[0].len().max(1);
    println!("{} {}: {} equal answers, of {mean} bytes in the mean", store.database.name(), query.name, shots[0].len());
    let time = Duration::from_millis(options.milliseconds);
    for &connections in &options.connections {
        for (server, shots) in servers.iter().zip(&shots) {
            load(server.port, connections, time / 4, shots).await?;
        }
        let mut rounds = Vec::new();
        for round in 0..options.rounds {
            let mut measured = [None, None];
            let turns = time.div_duration_f64(TURN).ceil().max(1.0);
            for turn in 0..2 * turns as usize {
                // Who begins changes with each pair of turns.
                let side = (round + turn + turn / 2) % 2;
                let load = (connections, time.div_f64(turns));
                let turn = Round::measure(&servers[side], store, load, &shots[side]).await?;
                measured[side] = Some(match measured[side].take() {
                    Some(before) => Round::and(before, turn),
                    None => turn,
                });
            }
            if let [Some(ours), Some(floor)] = measured {
                rounds.push([ours, floor]);
            }
        }
        let name = format!("{}, {connections}", store.database.name());
        let cell = Cell { query: query.name, name, rounds };
        println!("{}", lines(&cell));
        cells.push(cell);
    }
    Ok(())
}

impl Cell {
    fn side(&self, side: usize) -> impl Iterator<Item = &Round> {
        self.rounds.iter().filter_map(move |round| round.get(side))
    }

    /// Ours by the floor's, of the same round.
    fn ratio(&self, value: impl Fn(&Round) -> f64) -> Spread {
        Spread::of(self.rounds.iter().map(|[ours, floor]| value(ours) / value(floor)))
    }

    /// The latency that so many of all requests stayed under, in milliseconds.
    fn quantile_ms(&self, side: usize, quantile: f64) -> f64 {
        let mut sorted: Vec<Duration> = self.side(side).flat_map(|round| &round.latencies).copied().collect();
        sorted.sort_unstable();
        let place = (quantile * sorted.len() as f64) as usize;
        sorted.get(place).map_or(0.0, |latency| latency.as_secs_f64() * 1_000.0)
    }
}

const TABLE: &str = "| database, connections | | requests/s (min · median · max) | p50 ms | p99 ms | CPU ms a request | \
    anonymous MiB |\n|---|---|--:|--:|--:|--:|--:|\n";

/// A cell as lines of its query's table.
fn lines(cell: &Cell) -> String {
    // What PostgreSQL takes stands behind a plus, where there is one.
    let sum = |[server, postgres]: [f64; 2], places: usize| match postgres {
        0.0 => format!("{server:.places$}"),
        _ => format!("{server:.places$} + {postgres:.places$}"),
    };
    let line = |side: usize, name: &str, who: &str| {
        let median = |value: fn(&Round) -> f64| Spread::of(cell.side(side).map(value)).median;
        let most = |value: fn(&Round) -> f64| Spread::of(cell.side(side).map(value)).most;
        format!(
            "| {name} | {who} | {} | {:.2} | {:.2} | {} | {} |\n",
            Spread::of(cell.side(side).map(Round::per_second)).places(0),
            cell.quantile_ms(side, 0.5),
            cell.quantile_ms(side, 0.99),
            sum([median(|round| round.cpu_ms()[0]), median(|round| round.cpu_ms()[1])], 3),
            sum([most(|round| round.anonymous_mib[0]), most(|round| round.anonymous_mib[1])], 0),
        )
    };
    let by = |quantile: f64| cell.quantile_ms(0, quantile) / cell.quantile_ms(1, quantile);
    format!(
        "{}{}| | **ours / floor** | **{}** | {:.2} | {:.2} | **{}** | |\n",
        line(0, &cell.name, "Dealgraph"),
        line(1, "", "floor"),
        cell.ratio(Round::per_second),
        by(0.5),
        by(0.99),
        cell.ratio(Round::cpu),
    )
}

/// The goals of CPU time, and those of requests a second; the first of each is to be met first. For q1 only the latter
/// are set: what it asks of the store is less than what any GraphQL request takes.
fn goals(query: &str) -> ([Option<Goal>; 2], [Goal; 2]) {
    match query {
        "q1" => ([None, None], [0.5, 0.7].map(Goal::AtLeast)),
        _ => ([1.25, 1.1].map(|most| Some(Goal::AtMost(most))), [0.8, 0.9].map(Goal::AtLeast)),
    }
}

fn verdicts(cells: &[Cell]) -> String {
    let mut text = "| query | database, connections | **CPU a request, ours / floor** | goal ≤ 1.25 | then ≤ 1.10 | \
        requests/s, ours / floor | goal ≥ 0.8 (q1: 0.5) | then ≥ 0.9 (q1: 0.7) |\n|---|---|--:|---|---|--:|---|---|\n"
        .to_owned();
    for cell in cells {
        let (cpu, per_second) = (cell.ratio(Round::cpu), cell.ratio(Round::per_second));
        let (of_cpu, of_requests) = goals(cell.query);
        let [goal, then] = of_cpu.map(|goal| goal.map_or("no goal", |goal| goal.verdict(&cpu)));
        let [least, more] = of_requests.map(|goal| goal.verdict(&per_second));
        text.push_str(&format!(
            "| {} | {} | **{cpu}** | {goal} | {then} | {per_second} | {least} | {more} |\n",
            cell.query, cell.name
        ));
    }
    text
}
