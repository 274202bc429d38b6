//! Who may: tokens from their making to their end, what a wrong one is told, and that none reaches a log.

mod oidc;

use std::process::Stdio;

use serde_json::Value;

use crate::command_line::child::{Server, command_within, text};
use crate::harness::http::{Received, Running};
use crate::harness::{Harness, TestStore, texts};

const QUERY: &str = r#"{"query":"{ companies { totalCount } }"}"#;
const RESPONSE: (&str, &str) = ("Accept", "application/graphql-response+json");

/// Runs `dealgraph token` on a store.
pub fn token(store: &TestStore, arguments: &[&str]) -> (bool, String, String) {
    let arguments: Vec<&str> = ["token"].into_iter().chain(arguments.iter().copied()).collect();
    let environment = [("DATABASE_URL", store.url.as_str())];
    let mut command = command_within(store.mounted_by, &Harness::folder(), &arguments, &environment);
    let output = command.stdin(Stdio::null()).output().expect("the binary runs");
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}

/// Makes a token; gives its secret.
pub fn secret(store: &TestStore, name: &str, role: &str) -> String {
    let (made, secret, why) = token(store, &["create", name, "--role", role]);
    assert!(made, "{}: {why}", store.name());
    assert!(!why.contains(secret.trim()), "the log shows the secret: {why}");
    secret.trim().to_owned()
}

/// Sends a query as who holds a token.
fn ask(server: &Running, authorization: Option<&str>) -> Received {
    let mut headers = vec![("Content-Type", "application/json"), RESPONSE];
    headers.extend(authorization.map(|value| ("Authorization", value)));
    server.send("POST", "/graphql", &headers, QUERY.as_bytes())
}

fn assert_refused(received: &Received, words: &str) {
    assert_eq!((received.status, received.code().as_str()), (401, "UNAUTHENTICATED"), "{received:?}");
    assert_eq!(received.header("www-authenticate"), Some("Bearer"), "{received:?}");
    assert_eq!(received.header("content-type"), Some("application/graphql-response+json; charset=utf-8"));
    let body: Value = serde_json::from_str(&received.body).unwrap();
    assert!(body.get("data").is_none(), "{body}");
    assert!(body["errors"][0]["message"].as_str().is_some_and(|message| message.contains(words)), "{body}");
}

#[test]
fn wrong_expired_and_revoked_tokens_are_refused_even_where_reading_is_open() {
    for store in Harness::databases() {
        let server = Running::start(&store, &[]);
        let good = format!("Bearer {}", secret(&store, "good", "reader"));
        assert_eq!(ask(&server, None).status, 200);
        assert_eq!(ask(&server, Some(&good)).status, 200);
        assert_eq!(ask(&server, Some(&good.replace("Bearer", "bearer"))).status, 200, "the scheme has no case");
        let unknown = format!("Bearer dealgraph_{}", "A".repeat(43));
        for (header, words) in [
            (unknown.as_str(), "not known"),
            ("Bearer nonsense", "not known"),
            ("Bearer", "not known"),
            ("", "must be `Bearer`"),
            ("Basic dXNlcjpwYXNz", "must be `Bearer`"),
        ] {
            assert_refused(&ask(&server, Some(header)), words);
        }
        let (revoked, _, _) = token(&store, &["revoke", "good"]);
        assert!(revoked);
        assert_refused(&ask(&server, Some(&good)), "revoked");
        let old = format!("Bearer {}", secret(&store, "old", "editor"));
        assert_eq!(ask(&server, Some(&old)).status, 200);
        let past = if store.name() == "sqlite" { "2020-01-01T00:00:00.000000Z" } else { "2020-01-01" };
        store.execute_batch(&format!("UPDATE access_token SET expires_at = '{past}' WHERE name = 'old'"));
        assert_refused(&ask(&server, Some(&old)), "expired");
    }
}

#[test]
fn where_reading_is_closed_any_role_may_read_and_nobody_else() {
    for store in Harness::databases() {
        let server = Running::start(&store, &["--auth", "required"]);
        assert_refused(&ask(&server, None), "needs a token");
        for role in ["reader", "editor", "admin"] {
            let held = format!("Bearer {}", secret(&store, role, role));
            assert_eq!(ask(&server, Some(&held)).status, 200, "{role}");
        }
        assert_eq!(server.send("GET", "/graphql?query=%7B__typename%7D", &[RESPONSE], b"").status, 401);
        assert_eq!(server.send("GET", "/health/live", &[], b"").status, 200);
    }
}

#[test]
fn only_a_hash_is_stored_and_the_last_use_is_noted_once_a_minute() {
    for store in Harness::databases() {
        let server = Running::start(&store, &[]);
        let held = secret(&store, "crawler", "reader");
        let stored = texts(&mut store.connection(), "SELECT secret_hash || name || role AS shown FROM access_token");
        assert!(!stored.concat().contains(&held) && stored.concat().len() > 64, "{stored:?}");
        let (_, listed, _) = token(&store, &["list"]);
        assert!(listed.contains("crawler") && listed.contains("never") && !listed.contains(&held), "{listed}");
        let used = || {
            texts(
                &mut store.connection(),
                "SELECT CAST(last_used_at AS TEXT) AS shown FROM access_token WHERE last_used_at IS NOT NULL",
            )
        };
        assert_eq!(ask(&server, Some(&format!("Bearer {held}"))).status, 200);
        let begin = std::time::Instant::now();
        while used().is_empty() {
            assert!(begin.elapsed().as_secs() < 20, "{}: the use is never noted", store.name());
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        let first = used();
        for _ in 0..3 {
            assert_eq!(ask(&server, Some(&format!("Bearer {held}"))).status, 200);
        }
        std::thread::sleep(std::time::Duration::from_millis(200));
        assert_eq!(used(), first, "{}: within a minute", store.name());
    }
}

#[test]
fn names_of_tokens_are_taken_once() {
    for store in Harness::databases() {
        secret(&store, "desk", "editor");
        let (made, _, why) = token(&store, &["create", "desk", "--role", "admin"]);
        assert!(!made && why.contains("desk"), "{why}");
        let (made, _, why) = token(&store, &["create", "two words", "--role", "admin"]);
        assert!(!made && why.contains("two words"), "{why}");
        let (made, _, _) = token(&store, &["create", "a", "--role", "king"]);
        assert!(!made);
        let (revoked, _, why) = token(&store, &["revoke", "nobody"]);
        assert!(!revoked && why.contains("nobody"), "{why}");
    }
}

#[test]
fn tokens_reach_no_log_whatever_is_logged() {
    for store in Harness::databases() {
        let good = secret(&store, "quiet", "editor");
        let unknown = format!("dealgraph_{}", "B".repeat(43));
        let server = Server::start(
            &Harness::folder(),
            &[("DATABASE_URL", &store.url), ("LOG", "trace"), ("SEED", "false"), ("AUTH", "required")],
        );
        for held in [&good, &unknown, &"garbage-token".to_owned()] {
            let held = format!("Bearer {held}");
            let headers = [("Content-Type", "application/json"), ("Authorization", held.as_str())];
            crate::harness::http::send(server.address, "POST", "/graphql", &headers, QUERY.as_bytes());
            crate::harness::http::send(server.address, "POST", "/graphql", &headers, b"{");
        }
        server.terminate();
        let log = server.rest_of_log();
        assert!(log.contains("answered"), "{log}");
        for held in [&*good, &*unknown, "garbage-token"] {
            assert!(!log.contains(held), "{}: the log shows {held}", store.name());
        }
    }
}
