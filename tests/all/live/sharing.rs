//! Subscriptions that differ in nothing but where they begin are read once for all.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use dealgraph::engine::{Engine, Request};
use dealgraph::live::Live;
use dealgraph::store::{Store, StoreUrl};
use serde_json::json;

use crate::changes::record_company;
use crate::harness::{Harness, config};

/// With what leads on, so that an event takes two statements.
const WITH_EDGES: &str = "subscription ($since: Decimal, $slug: String) { changed(since: $since, filter: { entity: { company: \
    { slug: { eq: $slug } } } }) { seq entity { ... on Company { slug agreements { totalCount } } } } }";

#[test]
fn subscribers_to_the_same_share_each_run() {
    for store in Harness::databases() {
        let told = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&told);
        let config = config(&store.url, &[]);
        let url = StoreUrl::parse(&store.url).unwrap();
        let opened = Store::open(&url, &config.store_options()).observed(Arc::new(move |_| {
            counter.fetch_add(1, Ordering::SeqCst);
        }));
        let live = Live::new(Arc::new(Engine::new(opened, config.engine_options())));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        record_company(&mut store.connection(), 1);
        runtime.block_on(async {
            let wanted = |since: i64, slug: &str| {
                let variables = json!({ "since": since, "slug": slug }).as_object().cloned().unwrap();
                Request { query: WITH_EDGES.to_owned(), variables, ..Request::default() }
            };
            let mut followers = Vec::new();
            for since in [1, 1, 1, 0, 1] {
                let request = wanted(since, "c2");
                followers.push(live.subscribe(live.engine().wanted(&request).await.unwrap()).await.unwrap());
            }
            assert_eq!(live.groups(), 1, "{}", store.name());
            let other = live.subscribe(live.engine().wanted(&wanted(1, "c3")).await.unwrap()).await.unwrap();
            assert_eq!(live.groups(), 2, "another filter is something else: {}", store.name());
            drop(other);
            told.store(0, Ordering::SeqCst);
            record_company(&mut store.connection(), 2);
            for follower in &mut followers {
                let event = follower.next().await.unwrap();
                assert_eq!(event.seq, 2, "{}", store.name());
            }
            // Two for the event that the group reads, and two for what the earliest had missed; each for itself would be ten.
            let taken = told.load(Ordering::SeqCst);
            assert!((2..=6).contains(&taken), "{}: {taken} statements for five subscribers", store.name());
        });
    }
}
