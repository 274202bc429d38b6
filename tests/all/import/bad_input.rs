//! Files that are broken or not what they are said to be: a clear error, nothing lost, nothing half-done.

use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use dealgraph::ingest::import::{ImportOptions, ImportSummary};
use dealgraph::store::Connection;
use diesel::connection::SimpleConnection as _;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::harness::{Harness, texts};

use super::{file, fixture, on_each, options, run, state, table};

const NAMES: [&str; 4] = ["patent_id", "patent_date", "patent_title", "wipo_kind"];
const ROW: [&str; 4] = ["10000001", "2018-06-19", "Antenna", "B2"];

/// A table of many patents.
pub(super) fn many() -> String {
    let numbers: Vec<String> = (0..2_000).map(|n| format!("{}", 10_000_000 + n)).collect();
    let titles: Vec<String> =
        numbers.iter().map(|number| format!("Title of {number}, at length {}", number.repeat(3))).collect();
    let rows: Vec<[&str; 4]> =
        numbers.iter().zip(&titles).map(|(number, title)| [number.as_str(), "2018-06-19", title, "B2"]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 4]>::as_slice).collect();
    table(&NAMES, &rows)
}

pub(super) fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).expect("bytes");
    encoder.finish().expect("bytes")
}

pub(super) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a member");
        writer.write_all(content).expect("bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

/// What an import says that must fail and leave nothing.
fn refused(connection: &mut Connection, options: &ImportOptions) -> String {
    let before = state(connection);
    let error = run(connection, options).expect_err("a fault");
    assert!(state(connection) == before, "an import that failed left something: {error}");
    error.to_string()
}

fn refused_everywhere(paths: &[PathBuf], words: &[&str]) {
    on_each(|store, connection| {
        let said = refused(connection, &options(paths));
        for word in words {
            assert!(said.contains(word), "{}: {said}\nlacks: {word}", store.name());
        }
    });
}

#[test]
fn a_truncated_archive_is_refused_before_anything_is_stored() {
    let whole = gzip(many().as_bytes());
    let half = file("g_patent.tsv.gz", &whole[..whole.len() / 2]);
    refused_everywhere(&[half], &["g_patent.tsv.gz", "truncated"]);
    let whole = zip(&[("g_patent.tsv", many().as_bytes())]);
    let half = file("g_patent.tsv.zip", &whole[..whole.len() / 2]);
    refused_everywhere(&[half], &["g_patent.tsv.zip"]);
}

#[test]
fn a_corrupt_archive_is_refused_before_anything_is_stored() {
    let mut bytes = gzip(many().as_bytes());
    // The checksum stands before the last four bytes.
    let checksum = bytes.len() - 6;
    bytes[checksum] ^= 0xff;
    refused_everywhere(&[file("g_patent.tsv.gz", bytes)], &["g_patent.tsv.gz", "corrupt"]);
    let mut bytes = zip(&[("g_patent.tsv", many().as_bytes())]);
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    refused_everywhere(&[file("g_patent.tsv.zip", bytes)], &["g_patent.tsv"]);
}

#[test]
fn a_decompression_bomb_is_refused() {
    // A part of a mebibyte, a hundred times: gzip allows it.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![b'a'; 1024 * 1024]).expect("bytes");
    let bomb = encoder.finish().expect("bytes").repeat(100);
    refused_everywhere(&[file("g_patent.tsv.gz", bomb)], &["g_patent.tsv.gz", "decompression bomb"]);
    let mut member = table(&NAMES, &[&ROW]).into_bytes();
    member.resize(80 * 1024 * 1024, b'a');
    let bomb = zip(&[("g_patent.tsv", &member)]);
    refused_everywhere(&[file("g_patent.zip", bomb)], &["g_patent.tsv", "decompression bomb"]);
}

#[test]
fn a_file_of_another_format_is_named_with_what_it_holds() {
    let path = file("entities.csv", "LEI,Entity.LegalName\n529900T8BM49AURSDO55,Example\n");
    refused_everywhere(&[path], &["entities.csv is not a file of patentsview", "it is one of `gleif`"]);
    let path = file("prices.csv", "Item,Price\n1,2\n");
    refused_everywhere(&[path], &["prices.csv is not a file of patentsview", "Item", "g_patent"]);
}

#[test]
fn a_wrong_delimiter_is_named() {
    let path = file("g_patent.tsv", "\"patent_id\",\"patent_date\",\"patent_title\",\"wipo_kind\"\n\"1\",,,\n");
    refused_everywhere(&[path], &["g_patent.tsv", "divided by commas, where tabs were expected"]);
}

#[test]
fn a_missing_column_is_named_with_the_columns_found() {
    let path = file("g_patent.tsv", table(&["patent_id", "patent_title", "wipo_kind"], &[]));
    let found = "the column `patent_date` is missing; the columns found are `patent_id`, `patent_title`, `wipo_kind`";
    refused_everywhere(&[fixture("patentsview/first").join("g_application.tsv"), path], &["g_patent.tsv", found]);
}

#[test]
fn missing_and_empty_files_and_folders_are_named() {
    refused_everywhere(&[PathBuf::from("missing.tsv")], &["missing.tsv", "there is no such file"]);
    refused_everywhere(&[file("g_patent.tsv", "")], &["g_patent.tsv", "it is empty"]);
    refused_everywhere(&[Harness::folder()], &["no file to read"]);
    refused_everywhere(&[file("tables.zip", zip(&[]))], &["no file to read"]);
}

#[test]
fn a_quote_that_is_never_closed_stops_with_its_line() {
    let mut text = table(&NAMES, &[&ROW]).into_bytes();
    text.extend(b"\"10000002\t");
    text.resize(text.len() + 17 * 1024 * 1024, b'x');
    let store = Harness::sqlite();
    let error = run(&mut store.connection(), &options(&[file("g_patent.tsv", text)])).expect_err("a fault");
    assert!(error.to_string().contains("the row that begins on line 3 is longer than 16 MiB"), "{error}");
}

fn imported(connection: &mut Connection, path: PathBuf, report: &PathBuf) -> (ImportSummary, Vec<serde_json::Value>) {
    let options = ImportOptions { report: Some(report.clone()), ..options(&[path]) };
    let summary = run(connection, &options).expect("an import");
    let report = std::fs::read_to_string(report).expect("a report");
    (summary, report.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect())
}

#[test]
fn a_row_that_cannot_be_used_is_reported_and_the_others_are_stored() {
    let long = "x".repeat(300_000);
    let mut text = table(&NAMES, &[&ROW, &["10000002", "2018-06-19", &long, "B2"]]).into_bytes();
    text.extend(b"\"10000003\"\t\"2018-06-19\"\t\"Stra\xdfe\"\t\"B2\"\n");
    text.extend(b"\"10000004\"\t\"2018-02-30\"\t\"A day\nthat is none\"\t\"B2\"\n");
    text.extend(b"\"10000005\"\t\"2018-06-19\"\n");
    text.extend(b"\"no. 6\"\t\"2018-06-19\"\t\"Title\"\t\"B2\"\n");
    text.extend(b"\"10000007\"\t\"2018-06-19\"\t\"Last\"\t\"B2\"\n");
    let path = file("g_patent.tsv", text);
    on_each(|store, connection| {
        let (summary, report) = imported(connection, path.clone(), &Harness::folder().join("report.jsonl"));
        assert_eq!((summary.total().stored, summary.total().refused), (2, 5), "{}: {summary}", store.name());
        let places: Vec<(u64, &str)> = report
            .iter()
            .map(|line| (line["line"].as_u64().unwrap_or(0), line["column"].as_str().unwrap_or_default()))
            .collect();
        // The row of line 5 has two lines.
        let expected = [(3, "patent_title"), (4, "patent_title"), (5, "patent_date"), (7, ""), (8, "patent_id")];
        assert_eq!(places, expected, "{report:#?}");
        let words =
            ["300000 bytes", "not UTF-8", "no day of the calendar", "number of fields", "not a publication number"];
        for (line, word) in report.iter().zip(words) {
            assert_eq!(line["file"], "g_patent.tsv");
            assert!(line["problem"].as_str().is_some_and(|problem| problem.contains(word)), "{line} lacks {word}");
            assert!(line["expected"].as_str().is_some_and(|expected| !expected.is_empty()), "{line}");
            assert!(line["found"].as_str().is_some_and(|found| found.len() < 1_000), "{line}");
        }
    });
}

#[test]
fn a_long_abstract_is_stored_whole() {
    let long = "y".repeat(300_000);
    let path = file("g_patent_abstract.tsv", table(&["patent_id", "patent_abstract"], &[&["10000001", &long]]));
    on_each(|store, connection| {
        run(connection, &options(&[fixture("patentsview/first").join("g_patent.tsv")])).expect("an import");
        run(connection, &options(std::slice::from_ref(&path))).expect("an import");
        let length = "SELECT CAST(length(\"abstract\") AS TEXT) AS shown FROM patent WHERE number = '10000001'";
        assert_eq!(texts(connection, length), ["300000"], "{}", store.name());
    });
}

#[test]
fn strict_stops_at_the_first_refused_row_with_nothing_written() {
    let rows: &[&[&str]] =
        &[&ROW, &["10000002", "", "B", "B2"], &["10000003", "", "C", "B2"], &["10000004", "soon", "D", "B2"]];
    let path = file("g_patent.tsv", table(&NAMES, rows));
    on_each(|_, connection| {
        let strict = ImportOptions { strict: true, ..options(std::slice::from_ref(&path)) };
        let said = refused(connection, &strict);
        for word in ["g_patent.tsv, line 5", "`patent_date`", "`soon`", "nothing was written"] {
            assert!(said.contains(word), "{said}");
        }
        let good = ImportOptions { strict: true, ..options(&[fixture("patentsview/first").join("g_patent.tsv")]) };
        assert_eq!(run(connection, &good).expect("an import").total().stored, 5);
        assert_eq!(texts(connection, "SELECT number AS shown FROM patent WHERE number = '10000001'").len(), 1);
    });
}

#[test]
fn a_dry_run_says_what_would_change_and_writes_nothing() {
    on_each(|store, connection| {
        let before = state(connection);
        let real = options(&[fixture("patentsview/first")]);
        let dry = ImportOptions { dry_run: true, ..real.clone() };
        let said = run(connection, &dry).expect("an import");
        assert!(state(connection) == before, "{}: a dry run wrote something", store.name());
        assert!(said.to_string().contains("nothing was written"), "{said}");
        let done = run(connection, &real).expect("an import");
        assert_eq!((said.files, said.tables), (done.files, done.tables), "{}", store.name());
    });
}

#[test]
fn a_disk_that_fills_up_leaves_whole_records_and_can_be_gone_on_with() {
    let store = Harness::sqlite();
    let mut connection = store.connection();
    let path = file("g_patent.tsv", many());
    let limit = |connection: &mut Connection, pages: &str| match connection {
        Connection::Sqlite(open) => open.batch_execute(&format!("PRAGMA max_page_count = {pages}")).expect("a limit"),
        Connection::Postgres(_) => {}
    };
    let pages: u64 = texts(&mut connection, "SELECT CAST(page_count AS TEXT) AS shown FROM pragma_page_count")[0]
        .parse()
        .expect("pages");
    limit(&mut connection, &(pages + 100).to_string());
    let options = ImportOptions { batch_rows: 10, ..options(&[path]) };
    let error = run(&mut connection, &options).expect_err("the disk is full");
    assert!(error.to_string().contains("full"), "{error}");
    let bare = "SELECT publication_number AS shown FROM patent WHERE NOT EXISTS (SELECT 1 FROM patent_source WHERE patent_id = patent.id)";
    assert_eq!(texts(&mut connection, bare), Vec::<String>::new());
    let stored = texts(&mut connection, "SELECT number AS shown FROM patent").len();
    assert!(stored > 0 && stored < 2_000 && stored.is_multiple_of(10), "{stored}");
    limit(&mut connection, "1000000");
    let summary = run(&mut connection, &options).expect("an import");
    assert_eq!((summary.total().unchanged, summary.total().stored), (stored as u64, 2_000 - stored as u64));
}
