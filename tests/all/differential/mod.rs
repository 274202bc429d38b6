//! The differential test: random valid queries are answered alike, to the byte, by the engine on SQLite, by the engine
//! on PostgreSQL, and by a reference that knows neither SQL nor plans.
//!
//! `DEALGRAPH_DIFFERENTIAL=2000` asks for more documents than 200, `DEALGRAPH_SEED` repeats a run, and
//! `DEALGRAPH_DOCUMENT` with it a single document of the run.

mod sample;

use std::ops::Range;
use std::time::{SystemTime, UNIX_EPOCH};

use dealgraph_differential::generator::{Document, document};
use dealgraph_differential::random::nth_seed;
use dealgraph_differential::reference;
use dealgraph_differential::rows::{Database, random_rows, script};
use dealgraph_differential::value::Rows;

use crate::harness::{Ask, Harness, TestStore, config, engine_with};
use sample::Sample;

/// How many documents are asked of the same rows.
const ROUND: usize = 200;

type Engines = Vec<(String, Box<dyn Ask>)>;

#[test]
fn both_databases_and_the_reference_give_the_same_bytes() {
    let variable = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("it is a number"));
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_secs());
    let seed = variable("DEALGRAPH_SEED").unwrap_or_else(now);
    let count = variable("DEALGRAPH_DIFFERENTIAL").map_or(200, |count| usize::try_from(count).unwrap());
    let single = variable("DEALGRAPH_DOCUMENT").map(|number| usize::try_from(number).unwrap());
    println!("the seed is {seed}: DEALGRAPH_SEED={seed} repeats this run");
    let documents = single.map_or(0..count, |number| number..number + 1);
    let sample = compare(seed, documents, engines).unwrap_or_else(|difference| panic!("{difference}"));
    if single.is_none() {
        sample.check();
    }
}

/// The engine on both databases, with these rows in them.
fn engines(rows: &Rows) -> Engines {
    let filled = Harness::databases().into_iter().map(|store| {
        fill(&store, rows);
        // What a document costs is another test's matter.
        let settings = config(&store.url, &["--price-max", "10000000"]);
        let engine: Box<dyn Ask> = Box::new(engine_with(&store, &settings));
        (store.name().to_owned(), engine)
    });
    filled.collect()
}

fn fill(store: &TestStore, rows: &Rows) {
    let database = if store.name() == "sqlite" { Database::Sqlite } else { Database::Postgres };
    store.execute_batch(&script(rows, database));
}

/// Asks every document of the reference and of the engines; the error describes the first difference.
fn compare(seed: u64, documents: Range<usize>, engines: impl Fn(&Rows) -> Engines) -> Result<Sample, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut sample = Sample::default();
    let mut store = None;
    let mut refused = 0;
    let asked = documents.len();
    for number in documents {
        let round = number / ROUND;
        if store.as_ref().is_none_or(|(of, _, _)| *of != round) {
            let rows = random_rows(nth_seed(seed, round));
            let engines = engines(&rows);
            store = Some((round, rows, engines));
        }
        let (_, rows, engines) = store.as_ref().unwrap();
        let document = document(rows, nth_seed(!seed, number));
        let expected = reference::answer(rows, &document.query, document.operation.as_deref(), &document.variables);
        let mut refusals = 0;
        for (name, engine) in engines {
            let asked = engine.ask(&document.query, document.operation.as_deref(), &document.variables);
            let answered = runtime.block_on(asked);
            // Interfaces inside one another can make a plan that is too large: rare, and the same on both databases.
            if is_too_large(&answered) {
                refusals += 1;
                continue;
            }
            if answered != expected.bytes {
                let how = format!("DEALGRAPH_SEED={seed} DEALGRAPH_DOCUMENT={number}");
                return Err(describe(&how, name, &document, &answered, &expected.bytes));
            }
        }
        assert!(
            refusals == 0 || refusals == engines.len(),
            "only one database refuses document {number} of seed {seed}"
        );
        refused += usize::from(refusals > 0);
        sample.count(&document.features, expected.rows);
    }
    // One in a hundred, and one by chance.
    if refused > asked / 100 + 1 {
        return Err(format!("{refused} of {asked} documents were refused as too large"));
    }
    Ok(sample)
}

fn is_too_large(answer: &[u8]) -> bool {
    String::from_utf8_lossy(answer).contains("\"code\":\"DOCUMENT_TOO_LARGE\"")
}

fn describe(how: &str, name: &str, document: &Document, answered: &[u8], expected: &[u8]) -> String {
    let shorter = answered.len().min(expected.len());
    let at = (0..shorter).find(|at| answered[*at] != expected[*at]).unwrap_or(shorter);
    let around = |bytes: &[u8]| {
        let part = &bytes[at.saturating_sub(120)..bytes.len().min(at + 120)];
        String::from_utf8_lossy(part).into_owned()
    };
    format!(
        "{name} and the reference differ at byte {at}. {how} repeats it.\n\noperation: {:?}\n{}\n\nvariables: {:#}\n\n\
         {name}:\n  … {} …\nreference:\n  … {} …\n\n{name}, whole:\n{}\n\nreference, whole:\n{}\n",
        document.operation,
        document.query,
        document.variables,
        around(answered),
        around(expected),
        String::from_utf8_lossy(answered),
        String::from_utf8_lossy(expected),
    )
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::Pin;

    use serde_json::Value as Json;

    use super::*;

    /// Answers as the reference does, but for an error now and then.
    struct Careless(Rows);

    impl Ask for Careless {
        fn ask<'a>(
            &'a self,
            query: &'a str,
            operation: Option<&'a str>,
            variables: &'a Json,
        ) -> Pin<Box<dyn Future<Output = Vec<u8>> + 'a>> {
            Box::pin(async move {
                let bytes = reference::answer(&self.0, query, operation, variables).bytes;
                String::from_utf8(bytes).unwrap().replace("\"hasNextPage\":true", "\"hasNextPage\":false").into_bytes()
            })
        }
    }

    #[test]
    fn both_databases_take_the_rows() {
        for seed in 0..3 {
            let rows = random_rows(seed);
            Harness::databases().iter().for_each(|store| fill(store, &rows));
        }
    }

    #[test]
    fn a_wrong_answer_is_found_and_can_be_repeated() {
        let careless = |_: &Rows| -> Engines {
            vec![("careless".to_owned(), Box::new(Careless(random_rows(nth_seed(11, 0)))) as Box<dyn Ask>)]
        };
        let difference = compare(11, 0..200, careless).err().expect("it is found");
        assert!(difference.contains("careless and the reference differ at byte"), "{difference}");
        let number = difference.split("DEALGRAPH_DOCUMENT=").nth(1).and_then(|rest| rest.split(' ').next()).unwrap();
        let number: usize = number.parse().unwrap();
        assert_eq!(compare(11, number..number + 1, careless).err().expect("it is found again"), difference);
    }
}
