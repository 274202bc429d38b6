//! Files of the register that are broken or hostile: a clear error, and whole records only.

use std::path::PathBuf;

use dealgraph::ingest::import::ImportOptions;

use crate::harness::{Harness, texts};

use super::register::{HEAD, Made, chain, folder, made, options, tables, xml};
use super::{file, on_each, run, state};

/// What an import says that must fail and leave nothing.
fn refused(paths: &[PathBuf], words: &[&str]) {
    on_each(|store, connection| {
        let before = state(connection);
        let said = run(connection, &options(paths)).expect_err("a fault").to_string();
        assert!(state(connection) == before, "{}: it left something: {said}", store.name());
        for word in words {
            assert!(said.contains(word), "{}: {said}\nlacks: {word}", store.name());
        }
    });
}

fn with_head(head: &str) -> String {
    xml("20240102", &chain()).replace(HEAD, head)
}

#[test]
fn entity_bombs_and_external_entities_are_refused() {
    let mut bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE us-patent-assignments [\n<!ENTITY a0 \"ha\">\n".to_owned();
    for n in 1..30 {
        bomb += &format!("<!ENTITY a{n} \"&a{};&a{};\">\n", n - 1, n - 1);
    }
    let bomb = with_head(&(bomb + "]>\n")).replace("<name>A FIRM</name>", "<name>&a29;</name>");
    refused(&[file("ad.xml", bomb)], &["ad.xml", "declares entities", "never expanded"]);
    let external = with_head("<!DOCTYPE us-patent-assignments [ <!ENTITY file SYSTEM \"file:///etc/hostname\"> ]>\n");
    refused(&[file("ad.xml", external)], &["ad.xml", "declares entities"]);
    // Behind the first bytes, in a second document of the file.
    let late = with_head(HEAD)
        + &" ".repeat(70_000)
        + &with_head("<!DOCTYPE x [ <!ENTITY % p SYSTEM \"http://localhost/x\"> %p; ]>");
    on_each(|_, connection| {
        let said = run(connection, &options(&[file("ad.xml", late.clone())])).expect_err("a fault").to_string();
        assert!(said.contains("declares entities"), "{said}");
    });
}

#[test]
fn an_entity_that_nobody_declares_refuses_its_record_alone() {
    let text =
        xml("20240102", &chain()).replacen("EXAMPLE, ADA", "EX&eacute;MPLE, ADA", 1).replace("BEN M.", "B&#233;N M.");
    on_each(|store, connection| {
        let summary = run(connection, &options(&[file("ad.xml", text.clone())])).expect("an import");
        assert_eq!((summary.total().stored, summary.total().refused), (4, 1), "{}: {summary}", store.name());
        assert!(summary.reasons[0].2.contains("XML itself does not know"), "{summary}");
    });
}

#[test]
fn a_file_that_is_not_of_the_register_is_told_what_it_is() {
    let root = "root element is <us-patent-grant>";
    refused(&[file("ipg.xml", "<?xml version=\"1.0\"?><us-patent-grant lang=\"EN\"/>")], &["ipg.xml", root]);
    refused(&[file("answer.json", "{\"companies\": []}")], &["answer.json", "without `assignmentBag`"]);
    refused(&[file("list.csv", "Name,City\nx,y\n")], &["list.csv", "Name", "documentid"]);
    let latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<!DOCTYPE us-patent-assignments [ ]>\n";
    refused(&[file("ad.xml", with_head(latin))], &["ad.xml", "ISO-8859-1", "UTF-8 was expected"]);
    let other = xml("20240102", &[])
        .replace("us-patent-assignments", "other")
        .replace("<!DOCTYPE other", "<!DOCTYPE us-patent-assignments");
    refused(&[file("ad.xml", other)], &["root element is <other>"]);
}

#[test]
fn a_missing_column_is_named_with_the_columns_found() {
    let (name, table) = tables(&chain()).remove(0);
    let path = file(&format!("{name}.csv"), table.replacen("record_dt", "recorded", 1));
    refused(&[path], &["assignment.csv", "the column `record_dt` is missing", "`rf_id`", "`recorded`"]);
}

#[test]
fn what_ends_too_early_keeps_its_whole_records() {
    let whole = xml("20240102", &chain());
    let half = &whole[..whole.rfind("<patent-assignees>").expect("it is there")];
    let json = "{\"patentBag\": [{\"assignmentBag\": [{\"reelNumber\": \"1\", \"frameNumber\": \"2\"}]}, {\"assignm";
    on_each(|store, connection| {
        let said = run(connection, &options(&[file("ad.xml", half)])).expect_err("a fault").to_string();
        assert!(said.contains("truncated"), "{}: {said}", store.name());
        let kept = "SELECT reel_frame AS shown FROM patent_transfer WHERE last_updated_on IS NOT NULL";
        assert_eq!(texts(connection, kept).len(), 4, "{}", store.name());
        let summary = run(connection, &options(&[file("ad.xml", &whole)])).expect("an import");
        assert_eq!((summary.total().stored, summary.total().unchanged), (1, 4), "{}: {summary}", store.name());
        let said = run(connection, &options(&[file("answer.json", json)])).expect_err("a fault").to_string();
        assert!(said.contains("truncated"), "{}: {said}", store.name());
    });
}

/// A file in which each record but the last has something wrong.
fn broken() -> Vec<u8> {
    let long: &'static str = Box::leak("X".repeat(300_000).into_boxed_str());
    let records = [
        Made { recorded: "20180231", updated: "20180310", ..made((1, 1), "20180310") },
        Made { assignees: vec![long], ..made((1, 2), "20180310") },
        Made { assignees: vec!["GR\u{1}N GMBH"], ..made((1, 3), "20180310") },
        Made { assignors: vec![("EXAMPLE, ADA", "soon")], ..made((1, 4), "20180310") },
        Made { text: long, recorded: "20180000", ..made((1, 5), "20180310") },
    ];
    let text = xml("20240102", &records).replacen("<frame-no>4</frame-no>", "<frame-no>four</frame-no>", 1);
    let mut bytes = text.into_bytes();
    let at = bytes.iter().position(|byte| *byte == 1).expect("it is there");
    bytes[at] = 0xdc;
    bytes
}

#[test]
fn a_record_that_cannot_be_used_is_reported_and_the_others_are_stored() {
    let path = file("ad20240102.xml", broken());
    on_each(|store, connection| {
        let report = Harness::folder().join("report.jsonl");
        let options = ImportOptions { report: Some(report.clone()), ..options(std::slice::from_ref(&path)) };
        let summary = run(connection, &options).expect("an import");
        assert_eq!((summary.total().stored, summary.total().refused), (1, 4), "{}: {summary}", store.name());
        let lines = std::fs::read_to_string(report).expect("a report");
        let lines: Vec<serde_json::Value> =
            lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let told: Vec<(u64, &str)> = lines
            .iter()
            .map(|line| (line["line"].as_u64().unwrap_or(0), line["column"].as_str().unwrap_or("")))
            .collect();
        assert_eq!(told, [(6, "recorded-date"), (7, "name"), (8, "name"), (9, "reel-no")], "{lines:#?}");
        let words = ["no day of the calendar", "300000 bytes", "not UTF-8", "no place in the register"];
        for (line, word) in lines.iter().zip(words) {
            assert!(line["problem"].as_str().is_some_and(|problem| problem.contains(word)), "{line} lacks {word}");
            assert!(line["found"].as_str().is_some_and(|found| found.len() < 1_000), "{line}");
        }
        let length = "SELECT CAST(length(conveyance_text) AS TEXT) AS shown FROM patent_transfer WHERE reel_frame = '000001/0005'";
        assert_eq!(texts(connection, length), ["300000"], "{}", store.name());
    });
}

#[test]
fn tables_whose_records_are_missing_are_refused_row_by_row_and_come_in_later() {
    let whole = folder(&chain());
    let parts: Vec<PathBuf> = ["assignor", "assignee", "documentid", "assignment_conveyance"]
        .iter()
        .map(|name| whole.join(format!("{name}.csv")))
        .collect();
    on_each(|store, connection| {
        let before = state(connection);
        let total = run(connection, &options(&parts)).expect("an import").total();
        assert!(total.refused == total.rows && total.rows > 0, "{}: {total:?}", store.name());
        assert!(state(connection) == before, "{}: something was stored", store.name());
        let total = run(connection, &options(std::slice::from_ref(&whole))).expect("an import").total();
        // One of its rows names an application alone.
        assert!(total.refused == 1 && total.stored > 20, "{}: {total:?}", store.name());
    });
}

#[test]
fn rows_of_tables_that_cannot_be_used_are_reported() {
    let mut rows = tables(&chain()[..1]);
    rows[1].1 += "328610806,gift,0\n";
    rows[2].1 +=
        "999990001,\"EXAMPLE, EVA\",2014-02-24,\n328610806,,2014-02-24,\n328610806,\"EXAMPLE, ZOE\",2014-02-30,\n";
    let folder = Harness::folder();
    for (name, table) in &rows {
        std::fs::write(folder.join(format!("{name}.csv")), table).expect("a file");
    }
    on_each(|store, connection| {
        let summary = run(connection, &options(std::slice::from_ref(&folder))).expect("an import");
        let reasons: Vec<(&str, &str)> = summary.reasons.iter().map(|reason| (&*reason.1, &*reason.2)).collect();
        for (column, word) in
            [("convey_ty", "no class"), ("rf_id", "not in the store"), ("or_name", "nobody"), ("exec_dt", "no day")]
        {
            let is_told = reasons.iter().any(|(found, problem)| *found == column && problem.contains(word));
            assert!(is_told, "{}: {column} in {reasons:?}", store.name());
        }
        assert_eq!(summary.total().refused, 4, "{}: {summary}", store.name());
    });
}

#[test]
fn strict_stops_with_nothing_written_and_a_dry_run_says_what_would_be() {
    let path = file("ad20240102.xml", broken());
    let good = file("ad20240103.xml", xml("20240103", &chain()));
    on_each(|store, connection| {
        let before = state(connection);
        let strict = ImportOptions { strict: true, ..options(&[good.clone(), path.clone()]) };
        let said = run(connection, &strict).expect_err("a fault").to_string();
        assert!(said.contains("line 6") && said.contains("nothing was written"), "{}: {said}", store.name());
        let dry = ImportOptions { dry_run: true, ..options(&[good.clone(), path.clone()]) };
        let said = run(connection, &dry).expect("an import");
        assert!(state(connection) == before, "{}: a dry run wrote something", store.name());
        let done = run(connection, &options(&[good.clone(), path.clone()])).expect("an import");
        assert_eq!((said.files, said.tables), (done.files, done.tables), "{}", store.name());
    });
}
