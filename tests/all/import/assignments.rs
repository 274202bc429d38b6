//! The register of assignments: what its records become from each of its files, twice, in newer versions, and taken back.

use serde_json::{Value, json};

use crate::harness::{answer, engine};

use super::register::{ASSIGNMENT, Made, chain, element, folder, made, options, tables, xml};
use super::{assert_derived, file, on_each, run, state};

/// The lines of a state that an import brought.
fn brought(before: &[String], after: &[String]) -> Vec<String> {
    after.iter().filter(|line| !before.contains(line)).cloned().collect()
}

fn has(lines: &[String], words: &[&str]) -> bool {
    lines.iter().any(|line| words.iter().all(|word| line.contains(word)))
}

#[test]
fn a_file_becomes_transfers_parties_patents_and_owners() {
    let path = file("ad20240102.xml", xml("20240102", &chain()));
    on_each(|store, connection| {
        let before = state(connection);
        let summary = run(connection, &options(std::slice::from_ref(&path))).expect("an import");
        assert_eq!((summary.total().rows, summary.total().stored), (5, 5), "{}: {summary}", store.name());
        let lines = brought(&before, &state(connection));
        for words in [
            &["transfer|032861/0806|1|ASSIGNMENT|-|2014-05-09|2014-05-09|1|-|ASSIGNMENT OF"][..],
            &["transfer|051500/0001|1|SECURITY_INTEREST|2020-01-05|2020-01-10|2020-01-10|3|"],
            &["transfer|055100/0903|1|RELEASE|", "|051500/0001|"],
            &["transfer|049200/0007|1|NAME_CHANGE|2019-07-01|"],
            &["individual|032861/0806|ASSIGNOR|EXAMPLE, BEN M.|example, ben m.|2014-03-01"],
            &["party|045100/0012|1|ASSIGNOR|harbour-signal-inc|2018-03-01|HARBOUR SIGNAL, INC."],
            &["party|051500/0001|1|ASSIGNEE|", "FIRST PIER BANK, N.A., AS AGENT"],
            &["conveyed|051500/0001|1|USD900002"],
            &["conveyed|045100/0012|1|US20150900001A1"],
            &[
                "patent|US9900001|",
                "|ANTENNA FOR H2O & AIR|",
                "|14900001|2014-02-26|2017-06-20|2017-06-20|",
                "|GRANTED|",
            ],
            &["source of patent|US9900001|Patent assignment XML, edition 2024-01-02: ad20240102.xml"],
            &["cited|045100/0012|USPTO Assignment Recordation Branch|", "|reel/frame 045100/0012"],
            &["company|harbour-signal-inc|", "|US"],
            &["owned|US9900001|borealis-networks-ltd|2019-07-01|-|2019-08-15|-|EXECUTED|1|049200/0007"],
        ] {
            assert!(has(&lines, words), "{}: {words:?} in {lines:#?}", store.name());
        }
        assert_derived(store, connection);
        let before = state(connection);
        let again = run(connection, &options(std::slice::from_ref(&path))).expect("an import");
        assert_eq!((again.total().stored, again.total().unchanged), (0, 5), "{again}");
        assert!(again.tables.values().all(|change| change.inserted + change.updated + change.removed == 0), "{again}");
        assert!(state(connection) == before, "{}: the store changed", store.name());
    });
}

/// The lines that do not tell which file they are from, nor what only XML says.
fn of_all_files(lines: Vec<String>) -> Vec<String> {
    let kept = ["individual|", "party|", "owned|", "step|", "finding|", "company|", "conveyed|"];
    let lines = lines.into_iter().filter(|line| kept.iter().any(|kind| line.starts_with(kind)));
    lines.map(|line| line.replace("US20150900001A1", "US20150900001")).collect()
}

#[test]
fn the_five_tables_become_the_same_as_the_xml() {
    let path = file("ad20240102.xml", xml("20240102", &chain()));
    let folder = folder(&chain());
    on_each(|_, connection| {
        run(connection, &options(std::slice::from_ref(&path))).expect("an import");
        assert_taken_over(connection, &folder);
    });
    on_each(|store, connection| {
        let summary = run(connection, &options(std::slice::from_ref(&folder))).expect("an import");
        let total = summary.total();
        // The class says what the words say; the application without a publication is no patent yet.
        assert_eq!((total.rows, total.unchanged, total.refused), (28, 5, 1), "{}: {summary}", store.name());
        assert!(summary.reasons[0].2.contains("names no publication"), "{summary}");
        assert_derived(store, connection);
        let tables = of_all_files(state(connection));
        let before = state(connection);
        let again = run(connection, &options(std::slice::from_ref(&folder))).expect("an import");
        assert_eq!((again.total().stored, again.total().unchanged), (0, 27), "{again}");
        assert!(state(connection) == before, "{}: the store changed", store.name());
        // Of one day, the research data set goes before the XML.
        let xml = run(connection, &options(std::slice::from_ref(&path))).expect("an import");
        assert_eq!(xml.total().unchanged, 5, "{xml}");
        assert!(of_all_files(state(connection)) == tables, "{}", store.name());
    });
}

/// The tables behind the XML take its records over, and change nothing of what is said.
fn assert_taken_over(connection: &mut dealgraph::store::Connection, folder: &std::path::Path) {
    let before = of_all_files(state(connection));
    run(connection, &options(&[folder.to_owned()])).expect("an import");
    let after = state(connection);
    assert!(has(&after, &["cited|045100/0012|USPTO Office of the Chief Economist|", "assignment.csv"]), "{after:#?}");
    let after = of_all_files(after);
    assert_eq!(brought(&before, &after), brought(&after, &before), "the tables say the same");
}

#[test]
fn a_newer_version_replaces_and_an_older_one_changes_nothing() {
    let first = file("ad20240102.xml", xml("20240102", &chain()));
    let newer = Made {
        updated: "20240301",
        assignors: vec![("HARBOUR SIGNAL, INC.", "20180305")],
        assignees: vec!["NORTH QUAY RADIO GMBH"],
        properties: vec![["29900002", "", "D0900002"]],
        ..made((45100, 12), "20180310")
    };
    let purged = Made { updated: "20240301", purged: true, ..made((51500, 1), "20200110") };
    let second = file("ad20240301.xml", xml("20240301", &[newer, purged]));
    on_each(|store, connection| {
        run(connection, &options(std::slice::from_ref(&first))).expect("an import");
        let before = state(connection);
        let summary = run(connection, &options(std::slice::from_ref(&second))).expect("an import");
        assert_eq!((summary.total().updated, summary.total().unchanged), (2, 0), "{}: {summary}", store.name());
        let after = state(connection);
        let lines = brought(&before, &after);
        for words in [
            &["party|045100/0012|1|ASSIGNEE|north-quay-radio-gmbh"][..],
            &["conveyed|045100/0012|1|USD900002"],
            &["cited|045100/0012|", "ad20240301.xml"],
            &["purged|051500/0001|2024-03-01|"],
            &["finding|US9900001|RELEASE_WITHOUT_LIEN|"],
        ] {
            assert!(has(&lines, words), "{}: {words:?} in {lines:#?}", store.name());
        }
        for words in [
            &["conveyed|045100/0012|1|US9900001"][..],
            &["transfer|051500/0001"],
            &["cited|045100/0012|", "ad20240102.xml"],
        ] {
            assert!(!has(&after, words), "{}: {words:?} still stands", store.name());
        }
        assert_derived(store, connection);
        for path in [&first, &second] {
            let again = run(connection, &options(std::slice::from_ref(path))).expect("an import");
            assert_eq!(again.total().stored, 0, "{}: {again}", store.name());
        }
        assert!(state(connection) == after, "{}: an older file changed something", store.name());
    });
}

#[test]
fn newer_tables_take_back_what_they_no_longer_say() {
    let older = folder(&chain());
    let mut records = chain();
    records[1] = Made {
        updated: "20240301",
        assignors: vec![("HARBOUR SIGNAL, INC.", "20180305")],
        assignees: vec!["NORTH QUAY RADIO GMBH"],
        properties: vec![["29900002", "", "D0900002"]],
        ..made((45100, 12), "20180310")
    };
    let newer = folder(&records);
    on_each(|store, connection| {
        run(connection, &options(std::slice::from_ref(&older))).expect("an import");
        let summary = run(connection, &options(std::slice::from_ref(&newer))).expect("an import");
        let after = state(connection);
        assert!(has(&after, &["party|045100/0012|1|ASSIGNEE|north-quay-radio-gmbh"]), "{}: {summary}", store.name());
        assert!(!has(&after, &["party|045100/0012|1|ASSIGNEE|borealis"]), "{}: {after:#?}", store.name());
        assert!(!has(&after, &["conveyed|045100/0012|1|US9900001"]), "{}", store.name());
        assert_derived(store, connection);
        let again = run(connection, &options(std::slice::from_ref(&newer))).expect("an import");
        assert_eq!(again.total().stored, 0, "{}: {again}", store.name());
    });
}

const ANSWER: &str = r#"{"count": 2, "patentFileWrapperDataBag": [
  {"applicationNumberText": "14900001",
   "applicationMetaData": {"patentNumber": "9900001", "grantDate": "2017-06-20", "inventionTitle": "ANTENNA", "firstInventorName": "X"},
   "assignmentBag": {"reelNumber": "047305", "frameNumber": "0442", "assignmentRecordedDate": "2018-10-25T04:00:00Z",
     "conveyanceText": "ASSIGNMENT OF ASSIGNORS INTEREST (SEE DOCUMENT FOR DETAILS).", "pageNumber": 4,
     "assignorBag": [{"assignorName": "EXAMPLE, ADA ", "executionDate": "0001-01-01T00:00:00Z"}],
     "assigneeBag": [{"assigneeNameText": "HARBOUR SIGNAL, INC.", "assigneeAddress": {"cityName": "BOSTON", "geographicRegionCode": "MA "}}],
     "correspondenceAddress": [{"correspondentNameText": "NULL"}]}},
  {"applicationNumberText": "29900002", "applicationMetaData": {"patentNumber": "D900002"},
   "assignmentBag": [
     {"reelNumber/frameNumber": "047305/0442", "assignmentRecordedDate": "2018-10-25", "assignorBag": null,
      "conveyanceText": "ASSIGNMENT OF ASSIGNORS INTEREST (SEE DOCUMENT FOR DETAILS)."},
     {"reelNumber": "no", "frameNumber": "1"}]}],
 "requestIdentifier": "1"}"#;

#[test]
fn the_portals_answers_say_a_record_with_each_of_its_patents() {
    let path = file("answer.json", ANSWER);
    on_each(|store, connection| {
        let summary = run(connection, &options(std::slice::from_ref(&path))).expect("an import");
        let total = summary.total();
        assert_eq!((total.rows, total.stored, total.refused), (3, 2, 1), "{}: {summary}", store.name());
        let lines = state(connection);
        for words in [
            &["individual|047305/0442|ASSIGNOR|EXAMPLE, ADA|example, ada|-"][..],
            &["conveyed|047305/0442|1|US9900001"],
            &["conveyed|047305/0442|1|USD900002"],
            &["cited|047305/0442|USPTO Open Data Portal|"],
        ] {
            assert!(has(&lines, words), "{}: {words:?} in {lines:#?}", store.name());
        }
        assert_derived(store, connection);
    });
}

#[test]
fn what_another_source_says_of_a_record_is_completed_and_not_replaced() {
    on_each(|store, connection| {
        // A transfer of the starter data's, with its agreement, turns up in the register.
        store.execute_batch(
            "UPDATE patent_transfer SET reel_frame = '099000/0001' \
             WHERE id = (SELECT min(id) FROM patent_transfer WHERE agreement_id IS NOT NULL)",
        );
        let path = file("ad20240102.xml", xml("20240102", &[made((99000, 1), "20180310")]));
        let before = state(connection);
        run(connection, &options(std::slice::from_ref(&path))).expect("an import");
        let after = state(connection);
        let gone: Vec<String> = brought(&after, &before);
        let kept = |line: &String| !line.starts_with("party|") && !line.starts_with("individual|");
        assert!(gone.iter().all(kept), "{}: {gone:#?}", store.name());
        assert!(has(&brought(&before, &after), &["transfer|", ASSIGNMENT]), "{}", store.name());
        assert_derived(store, connection);
        let again = run(connection, &options(std::slice::from_ref(&path))).expect("an import");
        assert_eq!(again.total().unchanged, 1, "{}: {again}", store.name());
    });
}

#[test]
fn graphql_tells_who_owned_a_patent_when() {
    let path = file("ad20240102.xml", xml("20240102", &chain()));
    on_each(|store, connection| {
        run(connection, &options(std::slice::from_ref(&path))).expect("an import");
        let query = "{ patent(publicationNumber: \"US 9,900,001 B2\") { \
            inventors: owners(asOf: \"2014-02-25\") { nodes { holderName company { name } } } \
            first: owners(asOf: \"2015-01-01\") { nodes { company { name } since } } \
            sold: owners(asOf: \"2018-06-01\") { nodes { company { name } } } \
            unknown: owners(asOf: \"2018-03-05\", knownAt: \"2018-03-09\") { nodes { company { name } } } \
            owner { name } findings { nodes { kind } } \
            chainOfTitle { nodes { effect basis patentTransfer { reelFrame conveyance conveyanceText lastUpdatedOn \
            individuals { nodes { name executedOn } } citations { nodes { record source { title publishedOn } } } } } } } }";
        let shown = answer(&*engine(store), query, &Value::Null);
        let json: Value = serde_json::from_str(&shown).expect("JSON");
        let patent = &json["data"]["patent"];
        let owner = |key: &str| patent[key]["nodes"][0]["company"]["name"].clone();
        assert_eq!(owner("inventors"), "HARBOUR SIGNAL, INC.", "one inventor had signed: {shown}");
        assert_eq!(owner("first"), "HARBOUR SIGNAL, INC.", "{shown}");
        assert_eq!(owner("sold"), "BOREALIS RADIO LTD.", "{shown}");
        assert_eq!(owner("unknown"), "HARBOUR SIGNAL, INC.", "{shown}");
        assert_eq!(patent["owner"]["name"], "BOREALIS NETWORKS LTD.", "{shown}");
        assert_eq!(patent["findings"]["nodes"], json!([]), "{shown}");
        let steps = patent["chainOfTitle"]["nodes"].as_array().expect("steps");
        let effects: Vec<&Value> = steps.iter().map(|step| &step["effect"]).collect();
        assert_eq!(effects, ["OPENS", "MOVES", "MOVES", "ENCUMBERS", "RELEASES"], "{shown}");
        let transfer = &steps[0]["patentTransfer"];
        assert_eq!(transfer["reelFrame"], "032861/0806", "{shown}");
        assert_eq!(transfer["lastUpdatedOn"], "2014-05-09", "{shown}");
        let cited = &transfer["citations"]["nodes"][0];
        assert_eq!(cited["record"], "reel/frame 032861/0806", "{shown}");
        assert_eq!(cited["source"]["publishedOn"], "2024-01-02", "{shown}");
    });
}

#[test]
fn standard_tables_without_names_are_known_by_their_columns_and_several_documents_make_a_file() {
    on_each(|store, connection| {
        let [first, rest @ ..] = &chain()[..] else { panic!("a chain has records") };
        let two = xml("20240102", std::slice::from_ref(first)) + &xml("20240103", rest);
        let summary = run(connection, &options(&[file("annual.xml", two)])).expect("an import");
        assert_eq!(summary.total().stored, 5, "{}: {summary}", store.name());
        let renamed: Vec<_> = tables(&chain())
            .into_iter()
            .enumerate()
            .map(|(at, (_, table))| file(&format!("t{at}.csv"), table))
            .collect();
        let summary = run(connection, &options(&renamed)).expect("an import");
        assert_eq!((summary.files.len(), summary.total().refused), (5, 1), "{}: {summary}", store.name());
        assert!(element(first).contains("<reel-no>32861</reel-no>"));
    });
}

#[test]
fn what_a_name_is_and_how_the_lines_are_broken_is_read() {
    let records = [Made {
        assignors: vec![("QUAY, NORTH", "20180301"), ("PIER, SOUTH", "20180301")],
        ..made((1, 1), "20180310")
    }];
    let text = xml("20240102", &records)
        .replace("<name>QUAY, NORTH</name>", "<name name-type=\"legal\">QUAY,\n      NORTH</name>")
        .replace("<name>BOREALIS RADIO LTD.</name>", "<name name-type='natural'>BOREALIS RADIO LTD.</name>")
        .replace("><", ">\n  <");
    let path = file("ad.xml", text);
    on_each(|store, connection| {
        let summary = run(connection, &options(std::slice::from_ref(&path))).expect("an import");
        assert_eq!(summary.total().stored, 1, "{}: {summary}", store.name());
        let lines = state(connection);
        for words in [
            &["party|000001/0001|1|ASSIGNOR|quay-north|2018-03-01|QUAY, NORTH"][..],
            &["individual|000001/0001|ASSIGNOR|PIER, SOUTH|"],
            &["individual|000001/0001|ASSIGNEE|BOREALIS RADIO LTD.|"],
            &[
                "transfer|000001/0001|1|ASSIGNMENT|2018-03-01|2018-03-10|2018-03-10|1|-|ASSIGNMENT OF ASSIGNORS INTEREST (",
            ],
        ] {
            assert!(has(&lines, words), "{}: {words:?} in {lines:#?}", store.name());
        }
    });
}
