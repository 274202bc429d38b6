//! What is written through the API is told to those who subscribe, on the same connection too.

use serde_json::{Value, json};

use super::socket::{Heard, Socket};
use crate::command_line::child::{run, text};
use crate::harness::Harness;
use crate::harness::http::Running;

const CHANGED: &str =
    "subscription { changed(since: 0) { kind actor factType entity { ... on Company { slug } } after } }";

#[test]
fn a_write_over_a_socket_is_told_to_its_subscribers() {
    for store in Harness::databases() {
        let arguments = ["token", "create", "desk", "--role", "editor"];
        let created = run(&Harness::folder(), &arguments, &[("DATABASE_URL", &*store.url)]);
        assert!(created.status.success(), "{}", text(&created.stderr));
        let printed = text(&created.stdout);
        let token = printed.split_whitespace().find(|word| word.starts_with("dealgraph_"));
        let token = token.unwrap_or_else(|| panic!("a token is shown: {printed}"));
        let server = Running::start(&store, &["--auth", "required"]);

        let mut stranger = Socket::open(server.address);
        stranger.say(&json!({ "type": "connection_init", "payload": { "Authorization": "Bearer nobody" } }));
        assert_eq!(stranger.hear(), Heard::Closed(4403, "Forbidden: The token is not known.".to_owned()));
        let mut nobody = Socket::open(server.address);
        nobody.say(&json!({ "type": "connection_init" }));
        assert!(matches!(nobody.hear(), Heard::Closed(4403, _)), "{}", store.name());

        let mut socket = Socket::open(server.address);
        let payload = json!({ "Authorization": format!("Bearer {token}") });
        socket.say(&json!({ "type": "connection_init", "payload": payload }));
        assert_eq!(socket.message()["type"], "connection_ack", "{}", store.name());
        socket.subscribe("feed", CHANGED, &Value::Null);
        let record = "mutation ($input: CompanyRecordInput!) { companyRecord(input: $input) \
                      { company { slug } userErrors { code message } } }";
        socket.subscribe("write", record, &json!({ "input": crate::mutations::company("acme") }));
        let (mut answered, mut told) = (Value::Null, Vec::new());
        while answered.is_null() || !told.iter().any(|change: &Value| change["entity"]["slug"] == "acme") {
            let message = socket.message();
            match (message["id"].as_str(), message["type"].as_str()) {
                (Some("write"), Some("next")) => answered = message["payload"]["data"]["companyRecord"].clone(),
                (Some("feed"), Some("next")) => told.push(message["payload"]["data"]["changed"].clone()),
                (Some("write"), Some("complete")) => {}
                _ => panic!("{}: {message}", store.name()),
            }
        }
        assert_eq!(answered, json!({ "company": { "slug": "acme" }, "userErrors": [] }), "{}", store.name());
        let company = told.iter().find(|change| change["entity"]["slug"] == "acme").expect("it was told");
        assert_eq!(company["kind"], "RECORDED", "{}: {told:?}", store.name());
        assert_eq!(company["actor"], "token desk", "{}: {told:?}", store.name());
    }
}
