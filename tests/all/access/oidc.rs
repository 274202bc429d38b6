//! Tokens of an issuer: which are taken, with which role, and which are not.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, get_current_timestamp};
use serde_json::{Value, json};

use super::RESPONSE;
use crate::harness::Harness;
use crate::harness::http::{Received, Running};

const ISSUER: &str = "https://id.example/realm";

/// A key of Ed25519, as RFC 8410 writes one, from a seed.
fn key(seed: u8) -> EncodingKey {
    let mut der = vec![0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
    der.extend([seed; 32]);
    EncodingKey::from_ed_der(&der)
}

fn set(seeds: &[u8]) -> String {
    let keys = seeds.iter().map(|seed| {
        let mut jwk = Jwk::from_encoding_key(&key(*seed), Algorithm::EdDSA).unwrap();
        jwk.common.key_id = Some(format!("key-{seed}"));
        jwk
    });
    serde_json::to_string(&JwkSet { keys: keys.collect() }).unwrap()
}

fn claims() -> Value {
    json!({"iss": ISSUER, "aud": ["other", "dealgraph"], "sub": "ann", "exp": get_current_timestamp() + 600,
        "nbf": get_current_timestamp() - 5, "realm": {"roles": ["guest", "editor"]}})
}

fn signed(seed: u8, claims: &Value) -> String {
    let header = Header { kid: Some(format!("key-{seed}")), ..Header::new(Algorithm::EdDSA) };
    encode(&header, claims, &key(seed)).unwrap()
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    claims
}

fn without(name: &str) -> Value {
    let mut claims = claims();
    claims.as_object_mut().unwrap().remove(name);
    claims
}

fn record(server: &Running, token: &str) -> Received {
    let held = format!("Bearer {token}");
    let headers = [("Content-Type", "application/json"), RESPONSE, ("Authorization", held.as_str())];
    let body = r#"{"query":"mutation { areaRecord(input: {slug: \"ai\", name: \"AI\"}) { area { slug } userErrors { code } } }"}"#;
    server.send("POST", "/graphql", &headers, body.as_bytes())
}

#[test]
fn a_token_of_the_issuer_is_taken_with_its_role_and_no_other() {
    let store = Harness::sqlite();
    let file = Harness::folder().join("keys.json");
    std::fs::write(&file, set(&[1])).unwrap();
    let flags = [
        "--oidc-issuer",
        ISSUER,
        "--oidc-audience",
        "dealgraph",
        "--oidc-jwks",
        file.to_str().unwrap(),
        "--oidc-role-claim",
        "realm.roles",
    ];
    let server = Running::start(&store, &flags);
    let done = record(&server, &signed(1, &claims()));
    assert_eq!((done.status, done.body.contains("\"slug\":\"ai\"")), (200, true), "{done:?}");
    let who =
        crate::harness::texts(&mut store.connection(), "SELECT actor AS shown FROM change ORDER BY seq DESC LIMIT 1");
    assert_eq!(who, ["oidc ann"]);
    let reader = record(&server, &signed(1, &with("realm", json!({"roles": "reader"}))));
    assert_eq!((reader.status, reader.code().as_str()), (403, "FORBIDDEN"), "{reader:?}");
    let none = record(&server, &signed(1, &without("realm")));
    assert_eq!((none.status, none.code().as_str()), (403, "FORBIDDEN"), "{none:?}");
    let past = json!(get_current_timestamp() - 3_600);
    let future = json!(get_current_timestamp() + 3_600);
    let shared =
        encode(&Header::new(Algorithm::HS256), &claims(), &EncodingKey::from_secret(set(&[1]).as_bytes())).unwrap();
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let unsigned = format!("{}.{}.", part(&json!({"alg": "none", "typ": "JWT"})), part(&claims()));
    let mut forged = signed(1, &claims());
    forged.replace_range(forged.len() - 10.., "AAAAAAAAAA");
    for (token, words) in [
        (signed(1, &with("exp", past)), "expired"),
        (signed(1, &with("nbf", future)), "not good yet"),
        (signed(1, &with("iss", json!("https://id.example/other"))), "another issuer"),
        (signed(1, &with("aud", json!("other"))), "another audience"),
        (signed(1, &without("exp")), "lacks"),
        (signed(1, &without("aud")), "lacks"),
        (signed(1, &without("iss")), "lacks"),
        (signed(1, &without("sub")), "lacks"),
        (signed(2, &claims()), "key that is not known"),
        (shared, "algorithm"),
        (unsigned, "not known"),
        (forged, "not known"),
    ] {
        let refused = record(&server, &token);
        assert_eq!((refused.status, refused.code().as_str()), (401, "UNAUTHENTICATED"), "{words}: {refused:?}");
        assert!(refused.body.contains(words), "{words}: {refused:?}");
    }
}

#[test]
fn keys_are_asked_for_over_http_and_an_unknown_one_does_not_make_us_ask_each_time() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/keys", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    // It ends with the test's process: it only waits for connections.
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            count.fetch_add(1, Ordering::SeqCst);
            let mut head = [0; 4_096];
            let _ = stream.read(&mut head);
            let body = set(&[1]);
            let _ =
                write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
        }
    });
    let store = Harness::sqlite();
    let flags = [
        "--oidc-issuer",
        ISSUER,
        "--oidc-audience",
        "dealgraph",
        "--oidc-jwks",
        &url,
        "--oidc-role-claim",
        "realm.roles",
    ];
    let server = Running::start(&store, &flags);
    assert_eq!(record(&server, &signed(1, &claims())).status, 200);
    for _ in 0..5 {
        assert_eq!(record(&server, &signed(2, &claims())).status, 401);
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[test]
fn keys_that_cannot_be_read_are_a_fault_of_ours() {
    let store = Harness::sqlite();
    let file = Harness::folder().join("missing.json");
    let flags = ["--oidc-issuer", ISSUER, "--oidc-audience", "dealgraph", "--oidc-jwks", file.to_str().unwrap()];
    let server = Running::start(&store, &flags);
    let failed = record(&server, &signed(1, &claims()));
    assert_eq!((failed.status, failed.code().as_str()), (503, "UNAVAILABLE"), "{failed:?}");
    assert!(!failed.body.contains("missing.json"), "{failed:?}");
}
