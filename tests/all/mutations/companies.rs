//! Companies: recorded with what is said of them, corrected, and kept from lost updates.

use serde_json::{Value, json};

use super::{URL, company, on_both, source};

#[test]
fn a_company_is_recorded_with_its_evidence_and_read_back_to_any_depth() {
    on_both(|asked| {
        asked.companies(&["parent"]);
        let mut input = company("child");
        input["lei"] = json!("5493006W3QUS5LMH6R84");
        input["foundedOn"] = json!("1999-12-31");
        input["names"] = json!([{"name": "Child Ltd", "kind": "FORMER", "citations": [{"source": URL}]}]);
        input["relations"] =
            json!([{"parent": "parent", "kind": "PARENT", "since": "2020-01-01", "citations": [{"source": URL}]}]);
        input["observations"] = json!([{"metric": "patents", "value": "1500.25", "qualifier": "EXACT", "period": "2017",
            "source": URL}]);
        let payload = asked.done(
            "companyRecord",
            "company { slug name foundedOn version parents { nodes { parent { name citations { nodes { quote source { url \
             publishedPrecision } } } } } } names { nodes { name } } observations { nodes { value \
             citations { totalCount } } } }",
            &input,
        );
        let company = &payload["company"];
        assert_eq!(company["parents"]["nodes"][0]["parent"]["name"], "parent Inc.", "{payload}");
        assert_eq!(company["foundedOn"], "1999-12-31");
        assert_eq!(company["version"], 1);
        assert_eq!(company["observations"]["nodes"][0], json!({"value": "1500.25", "citations": {"totalCount": 1}}));
        let read = asked.ask("{ company(slug: \"child\") { name names { nodes { name } } } }", &Value::Null);
        assert_eq!(read["data"]["company"]["names"]["nodes"][0]["name"], "Child Ltd", "{read}");
    });
}

#[test]
fn what_is_wrong_with_a_company_is_told_with_its_place_and_nothing_is_written() {
    on_both(|asked| {
        asked.companies(&["known"]);
        let with = |change: &dyn Fn(&mut Value)| {
            let mut input = company("new");
            change(&mut input);
            asked.wrong("companyRecord", "company", &input)
        };
        let is = |found: (String, String), code: &str, path: &str| {
            assert_eq!(found, (code.to_owned(), path.to_owned()), "{}", asked.store.name());
        };
        is(with(&|input| input["slug"] = json!("known")), "TAKEN", "input.slug");
        is(with(&|input| input["slug"] = json!("Two Words")), "BAD_VALUE", "input.slug");
        is(with(&|input| input["country"] = json!("Finland")), "BAD_VALUE", "input.country");
        is(with(&|input| input["name"] = json!(" blanks ")), "BAD_VALUE", "input.name");
        is(
            with(&|input| drop(input.as_object_mut().unwrap().remove("citations"))),
            "EVIDENCE_MISSING",
            "input.citations",
        );
        is(with(&|input| input["citations"] = json!([])), "EVIDENCE_MISSING", "input.citations");
        let unknown = json!([{"source": URL}, {"source": "https://nowhere.example"}]);
        is(with(&|input| input["citations"] = unknown.clone()), "NOT_FOUND", "input.citations.1.source");
        let named =
            json!([{"name": "A", "kind": "FORMER", "citations": [{"source": URL}]}, {"name": "B", "kind": "FORMER"}]);
        is(with(&|input| input["names"] = named.clone()), "EVIDENCE_MISSING", "input.names.1.citations");
        let rivals = json!([{"company": "known", "citations": [{"source": URL}]}, {"company": "nobody",
            "citations": [{"source": URL}]}]);
        is(with(&|input| input["rivals"] = rivals.clone()), "NOT_FOUND", "input.rivals.1.company");
        let twice = json!([{"country": "FI", "status": "PRESENT", "citations": [{"source": URL}]},
            {"country": "FI", "status": "PRESENT", "citations": [{"source": URL}]}]);
        let (code, path) = with(&|input| input["markets"] = twice.clone());
        assert_eq!((&*code, &*path), ("REPEATED", "input.markets.1.country"));
    });
}

#[test]
fn a_correction_changes_what_is_given_clears_what_is_null_and_leaves_the_rest() {
    on_both(|asked| {
        let mut input = company("acme");
        input["city"] = json!("Espoo");
        input["website"] = json!("https://acme.example");
        asked.done("companyRecord", "company { slug }", &input);
        let update = json!({"slug": "acme", "version": 1, "name": "Acme Oyj", "city": null,
            "citations": [{"source": URL, "claimField": "name"}]});
        let payload = asked.done(
            "companyUpdate",
            "company { name city website country version citations { totalCount } }",
            &update,
        );
        let expected = json!({"name": "Acme Oyj", "city": null, "website": "https://acme.example", "country": "FI",
            "version": 2, "citations": {"totalCount": 2}});
        assert_eq!(payload["company"], expected, "{}", asked.store.name());
        let found = asked.ask("{ companies(filter: {name: {contains: \"ACME O\"}}) { nodes { slug } } }", &Value::Null);
        assert_eq!(found["data"]["companies"]["nodes"], json!([{"slug": "acme"}]), "the next read finds its new name");
    });
}

#[test]
fn a_stale_correction_is_refused_and_shown_the_present_state() {
    on_both(|asked| {
        asked.companies(&["acme"]);
        let update = |name: &str| json!({"slug": "acme", "version": 1, "name": name, "citations": [{"source": URL}]});
        asked.done("companyUpdate", "company { id }", &update("First"));
        let payload = asked.mutate("companyUpdate", "company { name version }", &update("Second"));
        assert_eq!(payload["userErrors"][0]["code"], "CONFLICT", "{payload}");
        assert_eq!(payload["userErrors"][0]["path"], json!(["input", "version"]), "{payload}");
        assert_eq!(payload["company"], json!({"name": "First", "version": 2}), "{}", asked.store.name());
        let wrong = |input: &Value| asked.wrong("companyUpdate", "company", input);
        let update = |change: Value| {
            let mut input = json!({"slug": "acme", "version": 2, "citations": [{"source": URL}]});
            input.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            input
        };
        assert_eq!(wrong(&update(json!({"slug": "nobody"}))).0, "NOT_FOUND");
        assert_eq!(wrong(&update(json!({"name": null}))), ("BAD_VALUE".to_owned(), "input.name".to_owned()));
        assert_eq!(wrong(&update(json!({"citations": []}))).0, "EVIDENCE_MISSING");
    });
}

#[test]
fn of_many_corrections_at_once_each_version_is_written_once() {
    on_both(|asked| {
        asked.companies(&["acme"]);
        let done: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|number| {
                    scope.spawn(move || {
                        let input = json!({"slug": "acme", "version": 1, "city": format!("City {number}"),
                            "citations": [{"source": URL}]});
                        let payload = asked.mutate("companyUpdate", "company { version }", &input);
                        assert_eq!(payload["company"]["version"], 2, "{payload}");
                        usize::from(payload["userErrors"] == json!([]))
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(done, 1, "{}", asked.store.name());
    });
}

#[test]
fn mutations_of_a_request_run_in_order_and_one_that_is_wrong_leaves_the_others() {
    on_both(|asked| {
        asked.companies(&["acme"]);
        let query = "mutation($one: CompanyUpdateInput!, $two: CompanyRecordInput!, $three: CompanyUpdateInput!) { \
            __typename one: companyUpdate(input: $one) { company { name version } } \
            two: companyRecord(input: $two) { __typename company { name } userErrors { __typename code } } \
            three: companyUpdate(input: $three) { again: company { version } company { name version } userErrors { code } } }";
        let update = |version: i32, name: &str| {
            json!({"slug": "acme", "version": version, "name": name,
            "citations": [{"source": URL}]})
        };
        let mut request = super::request(dealgraph::access::Role::Editor, query, &Value::Null);
        request.variables = json!({"one": update(1, "One"), "two": company("acme"), "three": update(2, "Three")})
            .as_object()
            .cloned()
            .unwrap();
        let answer: Value = serde_json::from_str(&super::bytes(&asked.engine, &request)).unwrap();
        let expected = json!({"data": {
            "__typename": "Mutation",
            "one": {"company": {"name": "One", "version": 2}},
            "two": {"__typename": "CompanyRecordPayload", "company": null, "userErrors": [{"__typename": "UserError", "code": "TAKEN"}]},
            "three": {"again": {"version": 3}, "company": {"name": "Three", "version": 3}, "userErrors": []},
        }});
        assert_eq!(answer, expected, "{}", asked.store.name());
    });
}

#[test]
fn sources_that_are_known_stay_as_they_are() {
    on_both(|asked| {
        asked.companies(&["one"]);
        let mut other = source();
        other["title"] = json!("Another title");
        let mut input = company("two");
        input["sources"] = json!([other, {"publisher": "Paper", "title": "Page 3"}]);
        input["citations"] = json!([{"source": URL}, {"source": "Paper — Page 3"}]);
        asked.done("companyRecord", "company { id }", &input);
        let sources = asked.ask("{ sources { nodes { title publisher } } }", &Value::Null);
        let mut titles: Vec<&str> = sources["data"]["sources"]["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|node| node["title"].as_str().unwrap())
            .collect();
        titles.sort_unstable();
        assert_eq!(titles, ["A deal", "Page 3"], "{}", asked.store.name());
    });
}
