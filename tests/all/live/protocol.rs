//! `graphql-transport-ws` to the letter: what is answered, and with which code a connection is closed.

use std::time::Duration;

use serde_json::{Value, json};

use super::socket::{Heard, Socket};
use crate::harness::http::Running;
use crate::harness::{Harness, TestStore};

fn server(store: &TestStore) -> Running {
    Running::start(store, &[])
}

fn assert_closed(mut socket: Socket, code: u16, reason: &str) {
    assert_eq!(socket.hear(), Heard::Closed(code, reason.to_owned()));
}

#[test]
fn what_is_no_message_closes_the_connection() {
    let store = Harness::sqlite();
    let server = server(&store);
    let wrong = [
        ("hello", "Message is not JSON"),
        ("[]", "Message is not an object"),
        ("{\"id\":\"1\"}", "Message has no type"),
        ("{\"type\":\"start\"}", "Message is of an unknown type"),
        ("{\"type\":\"connection_init\",\"payload\":\"x\"}", "The payload of message connection_init is not an object"),
        ("{\"type\":\"subscribe\",\"payload\":{\"query\":\"{ __typename }\"}}", "Message subscribe has no id"),
        ("{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{}}", "Message subscribe has no query"),
        (
            "{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":\"{ __typename }\",\"variables\":1}}",
            "`variables` must be a JSON object or null.",
        ),
        ("{\"type\":\"complete\"}", "Message complete has no id"),
    ];
    for (text, reason) in wrong {
        let mut socket = Socket::begun(server.address);
        socket.say_text(text);
        assert_closed(socket, 4400, reason);
    }
    let mut socket = Socket::begun(server.address);
    socket.say_bytes(b"{\"type\":\"ping\"}");
    assert_closed(socket, 4400, "Message is not text");
}

#[test]
fn a_connection_begins_once_and_in_time_and_before_any_operation() {
    let store = Harness::sqlite();
    let server = server(&store);
    let late = Socket::open(server.address);
    let mut socket = Socket::open(server.address);
    socket.subscribe("1", "{ __typename }", &Value::Null);
    assert_closed(socket, 4401, "Unauthorized");
    let mut socket = Socket::begun(server.address);
    socket.say(&json!({ "type": "connection_init", "payload": {} }));
    assert_closed(socket, 4429, "Too many initialisation requests");
    assert_closed(late, 4408, "Connection initialisation timeout");
    assert_closed(Socket::offering(server.address, None), 4406, "Subprotocol not acceptable");
}

#[test]
fn names_of_operations_are_used_once_at_a_time() {
    let store = Harness::sqlite();
    let server = server(&store);
    let mut socket = Socket::begun(server.address);
    let changed = "subscription { changed { seq } }";
    socket.subscribe("a", changed, &Value::Null);
    socket.say(&json!({ "type": "complete", "id": "a" }));
    // It is free again, and nothing is said of an operation that the client ended.
    socket.subscribe("a", "{ __typename }", &Value::Null);
    assert_eq!(socket.message()["payload"]["data"]["__typename"], "Query");
    assert_eq!(socket.message(), json!({ "id": "a", "type": "complete" }));
    socket.subscribe("a", changed, &Value::Null);
    socket.subscribe("a", changed, &Value::Null);
    assert_closed(socket, 4409, "Subscriber for a already exists");
}

#[test]
fn pings_are_answered_and_silence_is_pinged() {
    let store = Harness::sqlite();
    let server = Running::start(&store, &["--live-keep-alive-s", "1"]);
    let mut socket = Socket::begun(server.address);
    socket.say(&json!({ "type": "ping" }));
    assert_eq!(socket.message(), json!({ "type": "pong" }));
    socket.say(&json!({ "type": "ping", "payload": { "n": 1 } }));
    assert_eq!(socket.message(), json!({ "type": "pong", "payload": { "n": 1 } }));
    socket.say(&json!({ "type": "pong" }));
    // While it is read, the client answers what the server pings; then it does not, and is let go.
    std::thread::sleep(Duration::from_millis(200));
    socket.subscribe("1", "{ __typename }", &Value::Null);
    socket.event("1", "__typename");
    const CLOSE: u8 = 8;
    assert_eq!(Socket::begun(server.address).deaf(), Some(CLOSE), "who answers no ping is let go");
}

#[test]
fn queries_and_refusals_come_over_a_socket_too() {
    let store = Harness::sqlite();
    let server = server(&store);
    let mut socket = Socket::begun(server.address);
    let refused = [
        ("{ nothing }", "VALIDATION_FAILED"),
        ("{", "PARSE_FAILED"),
        ("subscription { changed { seq } agreementRecorded { seq } }", "VALIDATION_FAILED"),
        ("subscription { a: changed { seq } b: changed { seq } }", "VALIDATION_FAILED"),
        ("subscription { __typename }", "VALIDATION_FAILED"),
        ("subscription { ...F } fragment F on Subscription { changed @skip(if: true) { seq } }", "VALIDATION_FAILED"),
        ("subscription { changed(since: \"x\") { seq } }", "BAD_INPUT"),
        ("subscription { changed(since: \"1.5\") { seq } }", "BAD_INPUT"),
        ("subscription { changed(filter: { seq: { eq: null } }) { seq } }", "BAD_INPUT"),
    ];
    for (query, code) in refused {
        socket.subscribe("x", query, &Value::Null);
        let message = socket.message();
        assert_eq!((&message["type"], &message["id"]), (&json!("error"), &json!("x")), "{query}: {message}");
        assert_eq!(message["payload"][0]["extensions"]["code"], code, "{query}: {message}");
    }
    // Over HTTP, a subscription says what it needs.
    let answered = server.post(&json!({ "query": "subscription { changed { seq } }" }).to_string());
    assert_eq!(answered.code(), "OPERATION_NOT_ALLOWED");
}

#[test]
fn pages_of_other_origins_open_no_socket_unless_they_may() {
    let store = Harness::sqlite();
    let server = Running::start(&store, &["--cors-allowed-origins", "https://app.example"]);
    let status = |origin: &str| {
        let headers = [
            ("Connection", "Upgrade"),
            ("Upgrade", "websocket"),
            ("Sec-WebSocket-Version", "13"),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
            ("Sec-WebSocket-Protocol", "graphql-transport-ws"),
            ("Origin", origin),
        ];
        open_status(&server, &headers)
    };
    assert_eq!(status("https://app.example"), 101);
    assert_eq!(status(&format!("http://{}", server.address)), 101);
    assert_eq!(status("https://evil.example"), 403);
}

/// The status of the answer to a request that may open a socket.
fn open_status(server: &Running, headers: &[(&str, &str)]) -> u16 {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(server.address).unwrap();
    let mut head = format!("GET /graphql HTTP/1.1\r\nHost: {}\r\n", server.address);
    headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
    stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
    let mut line = [0; 12];
    stream.read_exact(&mut line).unwrap();
    String::from_utf8_lossy(&line[9..]).parse().unwrap()
}
