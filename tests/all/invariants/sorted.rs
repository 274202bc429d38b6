//! Rows of a parent that come in no order: sorted the same, whoever sorts them, and however many there are.

use std::cmp::Reverse;

use serde_json::{Value, json};

use super::Statements;
use crate::harness::{Harness, TestStore, answer};

/// Patents of the large grant, and of the small one.
const COUNTS: [usize; 2] = [300, 20];

/// The title of a patent: some have none, some share one.
fn title(patent: usize) -> Option<String> {
    (!patent.is_multiple_of(9)).then(|| format!("Title {}", patent * 37 % 101 / 2))
}

/// A deal with two grants, of many patents and of few; and a company that is a party of each of 150 agreements twice.
fn fill(store: &TestStore) {
    let mut sql = String::from(
        "INSERT INTO company (id, slug, name, name_folded) VALUES (1, 'a', 'A', 'a'), (2, 'b', 'B', 'b'); \
         INSERT INTO source (id, publisher, publisher_folded) VALUES (1, 'P', 'p'); \
         INSERT INTO agreement (id, slug, title, title_folded, status) VALUES (1000, 'deal', 'Deal', 'deal', 'ANNOUNCED'); \
         INSERT INTO licence_grant (id, agreement_id, ordinal, licensor_id, licensee_id) \
             VALUES (1, 1000, 1, 1, 2), (2, 1000, 2, 1, 2); ",
    );
    for patent in 1..=COUNTS[0] {
        let owner = if patent % 5 == 0 { "NULL".to_owned() } else { (patent % 2 + 1).to_string() };
        let title = title(patent).map_or("NULL, NULL".to_owned(), |title| format!("'{title}', '{title}'"));
        sql += &format!(
            "INSERT INTO patent (id, publication_number, office, number, owner_id, title, title_folded, source_id) \
                 VALUES ({patent}, 'US{patent}', 'US', '{patent}', {owner}, {title}, 1); \
             INSERT INTO licence_grant_patent (licence_grant_id, patent_id) VALUES (1, {patent}); ",
        );
    }
    for patent in 1..=COUNTS[1] {
        sql += &format!("INSERT INTO licence_grant_patent (licence_grant_id, patent_id) VALUES (2, {patent}); ");
    }
    for agreement in 1..=150 {
        let title = agreement * 37 % 151;
        sql += &format!(
            "INSERT INTO agreement (id, slug, title, title_folded, status) \
                 VALUES ({agreement}, 'a{agreement}', 'T{title:03}', 't', 'ANNOUNCED'); \
             INSERT INTO agreement_party (id, agreement_id, company_id, role) \
                 VALUES ({agreement}, {agreement}, 1, 'LICENSOR'), ({}, {agreement}, 1, 'PARTNER'); ",
            agreement + 1000
        );
    }
    store.execute_batch(&sql);
}

/// The numbers of a grant's patents by title, null last, then by key; or all the other way round.
fn expected(count: usize, is_descending: bool) -> Vec<String> {
    let mut patents: Vec<usize> = (1..=count).collect();
    let key = |patent: &usize| (title(*patent).is_none(), title(*patent));
    if is_descending {
        patents.sort_by_key(|patent| (Reverse(key(patent)), *patent));
    } else {
        patents.sort_by_key(|patent| (key(patent), *patent));
    }
    patents.iter().map(|patent| format!("US{patent}")).collect()
}

#[test]
fn few_rows_of_a_parent_and_many_come_in_the_same_order() {
    let document = "query ($page: Int!, $way: OrderDirection!, $after: String) { agreement(slug: \"deal\") { grants { nodes { \
        patents(first: $page, after: $after, orderBy: [{field: TITLE, direction: $way}]) { \
            nodes { publicationNumber owner { slug } } pageInfo { hasNextPage endCursor } } } } } }";
    for store in Harness::databases() {
        fill(&store);
        let statements = Statements::default();
        let engine = statements.of(&store);
        for (way, page) in [("ASC", 5), ("DESC", 5), ("ASC", 20), ("DESC", 74), ("ASC", 75), ("DESC", 300), ("ASC", 0)]
        {
            let ask = |after: &Value| -> Value {
                let text = answer(&engine, document, &json!({ "page": page, "way": way, "after": after }));
                serde_json::from_str(&text).expect("JSON")
            };
            let first = ask(&Value::Null);
            // Beyond so many rows, SQLite is asked once more, of the large grant.
            let is_split = store.name() == "sqlite" && 300 > (4 * (page + 1)).max(64);
            assert_eq!(statements.take().len(), if is_split { 4 } else { 3 }, "{}: {page} {way}", store.name());
            for (grant, count) in COUNTS.into_iter().enumerate() {
                let all = expected(count, way == "DESC");
                let part = |answer: &Value| answer["data"]["agreement"]["grants"]["nodes"][grant]["patents"].clone();
                let numbers = |part: &Value| -> Vec<String> {
                    let nodes = part["nodes"].as_array().expect("a list");
                    nodes.iter().map(|node| node["publicationNumber"].as_str().expect("a text").to_owned()).collect()
                };
                let patents = part(&first);
                assert_eq!(numbers(&patents), all[..count.min(page)], "{}: {page} {way}", store.name());
                assert_eq!(patents["pageInfo"]["hasNextPage"], json!(page < count), "{}: {page} {way}", store.name());
                if page > 0 && page < count {
                    let next = part(&ask(&patents["pageInfo"]["endCursor"]));
                    let expected = &all[page..count.min(2 * page)];
                    assert_eq!(numbers(&next), expected, "{}: behind {page} {way}", store.name());
                    statements.take();
                }
            }
        }
    }
}

#[test]
fn a_row_that_two_links_lead_to_counts_once() {
    let document = "query ($page: Int!) { company(slug: \"a\") { agreements(first: $page, orderBy: [{field: TITLE}]) \
        { totalCount nodes { title parties(first: 1) { nodes { agreement { title } } } } pageInfo { hasNextPage } } } }";
    for store in Harness::databases() {
        fill(&store);
        let engine = Statements::default().of(&store);
        for page in [0, 1, 10, 149, 150, 200] {
            let text = answer(&engine, document, &json!({ "page": page }));
            let answer: Value = serde_json::from_str(&text).expect("JSON");
            let agreements = &answer["data"]["company"]["agreements"];
            let shown = |title: usize| {
                let title = format!("T{title:03}");
                json!({ "title": title, "parties": { "nodes": [{ "agreement": { "title": title } }] } })
            };
            let shown: Vec<Value> = (1..=150.min(page)).map(shown).collect();
            let expected = json!({
                "totalCount": 150, "nodes": shown, "pageInfo": { "hasNextPage": page < 150 }
            });
            assert_eq!(*agreements, expected, "{}: {page}", store.name());
        }
    }
}

#[test]
fn an_area_that_many_links_lead_to_stands_on_each_page_in_its_order() {
    let facts = "INSERT INTO cooperation_area (id, slug, name, name_folded) VALUES \
            (1, 'a', 'Z', 'z'), (2, 'b', 'Y', 'y'), (3, 'c', 'X', 'x'), (4, 'd', 'W', 'w'); \
        INSERT INTO agreement (id, slug, title, title_folded, status) VALUES (1, 'abc', 'T', 't', 'ANNOUNCED'), \
            (2, 'b', 'T', 't', 'ANNOUNCED'), (3, 'none', 'T', 't', 'ANNOUNCED'), (4, 'ac', 'T', 't', 'ANNOUNCED'); \
        INSERT INTO agreement_area (agreement_id, area_id) VALUES (1, 1), (1, 2), (1, 3), (2, 2), (4, 3), (4, 1);";
    let document = "query ($after: String) { agreements(orderBy: [{field: ID}]) { nodes { \
        areas(first: 2, after: $after) { totalCount nodes { slug } pageInfo { hasNextPage endCursor } } \
        last: areas(last: 1, orderBy: [{field: SLUG}]) { edges { node { slug } } pageInfo { hasPreviousPage } } \
        not: areas(filter: {slug: {ne: \"c\"}}, orderBy: [{field: SLUG, direction: DESC}]) { \
            nodes { slug agreements(first: 1, orderBy: [{field: ID}]) { totalCount nodes { slug } } } } } } }";
    let slugs = |slugs: &str| -> Value { slugs.chars().map(|slug| json!({ "slug": slug.to_string() })).collect() };
    for store in Harness::databases() {
        store.execute_batch(facts);
        let engine = Statements::default().of(&store);
        let ask = |after: &Value| -> Value {
            let answer: Value =
                serde_json::from_str(&answer(&engine, document, &json!({ "after": after }))).expect("JSON");
            answer["data"]["agreements"]["nodes"].clone()
        };
        let first = ask(&Value::Null);
        // By name: c, b, a. The agreements `ac` and `abc` share areas; `none` has none.
        for (place, (total, page, goes_on, last, before, not)) in [
            (3, "cb", true, "c", true, "ba"),
            (1, "b", false, "b", false, "b"),
            (0, "", false, "", false, ""),
            (2, "ca", false, "c", true, "a"),
        ]
        .into_iter()
        .enumerate()
        {
            let agreement = &first[place];
            let told = format!("{}: {agreement}", store.name());
            assert_eq!(agreement["areas"]["totalCount"], total, "{told}");
            assert_eq!(agreement["areas"]["nodes"], slugs(page), "{told}");
            assert_eq!(agreement["areas"]["pageInfo"]["hasNextPage"], goes_on, "{told}");
            let edges: Value = last.chars().map(|slug| json!({ "node": { "slug": slug.to_string() } })).collect();
            assert_eq!(agreement["last"]["edges"], edges, "{told}");
            assert_eq!(agreement["last"]["pageInfo"]["hasPreviousPage"], before, "{told}");
            let nodes: Value = not
                .chars()
                .map(|slug| {
                    json!({ "slug": slug.to_string(), "agreements": { "totalCount": 2, "nodes": [{ "slug": "abc" }] } })
                })
                .collect();
            assert_eq!(agreement["not"]["nodes"], nodes, "{told}");
        }
        // Behind the area `b`, only `a` stands.
        let next = ask(&first[0]["areas"]["pageInfo"]["endCursor"]);
        for (place, page) in ["a", "", "", "a"].into_iter().enumerate() {
            assert_eq!(next[place]["areas"]["nodes"], slugs(page), "{}: {next}", store.name());
        }
    }
}

#[test]
fn however_many_parents_there_are_each_has_its_own_rows() {
    let document = "query ($first: Int!) { agreements(first: $first, orderBy: [{field: ID}]) { nodes { slug \
        areas(first: 2) { nodes { slug } pageInfo { hasNextPage } } } } }";
    // As many areas as the place has of 0 to 3, in the order of their names, which is not that of their keys.
    let areas = |agreement: usize| -> &[&str] { &["c", "b", "a"][..(agreement * 7 % 11).min(3)] };
    let mut facts = String::from(
        "INSERT INTO cooperation_area (id, slug, name, name_folded) VALUES (1, 'a', 'Z', 'z'), (2, 'b', 'Y', 'y'), \
         (3, 'c', 'X', 'x'); ",
    );
    for agreement in 1..=150 {
        facts += &format!(
            "INSERT INTO agreement (id, slug, title, title_folded, status) \
             VALUES ({agreement}, 'a{agreement}', 'T', 't', 'ANNOUNCED'); "
        );
        for area in areas(agreement) {
            let area = area.as_bytes()[0] - b'a' + 1;
            facts += &format!("INSERT INTO agreement_area (agreement_id, area_id) VALUES ({agreement}, {area}); ");
        }
    }
    for store in Harness::databases() {
        store.execute_batch(&facts);
        let statements = Statements::default();
        let engine = statements.of(&store);
        for first in [1, 2, 4, 5, 16, 17, 64, 65, 128, 129, 150] {
            let text = answer(&engine, document, &json!({ "first": first }));
            let answer: Value = serde_json::from_str(&text).expect("JSON");
            let shown = |agreement: usize| {
                let all = areas(agreement);
                let nodes: Vec<Value> = all.iter().take(2).map(|area| json!({ "slug": area })).collect();
                let page = json!({ "nodes": nodes, "pageInfo": { "hasNextPage": all.len() > 2 } });
                json!({ "slug": format!("a{agreement}"), "areas": page })
            };
            let expected: Vec<Value> = (1..=first).map(shown).collect();
            assert_eq!(answer["data"]["agreements"]["nodes"], Value::from(expected), "{}: {first}", store.name());
            assert_eq!(statements.take().len(), 2, "{}: {first}", store.name());
        }
    }
}
