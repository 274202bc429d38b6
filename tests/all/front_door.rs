//! What a browser is given: pages, their files and headers, and who of another origin may ask.

use clap::Parser;
use dealgraph::config::Cli;

use crate::harness::http::{Received, Running};
use crate::harness::{Harness, TestStore};

const BROWSER: (&str, &str) =
    ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8");
const APP: (&str, &str) = ("Origin", "https://app.example");

fn one(flags: &[&str]) -> (TestStore, Running) {
    let store = Harness::sqlite();
    let server = Running::start(&store, flags);
    (store, server)
}

fn is_page(received: &Received) -> bool {
    received.status == 200 && received.header("content-type") == Some("text/html; charset=utf-8")
}

#[test]
fn pages_have_a_strict_policy_and_are_asked_for_again_each_time() {
    let (_store, server) = one(&[]);
    for address in ["/", "/plain", "/plain/page.css", "/plain/page.js", "/favicon.ico"] {
        let first = server.send("GET", address, &[], b"");
        assert_eq!((first.status, first.header("cache-control")), (200, Some("no-cache")), "{address}");
        assert_eq!(first.header("x-content-type-options"), Some("nosniff"), "{address}");
        assert_eq!(first.header("referrer-policy"), Some("no-referrer"), "{address}");
        let tag = first.header("etag").unwrap();
        let again = server.send("GET", address, &[("If-None-Match", tag)], b"");
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{address}");
        let head = server.send("HEAD", address, &[], b"");
        assert_eq!((head.status, head.header("etag"), head.body.as_str()), (200, Some(tag), ""), "{address}");
        let post = server.send("POST", address, &[], b"x");
        assert_eq!((post.status, post.header("allow")), (405, Some("GET, HEAD")), "{address}");
    }
    for address in ["/", "/plain"] {
        let page = server.send("GET", address, &[], b"");
        assert!(is_page(&page), "{page:?}");
        let policy = page.header("content-security-policy").unwrap();
        for part in ["default-src 'none'", "script-src 'self';", "connect-src 'self';", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{address}: {policy}");
        }
        assert!(!policy.contains("unsafe-eval") && !policy.contains("://"), "{address}: {policy}");
    }
    for address in ["/plain/nothing.js", "/assets/nothing-1.js", "/assets/..%2findex.html", "/plain/..%2fmod.rs"] {
        assert_eq!(server.send("GET", address, &[], b"").status, 404, "{address}");
    }
}

#[test]
fn the_files_of_the_playground_are_kept_and_compressed() {
    let (_store, server) = one(&[]);
    let page = server.send("GET", "/", &[], b"").body;
    let files: Vec<&str> = page.split('"').filter(|part| part.starts_with("/assets/")).collect();
    assert!(!files.is_empty(), "the playground is not built in. Run this, then try again:\n    scripts/requirements");
    for file in files {
        let plain = server.send("GET", file, &[], b"");
        assert_eq!((plain.status, plain.header("content-encoding")), (200, None), "{file}");
        assert_eq!(plain.header("cache-control"), Some("public, max-age=31536000, immutable"), "{file}");
        let expected =
            if file.ends_with(".css") { "text/css; charset=utf-8" } else { "text/javascript; charset=utf-8" };
        assert_eq!(plain.header("content-type"), Some(expected), "{file}");
        let gzip = server.send("GET", file, &[("Accept-Encoding", "br, gzip;q=0.5")], b"");
        assert_eq!((gzip.status, gzip.header("content-encoding")), (200, Some("gzip")), "{file}");
        assert_eq!(gzip.header("content-type"), Some(expected), "{file}");
        assert!(gzip.header("vary").is_some_and(|vary| vary.contains("accept-encoding")), "{gzip:?}");
        assert_ne!(gzip.header("etag"), plain.header("etag"), "{file}");
        let length = |received: &Received| received.header("content-length").unwrap().parse::<usize>().unwrap();
        assert!(length(&gzip) <= length(&plain), "{file}");
        let none = server.send("GET", file, &[("Accept-Encoding", "gzip;q=0")], b"");
        assert_eq!(none.header("content-encoding"), None, "{file}");
    }
}

#[test]
fn a_browser_at_the_graphql_address_is_shown_the_playground_and_others_the_error() {
    let (_store, server) = one(&[]);
    assert!(is_page(&server.send("GET", "/graphql", &[BROWSER], b"")));
    let query = server.send("GET", "/graphql?query=%7B__typename%7D&variables=", &[BROWSER], b"");
    assert_eq!((query.status, query.body.as_str()), (200, r#"{"data":{"__typename":"Query"}}"#));
    let liked_less = ("Accept", "text/html;q=0.5, application/json");
    for headers in [vec![], vec![("Accept", "application/json")], vec![("Accept", "*/*")], vec![liked_less]] {
        let received = server.send("GET", "/graphql", &headers, b"");
        assert_eq!((received.status, received.code().as_str()), (400, "BAD_REQUEST"), "{headers:?}");
        assert!(received.body.contains("no `query`"), "{received:?}");
    }
    let form = [BROWSER, ("Content-Type", "application/x-www-form-urlencoded")];
    let posted = server.send("POST", "/graphql", &form, b"query=%7B__typename%7D");
    assert_eq!((posted.status, posted.code().as_str()), (415, "UNSUPPORTED_MEDIA_TYPE"));
}

fn preflight(server: &Running, origin: (&str, &str)) -> Received {
    let headers =
        [origin, ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type, x-app")];
    server.send("OPTIONS", "/graphql", &headers, b"")
}

fn asked(server: &Running, origin: (&str, &str)) -> Received {
    let headers = [origin, ("Content-Type", "application/json")];
    server.send("POST", "/graphql", &headers, br#"{"query":"{ __typename }"}"#)
}

#[test]
fn pages_of_other_origins_may_ask_only_where_it_is_set() {
    let (_store, closed) = one(&[]);
    for received in [preflight(&closed, APP), asked(&closed, APP)] {
        assert_eq!(received.header("access-control-allow-origin"), None, "{received:?}");
    }
    assert_eq!(preflight(&closed, APP).status, 405);

    let (_store, listed) = one(&["--cors-allowed-origins", "http://127.0.0.1:3000, HTTPS://app.example:443"]);
    let before = preflight(&listed, APP);
    assert_eq!((before.status, before.header("access-control-allow-origin")), (200, Some(APP.1)));
    let headers = before.header("access-control-allow-headers").unwrap();
    assert!(headers.contains("content-type") && headers.contains("x-app"), "{before:?}");
    assert!(
        before.header("access-control-allow-methods").is_some_and(|methods| methods.contains("POST")),
        "{before:?}"
    );
    assert_eq!(before.header("access-control-allow-credentials"), None);
    let answer = asked(&listed, APP);
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, Some(APP.1)));
    assert!(answer.header("access-control-expose-headers").unwrap().contains("x-request-id"), "{answer:?}");
    assert!(answer.header("vary").is_some_and(|vary| vary.to_lowercase().contains("origin")), "{answer:?}");
    let other = ("Origin", "https://other.example");
    for received in [preflight(&listed, other), asked(&listed, other)] {
        assert_eq!(received.header("access-control-allow-origin"), None, "{received:?}");
    }

    let (_store, any) = one(&["--cors-allowed-origins", "*"]);
    for received in [preflight(&any, other), asked(&any, other)] {
        assert_eq!((received.status, received.header("access-control-allow-origin")), (200, Some("*")));
    }
}

#[test]
fn a_wrong_origin_stops_the_start_with_a_sentence() {
    let wrong = Cli::try_parse_from(["dealgraph", "--cors-allowed-origins", "https://app.example/path"]);
    let said = wrong.unwrap_err().to_string();
    assert!(said.contains("must be an origin such as `https://app.example`, without a path, or `*`"), "{said}");
}
