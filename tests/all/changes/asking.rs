//! What the API says of the feed.

use dealgraph::ingest::load_starter;
use dealgraph::store::IdMaker;
use serde_json::{Value, json};

use super::record_company;
use crate::harness::{Ask, Harness, answer, engine};

fn ask(engine: &dyn Ask, query: &str, variables: &Value) -> Value {
    serde_json::from_str(&answer(engine, query, variables)).expect("JSON")
}

#[test]
fn changes_are_paged_filtered_and_lead_to_what_they_are_about() {
    for store in Harness::databases() {
        let mut connection = store.connection();
        load_starter(&mut connection, &mut IdMaker::new(1)).expect("it loads");
        (1..=3).for_each(|id| record_company(&mut connection, id));
        let engine = engine(&store);
        let query = "query ($since: Decimal, $after: String) { changes(since: $since, first: 2, after: $after) { \
                     nodes { seq actor kind before after factId entity { __typename ... on Company { slug } } } \
                     pageInfo { hasNextPage endCursor } totalCount } }";
        let found = ask(&*engine, query, &json!({ "since": "1" }));
        let page = &found["data"]["changes"];
        assert_eq!(page["totalCount"], 3, "{}: {found}", store.name());
        let first = json!({
            "seq": "2", "actor": "test", "kind": "RECORDED", "before": null, "after": { "slug": "c1" }, "factId": null,
            "entity": { "__typename": "Company", "slug": "c1" },
        });
        assert_eq!(page["nodes"][0], first, "{}", store.name());
        assert_eq!(page["pageInfo"]["hasNextPage"], true);
        let rest = ask(&*engine, query, &json!({ "since": 1, "after": page["pageInfo"]["endCursor"] }));
        assert_eq!(rest["data"]["changes"]["nodes"][0]["seq"], "4", "{}: {rest}", store.name());

        let one = "{ changes(filter: { entity: { company: { slug: { eq: \"c2\" } } } }) { nodes { seq } } }";
        assert_eq!(ask(&*engine, one, &Value::Null)["data"]["changes"]["nodes"], json!([{ "seq": "3" }]));
        let imported = "{ changes(filter: { kind: { eq: IMPORTED } }) { nodes { after entity { __typename } } } }";
        let found = ask(&*engine, imported, &Value::Null);
        let change = &found["data"]["changes"]["nodes"][0];
        assert!(change["after"]["tables"]["patent"].as_u64().is_some_and(|count| count > 1_000), "{found}");
        assert_eq!(change["entity"], Value::Null);

        for wrong in ["1.5", "99999999999999999999"] {
            let refused = ask(&*engine, query, &json!({ "since": wrong }));
            assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_INPUT", "{refused}");
        }
    }
}

#[test]
fn what_a_change_was_about_may_be_gone() {
    for store in Harness::databases() {
        record_company(&mut store.connection(), 1);
        store.execute_batch("DELETE FROM company");
        let found = ask(&*engine(&store), "{ changes { nodes { after entity { __typename } } } }", &Value::Null);
        let expected = json!([{ "after": { "slug": "c1" }, "entity": null }]);
        assert_eq!(found["data"]["changes"]["nodes"], expected, "{}", store.name());
    }
}
