//! Small requests that stand for much work: each meets a bound before it costs anything.

use std::time::Duration;

use dealgraph::error::Code;
use serde_json::{Value, json};

use super::{Counted, on_both};
use crate::harness::{Harness, config};

/// Far more than a refusal takes, even where tests run side by side; far less than the work that is refused.
const SOON: Duration = Duration::from_secs(2);

fn refused_soon(asked: &Counted, query: &str, variables: &Value, code: Code, word: &str) {
    // One of some tries is soon enough: the machine may do other things during the rest.
    let mut tries = (0..5).map(|_| asked.refuses(query, variables, code, word));
    assert!(tries.any(|took| took < SOON), "it took longer: {}", query.chars().take(80).collect::<String>());
}

#[test]
fn an_interface_in_an_interface_multiplies_no_plan() {
    on_both(|asked| {
        let mut inner = "id".to_owned();
        for _ in 0..8 {
            inner = format!("citations {{ nodes {{ fact {{ {inner} }} }} }}");
        }
        refused_soon(asked, &format!("{{ {inner} }}"), &json!({}), Code::DocumentTooLarge, "each type");
        let below = "... on Fact { citations { nodes { fact { id } } } }";
        let nodes: String = (0..220).map(|at| format!("a{at}: node(id: $id) {{ id {below} }} ")).collect();
        let query = format!("query ($id: ID!) {{ {nodes} }}");
        refused_soon(asked, &query, &json!({"id": "Q29tcGFueTox"}), Code::DocumentTooLarge, "each type");
    });
}

#[test]
fn a_filter_goes_along_few_edges_to_many_inside_one_another() {
    on_both(|asked| {
        let query = "query ($f: SourceFilter) { sources(first: 1, filter: $f) { nodes { id } } }";
        let nested = |times: usize| {
            (0..times).fold(json!({"title": {"eq": "x"}}), |inner, _| json!({"citations": {"some": {"source": inner}}}))
        };
        assert_eq!(asked.ask(query, &json!({"f": nested(4)})).refused, None);
        refused_soon(asked, query, &json!({"f": nested(5)}), Code::BadInput, "more than 4");
    });
}

#[test]
fn comparing_arguments_is_bounded() {
    let store = Harness::sqlite();
    let asked = Counted::new(&store);
    let arguments: String = (0..1_500).map(|at| format!("a{at}:1 ")).collect();
    let spreads: String = (0..300).map(|at| format!("b{at}: companies {{ nodes {{ ...F ...G }} }} ")).collect();
    let fragment = |name: &str| format!("fragment {name} on Company {{ name({arguments}) }} ");
    let document = format!("{{ {spreads} }} {} {}", fragment("F"), fragment("G"));
    let took = asked.refuses(&document, &json!({}), Code::DocumentTooLarge, "overlap");
    assert!(took < SOON, "it took {took:?}");
}

#[test]
fn introspection_is_bounded_in_width() {
    on_both(|asked| {
        let names: String = (0..400).map(|at| format!("a{at}: name ")).collect();
        let query = format!("{{ __schema {{ types {{ inputFields {{ {names} }} }} }} }}");
        refused_soon(asked, &query, &json!({}), Code::DocumentTooLarge, "300");
    });
}

#[test]
fn one_variable_in_many_filters_is_bounded() {
    on_both(|asked| {
        let uses: String =
            (0..600).map(|at| format!("a{at}: companies(first: 0, filter: $f) {{ nodes {{ id }} }} ")).collect();
        let query = format!("query ($f: CompanyFilter) {{ {uses} }}");
        let texts: Vec<String> = (0..9_000).map(|at| format!("{at:0100}")).collect();
        refused_soon(asked, &query, &json!({"f": {"slug": {"in": texts}}}), Code::BadInput, "together");
    });
}

#[test]
fn a_text_that_grows_when_it_is_folded_is_refused_on_both_databases_alike() {
    on_both(|asked| {
        let query = "query ($t: String) { companies(filter: {name: {contains: $t}}) { nodes { id } } }";
        refused_soon(asked, query, &json!({"t": "\u{fdfa}".repeat(2_000)}), Code::BadInput, "folded");
        assert_eq!(asked.ask(query, &json!({"t": "%".repeat(8_000)})).refused, None);
    });
}

#[test]
fn many_mistakes_are_answered_with_a_few_errors() {
    let store = Harness::sqlite();
    let asked = Counted::new(&store);
    let twice = "first: 1 ".repeat(3_000);
    let fields: String = (0..4_000).map(|at| format!("f{at}: 1 ")).collect();
    let types: String = (0..900).map(|at| format!("$v{at}: Nonsense{at}{} ", "x".repeat(40))).collect();
    for document in [
        format!("{{ companies({twice}) {{ totalCount }} }}"),
        format!("{{ companies(filter: {{{fields}}}) {{ totalCount }} }}"),
        format!("query ({types}) {{ __typename }}"),
    ] {
        refused_soon(&asked, &document, &json!({}), Code::ValidationFailed, "");
    }
}

#[test]
fn operations_may_use_one_name_for_different_variables() {
    on_both(|asked| {
        let document = "query A($x: Boolean!) { companies @skip(if: $x) { totalCount } } \
                        query B($x: String!) { company(slug: $x) { slug } }";
        let request = dealgraph::engine::Request {
            query: document.to_owned(),
            operation_name: Some("B".to_owned()),
            variables: json!({"x": "nokia"}).as_object().cloned().unwrap(),
            ..Default::default()
        };
        let response = asked.runtime.block_on(asked.engine.answer(&request, "test"));
        assert_eq!(String::from_utf8_lossy(&response.body), r#"{"data":{"company":null}}"#);
    });
}

#[test]
fn what_needs_no_store_is_answered_without_one() {
    let url = "postgres://nobody@127.0.0.1:1/nothing";
    let config = config(url, &["--database-wait-ms", "60000"]);
    let store = dealgraph::store::Store::open(&config.database_url, &config.store_options());
    let engine = dealgraph::engine::Engine::new(store, config.engine_options());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let query = "{ __typename __type(name: \"Company\") { name } }".to_owned();
    let request = dealgraph::engine::Request { query, ..Default::default() };
    let answer = async { tokio::time::timeout(SOON, engine.answer(&request, "test")).await.unwrap() };
    let body = runtime.block_on(answer).body;
    assert_eq!(String::from_utf8_lossy(&body), r#"{"data":{"__typename":"Query","__type":{"name":"Company"}}}"#);
}

/// A filter that finds nothing looks at every row, many times over. The limit stops it within one statement, and what
/// comes after it is answered.
#[test]
fn a_statement_that_runs_is_stopped_at_the_time_limit() {
    for store in Harness::databases() {
        store.execute_batch(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) \
             INSERT INTO company (id, slug, name, name_folded) \
             SELECT i, 'c' || i, 'Ababababababababababababababab ' || i, 'ababababababababababababababab ' || i FROM n",
        );
        let settings = config(&store.url, &["--read-timeout-ms", "200"]);
        let engine = crate::harness::engine_with(&store, &settings);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let ask = |query: &str, variables: Value| {
            let variables = variables.as_object().cloned().unwrap();
            let request = dealgraph::engine::Request { query: query.to_owned(), variables, ..Default::default() };
            runtime.block_on(engine.answer(&request, "test"))
        };
        let nowhere: Vec<Value> =
            (0..250).map(|at| json!({"name": {"contains": format!("abababababac{at}")}})).collect();
        let query = "query ($any: [CompanyFilter!]) { companies(filter: {or: $any}) { nodes { slug } } }";
        let start = std::time::Instant::now();
        let response = ask(query, json!({"any": nowhere}));
        let took = start.elapsed();
        let name = store.name();
        assert_eq!(response.refused, Some(Code::Timeout), "{name}: {}", String::from_utf8_lossy(&response.body));
        assert!(took < SOON, "{name}: it took {took:?}");
        let after = ask("{ companies(first: 1) { nodes { slug } } }", json!({}));
        assert_eq!(String::from_utf8_lossy(&after.body), r#"{"data":{"companies":{"nodes":[{"slug":"c1"}]}}}"#);
    }
}
