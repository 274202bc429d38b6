//! What is safe to send again: the same answer, once written, whatever happened in between.

use std::time::{Duration, Instant};

use dealgraph::access::Role;
use dealgraph::engine::Request;
use serde_json::{Value, json};

use super::{Asked, bytes, company, on_both, request};
use crate::access::secret;
use crate::harness::http::Running;
use crate::harness::{Harness, config, engine_with};

const RECORD: &str = "mutation($input: CompanyRecordInput!) { companyRecord(input: $input) { company { id slug } userErrors { code } } }";

fn keyed(role: Role, key: &str, input: &Value) -> Request {
    Request { idempotency_key: Some(key.to_owned()), ..request(role, RECORD, input) }
}

fn companies(asked: &Asked) -> Value {
    asked.ask("{ companies { totalCount } }", &Value::Null)["data"]["companies"]["totalCount"].clone()
}

#[test]
fn a_repeated_call_gives_the_first_answer_to_the_byte_and_writes_once() {
    on_both(|asked| {
        let first = bytes(&asked.engine, &keyed(Role::Editor, "a-1", &company("acme")));
        assert!(first.contains("\"userErrors\":[]"), "{first}");
        let update = json!({"slug": "acme", "version": 1, "name": "Other", "citations": [{"source": super::URL}]});
        asked.done("companyUpdate", "company { id }", &update);
        // Another server on the same store knows it too.
        let other = engine_with(&asked.store, &config(&asked.store.url, &[]));
        assert_eq!(bytes(&other, &keyed(Role::Editor, "a-1", &company("acme"))), first, "{}", asked.store.name());
        assert_eq!(companies(asked), 1);
        let wrong = bytes(&asked.engine, &keyed(Role::Editor, "a-2", &company("acme")));
        assert!(wrong.contains("TAKEN"), "{wrong}");
        assert_eq!(bytes(&asked.engine, &keyed(Role::Editor, "a-2", &company("acme"))), wrong);
    });
}

#[test]
fn a_key_belongs_to_one_request_of_one_actor_for_a_day() {
    on_both(|asked| {
        bytes(&asked.engine, &keyed(Role::Editor, "k", &company("one")));
        let reused = bytes(&asked.engine, &keyed(Role::Editor, "k", &company("two")));
        assert!(reused.contains("KEY_REUSED"), "{reused}");
        assert_eq!(companies(asked), 1, "{}", asked.store.name());
        let other = bytes(&asked.engine, &keyed(Role::Admin, "k", &company("three")));
        assert!(other.contains("\"three\""), "the keys of others are others: {other}");
        let past = if asked.store.name() == "sqlite" { "2020-01-01T00:00:00.000000Z" } else { "2020-01-01" };
        asked.store.execute_batch(&format!("UPDATE idempotency_key SET expires_at = '{past}'"));
        let anew = bytes(&asked.engine, &keyed(Role::Editor, "k", &company("two")));
        assert!(anew.contains("\"slug\":\"two\""), "an expired key is new: {anew}");
        for key in ["", "two words", "ä", &"k".repeat(256)] {
            let refused = bytes(&asked.engine, &keyed(Role::Editor, key, &company("four")));
            assert!(refused.contains("BAD_REQUEST"), "{key}: {refused}");
        }
    });
}

#[test]
fn of_the_same_call_many_times_at_once_one_writes_and_all_have_its_answer() {
    on_both(|asked| {
        let answers: Vec<String> = std::thread::scope(|scope| {
            let ask = || bytes(&asked.engine, &keyed(Role::Editor, "same", &company("acme")));
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(answers[0].contains("\"userErrors\":[]"), "{}", answers[0]);
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{}: {answers:?}", asked.store.name());
        assert_eq!(companies(asked), 1, "{}", asked.store.name());
    });
}

#[test]
fn a_write_that_others_keep_waiting_is_told_so_and_can_be_sent_again() {
    for store in Harness::databases() {
        let held = format!("Bearer {}", secret(&store, "writer", "editor"));
        let server = Running::start(&store, &["--database-wait-ms", "300"]);
        let headers = [("Content-Type", "application/json"), ("Authorization", held.as_str())];
        let post = |query: &str, input: &Value| {
            let body = json!({"query": query, "variables": {"input": input}}).to_string();
            server.send("POST", "/graphql", &headers, body.as_bytes())
        };
        assert_eq!(post(RECORD, &company("acme")).status, 200);
        let mut other = store.connection();
        let lock = if store.name() == "sqlite" { "BEGIN IMMEDIATE" } else { "BEGIN; SELECT 1 FROM company FOR UPDATE" };
        run(&mut other, lock);
        let update = "mutation($input: CompanyUpdateInput!) { companyUpdate(input: $input) { company { version } } }";
        let input = json!({"slug": "acme", "version": 1, "city": "Oulu", "citations": [{"source": super::URL}]});
        let begin = Instant::now();
        let busy = post(update, &input);
        assert_eq!((busy.status, busy.code().as_str()), (503, "BUSY"), "{}: {busy:?}", store.name());
        assert!(begin.elapsed() < Duration::from_secs(10), "{}", store.name());
        run(&mut other, "ROLLBACK");
        let done = post(update, &input);
        assert!(done.body.contains("\"version\":2"), "{}: {done:?}", store.name());
    }
}

fn run(connection: &mut dealgraph::store::Connection, statements: &str) {
    use diesel::connection::SimpleConnection as _;
    match connection {
        dealgraph::store::Connection::Sqlite(open) => open.batch_execute(statements).unwrap(),
        dealgraph::store::Connection::Postgres(open) => open.batch_execute(statements).unwrap(),
    }
}

#[test]
fn who_writes_nothing_leaves_nothing() {
    on_both(|asked| {
        let request = Request {
            query: "mutation { __typename areaRecord(input: {slug: \"a\", name: \"A\"}) @skip(if: true) { userErrors { code } } }".to_owned(),
            idempotency_key: Some("k".to_owned()),
            ..Request::default()
        };
        assert_eq!(bytes(&asked.engine, &request), r#"{"data":{"__typename":"Mutation"}}"#);
        let keys = crate::harness::texts(&mut asked.store.connection(), "SELECT name AS shown FROM idempotency_key");
        assert!(keys.is_empty(), "{}: {keys:?}", asked.store.name());
    });
}

#[test]
fn a_mutation_needs_post() {
    let store = Harness::sqlite();
    let held = format!("Bearer {}", secret(&store, "writer", "admin"));
    let server = Running::start(&store, &[]);
    let query = "/graphql?query=mutation%7BareaRecord(input%3A%7Bslug%3A%22a%22%2Cname%3A%22A%22%7D)%7BuserErrors%7Bcode%7D%7D%7D";
    let received = server.send("GET", query, &[("Authorization", &held)], b"");
    assert_eq!((received.status, received.code().as_str()), (405, "METHOD_NOT_ALLOWED"), "{received:?}");
}
