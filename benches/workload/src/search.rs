//! How long a search takes: texts of every kind, the frequent ones among them, each asked many times.

use std::time::{Duration, Instant};

use tokio::runtime::Runtime;

use crate::judge::{Goal, Spread};
use crate::load::Client;
use crate::queries::post;
use crate::store::{Server, Store};
use crate::{Fault, Options};

/// How often each text is asked.
const TIMES: usize = 200;
const MEDIAN_MS: Goal = Goal::AtMost(20.0);
const P99_MS: Goal = Goal::AtMost(100.0);

const DOCUMENT: &str = "query($text: String!) { search(text: $text, first: 10) { edges { score field \
    fragment { text isMatch } node { __typename ... on Company { slug name } ... on Patent { publicationNumber title } \
    ... on Agreement { deal: title } ... on CooperationArea { name } } } pageInfo { hasNextPage endCursor } } }";

/// Texts, with what they stand for. Of the words of the fill, each stands in one patent of six to twelve.
const TEXTS: &[(&str, &str)] = &[
    ("one letter", "q"),
    ("two letters", "op"),
    ("a beginning", "anten"),
    ("a frequent word", "antenna"),
    ("a word of every agreement", "agreement"),
    ("two frequent words", "optical network"),
    ("words that stand together nowhere", "cobalt cobalt sensor quantum polar"),
    ("four frequent words", "optical method with signal antenna"),
    ("an accent", "electrique encoder"),
    ("a company", "Falcon Granite 4711 Ltd"),
    ("a misspelt company", "Falkon Granite Ltd"),
    ("a beginning of two words", "quantum rece"),
    ("an agreement by its number", "agreement no. 40123"),
    ("a publication number", "US 1,000,185"),
    ("a beginning of a publication number", "EP10023"),
    ("nothing", "xyzzy"),
];

/// Measures both databases; gives the section of the results.
pub fn section(options: &Options, runtime: &Runtime) -> Result<String, Fault> {
    let mut rows = String::new();
    let mut verdicts = String::new();
    for database in &options.databases {
        let store = Store::searchable(options, *database, options.start_scale)?;
        let server = Server::dealgraph(options, &store, &[])?;
        let mut all = Vec::new();
        for (name, text) in TEXTS {
            let mut took = runtime.block_on(ask(server.port, text))?;
            took.sort_unstable();
            let row = format!(
                "| {name} | `{text}` | {} | {:.2} | {:.2} |\n",
                database.name(),
                millis(at(&took, 0.5)),
                millis(at(&took, 0.99))
            );
            print!("{row}");
            rows.push_str(&row);
            all.extend(took);
        }
        all.sort_unstable();
        let [median, p99] = [0.5, 0.99].map(|part| millis(at(&all, part)));
        verdicts.push_str(&format!(
            "{}, all texts alike: median {median:.2} ms, goal under 20: {}; p99 {p99:.2} ms, goal under 100: {}.\n",
            database.name(),
            MEDIAN_MS.verdict(&Spread::of([median])),
            P99_MS.verdict(&Spread::of([p99])),
        ));
    }
    print!("{verdicts}");
    Ok(format!(
        "\n### Search, scale {}\n\nMilliseconds from a request to its whole answer, ten hits with their fragments; one \
         connection, {TIMES} times each.\n{verdicts}\n| what | text | database | median ms | p99 ms \
         |\n|---|---|---|--:|--:|\n{rows}",
        options.start_scale
    ))
}

async fn ask(port: u16, text: &str) -> Result<Vec<Duration>, Fault> {
    let mut client = Client::open(port).await?;
    let variables = serde_json::Map::from_iter([("text".to_owned(), text.into())]);
    let request = post(DOCUMENT, variables);
    let mut took = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let begin = Instant::now();
        let answer = client.ask(&request).await?;
        took.push(begin.elapsed());
        if !answer.starts_with(b"{\"data\":{") {
            return Err(format!("a search was refused: {}", String::from_utf8_lossy(answer)).into());
        }
    }
    Ok(took)
}

fn at(sorted: &[Duration], part: f64) -> Duration {
    let place = (sorted.len() as f64 * part) as usize;
    sorted.get(place.min(sorted.len().saturating_sub(1))).copied().unwrap_or_default()
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
