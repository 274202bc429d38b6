//! Small cases with answers worked out by hand, one for each rule of the semantics.

use dealgraph::catalog::{Entity, Reach};
use serde_json::{Value as Json, json};

use super::answer;
use crate::value::{Row, Rows, Value, fold, parse_date};

/// A row with these values and null in its other columns.
fn add(rows: &mut Rows, entity: &str, id: i64, values: &[(&'static str, Value)]) {
    let entity = Entity::named(entity).unwrap();
    let mut row = Row::from([("id", Value::Int(id))]);
    row.extend(entity.fields.iter().map(|field| (field.column, Value::Null)));
    for edge in entity.edges {
        match &edge.reach {
            Reach::One { column, .. } => row.extend([(*column, Value::Null)]),
            Reach::OneOf(set) => row.extend(set.arms.iter().map(|(column, _)| (*column, Value::Null))),
            Reach::Many { .. } | Reach::Through { .. } => {}
        }
    }
    row.extend(values.iter().cloned());
    for field in entity.fields {
        if let Some(folded) = field.folded {
            row.insert(folded, row[field.column].as_text().map_or(Value::Null, |text| Value::Text(fold(text))));
        }
    }
    rows.add(entity.table, row);
}

/// Four companies, an agreement with two parties that are one company, and what hangs on them.
fn store() -> Rows {
    let (mut rows, text, key) = (Rows::default(), |text: &str| Value::text(text), Value::Int);
    let companies = [(1, "b", "Zoo", Some("DE")), (2, "a", "apple", None), (3, "c", "STRASSE", Some("CN"))];
    for (id, slug, name, country) in companies {
        let country = country.map_or(Value::Null, Value::text);
        add(&mut rows, "Company", id, &[("slug", text(slug)), ("name", text(name)), ("country", country)]);
    }
    let name = ("name", text("Ä b"));
    add(&mut rows, "Company", (1 << 53) + 1, &[("slug", text("d")), name, ("country", text("CN"))]);
    let day = ("announced_on", key(parse_date("2017-07-05")));
    add(&mut rows, "Agreement", 10, &[("slug", text("x")), ("title", text("50% _")), ("value_amount", key(150)), day]);
    add(&mut rows, "Agreement", 11, &[("slug", text("y")), ("title", text("500 a")), ("value_disclosed", key(1))]);
    for (id, role) in [(20, "LICENSOR"), (21, "AGENT")] {
        let ends = [("agreement_id", key(10)), ("company_id", key(1)), ("role", text(role))];
        add(&mut rows, "AgreementParty", id, &ends);
    }
    add(&mut rows, "Patent", 30, &[("publication_number", text("P1")), ("owner_id", key(1))]);
    add(&mut rows, "Patent", 31, &[("publication_number", text("P2"))]);
    add(&mut rows, "Statement", 40, &[("ordinal", key(1)), ("quote", text("q")), ("company_id", key(2))]);
    rows
}

fn ask_with(query: &str, operation: Option<&str>, variables: &Json) -> String {
    let bytes = answer(&store(), query, operation, variables).bytes;
    let text = String::from_utf8(bytes).unwrap();
    text.strip_prefix("{\"data\":").and_then(|text| text.strip_suffix('}')).unwrap().to_owned()
}

fn ask(query: &str) -> String {
    ask_with(query, None, &json!({}))
}

/// The slugs of the companies that a connection with these arguments shows, one letter each.
fn slugs(arguments: &str) -> String {
    let text = ask(&format!("{{ companies{arguments} {{ nodes {{ slug }} }} }}"));
    let answer: Json = serde_json::from_str(&text).unwrap();
    answer["companies"]["nodes"].as_array().unwrap().iter().map(|node| node["slug"].as_str().unwrap()).collect()
}

fn filtered(filter: &str) -> String {
    slugs(&format!("(filter: {filter}, orderBy: {{field: SLUG}})"))
}

#[test]
fn text_is_ordered_by_code_point_and_the_default_order_is_the_documented_one() {
    assert_eq!(slugs(""), "cbad");
    assert_eq!(slugs("(orderBy: [])"), "cbad");
    assert_eq!(slugs("(orderBy: null)"), "cbad");
    assert_eq!(slugs("(orderBy: [{field: NAME, direction: DESC}])"), "dabc");
}

#[test]
fn nulls_come_last_ascending_and_first_descending_and_the_key_settles_ties() {
    assert_eq!(slugs("(orderBy: [{field: COUNTRY}])"), "cdba");
    assert_eq!(slugs("(orderBy: [{field: COUNTRY, direction: DESC}])"), "abcd");
    assert_eq!(slugs("(orderBy: [{field: COUNTRY}, {field: ID, direction: DESC}, {field: NAME}])"), "dcba");
    assert_eq!(slugs("(orderBy: [{field: COUNTRY}, {field: COUNTRY, direction: DESC}])"), "cdba");
}

#[test]
fn a_comparison_with_null_is_false_and_not_is_its_complement() {
    assert_eq!(filtered("{country: {eq: \"CN\"}}"), "cd");
    assert_eq!(filtered("{country: {ne: \"CN\"}}"), "b");
    assert_eq!(filtered("{country: {notIn: [\"CN\"]}}"), "b");
    assert_eq!(filtered("{country: {lt: \"ZZ\"}}"), "bcd");
    assert_eq!(filtered("{not: {country: {eq: \"CN\"}}}"), "ab");
    assert_eq!(filtered("{not: {country: {ne: \"CN\"}}}"), "acd");
    assert_eq!(filtered("{country: {isNull: true}}"), "a");
    assert_eq!(filtered("{country: {isNull: false, ne: \"DE\"}}"), "cd");
}

#[test]
fn empty_lists_and_empty_filters_mean_what_is_documented() {
    assert_eq!(filtered("{country: {in: []}}"), "");
    assert_eq!(filtered("{country: {notIn: []}}"), "bcd");
    assert_eq!(filtered("{country: {in: \"CN\"}}"), "cd");
    assert_eq!(filtered("{and: []}"), "abcd");
    assert_eq!(filtered("{or: []}"), "");
    assert_eq!(filtered("{country: {}}"), "abcd");
    assert_eq!(filtered("{}"), "abcd");
    assert_eq!(filtered("{or: [{slug: {eq: \"a\"}}, {slug: {gte: \"d\"}}], name: {startsWith: \"AP\"}}"), "a");
}

#[test]
fn quantifiers_look_at_the_rows_of_an_edge() {
    assert_eq!(filtered("{patents: {some: {}}}"), "b");
    assert_eq!(filtered("{patents: {none: {}}}"), "acd");
    assert_eq!(filtered("{patents: {every: {publicationNumber: {eq: \"P2\"}}}}"), "acd");
    assert_eq!(filtered("{parties: {some: {role: {eq: AGENT}}, every: {role: {eq: AGENT}}}}"), "");
    assert_eq!(filtered("{agreements: {some: {slug: {eq: \"x\"}}}}"), "b");
}

#[test]
fn a_filter_on_an_edge_to_one_asks_that_there_is_one() {
    let patents = |filter: &str| ask(&format!("{{ patents(filter: {filter}) {{ nodes {{ publicationNumber }} }} }}"));
    assert_eq!(patents("{owner: {}}"), r#"{"patents":{"nodes":[{"publicationNumber":"P1"}]}}"#);
    assert_eq!(patents("{not: {owner: {slug: {eq: \"b\"}}}}"), r#"{"patents":{"nodes":[{"publicationNumber":"P2"}]}}"#);
    let statements = |filter: &str| ask(&format!("{{ statements(filter: {filter}) {{ totalCount }} }}"));
    assert_eq!(statements("{about: {company: {slug: {eq: \"a\"}}}}"), r#"{"statements":{"totalCount":1}}"#);
    assert_eq!(statements("{about: {company: {}, agreement: {}}}"), r#"{"statements":{"totalCount":0}}"#);
    assert_eq!(statements("{about: {}}"), r#"{"statements":{"totalCount":1}}"#);
}

#[test]
fn contains_ignores_case_and_has_no_wildcards() {
    assert_eq!(filtered("{name: {contains: \"straß\"}}"), "c");
    assert_eq!(filtered("{name: {startsWith: \"A\u{308}\"}}"), "d");
    let titles =
        |part: &str| ask(&format!("{{ agreements(filter: {{title: {{contains: \"{part}\"}}}}) {{ totalCount }} }}"));
    assert_eq!(titles("0%"), r#"{"agreements":{"totalCount":1}}"#);
    assert_eq!(titles("_"), r#"{"agreements":{"totalCount":1}}"#);
    assert_eq!(titles(""), r#"{"agreements":{"totalCount":2}}"#);
}

#[test]
fn an_id_of_another_type_is_unlike_every_row() {
    let (own, other) = (super::id("Company", 1), super::id("Patent", 1));
    assert_eq!(filtered(&format!("{{id: {{in: [\"{own}\", \"{other}\"]}}}}")), "b");
    assert_eq!(filtered(&format!("{{id: {{ne: \"{other}\"}}}}")), "abcd");
    let nodes = ask(&format!("{{ nodes(ids: [\"{own}\", \"{other}\"]) {{ ... on Company {{ slug }} }} }}"));
    assert_eq!(nodes, r#"{"nodes":[{"slug":"b"},null]}"#);
}

fn page(arguments: &str) -> String {
    let order = "orderBy: [{field: SLUG}]";
    let text = ask(&format!(
        "{{ companies({order}, {arguments}) {{ nodes {{ slug }} pageInfo {{ hasPreviousPage hasNextPage }} totalCount }} }}"
    ));
    let answer: Json = serde_json::from_str(&text).unwrap();
    let (page, sign) = (&answer["companies"], |truth: &Json| if truth == &json!(true) { "+" } else { "-" });
    let nodes: String = page["nodes"].as_array().unwrap().iter().map(|node| node["slug"].as_str().unwrap()).collect();
    let info = &page["pageInfo"];
    format!("{}{nodes}{} {}", sign(&info["hasPreviousPage"]), sign(&info["hasNextPage"]), page["totalCount"])
}

fn cursor(slug: &str, id: i64) -> String {
    let order = super::Order::new(Entity::named("Company").unwrap(), Some(&json!([{ "field": "SLUG" }])));
    order.cursor(&[Value::text(slug), Value::Int(id)])
}

#[test]
fn pages_go_both_ways_and_say_what_is_around_them() {
    assert_eq!(page("first: 2"), "-ab+ 4");
    assert_eq!(page("first: 4"), "-abcd- 4");
    assert_eq!(page("first: 0"), "-+ 4");
    assert_eq!(page("last: 3"), "+bcd- 4");
    assert_eq!(page("last: 9"), "-abcd- 4");
    assert_eq!(page(&format!("first: 2, after: \"{}\"", cursor("b", 1))), "+cd- 4");
    assert_eq!(page(&format!("last: 1, before: \"{}\"", cursor("c", 3))), "+b+ 4");
    assert_eq!(page(&format!("first: 1, before: \"{}\"", cursor("c", 3))), "-a+ 4");
    assert_eq!(page(&format!("last: 5, after: \"{}\"", cursor("a", 2))), "-bcd- 4");
    assert_eq!(page("first: 1, filter: {country: {eq: \"CN\"}}"), "-c+ 2");
}

#[test]
fn a_position_whose_row_has_gone_is_still_a_position() {
    assert_eq!(page(&format!("after: \"{}\", before: \"{}\"", cursor("aa", 7), cursor("c", 4))), "+bc- 4");
    assert_eq!(page(&format!("after: \"{}\"", cursor("b", 0))), "+bcd- 4");
}

#[test]
fn cursors_have_exactly_these_bytes() {
    let ends = |order: &str| {
        ask(&format!(
            "{{ companies(last: 1, orderBy: [{{field: {order}}}]) {{ pageInfo {{ startCursor endCursor }} }} }}"
        ))
    };
    let by_name = "AX7bvxYCAAAABMOEIGIBACAAAAAAAAE";
    assert_eq!(
        ends("NAME"),
        format!("{{\"companies\":{{\"pageInfo\":{{\"startCursor\":\"{by_name}\",\"endCursor\":\"{by_name}\"}}}}}}")
    );
    let order = json!({ "field": "COUNTRY", "direction": "DESC" });
    let order = super::Order::new(Entity::named("Company").unwrap(), Some(&order));
    assert_eq!(order.cursor(&[Value::Null, Value::Int(3)]), "AXANAaUAAQAAAAAAAAAD");
    assert_eq!(order.parse("AXANAaUAAQAAAAAAAAAD"), [Value::Null, Value::Int(3)]);
    let nothing = ask("{ companies(first: 0) { pageInfo { startCursor } } }");
    assert_eq!(nothing, r#"{"companies":{"pageInfo":{"startCursor":null}}}"#);
}

#[test]
fn an_absent_variable_is_an_absent_field_and_a_default_stands_in() {
    let query = "query($a: String, $n: Int = 1, $f: CompanyFilter) {
        companies(first: $n, filter: {country: {eq: $a}, not: $f}, orderBy: {field: SLUG}) { nodes { slug } } }";
    let with = |variables| ask_with(query, None, &variables);
    assert_eq!(with(json!({})), r#"{"companies":{"nodes":[{"slug":"a"}]}}"#);
    assert_eq!(with(json!({ "a": "CN", "n": 5 })), r#"{"companies":{"nodes":[{"slug":"c"},{"slug":"d"}]}}"#);
    let not = json!({ "a": "CN", "n": 5, "f": { "slug": { "in": "c" } } });
    assert_eq!(with(not), r#"{"companies":{"nodes":[{"slug":"d"}]}}"#);
}

#[test]
fn keys_stand_in_the_order_of_collect_fields() {
    let query = "query A($no: Boolean!) {
        x: company(slug: \"b\") { ...F name slug @skip(if: true) __typename ... on Node @include(if: $no) { id } }
        x: company(slug: \"b\") { country ... @skip(if: $no) { name } ... on AgreementX { a } }
      }
      query B { __typename }
      fragment F on Fact { ... on Company { city name } ... on Patent { kindCode } }"
        .replace("... on AgreementX { a }", "");
    let expected = r#"{"x":{"city":null,"name":"Zoo","__typename":"Company","country":"DE"}}"#;
    assert_eq!(ask_with(&query, Some("A"), &json!({ "no": false })), expected);
    assert_eq!(ask_with(&query, Some("B"), &json!({})), r#"{"__typename":"Query"}"#);
}

#[test]
fn rows_reached_through_a_link_come_once() {
    let query = "{ agreements(orderBy: {field: SLUG}) { nodes { companies { totalCount nodes { slug } } } } }";
    let one = r#"{"companies":{"totalCount":1,"nodes":[{"slug":"b"}]}}"#;
    let none = r#"{"companies":{"totalCount":0,"nodes":[]}}"#;
    assert_eq!(ask(query), format!("{{\"agreements\":{{\"nodes\":[{one},{none}]}}}}"));
}

#[test]
fn values_are_written_in_their_one_form() {
    let query =
        "{ agreement(slug: \"x\") { valueAmount announcedOn valueDisclosed } none: agreement(slug: \"?\") { id }
        statements { nodes { ordinal about { __typename ... on Company { slug } } } } }";
    let expected = concat!(
        r#"{"agreement":{"valueAmount":"1.5","announcedOn":"2017-07-05","valueDisclosed":null},"none":null,"#,
        r#""statements":{"nodes":[{"ordinal":1,"about":{"__typename":"Company","slug":"a"}}]}}"#
    );
    assert_eq!(ask(query), expected);
    let matching =
        ask("{ agreements(filter: {valueAmount: {eq: 1.50}, announcedOn: {gt: \"0001-01-01\"}}) { totalCount } }");
    assert_eq!(matching, r#"{"agreements":{"totalCount":1}}"#);
}
