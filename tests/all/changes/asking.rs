//! What the API says of the feed.

use dealgraph::changes::{Actor, Change, ChangeKind, Subject};
use dealgraph::ingest::load_starter;
use dealgraph::store::{Connection, IdMaker, StoreError};
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
                     nodes { seq actor kind before after factType entity { __typename ... on Company { slug } } } \
                     pageInfo { hasNextPage endCursor } totalCount } }";
        let found = ask(&*engine, query, &json!({ "since": "1" }));
        let page = &found["data"]["changes"];
        assert_eq!(page["totalCount"], 3, "{}: {found}", store.name());
        let first = json!({
            "seq": "2", "actor": "test", "kind": "RECORDED", "before": null, "after": { "slug": "c1" }, "factType": null,
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
        assert!(change["after"]["tables"]["patent"]["inserted"].as_u64().is_some_and(|count| count > 1_000), "{found}");
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

/// Records that a company has another city than before, or is gone.
fn move_company(connection: &mut Connection, id: i64, before: Option<&str>, after: Option<&str>) {
    let state = |city: Option<&str>| city.map(|city| json!({ "city": city }).to_string());
    let kind = if before.is_none() { ChangeKind::Recorded } else { ChangeKind::Updated };
    let written: Result<(), StoreError> = connection.write(&Actor::named("test"), |_, changes| {
        changes.record(Change::of(kind, Subject::Company(id), state(before), state(after)));
        Ok(())
    });
    written.expect("a change");
}

#[test]
fn between_two_moments_a_thing_has_what_stood_before_and_what_stands_after() {
    for store in Harness::databases() {
        let mut connection = store.connection();
        (1..=5).for_each(|id| record_company(&mut connection, id));
        let engine = engine(&store);
        let now = |engine: &dyn Ask| {
            let last = "{ changes(last: 1) { nodes { recordedAt } } }";
            ask(engine, last, &Value::Null)["data"]["changes"]["nodes"][0]["recordedAt"].clone()
        };
        let before = now(&*engine);
        let moves = [
            (1, Some("Espoo"), Some("Oulu")),
            (2, Some("Espoo"), Some("Oulu")),
            (1, Some("Oulu"), Some("Turku")),
            // Back to what it was.
            (2, Some("Oulu"), Some("Espoo")),
            (3, Some("Espoo"), None),
        ];
        for (id, from, to) in moves {
            move_company(&mut connection, id, from, to);
        }
        // Counts about a thing are no states of it.
        let counted: Result<(), StoreError> = connection.write(&Actor::named("test"), |_, changes| {
            let counts = Change::of_many(ChangeKind::Derived, &json!({ "rows": 7 }));
            changes.record(counts.about(Some(Subject::Company(1))));
            Ok(())
        });
        counted.expect("a change");
        let after = now(&*engine);
        move_company(&mut connection, 4, Some("Espoo"), Some("Oulu"));
        let query = "query ($from: DateTime!, $to: DateTime, $since: Decimal, $first: Int, $filter: ChangeFilter) { \
                     diff(from: $from, to: $to, since: $since, first: $first, filter: $filter) { \
                     seq before entity { ... on Company { slug } } after factType __typename } }";
        let one = json!({ "seq": "8", "before": { "city": "Espoo" }, "entity": { "slug": "c1" }, "after": { "city": "Turku" },
                          "factType": null, "__typename": "Difference" });
        let three = json!({ "seq": "10", "before": { "city": "Espoo" }, "entity": { "slug": "c3" }, "after": null,
                            "factType": null, "__typename": "Difference" });
        let between = ask(&*engine, query, &json!({ "from": before, "to": after }));
        assert_eq!(between["data"]["diff"], json!([one, three]), "{}", store.name());
        let seqs = |variables: Value| {
            let found = ask(&*engine, query, &variables);
            let rows = found["data"]["diff"].as_array().unwrap_or_else(|| panic!("{found}"));
            rows.iter().map(|row| row["seq"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(seqs(json!({ "from": before })), ["8", "10", "12"], "up to now: {}", store.name());
        assert_eq!(seqs(json!({ "from": before, "first": 1 })), ["8"]);
        assert_eq!(seqs(json!({ "from": before, "first": 1, "since": "8" })), ["10"]);
        let of_c3 = json!({ "entity": { "company": { "slug": { "eq": "c3" } } } });
        assert_eq!(seqs(json!({ "from": before, "filter": of_c3 })), ["10"]);
        assert_eq!(seqs(json!({ "from": after, "to": after })), Vec::<String>::new());
        let without =
            ask(&*engine, "query ($from: DateTime!) { diff(from: $from) { after } }", &json!({ "from": after }));
        assert_eq!(without["data"]["diff"], json!([{ "after": { "city": "Oulu" } }]), "{}", store.name());
    }
}
