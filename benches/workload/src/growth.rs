//! How the cost of a query grows with the store: Dealgraph alone, on a small store and on a large one in turns.

use std::time::Duration;

use tokio::runtime::Runtime;

use crate::judge::{Goal, Spread};
use crate::load::{Shot, load};
use crate::queries::Query;
use crate::ratios::Round;
use crate::store::{Server, Store};
use crate::{Database, Fault, Options};

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
         connections; {} rounds of {} ms on\neither store in turns; the ratio of each round, as above. Goal: at most 1.3.\
         \n\n| query | database | bytes of an answer at {small} | at {large} | CPU ms a request at {small} | at {large} \
         | **{large} / {small}** | goal ≤ 1.3 |\n|---|---|--:|--:|--:|--:|--:|---|\n{rows}",
        options.connections.first().copied().unwrap_or(1),
        options.rounds,
        options.milliseconds,
    ))
}

fn of_database(options: &Options, runtime: &Runtime, database: Database, scales: [f64; 2]) -> Result<String, Fault> {
    let stores = [Store::filled(options, database, scales[0])?, Store::filled(options, database, scales[1])?];
    let servers = [Server::dealgraph(options, &stores[0], &[])?, Server::dealgraph(options, &stores[1], &[])?];
    let mut rows = String::new();
    for query in options.queries().filter(|query| MEASURED.contains(&query.name)) {
        let row = runtime.block_on(row(options, query, &stores, &servers))?;
        print!("{row}");
        rows.push_str(&row);
    }
    Ok(rows)
}

async fn row(
    options: &Options,
    query: &'static Query,
    stores: &[Store; 2],
    servers: &[Server; 2],
) -> Result<String, Fault> {
    let time = Duration::from_millis(options.milliseconds);
    let connections = options.connections.first().copied().unwrap_or(1);
    let mut shots: [Vec<Shot>; 2] = [Vec::new(), Vec::new()];
    for (place, (store, server)) in stores.iter().zip(servers).enumerate() {
        shots[place] = server.shots(query, store).await?;
        load(server.port, connections, time / 4, &shots[place]).await?;
    }
    let mut taken = [Vec::new(), Vec::new()];
    for round in 0..options.rounds {
        for turn in 0..2 {
            let place = (round + turn) % 2;
            let measured = Round::measure(&servers[place], &stores[place], (connections, time), &shots[place]).await?;
            taken[place].push(measured.cpu());
        }
    }
    let bytes = shots.map(|shots| shots.iter().map(|shot| shot.answer_len).sum::<usize>() / shots.len().max(1));
    let ratio = Spread::of(taken[0].iter().zip(&taken[1]).map(|(small, large)| large / small));
    let [small, large] = taken.map(|taken| Spread::of(taken).median);
    Ok(format!(
        "| {} | {} | {} | {} | {small:.3} | {large:.3} | **{ratio}** | {} |\n",
        query.name,
        stores[0].database.name(),
        bytes[0],
        bytes[1],
        GOAL.verdict(&ratio),
    ))
}
