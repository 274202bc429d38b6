//! Writing through the API, on both databases: what is recorded, what is refused, who may, and what is safe to send again.

mod again;
mod agreements;
mod companies;
mod merging;
mod roles;
mod versions;

use std::sync::Arc;

use dealgraph::access::{Actor, Role};
use dealgraph::engine::{Engine, Request};
use serde_json::{Value, json};

use crate::harness::{Harness, TestStore, config, engine_with};

/// The engine on a store, asked by somebody with a role.
pub(super) struct Asked {
    pub(super) store: TestStore,
    pub(super) engine: Arc<Engine>,
}

/// Runs a test on each database.
pub(super) fn on_both(test: impl Fn(&Asked)) {
    for store in Harness::databases() {
        let engine = Arc::new(engine_with(&store, &config(&store.url, &[])));
        test(&Asked { store, engine });
    }
}

/// Somebody with a role.
pub(super) fn actor(role: Role) -> Actor {
    Actor { name: format!("token {role}"), role: Some(role) }
}

/// The bytes of an answer.
pub(super) fn bytes(engine: &Engine, request: &Request) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    String::from_utf8(runtime.block_on(engine.answer(request, "test")).body).unwrap()
}

/// A request of somebody with a role.
pub(super) fn request(role: Role, query: &str, input: &Value) -> Request {
    Request {
        query: query.to_owned(),
        variables: json!({ "input": input }).as_object().cloned().unwrap(),
        actor: actor(role),
        ..Request::default()
    }
}

impl Asked {
    /// What is answered to a query or a mutation of an admin.
    pub(super) fn ask(&self, query: &str, input: &Value) -> Value {
        let text = bytes(&self.engine, &request(Role::Admin, query, input));
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}: {text}", self.store.name()))
    }

    /// The payload of one mutation, whose input is of its type and which selects this.
    pub(super) fn mutate(&self, mutation: &str, selection: &str, input: &Value) -> Value {
        let mut letters = mutation.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        let query = format!(
            "mutation($input: {first}{}Input!) {{ {mutation}(input: $input) {{ {selection} \
             userErrors {{ code path message }} }} }}",
            letters.as_str()
        );
        let answer = self.ask(&query, input);
        assert!(answer.get("errors").is_none(), "{}: {answer}", self.store.name());
        answer["data"][mutation].clone()
    }

    /// The payload of a mutation that succeeds.
    pub(super) fn done(&self, mutation: &str, selection: &str, input: &Value) -> Value {
        let payload = self.mutate(mutation, selection, input);
        assert_eq!(payload["userErrors"], json!([]), "{}: {payload}", self.store.name());
        payload
    }

    /// The code and the path of what is wrong with a mutation, which shows nothing else.
    pub(super) fn wrong(&self, mutation: &str, field: &str, input: &Value) -> (String, String) {
        let before = self.counts();
        let payload = self.mutate(mutation, &format!("{field} {{ id }}"), input);
        let error = &payload["userErrors"][0];
        assert!(payload[field].is_null(), "{}: {payload}", self.store.name());
        assert!(error["message"].as_str().is_some_and(|message| message.ends_with('.')), "{payload}");
        assert_eq!(self.counts(), before, "{}: nothing is written: {payload}", self.store.name());
        let path: Vec<&str> = error["path"].as_array().unwrap().iter().map(|step| step.as_str().unwrap()).collect();
        (error["code"].as_str().unwrap_or_default().to_owned(), path.join("."))
    }

    /// How many rows there are of all that can be written.
    pub(super) fn counts(&self) -> Value {
        let of = |list: &str| format!("{list} {{ totalCount }}");
        let lists = ["companies", "agreements", "patents", "sources", "citations", "patentTransfers", "observations"];
        let query = format!("{{ {} changes {{ totalCount }} }}", lists.map(of).join(" "));
        let answer = self.ask(&query, &Value::Null);
        if answer.get("data").is_some() {
            answer
        } else {
            self.ask(&query.replace("changes { totalCount }", ""), &Value::Null)
        }
    }

    /// Records companies by their slugs.
    pub(super) fn companies(&self, slugs: &[&str]) {
        for slug in slugs {
            self.done("companyRecord", "company { slug }", &company(slug));
        }
    }
}

/// Where the tests' facts come from.
pub(super) const URL: &str = "https://news.example/1";

/// The source behind `URL`.
pub(super) fn source() -> Value {
    json!({"publisher": "News", "title": "A deal", "url": URL, "publishedOn": "2024-03", "retrievedOn": "2024-04-01"})
}

/// A company with evidence.
pub(super) fn company(slug: &str) -> Value {
    json!({
        "slug": slug,
        "name": format!("{slug} Inc."),
        "country": "FI",
        "citations": [{"source": URL, "quote": "So it is.", "confidence": "HIGH"}],
        "sources": [source()],
    })
}
