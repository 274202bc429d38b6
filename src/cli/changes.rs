//! The change feed, as lines of JSON.

use std::io::Write as _;
use std::sync::Arc;

use super::Failure;
use crate::catalog::abstracts::CHANGE_SUBJECT;
use crate::catalog::entities::CHANGE;
use crate::config::Config;
use crate::engine::{Engine, Request};
use crate::error::Error;
use crate::live::{Ended, Live, Wanted};
use crate::store::{Store, StoreError};

/// The feed as a subscription: all that is recorded of each change, and what it is about.
fn document() -> String {
    let fields: Vec<String> = CHANGE.fields.iter().map(crate::catalog::Field::name).collect();
    let arms: Vec<String> =
        CHANGE_SUBJECT.arms.iter().map(|(_, arm)| format!("... on {} {{ id }}", arm.name)).collect();
    format!(
        "subscription ($since: Decimal) {{ changed(since: $since) {{ {} entity {{ __typename {} }} }} }}",
        fields.join(" "),
        arms.join(" ")
    )
}

/// Prints what came after a number, a line a change; then what comes, as long as somebody reads it.
pub(super) fn print(config: &Config, since: i64, follow: bool) -> Result<(), Failure> {
    let store = Store::open(&config.database_url, &config.store_options());
    let engine = Arc::new(Engine::new(store, config.engine_options()));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::Io(error.to_string()))?;
    runtime.block_on(async {
        let variables = [("since".to_owned(), serde_json::Value::from(since))].into_iter().collect();
        let request = Request { query: document(), variables, ..Request::default() };
        let wanted = engine.wanted(&request).await.map_err(failure)?;
        if follow { print_on(engine, wanted).await } else { print_so_far(&engine, &wanted, since).await }
    })
}

async fn print_so_far(engine: &Engine, wanted: &Wanted, since: i64) -> Result<(), Failure> {
    let (mut upto, last) = (since, engine.store().last_seq()?);
    while upto < last {
        let page = engine.events(wanted, upto, last).await.map_err(failure)?;
        upto = page.upto;
        for event in page.events {
            if !print_line(&event.value)? {
                return Ok(());
            }
        }
    }
    Ok(())
}

async fn print_on(engine: Arc<Engine>, wanted: Wanted) -> Result<(), Failure> {
    let mut subscription = Live::new(engine).subscribe(wanted.clone()).await.map_err(failure)?;
    loop {
        match subscription.next().await {
            Ok(event) => {
                if !print_line(&event.value)? {
                    return Ok(());
                }
            }
            // Whoever reads the lines is slow: it is waited for, and nothing is left out.
            Err(Ended::Behind) => {
                let wanted = wanted.clone().since(subscription.upto());
                subscription = subscription.live().subscribe(wanted).await.map_err(failure)?;
            }
            Err(Ended::Failed(error)) => return Err(failure(error)),
        }
    }
}

/// Whether somebody still reads.
fn print_line(value: &[u8]) -> Result<bool, Failure> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(value).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush());
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Failure::Io(error.to_string())),
    }
}

fn failure(error: Error) -> Failure {
    match error {
        Error::Store(error) => Failure::Store(error),
        Error::Request(errors) => {
            let message = errors.first().map_or_else(String::new, |error| error.message.clone());
            Failure::Store(StoreError::Shape(message))
        }
    }
}
