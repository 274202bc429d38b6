//! The protocol's reference client, `graphql-ws`.

use serde_json::{Value, json};

use crate::changes::record_company;
use crate::harness::http::Running;
use crate::harness::{Harness, tools};

#[test]
fn the_reference_client_is_served() {
    for store in Harness::databases() {
        let server = Running::start(&store, &[]);
        let mut connection = store.connection();
        (1..=4).for_each(|id| record_company(&mut connection, id));
        let url = format!("ws://{}/graphql", server.address);
        let client = std::thread::spawn(move || tools::node("live/reference-client.mjs", &[&url, "1", "9"]));
        // Some stand when the client begins, some come while it follows.
        for id in 5..=9 {
            std::thread::sleep(std::time::Duration::from_millis(150));
            record_company(&mut connection, id);
        }
        let told: Value = serde_json::from_str(&client.join().expect("the client ends")).expect("JSON");
        assert_eq!(told["seqs"], json!([2, 3, 4, 5, 6, 7, 8, 9]), "{}: {told}", store.name());
        assert_eq!((&told["query"], &told["refused"]), (&json!("Query"), &json!("VALIDATION_FAILED")), "{told}");
        assert!(told["opened"].as_u64().is_some_and(|opened| opened > 1), "it was cut: {told}");
    }
}
