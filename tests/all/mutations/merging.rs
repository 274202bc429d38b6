//! Two companies that become one.

use std::collections::BTreeSet;

use dealgraph::ingest::derive_ownership;
use dealgraph::store::IdMaker;
use serde_json::{Value, json};

use super::{Asked, URL, company, on_both};
use crate::harness::{Harness, texts};

/// Two companies that have the same things said of them, and others that know both.
fn two(asked: &Asked) {
    let mut one = company("one");
    let cited = json!([{"source": URL, "quote": "Words."}]);
    one["names"] = json!([{"name": "Both", "kind": "TRADING", "citations": cited}]);
    one["markets"] = json!([{"country": "FI", "status": "PRESENT", "citations": cited}]);
    asked.done("companyRecord", "company { id }", &one);
    let mut two = company("two");
    two["lei"] = json!("5493006W3QUS5LMH6R84");
    two["names"] = json!([{"name": "Both", "kind": "TRADING", "citations": cited}]);
    two["markets"] = json!([{"country": "FI", "status": "FOCUS", "citations": cited},
        {"country": "CN", "status": "FOCUS", "citations": cited}]);
    two["rivals"] = json!([{"company": "one", "citations": cited}]);
    asked.done("companyRecord", "company { id }", &two);
    let mut third = company("third");
    third["rivals"] = json!([{"company": "one", "citations": cited}, {"company": "two", "citations": cited}]);
    third["relations"] = json!([{"parent": "two", "kind": "PARENT", "citations": cited}]);
    asked.done("companyRecord", "company { id }", &third);
    let deal = json!({"slug": "deal", "title": "A deal", "status": "IN_FORCE", "citations": cited,
        "parties": [{"company": "one", "role": "PARTNER"}, {"company": "two", "role": "PARTNER"},
            {"company": "third", "role": "PARTNER"}],
        "grants": [{"licensor": "two", "licensee": "third"}]});
    asked.done("agreementRecord", "agreement { id }", &deal);
    let patent = json!({"publicationNumber": "US8566251B2", "originalAssignees": ["two Inc."], "publishedOn": "2013-10-22", "source": URL});
    asked.done("patentRecord", "patent { owner { slug } }", &patent);
}

const MERGE: &str = "company { slug lei version names { nodes { name kind citations { totalCount } } } \
    markets { nodes { country status citations { totalCount } } } rivalries { totalCount } \
    agreements { totalCount nodes { parties { totalCount } grants { nodes { licensor { slug } } } } } patents { totalCount } \
    citations { totalCount } children { nodes { child { slug } } } }";

#[test]
fn of_two_companies_one_stays_with_all_that_is_said_of_both() {
    on_both(|asked| {
        two(asked);
        let input = json!({"slug": "one", "version": 1, "other": "two", "otherVersion": 1});
        let payload = asked.done("companyMerge", MERGE, &input);
        let expected = json!({
            "slug": "one", "lei": "5493006W3QUS5LMH6R84", "version": 2,
            "names": {"nodes": [{"name": "Both", "kind": "TRADING", "citations": {"totalCount": 2}},
                {"name": "two Inc.", "kind": "RECORDED", "citations": {"totalCount": 1}}]},
            "markets": {"nodes": [{"country": "CN", "status": "FOCUS", "citations": {"totalCount": 1}},
                {"country": "FI", "status": "PRESENT", "citations": {"totalCount": 2}}]},
            "rivalries": {"totalCount": 0},
            "agreements": {"totalCount": 1, "nodes": [{"parties": {"totalCount": 2},
                "grants": {"nodes": [{"licensor": {"slug": "one"}}]}}]},
            "patents": {"totalCount": 1}, "citations": {"totalCount": 2},
            "children": {"nodes": [{"child": {"slug": "third"}}]},
        });
        assert_eq!(payload["company"], expected, "{}", asked.store.name());
        let read = asked.ask("{ old: company(slug: \"two\") { slug name } rivals: company(slug: \"third\") { rivalries { nodes { \
            rival { slug } citations { totalCount } } } } patent(publicationNumber: \"US8566251B2\") { owner { slug } } \
            none: company(slug: \"zero\") { slug } }", &Value::Null);
        let expected = json!({"old": {"slug": "one", "name": "one Inc."},
            "rivals": {"rivalries": {"nodes": [{"rival": {"slug": "one"}, "citations": {"totalCount": 2}}]}},
            "patent": {"owner": {"slug": "one"}}, "none": null});
        assert_eq!(read["data"], expected, "{}", asked.store.name());
        assert_eq!(
            asked.wrong("companyRecord", "company", &company("two")),
            ("TAKEN".to_owned(), "input.slug".to_owned())
        );
        let figure = json!({"company": "two", "metric": "staff", "value": 5, "qualifier": "EXACT", "period": "2020", "source": URL});
        let payload = asked.done("observationAdd", "observation { company { slug } }", &figure);
        assert_eq!(payload["observation"]["company"]["slug"], "one", "the old slug still names it");
    });
}

#[test]
fn what_tells_two_companies_apart_keeps_them_apart() {
    on_both(|asked| {
        two(asked);
        let merge = |slug: &str, version: i32, other: &str, seen: i32| {
            asked.mutate(
                "companyMerge",
                "company { slug version }",
                &json!({"slug": slug, "version": version, "other": other, "otherVersion": seen}),
            )
        };
        let code = |payload: &Value| payload["userErrors"][0]["code"].as_str().unwrap_or_default().to_owned();
        assert_eq!(code(&merge("two", 1, "third", 1)), "NOT_ALLOWED", "one licenses to the other");
        assert_eq!(code(&merge("one", 1, "one", 1)), "NOT_ALLOWED");
        assert_eq!(code(&merge("one", 1, "nobody", 1)), "NOT_FOUND");
        let stale = merge("one", 1, "two", 7);
        assert_eq!((code(&stale), &stale["company"]), ("CONFLICT".to_owned(), &json!({"slug": "two", "version": 1})));
        let lei = json!({"slug": "one", "version": 1, "lei": "529900T8BM49AURSDO55", "citations": [{"source": URL}]});
        asked.done("companyUpdate", "company { id }", &lei);
        let apart = merge("one", 2, "two", 1);
        assert_eq!(code(&apart), "NOT_ALLOWED", "{apart}");
    });
}

/// A transfer between two companies, by what it conveys.
fn transfer(asked: &Asked, conveyance: &str, from: &str, to: &str, place: &str) {
    let input = json!({"conveyance": conveyance, "assignors": [from], "assignees": [to], "executedOn": "2015-01-01",
        "recordedOn": "2015-02-01", "reelFrame": place, "patents": ["US8566251B2"], "listedBy": URL});
    asked.done("transferRecord", "transfer { id }", &input);
}

#[test]
fn who_assigned_patents_to_another_or_controls_it_is_another_and_who_was_renamed_is_not() {
    on_both(|asked| {
        asked.companies(&["old", "new", "buyer", "mother"]);
        let mut daughter = company("daughter");
        daughter["relations"] = json!([{"parent": "mother", "kind": "PARENT", "citations": [{"source": URL}]}]);
        asked.done("companyRecord", "company { id }", &daughter);
        let patent = json!({"publicationNumber": "US8566251B2", "originalAssignees": ["old Inc."], "filedOn": "2010-01-01",
            "publishedOn": "2013-10-22", "source": URL});
        asked.done("patentRecord", "patent { id }", &patent);
        transfer(asked, "NAME_CHANGE", "old", "new", "035495/0001");
        transfer(asked, "ASSIGNMENT", "new", "buyer", "035495/0002");
        let merge = |slug: &str, other: &str| {
            let input = json!({"slug": slug, "version": 1, "other": other, "otherVersion": 1});
            asked.mutate("companyMerge", "company { slug patents { totalCount } }", &input)
        };
        for (slug, other, words) in [
            ("buyer", "new", "assigned patents"),
            ("new", "buyer", "assigned patents"),
            ("mother", "daughter", "the parent"),
            ("daughter", "mother", "the parent"),
        ] {
            let error = &merge(slug, other)["userErrors"][0];
            assert_eq!(
                (&error["code"], &error["path"]),
                (&json!("NOT_ALLOWED"), &json!(["input", "other"])),
                "{error}"
            );
            assert!(error["message"].as_str().is_some_and(|message| message.contains(words)), "{error}");
        }
        // The register's record of the new name stays, within the one company, and who owns what stays too.
        assert_eq!(merge("new", "old")["userErrors"], json!([]), "{}", asked.store.name());
        let query = "{ patent(publicationNumber: \"US8566251B2\") { owner { slug } findings { totalCount } \
            owners(asOf: \"2014-01-01\") { nodes { company { slug } } } \
            transfers(orderBy: [{field: REEL_FRAME}]) { nodes { conveyance parties(orderBy: [{field: ROLE}]) { nodes { role company { slug } } } } } } }";
        let answer = asked.ask(query, &Value::Null);
        let patent = &answer["data"]["patent"];
        assert_eq!(patent["owner"]["slug"], "buyer", "{}: {answer}", asked.store.name());
        let renamed = &patent["transfers"]["nodes"][0];
        let both =
            json!([{"role": "ASSIGNEE", "company": {"slug": "new"}}, {"role": "ASSIGNOR", "company": {"slug": "new"}}]);
        assert_eq!((&renamed["conveyance"], &renamed["parties"]["nodes"]), (&json!("NAME_CHANGE"), &both), "{answer}");
        let mut connection = asked.store.connection();
        let done = derive_ownership(&mut connection, &mut IdMaker::new(4)).expect("it is derived");
        assert_eq!((done.stored, done.removed, done.owners_changed), (0, 0, 0), "{}", asked.store.name());
    });
}

#[test]
fn every_column_that_leads_to_a_company_moves_with_it() {
    let moved: BTreeSet<String> =
        dealgraph::store::company_references().map(|(table, column)| format!("{table}.{column}")).collect();
    let mut connection = Harness::sqlite().connection();
    let real = texts(
        &mut connection,
        "SELECT m.name || '.' || f.\"from\" AS shown FROM sqlite_master m \
        JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND f.\"table\" = 'company'",
    );
    assert_eq!(moved, real.into_iter().collect(), "a new reference is added to store/merge/references.rs");
}
