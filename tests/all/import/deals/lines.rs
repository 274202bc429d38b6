//! What lines become: new, changed and unchanged, in any file, with references by any natural key.

use dealgraph::ingest::import::ImportOptions;

use crate::harness::{Harness, texts};

use super::super::on_each;
use super::super::whole::whole;
use super::{file, imported, options, run};

const BASE: &str = r#"{"source": {"publisher": "Example", "url": "https://example.org/a"}}
{"company": {"slug": "one", "name": "One", "lei": "529900T8BM49AURSDO55", "country": "FI", "citations": ["https://example.org/a"]}}
{"company": {"slug": "two", "name": "Two Gadgets Inc.", "citations": ["https://example.org/a"]}}
{"patent": {"number": "US7000001B2", "source": "https://example.org/a", "filedOn": "2004-01-01", "assignees": [{"name": "ONE", "company": "one"}]}}
{"agreement": {"slug": "2015-one-two", "title": "One sells", "status": "ANNOUNCED", "announcedOn": "2015-03", "citations": ["https://example.org/a"], "parties": [{"company": "one", "role": "ASSIGNOR"}], "transfers": [{"conveyance": "ASSIGNMENT", "assignors": ["one"], "assignees": ["two"], "patents": ["US7000001"]}]}}
"#;

fn owner(connection: &mut dealgraph::store::Connection, number: &str) -> String {
    let query = format!(
        "SELECT coalesce(c.slug, '-') AS shown FROM patent AS p LEFT JOIN company AS c ON c.id = p.owner_id WHERE p.number = '{number}'"
    );
    texts(connection, &query).join(",")
}

#[test]
fn the_same_again_changes_nothing_and_a_newer_line_what_it_says() {
    on_each(|store, connection| {
        let first = imported(connection, BASE).total();
        assert_eq!((first.rows, first.stored, first.updated), (5, 5, 0), "{}", store.name());
        assert_eq!(owner(connection, "7000001"), "two", "an import derives who owns what");
        let before = whole(connection);
        let again = imported(connection, BASE);
        assert_eq!((again.total().stored, again.total().unchanged), (0, 5), "{again}");
        assert!(again.tables.values().all(|change| *change == Default::default()), "{again}");
        assert!(whole(connection) == before, "{}: the store changed", store.name());
        // The deal never closed: the patent stays where it was. What the line is silent of stays too.
        let newer = r#"{"agreement": {"slug": "2015-one-two", "title": "One sells", "status": "NEVER_CLOSED", "citations": ["https://example.org/a"]}}
{"patent": {"number": "US7000001B2", "source": "https://example.org/a", "title": "Hinge"}}
{"company": {"slug": "one", "name": "One", "citations": [{"source": "https://example.org/a", "quote": "One, a company"}]}}
"#;
        let summary = imported(connection, newer);
        let total = summary.total();
        assert_eq!((total.stored, total.updated, total.unchanged), (3, 3, 0), "{summary}");
        assert_eq!(owner(connection, "7000001"), "one", "{}", store.name());
        let kept = "SELECT title || ' ' || CAST(filed_on AS TEXT) AS shown FROM patent WHERE number = '7000001'";
        assert_eq!(texts(connection, kept), ["Hinge 2004-01-01"]);
        let month = "SELECT CAST(announced_on AS TEXT) || announced_precision AS shown FROM agreement WHERE slug = '2015-one-two'";
        assert_eq!(texts(connection, month), ["2015-03-01MONTH"]);
        let quotes = "SELECT coalesce(quote, '-') || x.ordinal AS shown FROM citation AS x JOIN company AS c ON c.id = x.company_id WHERE c.slug = 'one'";
        assert_eq!(texts(connection, quotes), ["One, a company1"]);
        assert_eq!(imported(connection, newer).total().unchanged, 3);
    });
}

#[test]
fn a_folder_is_read_in_the_order_of_what_refers_to_what() {
    let folder = Harness::folder();
    let names = ["z.jsonl", "d.jsonl", "c.jsonl", "b.jsonl", "a.jsonl"];
    for (name, line) in names.iter().zip(BASE.lines()) {
        std::fs::write(folder.join(name), line).expect("a file");
    }
    on_each(|store, connection| {
        let summary = run(connection, &options(std::slice::from_ref(&folder))).expect("an import");
        assert_eq!((summary.total().stored, summary.total().refused), (5, 0), "{}: {summary}", store.name());
        let read: Vec<&str> = summary.files.iter().map(|file| file.file.as_str()).collect();
        assert_eq!(read, ["z.jsonl", "c.jsonl", "d.jsonl", "b.jsonl", "a.jsonl"]);
    });
}

#[test]
fn companies_are_named_by_slug_by_lei_and_by_name() {
    on_each(|store, connection| {
        imported(connection, BASE);
        let more = r#"{"relation": {"company": {"name": "TWO GADGETS, INC."}, "parent": "529900T8BM49AURSDO55", "kind": "PARENT", "citations": ["https://example.org/a"]}}
{"rivalry": {"company": "one", "rival": {"name": "Quite Another Company GmbH", "country": "DE"}, "citations": ["https://example.org/a"]}}
"#;
        let summary = imported(connection, more);
        assert_eq!(summary.total().stored, 2, "{}: {summary}", store.name());
        let tied = "SELECT c.slug || ' below ' || p.slug AS shown FROM company_relation AS r JOIN company AS c ON c.id = child_id JOIN company AS p ON p.id = parent_id WHERE p.slug = 'one'";
        assert_eq!(texts(connection, tied), ["two below one"]);
        let founded = "SELECT c.slug || ' ' || c.country || ' ' || x.record AS shown FROM company AS c JOIN citation AS x ON x.company_id = c.id WHERE c.slug LIKE 'quite%'";
        assert_eq!(texts(connection, founded), ["quite-another-company-gmbh DE rivalry"]);
        let again = imported(connection, more);
        assert_eq!(again.total().unchanged, 2, "{again}");
    });
}

#[test]
fn a_company_that_stands_under_another_slug_is_known_by_its_lei() {
    on_each(|store, connection| {
        imported(connection, BASE);
        let more = r#"{"company": {"slug": "one-plc", "name": "One", "lei": "529900T8BM49AURSDO55", "city": "Espoo", "citations": ["https://example.org/a"]}}
{"rivalry": {"company": "two", "rival": "one-plc", "citations": ["https://example.org/a"]}}
{"company": {"slug": "two", "name": "Two", "lei": "529900T8BM49AURSDO55", "citations": ["https://example.org/a"]}}
"#;
        let summary = imported(connection, more);
        assert_eq!((summary.total().stored, summary.total().refused), (2, 1), "{}: {summary}", store.name());
        assert_eq!(
            texts(connection, "SELECT slug AS shown FROM company WHERE city = 'Espoo' AND lei IS NOT NULL"),
            ["one"]
        );
        let (_, column, problem, _) = &summary.reasons[0];
        assert_eq!((column.as_str(), problem.as_str()), ("lei", "the company `one` has this LEI"));
    });
}

#[test]
fn a_patent_is_one_with_and_without_its_kind() {
    on_each(|store, connection| {
        imported(connection, BASE);
        let count = |connection: &mut dealgraph::store::Connection, number: &str| {
            let query = format!("SELECT publication_number AS shown FROM patent WHERE number = '{number}' ORDER BY 1");
            texts(connection, &query)
        };
        let line = |number: &str| {
            format!("{{\"patent\": {{\"number\": \"{number}\", \"source\": \"https://example.org/a\"}}}}\n")
        };
        assert_eq!(imported(connection, &line("US 7,000,001")).total().unchanged, 1, "{}", store.name());
        assert_eq!(imported(connection, &line("EP1111111")).total().stored, 1);
        let both = imported(connection, &(line("EP1111111A1") + &line("EP1111111B1")));
        assert_eq!(
            (both.total().stored, both.total().updated),
            (2, 1),
            "the first completes the one that stood: {both}"
        );
        assert_eq!(count(connection, "1111111"), ["EP1111111A1", "EP1111111B1"]);
    });
}

#[test]
fn it_is_read_from_archives_and_only_tried_in_a_dry_run() {
    on_each(|store, connection| {
        let before = whole(connection);
        let path = file("deals.jsonl.gz", super::super::bad_input::gzip(BASE.as_bytes()));
        let dry = ImportOptions { dry_run: true, ..options(std::slice::from_ref(&path)) };
        let said = run(connection, &dry).expect("an import");
        assert!(whole(connection) == before, "{}: a dry run wrote something", store.name());
        let done = run(connection, &options(&[path])).expect("an import");
        assert_eq!((said.files, said.tables), (done.files, done.tables));
    });
}
