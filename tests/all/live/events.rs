//! GraphQL over server-sent events, distinct connections.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

use super::resuming::record_many;
use crate::changes::record_company;
use crate::harness::Harness;
use crate::harness::http::Running;

/// A request for events; the lines of the answer.
fn ask(server: &Running, query: &str, headers: &str) -> impl Iterator<Item = String> + use<> {
    let body = json!({ "query": query }).to_string();
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Accept: text/event-stream\r\nAccept-Encoding: gzip\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    BufReader::new(stream).lines().map_while(Result::ok)
}

/// The next line that begins so.
fn line(lines: &mut impl Iterator<Item = String>, begin: &str) -> String {
    let found = lines.find(|line| line.starts_with(begin));
    found.unwrap_or_else(|| panic!("the answer ended without `{begin}`"))
}

fn data(lines: &mut impl Iterator<Item = String>) -> Value {
    serde_json::from_str(line(lines, "data: ").trim_start_matches("data: ")).unwrap()
}

#[test]
fn a_query_is_one_event_and_the_end() {
    let store = Harness::sqlite();
    let server = Running::start(&store, &[]);
    let lines: Vec<String> = ask(&server, "{ __typename }", "").collect();
    let body = lines.iter().position(String::is_empty).unwrap();
    assert!(lines.iter().any(|line| line.eq_ignore_ascii_case("content-type: text/event-stream")), "{lines:?}");
    let expected = ["event: next", "data: {\"data\":{\"__typename\":\"Query\"}}", "", "event: complete", "data: ", ""];
    assert_eq!(&lines[body + 1..], expected);
    let mut refused = ask(&server, "{ nothing }", "");
    assert_eq!(data(&mut refused)["errors"][0]["extensions"]["code"], "VALIDATION_FAILED");
    assert_eq!(line(&mut refused, "event: "), "event: complete");
}

#[test]
fn events_come_as_they_happen_and_go_on_from_the_last() {
    for store in Harness::databases() {
        let server = Running::start(&store, &["--live-keep-alive-s", "1"]);
        let mut connection = store.connection();
        let changed = "subscription { changed(since: 0) { seq entity { ... on Company { slug } } } }";
        let mut lines = ask(&server, changed, "");
        assert_eq!(line(&mut lines, ":"), ":", "it is said at once that the subscription has begun");
        assert_eq!(line(&mut lines, ":"), ":", "silence is broken now and then");
        record_company(&mut connection, 1);
        assert_eq!(line(&mut lines, "event: "), "event: next");
        assert_eq!(line(&mut lines, "id: "), "id: 1");
        let event = json!({ "seq": "1", "entity": { "slug": "c1" } });
        assert_eq!(data(&mut lines)["data"]["changed"], event, "{}", store.name());
        drop(lines);
        record_company(&mut connection, 2);
        let mut again = ask(&server, changed, "Last-Event-ID: 1\r\n");
        assert_eq!(data(&mut again)["data"]["changed"]["seq"], "2", "{}", store.name());
    }
}

#[test]
fn who_does_not_keep_up_is_told_where_to_go_on() {
    for store in Harness::databases() {
        let server = Running::start(&store, &[]);
        record_many(&store, 1..=1, 1);
        let mut lines = ask(&server, "subscription { changed(since: 0) { seq after } }", "");
        assert_eq!(data(&mut lines)["data"]["changed"]["seq"], "1", "{}", store.name());
        // Far more than the connection's buffers and what may wait.
        record_many(&store, 2..=4_000, 8_000);
        let mut seen = 1;
        let told = loop {
            let event = data(&mut lines);
            let Some(seq) = event["data"]["changed"]["seq"].as_str() else { break event };
            seen += 1;
            assert_eq!(seq, seen.to_string(), "{}", store.name());
        };
        let expected = json!({ "code": "TOO_SLOW", "seq": seen.to_string() });
        assert_eq!(told["errors"][0]["extensions"], expected, "{}: {told}", store.name());
        assert_eq!(line(&mut lines, "event: "), "event: complete");
        assert!(seen < 4_000, "{}: it was behind", store.name());
        let mut again =
            ask(&server, "subscription { changed(since: 0) { seq } }", &format!("Last-Event-ID: {seen}\r\n"));
        assert_eq!(data(&mut again)["data"]["changed"]["seq"], (seen + 1).to_string(), "{}", store.name());
    }
}
