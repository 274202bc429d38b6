//! Before anything is measured: both servers answer the same bytes.

use crate::Fault;
use crate::load::{Client, Shot};
use crate::queries::Query;
use crate::samples::Variables;

/// The shots at both servers, Dealgraph first, with these variables; their answers are equal.
pub async fn shots(query: &Query, drawn: &[Variables], ports: [u16; 2]) -> Result<[Vec<Shot>; 2], Fault> {
    let [mut dealgraph, mut floor] = [Client::open(ports[0]).await?, Client::open(ports[1]).await?];
    let mut shots = [Vec::new(), Vec::new()];
    for variables in drawn {
        let requests = [query.to_dealgraph(variables), query.to_floor(variables)];
        let answer = dealgraph.ask(&requests[0]).await?;
        let expected = floor.ask(&requests[1]).await?;
        if answer != expected {
            let place = answer.iter().zip(expected).take_while(|(one, other)| one == other).count();
            let around = |bytes: &[u8]| {
                String::from_utf8_lossy(&bytes[place.saturating_sub(80)..bytes.len().min(place + 80)]).into_owned()
            };
            return Err(format!(
                "{} with {variables:?}: the answers differ at byte {place}:\n{}\n{}",
                query.name,
                around(answer),
                around(expected)
            )
            .into());
        }
        let answer_len = answer.len();
        for (shots, request) in shots.iter_mut().zip(requests) {
            shots.push(Shot { request, answer_len });
        }
    }
    Ok(shots)
}
