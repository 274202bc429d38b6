//! The starter data: it fills a store completely, once, with evidence.

use dealgraph::ingest::import::ImportSummary;
use dealgraph::ingest::load_starter;
use dealgraph::store::{Connection, IdMaker};
use diesel::connection::SimpleConnection as _;
use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, RunQueryDsl as _, sql_query};

use crate::harness::{Harness, columns};

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

fn starter(connection: &mut Connection) -> ImportSummary {
    load_starter(connection, &mut ids()).expect("the starter data loads")
}

#[test]
fn the_starter_fills_every_table() {
    on_each(|connection| {
        let summary = starter(connection);
        let total = summary.total();
        assert_eq!((total.stored, total.updated), (total.rows, 0), "{summary}");
        for (table, change) in &summary.tables {
            let rows = i64::try_from(change.inserted - change.removed).expect("a count");
            assert_eq!(count(connection, table), rows, "{table}");
        }
        for table in FACT_TABLES.split(' ') {
            assert!(count(connection, table) > 0, "{table} is empty");
        }
        assert_eq!(count(connection, "agreement"), 41, "every deal with an address");
        assert_eq!(count(connection, "patent"), 1315);
    });
}

#[test]
fn loading_twice_changes_nothing() {
    on_each(|connection| {
        starter(connection);
        let before = dump(connection);
        let second = load_starter(connection, &mut IdMaker::new(2)).expect("a second load");
        assert_eq!((second.total().stored, second.total().unchanged), (0, 1606), "{second}");
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
        assert_eq!((again.total().stored, again.total().updated), (2, 2), "the people with quotes: {again}");
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
