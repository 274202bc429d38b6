//! The invariants of the architecture: what a read costs, what it sees, where values go, and how the source is kept.

mod answers;
mod bound_values;
mod in_order;
mod snapshot;
mod sorted;
mod statements;
mod tidy;

pub use in_order::assert_links_in_order;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use dealgraph::engine::{Engine, EngineOptions};
use dealgraph::store::{Effort, Store, StoreUrl};

use crate::harness::{TestStore, config};

/// The engine on a store; the observer is told the text of each statement before it runs.
fn observed(store: &TestStore, observer: impl Fn(&str) + Send + Sync + 'static) -> Engine {
    let config = config(&store.url, &[]);
    let url = StoreUrl::parse(&store.url).expect("the harness makes valid addresses");
    let store = Store::open(&url, &config.store_options()).observed(Arc::new(observer));
    // A slow machine must not have a read begin again: its statements are counted.
    Engine::new(
        store,
        EngineOptions { at_once: Effort { time: Duration::from_secs(60), steps: u64::MAX }, ..config.engine_options() },
    )
}

/// The texts of statements, as they were told.
#[derive(Clone, Default)]
pub struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    /// The engine on a store, which tells its statements here.
    pub fn of(&self, store: &TestStore) -> Engine {
        let told = self.clone();
        observed(store, move |text| told.lock().push(text.to_owned()))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Those since the last time.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.lock())
    }
}

/// Companies, each with ten agreements with the next, each agreement in two areas.
fn fill(store: &TestStore, companies: usize) {
    let list = |rows: Vec<String>| rows.join(", ");
    let company = |c| format!("({c}, 'c{c}', 'Company {c}', 'company {c}')");
    let mut sql = format!(
        "INSERT INTO company (id, slug, name, name_folded) VALUES {}; \
         INSERT INTO cooperation_area (id, slug, name, name_folded) VALUES (1, 'iot', 'IoT', 'iot'), (2, 'v2x', 'V2X', 'v2x');",
        list((1..=companies).map(company).collect())
    );
    let (mut agreements, mut parties, mut areas) = (Vec::new(), Vec::new(), Vec::new());
    for c in 1..=companies {
        for k in 0..10 {
            let id = c * 10 + k;
            agreements.push(format!("({id}, 'a{id}', 'Agreement {id}', 'agreement {id}', 'ANNOUNCED')"));
            parties.push(format!("({}, {id}, {c}, 'LICENSOR')", id * 2));
            parties.push(format!("({}, {id}, {}, 'LICENSEE')", id * 2 + 1, c % companies + 1));
            areas.push(format!("({id}, 1), ({id}, 2)"));
        }
    }
    sql += &format!(
        "INSERT INTO agreement (id, slug, title, title_folded, status) VALUES {}; \
         INSERT INTO agreement_party (id, agreement_id, company_id, role) VALUES {}; \
         INSERT INTO agreement_area (agreement_id, area_id) VALUES {};",
        list(agreements),
        list(parties),
        list(areas)
    );
    store.execute_batch(&sql);
}
