//! Documents and values that mean harm, or are mistakes: each gets a clear error with a code, in bounded time, before
//! any statement runs, and the next query works.

mod bounds;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use dealgraph::engine::{Engine, Request, Response};
use dealgraph::error::Code;
use dealgraph::store::{Store, StoreUrl};
use serde_json::{Value, json};

use crate::harness::{Harness, TestStore, config};

/// An engine that counts its statements.
struct Counted {
    engine: Engine,
    statements: Arc<AtomicUsize>,
    runtime: tokio::runtime::Runtime,
}

impl Counted {
    fn new(store: &TestStore) -> Self {
        let config = config(&store.url, &[]);
        let statements = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&statements);
        let url = StoreUrl::parse(&store.url).unwrap();
        let observed = Store::open(&url, &config.store_options()).observed(Arc::new(move |_: &str| {
            counter.fetch_add(1, Ordering::Relaxed);
        }));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { engine: Engine::new(observed, config.engine_options()), statements, runtime }
    }

    fn ask(&self, query: &str, variables: &Value) -> Response {
        let variables = variables.as_object().cloned().unwrap_or_default();
        let request = Request { query: query.to_owned(), operation_name: None, variables, ..Request::default() };
        self.runtime.block_on(self.engine.answer(&request, "test"))
    }

    /// Asks what must be refused: with this code, with a word in the message, before any statement.
    fn refuses(&self, query: &str, variables: &Value, code: Code, word: &str) -> Duration {
        let before = self.statements.load(Ordering::Relaxed);
        let start = Instant::now();
        let response = self.ask(query, variables);
        let took = start.elapsed();
        let shown: String = query.chars().take(120).collect();
        let text = String::from_utf8_lossy(&response.body).into_owned();
        assert_eq!(response.refused, Some(code), "{shown} {variables}: {text}");
        let body: Value = serde_json::from_slice(&response.body).unwrap();
        assert!(body.get("data").is_none(), "{shown}: a request error has no data: {text}");
        let message = body["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains(word), "{shown} {variables}: `{message}` says nothing of `{word}`");
        assert!(text.len() < 4_000, "{shown}: an error is short: {text}");
        assert_eq!(self.statements.load(Ordering::Relaxed), before, "{shown}: no statement runs");
        let next = self.ask("{ companies(first: 1) { nodes { slug } } }", &json!({}));
        assert_eq!(next.refused, None, "the next query works");
        took
    }
}

fn on_both(test: impl Fn(&Counted)) {
    for store in Harness::databases() {
        test(&Counted::new(&store));
    }
}

/// Fragments that double at each step: a few kilobytes that stand for more fields than can be counted.
fn doubling() -> String {
    let mut text = "{ companies { nodes { ...F0 } } }".to_owned();
    for step in 0..60 {
        text.push_str(&format!(
            " fragment F{step} on Company {{ {1} ...F{0} ...F{0} }}",
            step + 1,
            "name slug ".repeat(15)
        ));
    }
    text + " fragment F60 on Company { name }"
}

/// Fragments that spread all later ones many times.
fn wide() -> String {
    let mut text = "{ companies { nodes { ...F0 } } }".to_owned();
    for step in 0..40 {
        let spreads: String = (0..36).map(|_| format!(" ...F{}", step + 1)).collect();
        text.push_str(&format!(" fragment F{step} on Company {{ name{spreads} }}"));
    }
    text + " fragment F40 on Company { name }"
}

#[test]
fn documents_that_grow_when_written_out_are_refused_at_once() {
    let store = Harness::sqlite();
    let asked = Counted::new(&store);
    for document in [doubling(), wide()] {
        assert!((10_000..16_000).contains(&document.len()), "{} bytes", document.len());
        let took = (0..5).map(|_| asked.refuses(&document, &json!({}), Code::DocumentTooLarge, "fields")).min();
        let took = took.unwrap();
        assert!(took < Duration::from_millis(5), "it took {took:?}");
    }
}

#[test]
fn documents_that_are_too_large_deep_or_circular_are_refused() {
    on_both(|asked| {
        let none = json!({});
        let circular = "{ companies { nodes { ...A } } } fragment A on Company { ...B } fragment B on Company { ...A }";
        asked.refuses(circular, &none, Code::ValidationFailed, "A → B → A");
        let alone = "{ __typename } fragment A on Company { name ...A }";
        asked.refuses(alone, &none, Code::ValidationFailed, "spreads itself");
        let aliases: String = (0..3_000).map(|number| format!(" a{number}: __typename")).collect();
        asked.refuses(&format!("{{{aliases} }}"), &none, Code::DocumentTooLarge, "2000");
        let deep = format!("{{{}__typename{}", " companies { nodes {".repeat(60), "}".repeat(121));
        asked.refuses(&deep, &none, Code::DocumentTooLarge, "nested");
        let nested = format!("{{ area(slug: \"a\") {{ {}slug{} }} }}", "parent {".repeat(20), "}".repeat(20));
        asked.refuses(&nested, &none, Code::QueryTooDeep, "at most 15");
        let lists = format!("{{ companies(filter: {}{}) {{ totalCount }} }}", "[".repeat(5_000), "]".repeat(5_000));
        asked.refuses(&lists, &none, Code::DocumentTooLarge, "nested");
        let long = format!("{{ __typename }} #{}", "x".repeat(70_000));
        asked.refuses(&long, &none, Code::DocumentTooLarge, "bytes");
        let types = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
        asked.refuses(types, &none, Code::QueryTooDeep, "Introspection");
    });
}

#[test]
fn dear_queries_are_refused_with_their_price() {
    on_both(|asked| {
        let dear = "query ($n: Int) { companies(first: $n) { nodes { agreements(first: $n) { nodes { parties(first: $n) { nodes { role } } } } } } }";
        asked.refuses(dear, &json!({"n": 100}), Code::QueryTooDear, "1010100");
        assert_eq!(asked.ask(dear, &json!({"n": 40})).refused, None);
    });
}

#[test]
fn a_row_that_leads_to_too_many_others_is_refused() {
    let arm = |of: &str, inner: &str| format!("... on {of} {{ {inner} }} ");
    let tree = "area { name parent { name parent { name parent { name parent { name } } } } }";
    let agreement = "licensor { name } licensee { name }";
    let query = format!(
        "{{ citations {{ nodes {{ source {{ title }} fact {{ {}{}{}{}{}{}{}{}{}{}{}{}{}{} }} }} }} }}",
        arm("Company", "name"),
        arm("CompanyName", "name company { name }"),
        arm("CompanyRelation", "parent { name } child { name }"),
        arm("Person", "name"),
        arm("Appointment", "person { name } company { name }"),
        arm("Agreement", "title"),
        arm("AgreementParty", "agreement { title } company { name }"),
        arm("LicenceGrant", &format!("{agreement} limit: {tree} agreement {{ title }}")),
        arm("Cooperation", &format!("{tree} supplier {{ name }} customer {{ name }} agreement {{ title }}")),
        arm("Patent", "owner { name } source { title }"),
        arm("PatentTransfer", "deal: agreement { title } listedBy { title }"),
        arm("Market", "company { name }"),
        arm("Rivalry", "company { name } rival { name }"),
        arm(
            "Statement",
            "person { name } source { title } about { ... on Agreement { title } ... on Company { name } }"
        ),
    );
    on_both(|asked| {
        asked.refuses(&query, &json!({}), Code::QueryTooDear, "at most 48");
    });
}

#[test]
fn mistakes_in_a_document_are_named() {
    on_both(|asked| {
        let none = json!({});
        let cases = [
            ("{ companys { totalCount } }", Code::ValidationFailed, "companies"),
            ("{ companies { nodes { nome } } }", Code::ValidationFailed, "name"),
            ("{ companies }", Code::ValidationFailed, "companies"),
            ("{ company { name } }", Code::ValidationFailed, "slug"),
            ("{ company(slug: 7) { name } }", Code::ValidationFailed, "slug"),
            ("{ company(slug: \"a\", slag: 1) { name } }", Code::ValidationFailed, "slag"),
            ("query ($a: Int) { __typename }", Code::ValidationFailed, "$a"),
            ("{ company(slug: $a) { name } }", Code::ValidationFailed, "$a"),
            ("query ($a: Int!) { company(slug: $a) { name } }", Code::ValidationFailed, "$a"),
            ("query ($a: String) { company(slug: $a) { name } }", Code::ValidationFailed, "$a"),
            ("query ($a: Int) { company(slug: \"a\") { name @skip(if: $a) } }", Code::ValidationFailed, "$a"),
            (
                "query ($a: [CompanyFilter]) { companies(filter: {or: $a}) { totalCount } }",
                Code::ValidationFailed,
                "$a",
            ),
            (
                "{ companies(first: 1) { totalCount } companies(first: 2) { totalCount } }",
                Code::ValidationFailed,
                "companies",
            ),
            (
                "{ a: company(slug: \"a\") { name } a: person(slug: \"a\") { name } }",
                Code::ValidationFailed,
                "conflict",
            ),
            ("{ companies(filter: {slug: {eq: \"a\", eq: \"b\"}}) { totalCount } }", Code::ValidationFailed, "twice"),
            ("{ companies(orderBy: {field: \"NAME\"}) { totalCount } }", Code::BadInput, "enum"),
            ("{ companies(orderBy: {field: NOME}) { totalCount } }", Code::ValidationFailed, "field"),
            ("{ __typename @nonsense }", Code::ValidationFailed, "nonsense"),
            ("{ ...Missing }", Code::ValidationFailed, "Missing"),
            ("{ companies { ", Code::ParseFailed, ""),
            ("", Code::ParseFailed, ""),
            ("{ company(slug: \"a) { name } }", Code::ParseFailed, "string"),
            ("query A { __typename } query B { __typename }", Code::OperationNotFound, "operationName"),
        ];
        for (document, code, word) in cases {
            asked.refuses(document, &none, code, word);
        }
    });
}

#[test]
fn wrong_values_are_named_with_what_was_expected() {
    on_both(|asked| {
        let pages = "query ($first: Int, $last: Int, $after: String, $filter: CompanyFilter, $orderBy: [CompanyOrder!]) { companies(first: $first, last: $last, after: $after, filter: $filter, orderBy: $orderBy) { nodes { id } } }";
        let cases = [
            (json!({"first": -1}), Code::BadInput, "from 0 to 1000"),
            (json!({"first": 1001}), Code::BadInput, "from 0 to 1000"),
            (json!({"first": 2_147_483_648_u64}), Code::BadInput, "2147483647"),
            (json!({"first": "3"}), Code::BadInput, "$first"),
            (json!({"first": 1.5}), Code::BadInput, "$first"),
            (json!({"first": 1, "last": 1}), Code::BadInput, "together"),
            (json!({"after": "forged"}), Code::BadCursor, "cursor"),
            (json!({"after": "AQAAAAABAAAAAAAAAAE"}), Code::BadCursor, "cursor"),
            (json!({"after": "\u{0}"}), Code::BadInput, "U+0000"),
            (json!({"filter": {"slug": {"eq": null}}}), Code::BadInput, "isNull"),
            (json!({"filter": {"slug": null}}), Code::BadInput, "null"),
            (json!({"filter": {"nonsense": {}}}), Code::BadInput, "nonsense"),
            (json!({"filter": {"name": {"contains": "a\u{0}"}}}), Code::BadInput, "U+0000"),
            (json!({"filter": {"name": {"contains": "a".repeat(10_000)}}}), Code::BadInput, "8192"),
            (json!({"filter": {"foundedOn": {"lt": "2017-02-30"}}}), Code::BadInput, "Date"),
            (json!({"filter": {"foundedOn": {"lt": "5 July 2017"}}}), Code::BadInput, "Date"),
            (json!({"filter": {"id": {"eq": "forged"}}}), Code::BadId, "forged"),
            (
                json!({"filter": {"agreements": {"some": {"valueAmount": {"eq": "1.005"}}}}}),
                Code::BadInput,
                "at most 2",
            ),
            (json!({"filter": {"agreements": {"some": {"valueAmount": {"eq": "1e3"}}}}}), Code::BadInput, "Decimal"),
            (json!({"filter": {"or": vec![json!({"slug": {"eq": "a"}}); 2_000]}}), Code::BadInput, "300"),
            (json!({"orderBy": [{"field": "NOME"}]}), Code::BadInput, "CompanyOrderField"),
            (json!({"orderBy": [{"direction": "ASC"}]}), Code::BadInput, "required"),
        ];
        for (variables, code, word) in cases {
            asked.refuses(pages, &variables, code, word);
        }
        let node = "query ($id: ID!) { node(id: $id) { id } }";
        asked.refuses(node, &json!({}), Code::BadInput, "$id");
        asked.refuses(node, &json!({"id": null}), Code::BadInput, "$id");
        for forged in
            ["", "x", "Tm90aGluZzox", "Q29tcGFueTorMQ", "Q29tcGFueTox\u{e9}", "Q29tcGFueTo5OTk5OTk5OTk5OTk5OTk5OTk5OQ"]
        {
            asked.refuses(node, &json!({ "id": forged }), Code::BadId, "id");
        }
        let ids = vec!["Q29tcGFueTox"; 1_001];
        asked.refuses(
            "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
            &json!({ "ids": ids }),
            Code::BadInput,
            "1000",
        );
    });
}

#[test]
fn no_value_that_is_allowed_breaks_a_statement() {
    let names = ["'", "\"", "\\", "%", "_", "' OR 1=1 --", "\u{1}", "\u{fffd}", "\u{10ffff}", "🎉", "a\u{301}", ""];
    on_both(|asked| {
        for name in names {
            for filter in [
                json!({"name": {"contains": name}}),
                json!({"name": {"startsWith": name}}),
                json!({"slug": {"in": [name, name]}}),
                json!({"not": {"city": {"notIn": [name]}}}),
            ] {
                let query = "query ($f: CompanyFilter) { companies(filter: $f) { nodes { id } totalCount } }";
                let response = asked.ask(query, &json!({ "f": filter }));
                assert_eq!(response.refused, None, "{filter}: {}", String::from_utf8_lossy(&response.body));
            }
        }
        let extremes = "{ patents(filter: {filedOn: {gte: \"0001-01-01\", lte: \"9999-12-31\"}, claimsCount: {lt: -2147483648}}, first: 0) { nodes { id } pageInfo { hasNextPage } } }";
        assert_eq!(asked.ask(extremes, &json!({})).refused, None);
    });
}
