//! Loading data: the starter fills a store completely, once, with evidence; a fault stores nothing and is named.

use dealgraph::ingest::{IngestError, Input, Inputs, Summary, load, load_starter};
use dealgraph::store::{Connection, IdMaker};
use diesel::connection::SimpleConnection as _;
use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, RunQueryDsl as _, sql_query};

use crate::harness::Harness;

const FACT_TABLES: &str = "company company_name company_relation person appointment agreement agreement_party \
    licence_grant cooperation patent_transfer market rivalry observation statement";
const OTHER_TABLES: &str = "source cooperation_area area_prefix agreement_area patent patent_classification \
    patent_area licence_grant_patent patent_citation patent_transfer_party patent_transfer_patent citation \
    patent_transfer_individual patent_assignee patent_ownership title_step patent_finding";

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

#[derive(QueryableByName)]
struct Shown {
    #[diesel(sql_type = Text)]
    shown: String,
}

/// Runs a test on an empty store of each database.
fn on_each(test: impl Fn(&mut Connection)) {
    for store in Harness::databases() {
        test(&mut store.connection());
    }
}

fn execute(connection: &mut Connection, statements: &str) {
    match connection {
        Connection::Sqlite(open) => open.batch_execute(statements),
        Connection::Postgres(open) => open.batch_execute(statements),
    }
    .expect("statements that run");
}

fn count(connection: &mut Connection, condition: &str) -> i64 {
    let query = format!("SELECT count(*) AS count FROM {condition}");
    let rows: Vec<Count> = match connection {
        Connection::Sqlite(open) => sql_query(query).load(open),
        Connection::Postgres(open) => sql_query(query).load(open),
    }
    .expect("a count");
    rows[0].count
}

fn shown(connection: &mut Connection, query: &str) -> Vec<String> {
    let rows: Vec<Shown> = match connection {
        Connection::Sqlite(open) => sql_query(query).load(open),
        Connection::Postgres(open) => sql_query(query).load(open),
    }
    .expect("rows");
    rows.into_iter().map(|row| row.shown).collect()
}

/// The columns of a table as text of one form in both databases.
fn columns(connection: &mut Connection, table: &str) -> Vec<String> {
    let query = match connection {
        Connection::Sqlite(_) => {
            format!("SELECT 'CAST(' || name || ' AS TEXT)' AS shown FROM pragma_table_info('{table}') ORDER BY name")
        }
        Connection::Postgres(_) => format!(
            "SELECT CASE data_type WHEN 'boolean' THEN 'CAST(CAST(' || column_name || ' AS INT) AS TEXT)' \
             WHEN 'timestamp without time zone' THEN 'to_char(' || column_name || ', ''YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'')' \
             ELSE 'CAST(' || column_name || ' AS TEXT)' END AS shown FROM information_schema.columns \
             WHERE table_schema = current_schema() AND table_name = '{table}' ORDER BY column_name COLLATE \"C\""
        ),
    };
    let columns = shown(connection, &query);
    columns.into_iter().map(|column| format!("coalesce({}, '-')", column.replace("abstract", "\"abstract\""))).collect()
}

fn dump(connection: &mut Connection) -> Vec<String> {
    let mut lines = Vec::new();
    for table in FACT_TABLES.split(' ').chain(OTHER_TABLES.split(' ')) {
        let row = columns(connection, table).join(" || '|' || ");
        assert!(!row.is_empty(), "{table} has columns");
        let mut rows = shown(connection, &format!("SELECT '{table}|' || {row} AS shown FROM {table}"));
        rows.sort();
        lines.append(&mut rows);
    }
    lines
}

fn ids() -> IdMaker {
    IdMaker::starting_at(1_800_000_000_000, 1)
}

fn starter(connection: &mut Connection) -> Summary {
    load_starter(connection, &mut ids()).expect("the starter data loads")
}

fn lines(name: &'static str, text: &'static str) -> Option<Input<'static>> {
    Some(Input { name, text })
}

/// What a load of broken files says; it must leave nothing.
fn refused(connection: &mut Connection, inputs: &Inputs<'_>) -> String {
    let before = dump(connection);
    let error = load(connection, &mut ids(), inputs).expect_err("a fault");
    assert_eq!(dump(connection), before, "a load that failed left something");
    assert!(!matches!(error, IngestError::Store(_)), "the fault is named before the database sees it: {error}");
    error.to_string()
}

#[test]
fn the_starter_fills_every_table() {
    on_each(|connection| {
        let summary = starter(connection);
        assert_eq!(summary.stood(), 0);
        for table in &summary.tables {
            assert_eq!(count(connection, table.table), i64::try_from(table.stored).expect("a count"));
            assert!(table.stored > 0 || table.table == "licence_grant_patent", "{} is empty", table.table);
        }
        assert_eq!(count(connection, "agreement"), 41, "every deal with an address");
        assert_eq!(count(connection, "patent"), 1315);
    });
}

#[test]
fn loading_twice_changes_nothing() {
    on_each(|connection| {
        let first = starter(connection);
        let before = dump(connection);
        let second = load_starter(connection, &mut IdMaker::new(2)).expect("a second load");
        assert_eq!(second.stored(), 0, "{second:?}");
        let stood = |summary: &Summary, table: &str| {
            summary.tables.iter().find(|count| count.table == table).map(|count| count.stood)
        };
        assert_eq!(
            stood(&second, "citation"),
            first.tables.iter().find(|count| count.table == "citation").map(|count| count.stored)
        );
        assert!(dump(connection) == before, "the store changed");
    });
}

#[test]
fn a_row_that_is_missing_is_filled_in() {
    on_each(|connection| {
        starter(connection);
        let before = count(connection, "citation");
        execute(connection, "DELETE FROM citation WHERE statement_id IS NOT NULL; DELETE FROM statement;");
        let again = load_starter(connection, &mut IdMaker::new(2)).expect("a load");
        assert!(again.stored() > 0);
        assert_eq!(count(connection, "citation"), before);
    });
}

#[test]
fn both_databases_hold_the_same_rows() {
    let dumps = std::sync::Mutex::new(Vec::new());
    on_each(|connection| {
        starter(connection);
        dumps.lock().expect("dumps").push(dump(connection));
    });
    let dumps = dumps.into_inner().expect("dumps");
    assert!(dumps.windows(2).all(|pair| pair[0] == pair[1]), "the databases differ");
}

#[test]
fn every_fact_has_evidence() {
    on_each(|connection| {
        starter(connection);
        for table in FACT_TABLES.split(' ') {
            let bare = format!(
                "{table} AS fact WHERE NOT EXISTS (SELECT 1 FROM citation WHERE citation.{table}_id = fact.id)"
            );
            assert_eq!(count(connection, &bare), 0, "{table}");
        }
        assert_eq!(count(connection, "source WHERE url IS NULL AND title IS NULL"), 0);
        assert_eq!(
            count(connection, "citation WHERE recorded_at = '2026-11-22T00:00:00.000000Z'"),
            count(connection, "citation")
        );
    });
}

#[test]
fn patents_have_owners_areas_and_a_record() {
    on_each(|connection| {
        starter(connection);
        let all = count(connection, "patent");
        assert!(count(connection, "patent WHERE owner_id IS NOT NULL") * 100 > all * 97);
        let unknown =
            "patent WHERE owner_id IS NULL AND original_assignee IS NOT NULL AND original_assignee NOT LIKE '%;%'";
        assert_eq!(
            count(connection, &format!("{unknown} AND publication_number NOT IN ('US7844046B2', 'CN1201611C')")),
            0,
            "besides the two that are shared, a spelling leads to no company"
        );
        let areas = "patent WHERE EXISTS (SELECT 1 FROM patent_area WHERE patent_area.patent_id = patent.id)";
        assert!(count(connection, areas) > 600);
        assert_eq!(
            count(
                connection,
                "patent AS p JOIN company AS c ON c.id = p.owner_id WHERE p.publication_number = 'US6707749B2' AND c.slug = 'beijing-xiaomi-mobile-software'"
            ),
            1
        );
        assert_eq!(
            count(
                connection,
                "patent AS p JOIN company AS c ON c.id = p.owner_id WHERE p.number = '6473006' AND c.slug = 'htc'"
            ),
            1
        );
    });
}

#[test]
fn sources_that_disagree_stand_side_by_side() {
    on_each(|connection| {
        starter(connection);
        let claims = shown(
            connection,
            "SELECT claim_value AS shown FROM citation JOIN licence_grant ON licence_grant.id = licence_grant_id \
             JOIN agreement ON agreement.id = licence_grant.agreement_id \
             WHERE slug = '2017-nokia-xiaomi' AND claim_field = 'exclusive' ORDER BY claim_value",
        );
        assert_eq!(claims, ["cross licence", "exclusive access"]);
        let stated = shown(
            connection,
            "SELECT stated_as AS shown FROM patent_transfer JOIN agreement ON agreement.id = agreement_id WHERE slug = '2016-microsoft-xiaomi'",
        );
        assert_eq!(stated, ["around 1,500"]);
    });
}

#[test]
fn the_story_has_its_people_and_figures() {
    on_each(|connection| {
        starter(connection);
        let people = shown(connection, "SELECT slug AS shown FROM person ORDER BY slug");
        assert_eq!(people, ["lei-jun", "rajeev-suri", "xiang-ligang"]);
        assert_eq!(count(connection, "market WHERE status = 'FOCUS'"), 3);
        assert_eq!(count(connection, "rivalry"), 2);
        assert_eq!(count(connection, "observation WHERE metric = 'connected-devices' AND value = 600000000000"), 1);
        assert_eq!(
            count(connection, "agreement WHERE slug = '2022-blackberry-catapult' AND status = 'NEVER_CLOSED'"),
            1
        );
        assert_eq!(
            count(connection, "agreement WHERE slug = '2011-nortel-rockstar' AND value_amount = 450000000000"),
            1
        );
        assert_eq!(
            count(connection, "agreement WHERE slug = '2012-mips-bridge-crossing' AND announced_precision = 'MONTH'"),
            1
        );
    });
}

const SOURCE: &str = r#"{"publisher": "Example", "url": "https://example.org/a"}"#;
const COMPANIES: &str = r#"{"slug": "one", "name": "One", "citations": ["https://example.org/a"]}
{"slug": "two", "name": "Two", "citations": ["https://example.org/a"]}"#;

fn with_agreement(text: &'static str) -> Inputs<'static> {
    Inputs {
        sources: lines("sources.jsonl", SOURCE),
        companies: lines("companies.jsonl", COMPANIES),
        agreements: lines("agreements.jsonl", text),
        ..Inputs::default()
    }
}

#[test]
fn a_fault_names_file_line_field_and_what_was_expected() {
    let cases = [
        ("\n{\"slug\": \"a\"}", "agreements.jsonl, line 2: missing field `title`"),
        (r#"{"slug": "a", "titel": "A"}"#, "agreements.jsonl, line 1: unknown field `titel`"),
        (r#"{"slug": "a", "title": "A", "status": "ANNOUNCED", "citations": []}"#, "field `citations`"),
        (
            r#"{"slug": "a", "title": "A", "status": "SIGNED", "citations": ["https://example.org/a"]}"#,
            "field `status`: `SIGNED` where one of ANNOUNCED, IN_FORCE",
        ),
        (
            r#"{"slug": "a", "title": "A", "status": "ANNOUNCED", "citations": ["https://example.org/b"]}"#,
            "`https://example.org/b` where the address of a known source",
        ),
        (
            r#"{"slug": "a", "title": "A", "status": "ANNOUNCED", "announcedOn": "2017-02-30", "citations": ["https://example.org/a"]}"#,
            "field `announcedOn`: `2017-02-30` where a date",
        ),
        (
            r#"{"slug": "a", "title": "A", "status": "ANNOUNCED", "value": {"amount": "1", "currency": "usd"}, "citations": ["https://example.org/a"]}"#,
            "field `value.currency`: `usd` where a currency",
        ),
        (
            r#"{"slug": "a", "title": "A", "status": "ANNOUNCED", "parties": [{"company": "three", "role": "LICENSOR"}], "citations": ["https://example.org/a"]}"#,
            "field `parties.company`: `three` where the short name of a known company",
        ),
        (
            r#"{"slug": "a", "title": "A", "status": "ANNOUNCED", "grants": [{"licensor": "one", "licensee": "one"}], "citations": ["https://example.org/a"]}"#,
            "field `grants.licensee`: `one` where another company",
        ),
        (
            "{\"slug\": \"a\", \"title\": \"A\\u0000\", \"status\": \"ANNOUNCED\", \"citations\": [\"https://example.org/a\"]}",
            "field `title`",
        ),
    ];
    on_each(|connection| {
        for (text, expected) in cases {
            let said = refused(connection, &with_agreement(text));
            assert!(said.contains(expected), "{said}\nlacks: {expected}");
        }
    });
}

#[test]
fn a_repeated_line_is_refused() {
    on_each(|connection| {
        let twice = Inputs {
            sources: lines("s", concat!(r#"{"publisher": "A"}"#, "\n", r#"{"publisher": "A"}"#)),
            ..Inputs::default()
        };
        let said = refused(connection, &twice);
        assert!(said.starts_with("s, line 2, field `url`: `A` where"), "{said}");
    });
}

#[test]
fn a_patent_is_one_with_and_without_its_kind() {
    const HEADER: &str = "publication_number,title,original_assignee,current_assignee,priority_on,filed_on,published_on,granted_on,status,cpc,ipc,source,source_record\n";
    let patents = |rows: &str| format!("{HEADER}{rows}");
    on_each(|connection| {
        let first = patents(
            "US1234567,\"A \"\"title\"\"\",ONE; one,,,,,2001-01-02,GRANTED,H04W4/70;G06N3/08,,https://example.org/a,7\n",
        );
        let inputs = Inputs {
            sources: lines("s", SOURCE),
            companies: lines("c", COMPANIES),
            areas: lines("a", r#"{"slug": "iot", "name": "IoT", "prefixes": ["H04W4/70"]}"#),
            patents: Some(Input { name: "p", text: &first }),
            ..Inputs::default()
        };
        let summary = load(connection, &mut ids(), &inputs).expect("a load");
        assert_eq!(summary.stood(), 0);
        assert_eq!((count(connection, "patent_area"), count(connection, "patent WHERE owner_id IS NOT NULL")), (1, 1));
        let again = patents("US1234567B2,,,,,,,,,,,https://example.org/a,\n");
        let again = Inputs { patents: Some(Input { name: "p", text: &again }), ..Inputs::default() };
        let summary = load(connection, &mut IdMaker::new(2), &again).expect("a load");
        assert_eq!((summary.stored(), summary.stood()), (0, 1));
        let broken = patents("US1,,,,,,,,,,,https://example.org/a,\nUS2,,,,,,,2001-13-01,,,,https://example.org/a,\n");
        let said =
            refused(connection, &Inputs { patents: Some(Input { name: "p", text: &broken }), ..Inputs::default() });
        assert_eq!(said, "p, line 3, field `granted_on`: `2001-13-01` where a day as YYYY-MM-DD was expected");
    });
}

#[test]
fn deals_can_be_added_to_what_stands() {
    on_each(|connection| {
        starter(connection);
        let more = r#"{"slug": "2099-nokia-xiaomi", "title": "More", "announcedOn": "2099-01", "status": "ANNOUNCED", "areas": ["6g-none"], "citations": ["https://patents.google.com/"]}"#;
        let deals = |text| Inputs { agreements: Some(Input { name: "deals.jsonl", text }), ..Inputs::default() };
        assert!(refused(connection, &deals(more)).contains("deals.jsonl, line 1, field `areas`: `6g-none`"));
        let more = more.replace("6g-none", "5g");
        let more = more
            .replace("\"citations\"", "\"parties\": [{\"company\": \"nokia\", \"role\": \"LICENSOR\"}], \"citations\"");
        let summary = load(connection, &mut IdMaker::new(2), &deals(&more)).expect("a load");
        assert_eq!(summary.stored(), 5, "an agreement, its area, a party and two citations");
        assert_eq!(count(connection, "agreement"), 42);
    });
}
