//! Links that are kept in the order of what they lead to: always those that there are, and pages along them.

use std::thread;
use std::time::Duration;

use dealgraph::store::Connection;
use serde_json::{Value, json};

use super::Statements;
use crate::harness::{Ask, Harness, TestStore, answer, refusal, texts};

/// A table with links in order, the link's table, its columns here and there, what is there, and the column of its order.
const TABLES: [(&str, &str, &str, &str, &str, &str); 3] = [
    ("company_agreement", "agreement_party", "company_id", "agreement_id", "agreement", "announced_on"),
    ("area_agreement", "agreement_area", "area_id", "agreement_id", "agreement", "announced_on"),
    ("area_patent", "patent_area", "area_id", "patent_id", "patent", "publication_number"),
];

/// Holds the links in order against the links.
pub fn assert_links_in_order(open: &mut Connection, when: &str) {
    for (table, link, near, far, there, column) in TABLES {
        let shown = |row: &str| {
            format!("concat_ws(' ', {row}.{near}, coalesce(CAST({row}.{column} AS TEXT), '-'), {row}.id) AS shown")
        };
        let kept = texts(open, &format!("SELECT {} FROM {table} k ORDER BY 1", shown("k")));
        let wanted = format!(
            "SELECT {} FROM (SELECT DISTINCT l.{near}, t.{column}, t.id FROM {link} l JOIN {there} t ON t.id = l.{far}) w \
             ORDER BY 1",
            shown("w")
        );
        assert_eq!(kept, texts(open, &wanted), "{table} {when}");
    }
}

fn assert_kept(store: &TestStore, when: &str) {
    let mut open = store.connection();
    assert_links_in_order(&mut open, &format!("{when}, {}", store.name()));
    for (table, ..) in TABLES {
        let rows = texts(&mut open, &format!("SELECT CAST(count(*) AS TEXT) AS shown FROM {table}"));
        assert_ne!(rows, ["0"], "{}: {table} {when}", store.name());
    }
}

/// Two companies, two areas, three agreements, three patents.
const FACTS: &str = "INSERT INTO company (id, slug, name, name_folded) VALUES (1, 'a', 'A', 'a'), (2, 'b', 'B', 'b'); \
    INSERT INTO cooperation_area (id, slug, name, name_folded) VALUES (1, 'iot', 'IoT', 'iot'), (2, 'v2x', 'V2X', 'v2x'); \
    INSERT INTO source (id, publisher, publisher_folded) VALUES (1, 'P', 'p'); \
    INSERT INTO agreement (id, slug, title, title_folded, status, announced_on, announced_precision) VALUES \
        (1, 'one', 'One', 'one', 'ANNOUNCED', '2017-07-05', 'DAY'), (2, 'two', 'Two', 'two', 'ANNOUNCED', NULL, NULL), \
        (3, 'three', 'Three', 'three', 'ANNOUNCED', '2016-06-01', 'DAY'); \
    INSERT INTO patent (id, publication_number, office, number, source_id) VALUES \
        (1, 'US1', 'US', '1', 1), (2, 'EP2', 'EP', '2', 1), (3, 'CN3', 'CN', '3', 1); \
    INSERT INTO agreement_party (id, agreement_id, company_id, role) VALUES (1, 1, 1, 'LICENSOR'), (2, 1, 1, 'PARTNER'), \
        (3, 1, 2, 'LICENSEE'), (4, 2, 1, 'PARTNER'), (5, 3, 2, 'PARTNER'); \
    INSERT INTO agreement_area (agreement_id, area_id) VALUES (1, 1), (1, 2), (2, 1), (3, 2); \
    INSERT INTO patent_area (patent_id, area_id) VALUES (1, 1), (2, 1), (3, 2);";

/// What changes links and what they lead to, one after another.
const CHANGES: &[&str] = &[
    "DELETE FROM agreement_party WHERE id = 1",
    "UPDATE agreement SET announced_on = '2018-01-01', announced_precision = 'DAY' WHERE id = 2",
    "UPDATE agreement SET announced_on = NULL, announced_precision = NULL WHERE id = 1",
    "UPDATE agreement SET announced_on = '2019-02-02', announced_precision = 'DAY'",
    "UPDATE agreement SET title = 'Other' WHERE id = 1",
    "UPDATE agreement_party SET company_id = 2 WHERE company_id = 1 AND agreement_id = 2",
    "UPDATE agreement_party SET agreement_id = 3 WHERE id = 2",
    "UPDATE agreement_party SET role = 'AGENT' WHERE id = 3",
    "DELETE FROM agreement_party WHERE id = 3",
    "UPDATE agreement_area SET area_id = 1 WHERE agreement_id = 3",
    "DELETE FROM agreement_area WHERE agreement_id = 1",
    "INSERT INTO agreement_area (agreement_id, area_id) VALUES (1, 2)",
    "UPDATE patent SET publication_number = 'US11' WHERE id = 1",
    "UPDATE patent_area SET area_id = 2 WHERE patent_id = 1",
    "DELETE FROM patent_area WHERE patent_id = 2",
];

#[test]
fn links_in_order_are_those_that_there_are() {
    for store in Harness::databases() {
        store.execute_batch(FACTS);
        assert_kept(&store, "when they were written");
        for change in CHANGES {
            store.execute_batch(change);
            assert_kept(&store, change);
        }
    }
}

#[test]
fn a_day_that_changes_while_a_link_is_written_is_the_links_too() {
    let store = Harness::postgres();
    store.execute_batch(FACTS);
    let day = "UPDATE agreement SET announced_on = '2020-03-03' WHERE id = 3";
    let pairs = [
        (day, "INSERT INTO agreement_party (id, agreement_id, company_id, role) VALUES (10, 3, 1, 'PARTNER')"),
        ("INSERT INTO agreement_area (agreement_id, area_id) VALUES (3, 1)", day),
        // The one role goes while the other comes.
        (
            "DELETE FROM agreement_party WHERE id = 10",
            "INSERT INTO agreement_party (id, agreement_id, company_id, role) VALUES (11, 3, 1, 'AGENT')",
        ),
        (
            "INSERT INTO agreement_party (id, agreement_id, company_id, role) VALUES (12, 3, 1, 'SUPPLIER')",
            "DELETE FROM agreement_party WHERE id = 11",
        ),
    ];
    for (first, second) in pairs {
        let mut open = store.connection();
        for statement in ["BEGIN", first] {
            assert_eq!(refusal(&mut open, statement), None);
        }
        thread::scope(|scope| {
            let other = scope.spawn(|| store.execute_batch(second));
            thread::sleep(Duration::from_millis(200));
            assert!(!other.is_finished(), "{second} waits for {first}");
            assert_eq!(refusal(&mut open, "COMMIT"), None);
        });
        assert_kept(&store, &format!("after {first} and {second}"));
    }
}

/// How many agreements there are.
const AGREEMENTS: u32 = 1_500;

/// Agreements of a frequent area and of a rare one, with parties of a country that most have, one that some have, and one that
/// few have.
fn fill(store: &TestStore) {
    let many = |into: &str, values: &str, which: &str| {
        format!(
            "INSERT INTO {into} WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {AGREEMENTS}) \
             SELECT {values} FROM n WHERE {which};"
        )
    };
    let day = match store.name() {
        "sqlite" => "CASE WHEN i % 20 > 0 THEN date('2000-01-01', '+' || (i * 13 % 700) || ' days') END",
        _ => "CASE WHEN i % 20 > 0 THEN DATE '2000-01-01' + i * 13 % 700 END",
    };
    let agreement = "agreement (id, slug, title, title_folded, status, announced_on, announced_precision)";
    let values = "i, 'a' || i, 'T', 't', CASE i % 3 WHEN 0 THEN 'IN_FORCE' ELSE 'ANNOUNCED' END";
    let party = "agreement_party (id, agreement_id, company_id, role)";
    let mut sql =
        "INSERT INTO cooperation_area (id, slug, name, name_folded) VALUES (1, 'iot', 'I', 'i'), (2, 'v2x', 'V', 'v');"
            .to_owned();
    for (company, country) in ["US", "SE", "FI"].iter().enumerate() {
        sql += &format!(
            "INSERT INTO company (id, slug, name, name_folded, country) VALUES ({company}, '{country}', 'C', 'c', '{country}');"
        );
    }
    sql += &many(agreement, &format!("{values}, {day}, CASE WHEN i % 20 > 0 THEN 'DAY' END"), "TRUE");
    sql += &many("agreement_area (agreement_id, area_id)", "i, 1", "i % 3 > 0");
    sql += &many("agreement_area (agreement_id, area_id)", "i, 2", "i % 100 = 7");
    sql += &many(party, "i, i, 0, 'PARTNER'", "i % 4 > 0");
    sql += &many(party, "2000 + i, i, 1, 'PARTNER'", "i % 40 = 7");
    sql += &many(party, "4000 + i, i, 2, 'PARTNER'", "i % 300 = 7");
    sql += &many(party, "6000 + i, i, 2, 'AGENT'", "i % 300 = 7");
    store.execute_batch(&sql);
}

/// Filters, each with the condition that says the same of an agreement `a`.
fn filters() -> Vec<(Value, String)> {
    let in_area = |slug: &str| json!({ "areas": { "some": { "slug": { "eq": slug } } } });
    let of_country = |country: &str| json!({ "parties": { "some": { "company": { "country": { "eq": country } } } } });
    let with = |slug: &str| json!({ "parties": { "some": { "company": { "slug": { "eq": slug } } } } });
    let area = |id: u32| format!("a.id IN (SELECT agreement_id FROM agreement_area WHERE area_id = {id})");
    let company = |id: u32| format!("a.id IN (SELECT agreement_id FROM agreement_party WHERE company_id = {id})");
    let both = |one: &Value, other: &Value| json!({ "and": [one, other] });
    let mut all = vec![
        (in_area("iot"), area(1)),
        (in_area("v2x"), area(2)),
        (with("FI"), company(2)),
        (
            both(&with("US"), &json!({ "status": { "eq": "IN_FORCE" } })),
            format!("{} AND a.status = 'IN_FORCE'", company(0)),
        ),
        (both(&with("US"), &in_area("v2x")), format!("{} AND {}", company(0), area(2))),
        (
            both(&in_area("iot"), &json!({ "status": { "eq": "IN_FORCE" } })),
            format!("{} AND a.status = 'IN_FORCE'", area(1)),
        ),
        (in_area("none"), "FALSE".to_owned()),
    ];
    for (id, country) in (0..).zip(["US", "SE", "FI"]) {
        all.push((both(&in_area("iot"), &of_country(country)), format!("{} AND {}", area(1), company(id))));
        all.push((both(&of_country(country), &in_area("v2x")), format!("{} AND {}", area(2), company(id))));
    }
    all
}

/// All pages one after another, forwards or backwards, as the slugs of their rows.
fn pages(engine: &dyn Ask, filter: &Value, is_backward: bool) -> Vec<String> {
    let document = "query ($first: Int, $last: Int, $after: String, $before: String, $filter: AgreementFilter) { \
        agreements(first: $first, last: $last, after: $after, before: $before, filter: $filter) { \
            nodes { slug } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
    let (size, from, more, edge) = match is_backward {
        false => ("first", "after", "hasNextPage", "endCursor"),
        true => ("last", "before", "hasPreviousPage", "startCursor"),
    };
    let (mut all, mut cursor) = (Vec::new(), Value::Null);
    loop {
        let text = answer(engine, document, &json!({ "filter": filter, size: 37, from: cursor }));
        let read: Value = serde_json::from_str(&text).expect("JSON");
        let read = &read["data"]["agreements"];
        let slugs = read["nodes"].as_array().unwrap_or_else(|| panic!("{text}")).iter();
        let mut slugs: Vec<String> = slugs.map(|node| node["slug"].as_str().expect("a text").to_owned()).collect();
        if is_backward {
            slugs.append(&mut all);
            all = slugs;
        } else {
            all.append(&mut slugs);
        }
        if read["pageInfo"][more] == json!(false) {
            return all;
        }
        cursor = read["pageInfo"][edge].clone();
    }
}

#[test]
fn a_page_has_the_same_rows_whichever_way_they_are_looked_for() {
    for store in Harness::databases() {
        fill(&store);
        let statements = Statements::default();
        let engine = statements.of(&store);
        for (filter, condition) in filters() {
            let wanted = format!(
                "SELECT a.slug AS shown FROM agreement a WHERE {condition} \
                 ORDER BY a.announced_on IS NULL DESC, a.announced_on DESC, a.id"
            );
            let wanted = texts(&mut store.connection(), &wanted);
            for is_backward in [false, true] {
                assert_eq!(pages(&engine, &filter, is_backward), wanted, "{}: {filter}", store.name());
            }
        }
        // Each way was gone.
        let told = statements.take();
        let is_gone = |words: &[&str]| told.iter().any(|text| words.iter().all(|word| text.contains(word)));
        assert!(is_gone(&["FROM \"area_agreement\" a WHERE a.\"area_id\" = ", " AND EXISTS "]), "along an area");
        assert!(
            is_gone(&["FROM \"company_agreement\" l", "JOIN \"agreement\" a ON "]),
            "along a company, with its rows"
        );
        // PostgreSQL looks for itself.
        let is_sqlite = store.name() == "sqlite";
        let look = is_gone(&["SELECT CASE WHEN (SELECT count(*) FROM (SELECT l.\"id\" FROM "]);
        assert_eq!(look, is_sqlite, "after a look");
        assert_eq!(is_gone(&["FROM \"agreement\" a WHERE a.\"id\" IN "]), is_sqlite, "from what a condition leaves");
    }
}
