//! How the cost of a query grows with the store: the same requests on a small one and on a large one in turns, Dealgraph's and
//! the hand-written handlers', which tell what of it is the machine's: a large store is in no cache of the processor. What
//! is asked for by key is in both, since the generator numbers rows alike; what it leads to is drawn for each store.

use std::time::Duration;

use tokio::runtime::Runtime;

use crate::cluster::Role;
use crate::judge::{Goal, Spread};
use crate::load::{Shot, load};
use crate::queries::Query;
use crate::ratios::Round;
use crate::store::{Server, Store};
use crate::{Database, Fault, Options, check, samples};

/// The queries whose cost depends on what they answer, not on how much there is.
const MEASURED: &[&str] = &["q1", "q2", "q3", "q4", "q6", "q7"];
const GOAL: Goal = Goal::AtMost(1.3);

/// Measures all that is wanted; gives the section of the results.
pub fn section(options: &Options, runtime: &Runtime) -> Result<String, Fault> {
    let [small, large] = options.growth.as_slice() else { return Err("growth is between two scales".into()) };
    let mut rows = String::new();
    for database in &options.databases {
        rows.push_str(&of_database(options, runtime, *database, [*small, *large])?);
    }
    Ok(format!(
        "\n### Growth from scale {small} to {large}\n\nCPU time a request (server and PostgreSQL) of Dealgraph at {} \
         connections, the same requests of both stores; {} rounds\nof {} ms on either store in turns; the ratio of each round, as above. Goal: at most 1.3. \
         The floor's growth beside it.\n\n| query | database | bytes of an answer at {small} | at {large} \
         | CPU ms a request at {small} | at {large} | **{large} / {small}** | goal ≤ 1.3 | the floor's |\n\
         |---|---|--:|--:|--:|--:|--:|---|--:|\n{rows}",
        options.connections.first().copied().unwrap_or(1),
        options.rounds,
        options.milliseconds,
    ))
}

fn of_database(options: &Options, runtime: &Runtime, database: Database, scales: [f64; 2]) -> Result<String, Fault> {
    let stores = [Store::filled(options, database, scales[0])?, Store::filled(options, database, scales[1])?];
    let mut sides = Vec::new();
    for store in &stores {
        sides.push(Side { store, servers: [Server::dealgraph(options, store, &[])?, Server::floor(options, store)?] });
    }
    let mut rows = String::new();
    for query in options.queries().filter(|query| MEASURED.contains(&query.name)) {
        let row = runtime.block_on(row(options, query, &sides))?;
        print!("{row}");
        rows.push_str(&row);
    }
    Ok(rows)
}

/// A store with the servers on it, Dealgraph's first.
struct Side<'s> {
    store: &'s Store,
    servers: [Server; 2],
}

/// The requests to one of the servers on a store, and the CPU time a request in each round.
struct Taken<'s> {
    side: &'s Side<'s>,
    server: &'s Server,
    shots: Vec<Shot>,
    cpu: Vec<f64>,
}

async fn row(options: &Options, query: &'static Query, sides: &[Side<'_>]) -> Result<String, Fault> {
    let time = Duration::from_millis(options.milliseconds);
    let connections = options.connections.first().copied().unwrap_or(1);
    let Some(small) = sides.first() else { return Err("no store".into()) };
    let drawn = samples::draw(query, &small.store.url(Role::Dealgraph), small.servers[0].port).await?;
    let mut all: Vec<Taken<'_>> = Vec::new();
    for side in sides {
        let ports = [side.servers[0].port, side.servers[1].port];
        let shots = check::shots(query, &drawn, ports).await?;
        for (server, shots) in side.servers.iter().zip(shots) {
            load(server.port, connections, time / 4, &shots).await?;
            all.push(Taken { side, server, shots, cpu: Vec::new() });
        }
    }
    for round in 0..options.rounds {
        let count = all.len();
        for turn in 0..count {
            let taken = &mut all[(round + turn) % count];
            let load = (connections, time);
            taken.cpu.push(Round::measure(taken.server, taken.side.store, load, &taken.shots).await?.cpu());
        }
    }
    let [ours, floor, ours_of_large, floor_of_large] = all.as_slice() else { return Err("two stores".into()) };
    let growth = |small: &Taken<'_>, large: &Taken<'_>| {
        Spread::of(small.cpu.iter().zip(&large.cpu).map(|(small, large)| large / small))
    };
    let bytes =
        |taken: &Taken<'_>| taken.shots.iter().map(|shot| shot.answer_len).sum::<usize>() / taken.shots.len().max(1);
    let median = |taken: &Taken<'_>| Spread::of(taken.cpu.iter().copied()).median;
    let ratio = growth(ours, ours_of_large);
    Ok(format!(
        "| {} | {} | {} | {} | {:.3} | {:.3} | **{ratio}** | {} | {} |\n",
        query.name,
        ours.side.store.database.name(),
        bytes(ours),
        bytes(ours_of_large),
        median(ours),
        median(ours_of_large),
        GOAL.verdict(&ratio),
        growth(floor, floor_of_large),
    ))
}
