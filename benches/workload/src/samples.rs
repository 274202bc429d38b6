//! The variables of the requests, drawn from the store: the same ones for the same store.

use crate::load::Client;
use crate::queries::{Query, post};
use crate::{Fault, fill};

/// How many sets of variables a query is asked with; fewer where the store has fewer.
const SETS: usize = 50;

/// Where the variables of a query come from.
pub struct Sample {
    /// Each variable with the column that gives its values.
    pub columns: &'static [(&'static str, &'static str)],
    /// The rows, as what follows `FROM` in both databases.
    pub from: &'static str,
    /// What brings them in an order that is the same each time.
    pub order: &'static str,
    /// A document that gives Dealgraph's cursor for a value of the first variable. Dealgraph is asked with the cursor, the
    /// floor with the other variables, which say the same place.
    pub cursor: Option<&'static str>,
}

/// The drawn variables of a request, for each of the servers.
#[derive(Debug)]
pub struct Variables {
    pub dealgraph: Vec<(&'static str, String)>,
    pub floor: Vec<(&'static str, String)>,
}

/// The sets of variables of a query: evenly spread over the first 95 % of the rows, so that behind each place there are
/// enough for a page, and out of order.
pub async fn draw(query: &Query, url: &str, port: u16) -> Result<Vec<Variables>, Fault> {
    let (address, statement) = (url.to_owned(), statement(&query.sample));
    // A driver that has a runtime of its own is not called from within this one.
    let drawn = std::thread::spawn(move || fill::texts(&address, &statement));
    let mut rows = drawn.join().map_err(|_| "the variables could not be drawn")??;
    if rows.is_empty() {
        return Err(format!("the store has nothing to ask {} with", query.name).into());
    }
    // Opened now: a server closes a connection that is not used while a large store is read.
    let mut dealgraph = Client::open(port).await?;
    let mut keyed: Vec<_> = rows.drain(..).enumerate().collect();
    keyed.sort_by_key(|(place, _)| (*place as u32).wrapping_mul(0x9E37_79B1));
    let mut sets = Vec::with_capacity(keyed.len());
    for (_, row) in keyed {
        let named: Vec<_> = query.sample.columns.iter().map(|(name, _)| *name).zip(row).collect();
        sets.push(match (query.sample.cursor, named.as_slice()) {
            (Some(document), [(name, value), others @ ..]) => Variables {
                dealgraph: vec![(name, cursor(document, name, value, &mut dealgraph).await?)],
                floor: others.to_vec(),
            },
            _ => Variables { dealgraph: named.clone(), floor: named },
        });
    }
    Ok(sets)
}

fn statement(sample: &Sample) -> String {
    let columns: Vec<_> = sample.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let named: Vec<_> =
        sample.columns.iter().map(|(name, column)| format!("CAST({column} AS TEXT) AS \"{name}\"")).collect();
    format!(
        "SELECT {} FROM (SELECT {}, row_number() OVER (ORDER BY {}) - 1 AS place, (count(*) OVER () * 95 + 99) / 100 AS usable \
         FROM {}) s WHERE place < usable AND place * {SETS} % usable < {SETS} ORDER BY place",
        columns.join(", "),
        named.join(", "),
        sample.order,
        sample.from,
    )
}

async fn cursor(document: &str, name: &str, value: &str, dealgraph: &mut Client) -> Result<String, Fault> {
    let variables = serde_json::Map::from_iter([(name.to_owned(), value.into())]);
    let answer = dealgraph.ask(&post(document, variables)).await?;
    let answer: serde_json::Value = serde_json::from_slice(answer)?;
    let cursor = answer.pointer("/data/patents/edges/0/cursor").and_then(serde_json::Value::as_str);
    cursor.map(str::to_owned).ok_or_else(|| format!("no cursor was given for {value}: {answer}").into())
}
