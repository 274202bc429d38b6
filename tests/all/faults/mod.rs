//! What was acknowledged is there and nothing is there by halves, whatever breaks: the server, its database, the disk, or a
//! lock on the file.

mod full;
mod killed;
mod ledger;
mod locked;
mod restarted;

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::{Value, json};

use crate::access::secret;
use crate::command_line::child::{Server, command_within};
use crate::harness::{Harness, TestStore};
use crate::mutations::{URL, company};

/// What is recorded: an agreement with all that makes it, so that half of it would show.
const RECORD: &str = "mutation ($input: AgreementRecordInput!) { agreementRecord(input: $input) \
    { agreement { id slug parties { totalCount } } userErrors { code message } } }";

/// A query of several levels.
const READ: &str = "{ agreements(last: 5, orderBy: [{field: SLUG}]) { nodes { slug parties { nodes { company { slug } } } \
    grants { nodes { licensor { slug } } } } } }";

/// The agreement of a number.
pub(crate) fn slug(number: usize) -> String {
    format!("w-{number:05}")
}

/// What became of a request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Its body, which has data.
    Data(Value),
    /// It was refused.
    Refused(u16, String),
    /// It was sent, and no whole answer came.
    None,
    /// Nobody took it.
    NotSent,
}

/// Somebody who may write to a store.
#[derive(Clone)]
pub(crate) struct Client {
    authorization: String,
}

impl Client {
    /// An editor of a store, in which two companies are recorded.
    pub(crate) fn of(store: &TestStore) -> Self {
        let client = Self { authorization: format!("Bearer {}", secret(store, "writer", "editor")) };
        let server = start(store, &[]);
        for slug in ["seller", "buyer"] {
            let record =
                "mutation ($input: CompanyRecordInput!) { companyRecord(input: $input) { userErrors { code } } }";
            let answer =
                client.post(server.address, None, &json!({"query": record, "variables": {"input": company(slug)}}));
            assert!(
                matches!(&answer, Answer::Data(data) if data["companyRecord"]["userErrors"] == json!([])),
                "{answer:?}"
            );
        }
        client
    }

    /// Asks for something to be written.
    pub(crate) fn write(&self, address: SocketAddr, number: usize, has_key: bool) -> Answer {
        let slug = slug(number);
        let cited = json!([{"source": URL, "quote": "They agreed."}]);
        let input = json!({
            "slug": slug, "title": format!("Deal {number}"), "status": "IN_FORCE", "citations": cited,
            "parties": [{"company": "seller", "role": "LICENSOR"}, {"company": "buyer", "role": "LICENSEE"}],
            "grants": [{"licensor": "seller", "licensee": "buyer"}],
        });
        let key = has_key.then_some(slug.as_str());
        self.post(address, key, &json!({"query": RECORD, "variables": {"input": input}}))
    }

    /// Reads.
    fn read(&self, address: SocketAddr) -> Answer {
        self.post(address, None, &json!({"query": READ}))
    }

    fn post(&self, address: SocketAddr, key: Option<&str>, request: &Value) -> Answer {
        let Ok(mut stream) = TcpStream::connect(address) else { return Answer::NotSent };
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout can be set");
        let body = request.to_string();
        let mut head = format!(
            "POST /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Authorization: {}\r\nContent-Length: {}\r\n",
            self.authorization,
            body.len()
        );
        if let Some(key) = key {
            head.push_str(&format!("Idempotency-Key: {key}\r\n"));
        }
        let mut received = String::new();
        let sent = stream.write_all(format!("{head}\r\n{body}").as_bytes());
        if sent.is_err() || stream.read_to_string(&mut received).is_err() {
            return Answer::None;
        }
        answer(&received)
    }
}

/// Reads a response. One that was cut is none.
fn answer(received: &str) -> Answer {
    let Some((head, body)) = received.split_once("\r\n\r\n") else { return Answer::None };
    let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    let length: usize = header("content-length:").and_then(|length| length.parse().ok()).expect("a length");
    if body.len() < length {
        return Answer::None;
    }
    let status: u16 = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    let mut body: Value = serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {received}"));
    let Some(error) = body.get("errors").map(|errors| &errors[0]) else {
        assert_eq!(status, 200, "{received}");
        return Answer::Data(body["data"].take());
    };
    assert!(body.get("data").is_none(), "{received}");
    assert_is_clear(error);
    Answer::Refused(status, error["extensions"]["code"].as_str().expect("a code").to_owned())
}

/// That an error is one of ours, with a sentence and the request's id, and tells nothing of what is inside.
fn assert_is_clear(error: &Value) {
    let message = error["message"].as_str().unwrap_or_default();
    assert!(message.ends_with('.') && message.len() < 200, "{error}");
    assert!(error["extensions"]["requestId"].is_string(), "{error}");
    assert_ne!(error["extensions"]["code"], "INTERNAL", "{error}");
    let shown = error.to_string();
    for inside in
        ["FATAL", "terminat", "server closed", "libpq", "INSERT", "SELECT", "locked", "No space", "postgres", "sqlite"]
    {
        assert!(!shown.contains(inside), "it tells of {inside:?}: {error}");
    }
}

/// The server as a process of its own.
pub(crate) fn start(store: &TestStore, more: &[(&str, &str)]) -> Server {
    let mut settings = vec![("DATABASE_URL", store.url.as_str()), ("SEED", "false")];
    settings.extend(more);
    Server::of(command_within(store.mounted_by, &Harness::folder(), &[], &settings))
}
