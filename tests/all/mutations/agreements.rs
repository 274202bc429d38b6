//! Agreements with all that is in them, transfers, patents, areas and the owners that follow.

use serde_json::{Value, json};

use super::{Asked, URL, on_both, source};

const NUMBER: &str = "US8566251B2";

fn area(asked: &Asked) {
    let input = json!({"slug": "cellular", "name": "Cellular", "prefixes": ["H04W"]});
    asked.done("areaRecord", "area { slug prefixes { nodes { prefix } } }", &input);
}

fn patent(asked: &Asked, number: &str, assignee: &str) -> Value {
    let input = json!({"publicationNumber": number, "title": "A radio", "originalAssignees": [assignee],
        "filedOn": "2010-01-01", "publishedOn": "2013-10-22", "cpc": ["H04W4/70", "G06F1/00"], "source": URL,
        "sources": [source()]});
    asked.done("patentRecord", "patent { publicationNumber owner { slug } areas { nodes { slug } } }", &input)["patent"]
        .clone()
}

fn deal() -> Value {
    json!({
        "slug": "2024-deal", "title": "A deal", "announcedOn": "2024-03", "status": "IN_FORCE",
        "value": {"amount": "1500000.50", "currency": "USD"}, "areas": ["cellular"],
        "citations": [{"source": URL, "quote": "They agreed."}],
        "parties": [{"company": "seller", "role": "ASSIGNOR"}, {"company": "buyer", "role": "ASSIGNEE"}],
        "grants": [
            {"licensor": "buyer", "licensee": "seller", "scope": "ALL_PATENTS", "area": "cellular"},
            {"licensor": "seller", "licensee": "buyer", "patents": [NUMBER]},
        ],
        "transfers": [{"conveyance": "ASSIGNMENT", "assignors": ["seller"], "assignees": ["buyer"],
            "executedOn": "2024-03-01", "patents": [NUMBER]}],
        "cooperations": [{"area": "cellular", "stage": "EXPLORING"}],
        "sources": [source()],
    })
}

fn owner(asked: &Asked) -> Value {
    let query = format!("{{ patent(publicationNumber: \"{NUMBER}\") {{ owner {{ slug }} }} }}");
    asked.ask(&query, &Value::Null)["data"]["patent"]["owner"]["slug"].clone()
}

#[test]
fn an_agreement_is_recorded_whole_and_owners_follow_in_the_next_read() {
    on_both(|asked| {
        area(asked);
        asked.companies(&["seller", "buyer"]);
        let recorded = patent(asked, NUMBER, "seller Inc.");
        assert_eq!(recorded["owner"]["slug"], "seller", "{}: {recorded}", asked.store.name());
        assert_eq!(recorded["areas"]["nodes"], json!([{"slug": "cellular"}]), "{}", asked.store.name());
        let payload = asked.done(
            "agreementRecord",
            "agreement { title announcedOn announcedPrecision valueAmount parties { nodes { role company { slug } \
             citations { nodes { quote source { url } } } } } grants { nodes { licensor { slug } patents { nodes { \
             owner { slug } } } } } transfers { nodes { patents { nodes { publicationNumber owner { slug } } } } } \
             cooperations { nodes { stage } } version retractedAt }",
            &deal(),
        );
        let agreement = &payload["agreement"];
        assert_eq!(agreement["announcedOn"], "2024-03-01", "{payload}");
        assert_eq!(agreement["announcedPrecision"], "MONTH", "{payload}");
        assert_eq!(agreement["valueAmount"], "1500000.5", "{payload}");
        let party = &agreement["parties"]["nodes"][0]["citations"]["nodes"][0];
        assert_eq!(party, &json!({"quote": null, "source": {"url": URL}}), "the whole's evidence, without its words");
        let sold = &agreement["transfers"]["nodes"][0]["patents"]["nodes"][0];
        assert_eq!(sold["owner"]["slug"], "buyer", "{}: {payload}", asked.store.name());
        assert_eq!(owner(asked), "buyer", "{}", asked.store.name());
    });
}

#[test]
fn what_is_wrong_in_an_agreement_is_told_with_its_place_and_nothing_is_written() {
    on_both(|asked| {
        area(asked);
        asked.companies(&["seller", "buyer"]);
        patent(asked, NUMBER, "seller Inc.");
        let wrong = |change: &dyn Fn(&mut Value)| {
            let mut input = deal();
            change(&mut input);
            asked.wrong("agreementRecord", "agreement", &input)
        };
        let is = |found: (String, String), code: &str, path: &str| {
            assert_eq!(found, (code.to_owned(), path.to_owned()), "{}", asked.store.name());
        };
        is(wrong(&|input| input["parties"][1]["company"] = json!("nobody")), "NOT_FOUND", "input.parties.1.company");
        is(wrong(&|input| input["grants"][1]["licensee"] = json!("seller")), "BAD_VALUE", "input.grants.1.licensee");
        is(
            wrong(&|input| input["grants"][1]["patents"] = json!(["nonsense!"])),
            "BAD_VALUE",
            "input.grants.1.patents.0",
        );
        is(
            wrong(&|input| input["transfers"][0]["patents"] = json!([NUMBER, "EP1234567B1"])),
            "NOT_FOUND",
            "input.transfers.0.patents.1",
        );
        is(wrong(&|input| input["transfers"][0]["assignees"] = json!([])), "BAD_VALUE", "input.transfers.0.assignees");
        is(wrong(&|input| input["value"]["amount"] = json!("-1")), "BAD_VALUE", "input.value.amount");
        is(wrong(&|input| input["announcedOn"] = json!("2024-13")), "BAD_VALUE", "input.announcedOn");
        is(wrong(&|input| input["areas"] = json!(["cellular", "none"])), "NOT_FOUND", "input.areas.1");
        is(wrong(&|input| input["citations"] = json!([])), "EVIDENCE_MISSING", "input.citations");
        is(
            wrong(&|input| input["cooperations"][0]["citations"] = json!([{"source": "x"}])),
            "NOT_FOUND",
            "input.cooperations.0.citations.0.source",
        );
        asked.done("agreementRecord", "agreement { id }", &deal());
        is(wrong(&|_| ()), "TAKEN", "input.slug");
    });
}

#[test]
fn a_correction_and_a_retraction_name_the_version_and_owners_follow() {
    on_both(|asked| {
        area(asked);
        asked.companies(&["seller", "buyer"]);
        patent(asked, NUMBER, "seller Inc.");
        asked.done("agreementRecord", "agreement { id }", &deal());
        let update = json!({"slug": "2024-deal", "version": 1, "term": "5 years", "value": null, "announcedOn": "2024-03-02",
            "citations": [{"source": URL}]});
        let payload = asked.done(
            "agreementUpdate",
            "agreement { term valueAmount valueCurrency announcedPrecision title version }",
            &update,
        );
        let expected = json!({"term": "5 years", "valueAmount": null, "valueCurrency": null, "announcedPrecision": "DAY",
            "title": "A deal", "version": 2});
        assert_eq!(payload["agreement"], expected, "{}", asked.store.name());
        let retract =
            |version: i32| json!({"slug": "2024-deal", "version": version, "reason": "Another deal was meant."});
        let stale = asked.mutate("agreementRetract", "agreement { version }", &retract(1));
        assert_eq!((&stale["userErrors"][0]["code"], &stale["agreement"]["version"]), (&json!("CONFLICT"), &json!(2)));
        assert_eq!(owner(asked), "buyer");
        let payload = asked.done(
            "agreementRetract",
            "agreement { retractionReason retractedAt version transfers { totalCount } }",
            &retract(2),
        );
        let agreement = &payload["agreement"];
        assert_eq!(agreement["retractionReason"], "Another deal was meant.", "{payload}");
        assert!(
            agreement["retractedAt"].is_string() && agreement["transfers"]["totalCount"] == 1,
            "it is kept: {payload}"
        );
        assert_eq!(owner(asked), "seller", "{}: its transfers count no longer", asked.store.name());
        assert_eq!(asked.wrong("agreementRetract", "agreement", &retract(3)).0, "NOT_ALLOWED");
        let standing = "{ agreements(filter: {retractedAt: {isNull: true}}) { totalCount } }";
        assert_eq!(asked.ask(standing, &Value::Null)["data"]["agreements"]["totalCount"], 0);
    });
}

#[test]
fn transfers_patents_areas_quotes_figures_and_citations_are_recorded_by_themselves() {
    on_both(|asked| {
        asked.companies(&["seller", "buyer"]);
        let recorded = patent(asked, NUMBER, "seller Inc.");
        assert_eq!(recorded["areas"]["nodes"], json!([]));
        area(asked);
        let query = format!("{{ patent(publicationNumber: \"{NUMBER}\") {{ areas {{ nodes {{ slug }} }} }} }}");
        let areas = asked.ask(&query, &Value::Null);
        assert_eq!(areas["data"]["patent"]["areas"]["nodes"], json!([{"slug": "cellular"}]), "{}", asked.store.name());
        let transfer = |place: &str| {
            json!({"listedBy": URL, "conveyance": "ASSIGNMENT", "assignors": ["seller"],
            "assignees": ["buyer"], "reelFrame": place, "recordedOn": "2020-05-05", "executedOn": "2020-05-01", "patents": [NUMBER]})
        };
        let first = asked.done(
            "transferRecord",
            "transfer { id reelFrame patents { nodes { owner { slug } } } citations { totalCount } }",
            &transfer("043953/0822"),
        );
        assert_eq!(
            first["transfer"]["patents"]["nodes"][0]["owner"]["slug"],
            "buyer",
            "{}: {first}",
            asked.store.name()
        );
        assert_eq!(
            asked.wrong("transferRecord", "transfer", &transfer("043953/0822")),
            ("TAKEN".to_owned(), "input.reelFrame".to_owned())
        );
        asked.done("transferRecord", "transfer { id }", &transfer("043953/0823"));
        let again = json!({"publicationNumber": "US 8,566,251 B2", "source": URL});
        assert_eq!(
            asked.wrong("patentRecord", "patent", &again),
            ("TAKEN".to_owned(), "input.publicationNumber".to_owned())
        );
        let bad = json!({"publicationNumber": "hello", "source": URL});
        assert_eq!(
            asked.wrong("patentRecord", "patent", &bad),
            ("BAD_VALUE".to_owned(), "input.publicationNumber".to_owned())
        );
        let figure = json!({"company": "seller", "metric": "patents", "value": 30000, "qualifier": "EXACT", "period": "2017", "source": URL});
        let payload =
            asked.done("observationAdd", "observation { value company { slug } citations { totalCount } }", &figure);
        assert_eq!(
            payload["observation"],
            json!({"value": "30000", "company": {"slug": "seller"}, "citations": {"totalCount": 1}})
        );
        assert_eq!(
            asked.wrong("observationAdd", "observation", &figure),
            ("TAKEN".to_owned(), "input.metric".to_owned())
        );
        let cited = json!({"fact": first["transfer"]["id"], "citation": {"source": URL, "quote": "Again."}});
        let payload = asked.done(
            "citationAdd",
            "citation { quote ordinal fact { __typename citations { totalCount } } }",
            &cited,
        );
        assert_eq!(
            payload["citation"],
            json!({"quote": "Again.", "ordinal": 2, "fact": {"__typename": "PatentTransfer",
            "citations": {"totalCount": 2}}}),
            "{}",
            asked.store.name()
        );
        let nothing = json!({"fact": "nonsense", "citation": {"source": URL}});
        assert_eq!(asked.wrong("citationAdd", "citation", &nothing), ("NOT_FOUND".to_owned(), "input.fact".to_owned()));
    });
}

#[test]
fn statements_are_added_one_after_another() {
    on_both(|asked| {
        asked.companies(&["acme"]);
        asked.store.execute_batch("INSERT INTO person (id, slug, name, name_folded) VALUES (1, 'ann', 'Ann', 'ann')");
        let quote = |words: &str| json!({"person": "ann", "source": URL, "quote": words, "company": "acme", "saidOn": "2020-02-02"});
        asked.done("statementAdd", "statement { id }", &quote("First."));
        let payload = asked.done(
            "statementAdd",
            "statement { quote ordinal person { name } citations { totalCount } }",
            &quote("Second."),
        );
        assert_eq!(
            payload["statement"],
            json!({"quote": "Second.", "ordinal": 2, "person": {"name": "Ann"},
            "citations": {"totalCount": 1}}),
            "{}",
            asked.store.name()
        );
        let both = json!({"person": "ann", "source": URL, "quote": "x", "company": "acme", "agreement": "none"});
        assert_eq!(asked.wrong("statementAdd", "statement", &both).0, "BAD_VALUE");
        let nobody = json!({"person": "bob", "source": URL, "quote": "x", "company": "acme"});
        assert_eq!(
            asked.wrong("statementAdd", "statement", &nobody),
            ("NOT_FOUND".to_owned(), "input.person".to_owned())
        );
    });
}
