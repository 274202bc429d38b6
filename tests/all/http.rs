//! GraphQL over HTTP: methods, media types, status codes, and requests that are none.

use crate::harness::http::Running;
use crate::harness::{Harness, TestStore};

const JSON: (&str, &str) = ("Content-Type", "application/json");
const QUERY: &str = r#"{"query":"{ __typename }"}"#;

fn on_both(test: impl Fn(&Running)) {
    for store in Harness::databases() {
        test(&Running::start(&store, &[]));
    }
}

fn one() -> (TestStore, Running) {
    let store = Harness::sqlite();
    let server = Running::start(&store, &["--body-bytes-max", "5000"]);
    (store, server)
}

#[test]
fn post_and_get_answer_alike() {
    on_both(|server| {
        let post = server.post(QUERY);
        assert_eq!((post.status, post.body.as_str()), (200, r#"{"data":{"__typename":"Query"}}"#));
        let get = server.send("GET", "/graphql?query=%7B%20__typename%20%7D", &[], b"");
        assert_eq!((get.status, get.body), (200, post.body));
        let variables = "/graphql?query=query%20A(%24s%3AString!)%7Bcompany(slug%3A%24s)%7Bname%7D%7D&operationName=A&variables=%7B%22s%22%3A%22x%22%7D";
        let get = server.send("GET", variables, &[], b"");
        assert_eq!((get.status, get.body.as_str()), (200, r#"{"data":{"company":null}}"#));
    });
}

#[test]
fn the_media_type_is_the_one_that_the_client_asks_for() {
    let (_store, server) = one();
    let response = "application/graphql-response+json";
    let cases = [
        (None, "application/json"),
        (Some("*/*"), "application/json"),
        (Some("application/*"), "application/json"),
        (Some("application/json"), "application/json"),
        (Some(response), response),
        (Some("text/html, application/graphql-response+json"), response),
        (Some("application/json, application/graphql-response+json;q=0.9"), "application/json"),
        (Some("application/graphql-response+json, application/json;q=0.9"), response),
        (Some("APPLICATION/JSON; charset=utf-8"), "application/json"),
    ];
    for (accept, expected) in cases {
        let mut headers = vec![JSON];
        headers.extend(accept.map(|accept| ("Accept", accept)));
        let received = server.send("POST", "/graphql", &headers, QUERY.as_bytes());
        let expected = format!("{expected}; charset=utf-8");
        assert_eq!((received.status, received.header("content-type")), (200, Some(expected.as_str())), "{accept:?}");
    }
    let none = server.send("POST", "/graphql", &[JSON, ("Accept", "text/html")], QUERY.as_bytes());
    assert_eq!((none.status, none.code().as_str()), (406, "NOT_ACCEPTABLE"));
}

#[test]
fn the_status_of_a_refused_document_is_that_of_its_media_type() {
    let (_store, server) = one();
    let wrong = [
        r#"{"query":"{"}"#,
        r#"{"query":"{ nonsense }"}"#,
        r#"{"query":"query ($n: Int!) { companies(first: $n) { totalCount } }","variables":{"n":"x"}}"#,
        r#"{"query":"mutation { nonsense }"}"#,
    ];
    for body in wrong {
        let json = server.post(body);
        assert_eq!(json.status, 200, "{body}: {json:?}");
        let headers = [JSON, ("Accept", "application/graphql-response+json")];
        let response = server.send("POST", "/graphql", &headers, body.as_bytes());
        assert_eq!(response.status, 400, "{body}: {response:?}");
        assert!(!response.body.contains("\"data\""), "{body}: {response:?}");
    }
    let mutation = "/graphql?query=mutation%7Bnonsense%7D";
    let accept = [("Accept", "application/graphql-response+json")];
    let received = server.send("GET", mutation, &accept, b"");
    assert!((400..500).contains(&received.status), "{received:?}");
}

#[test]
fn what_is_no_graphql_request_is_refused_and_said_why() {
    let (_store, server) = one();
    let large = format!(r#"{{"query":"{}"}}"#, "x".repeat(10_000));
    let nested = format!("{}{}", "[".repeat(2_000), "]".repeat(2_000));
    let cases: Vec<(&[u8], u16, &str, &str)> = vec![
        (b"", 400, "BAD_REQUEST", "JSON"),
        (b"{", 400, "BAD_REQUEST", "JSON"),
        (b"\xff\xfe", 400, "BAD_REQUEST", "UTF-8"),
        (b"{\"query\":\"\xff\"}", 400, "BAD_REQUEST", "UTF-8"),
        (b"[]", 400, "BAD_REQUEST", "Batches"),
        (b"[{\"query\":\"{ __typename }\"}]", 400, "BAD_REQUEST", "Batches"),
        (b"\"query\"", 400, "BAD_REQUEST", "object"),
        (b"{}", 400, "BAD_REQUEST", "query"),
        (b"{\"query\":7}", 400, "BAD_REQUEST", "string"),
        (b"{\"query\":\"{__typename}\",\"variables\":[]}", 400, "BAD_REQUEST", "variables"),
        (b"{\"query\":\"{__typename}\",\"operationName\":7}", 400, "BAD_REQUEST", "operationName"),
        (b"{\"query\":\"{__typename}\",\"extensions\":7}", 400, "BAD_REQUEST", "extensions"),
        (large.as_bytes(), 413, "BODY_TOO_LARGE", "5000"),
        (nested.as_bytes(), 400, "BAD_REQUEST", "JSON"),
    ];
    for (body, status, code, word) in cases {
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        let received = server.send("POST", "/graphql", &[JSON], body);
        assert_eq!((received.status, received.code().as_str()), (status, code), "{shown}: {received:?}");
        assert!(received.body.contains(word), "{shown}: {received:?}");
        assert_eq!(server.post(QUERY).status, 200, "the next query works");
    }
}

#[test]
fn methods_and_content_types_that_are_not_taken_say_what_is() {
    let (_store, server) = one();
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/graphql",
        "application/json; charset=latin1",
    ] {
        let received = server.send("POST", "/graphql", &[("Content-Type", content_type)], QUERY.as_bytes());
        assert_eq!((received.status, received.code().as_str()), (415, "UNSUPPORTED_MEDIA_TYPE"), "{content_type}");
    }
    let none = server.send("POST", "/graphql", &[], QUERY.as_bytes());
    assert_eq!((none.status, none.code().as_str()), (415, "UNSUPPORTED_MEDIA_TYPE"));
    for method in ["PUT", "DELETE", "PATCH"] {
        let received = server.send(method, "/graphql", &[JSON], QUERY.as_bytes());
        assert_eq!((received.status, received.header("allow")), (405, Some("GET, POST")), "{method}");
    }
    for target in [
        "/graphql",
        "/graphql?query=",
        "/graphql?query=%7B",
        "/graphql?variables=x&query=%7B__typename%7D",
        "/graphql?query=a&query=b",
    ] {
        let received = server.send("GET", target, &[("Accept", "application/graphql-response+json")], b"");
        assert_eq!(received.status, 400, "{target}: {received:?}");
    }
}

#[test]
fn the_schema_and_the_health_of_the_server_can_be_asked_for() {
    on_both(|server| {
        let schema = server.send("GET", "/schema.graphql", &[], b"");
        assert_eq!((schema.status, schema.body.contains("type Company implements")), (200, true));
        assert_eq!(server.send("GET", "/health/live", &[], b"").status, 200);
        assert_eq!(server.send("GET", "/health/ready", &[], b"").status, 200);
        assert_eq!(server.send("GET", "/nowhere", &[], b"").status, 404);
    });
}

#[test]
fn each_answer_has_a_request_id_of_its_own() {
    let (_store, server) = one();
    let ids: std::collections::HashSet<String> =
        (0..5).map(|_| server.post(QUERY).header("x-request-id").unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 5);
}

#[test]
fn an_answer_says_how_long_its_stages_took_when_it_is_asked() {
    let (_store, server) = one();
    assert_eq!(server.post(QUERY).header("server-timing"), None);
    let timed = server.send("POST", "/graphql", &[JSON, ("X-Server-Timing", "1")], QUERY.as_bytes());
    let stages: Vec<(&str, f64)> = timed
        .header("server-timing")
        .unwrap()
        .split(", ")
        .map(|stage| stage.split_once(";dur=").map(|(name, took)| (name, took.parse().unwrap())).unwrap())
        .collect();
    assert_eq!(stages.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["parse", "plan", "store", "write"]);
    assert!(stages.iter().all(|(_, took)| (0.0..10_000.0).contains(took)), "{stages:?}");
}

#[test]
fn an_answer_is_compressed_for_who_takes_it() {
    let (_store, server) = one();
    let plain = server.send("GET", "/schema.graphql", &[], b"");
    assert_eq!(plain.header("content-encoding"), None);
    let compressed = server.send("GET", "/schema.graphql", &[("Accept-Encoding", "gzip")], b"");
    assert_eq!(compressed.header("content-encoding"), Some("gzip"));
    assert!(compressed.body.len() * 2 < plain.body.len(), "{} and {}", compressed.body.len(), plain.body.len());
}

#[test]
fn a_connection_takes_one_request_after_another() {
    use std::io::Write as _;
    let (_store, server) = one();
    let mut stream = std::net::TcpStream::connect(server.address).unwrap();
    let request = |connection: &str| {
        let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
        format!("{head}Connection: {connection}\r\nContent-Length: {}\r\n\r\n{QUERY}", QUERY.len())
    };
    stream.write_all(request("keep-alive").as_bytes()).unwrap();
    stream.write_all(request("close").as_bytes()).unwrap();
    let received = crate::harness::http::receive(&mut stream);
    assert_eq!(received.body.matches(r#"{"data":{"__typename":"Query"}}"#).count(), 2, "{received:?}");
}
