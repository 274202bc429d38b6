//! GLEIF: what entities, relationships and exceptions become, twice, in a newer edition, and when they are broken.

use std::path::PathBuf;

use dealgraph::ingest::import::{ImportOptions, ImportSummary};
use dealgraph::store::Connection;
use serde_json::{Value, json};

use crate::harness::{answer, engine, texts};

use super::{brought, file, fixture, golden, on_each, run, state};

fn options(paths: &[PathBuf]) -> ImportOptions {
    ImportOptions { format: "gleif".to_owned(), edition: Some("2025-09-30".to_owned()), ..super::options(paths) }
}

fn first() -> ImportOptions {
    options(&[fixture("gleif/first")])
}

fn newer() -> ImportOptions {
    ImportOptions { edition: Some("2026-03-01".to_owned()), ..options(&[fixture("gleif/newer")]) }
}

/// Stored, unchanged, refused, by file.
fn counts(summary: &ImportSummary) -> Vec<(&str, u64, u64, u64)> {
    summary.files.iter().map(|file| (&*file.file, file.stored, file.unchanged, file.refused)).collect()
}

#[test]
fn its_files_become_companies_parents_and_unknowns() {
    on_each(|store, connection| {
        let before = state(connection);
        let summary = run(connection, &first()).expect("an import");
        golden(store, "gleif/first.golden", &brought(&before, &state(connection)));
        let expected = [("entities.csv", 6, 0, 2), ("relationships.csv", 4, 1, 3), ("exceptions.csv", 3, 0, 3)];
        assert_eq!(counts(&summary), expected, "{summary}");
        assert!(
            summary.to_string().contains("left out, counted as unchanged: 1 x a relationship of a fund"),
            "{summary}"
        );
        for (column, words) in [
            ("LEI", "no Legal Entity Identifier"),
            ("Entity.LegalAddress.Country", "no country"),
            ("Relationship.EndNode.NodeID", "no company of the store has this LEI"),
            ("Relationship.EndNode.NodeID", "the entity itself"),
            ("Relationship.Period.2.endDate", "ends before it begins"),
            ("LEI", "no company of the store has this LEI"),
            ("Exception.Category", "no category that is known"),
            ("Exception.Reason.1", "it is empty"),
        ] {
            let told = summary.reasons.iter().any(|(_, named, problem, _)| named == column && problem.contains(words));
            assert!(told, "{column}: {words} is not told\n{summary}");
        }
    });
}

#[test]
fn the_same_files_again_change_nothing() {
    on_each(|_, connection| {
        run(connection, &first()).expect("an import");
        let before = state(connection);
        let again = run(connection, &first()).expect("an import");
        let expected = [("entities.csv", 0, 6, 2), ("relationships.csv", 0, 5, 3), ("exceptions.csv", 0, 3, 3)];
        assert_eq!(counts(&again), expected, "{again}");
        assert!(again.tables.values().all(|change| change.inserted + change.updated == 0), "{again}");
        assert!(state(connection) == before, "the store changed");
    });
}

#[test]
fn a_newer_edition_updates_and_an_older_one_does_not() {
    on_each(|store, connection| {
        run(connection, &first()).expect("an import");
        let before = state(connection);
        let summary = run(connection, &newer()).expect("an import");
        golden(store, "gleif/newer.golden", &brought(&before, &state(connection)));
        let expected = [("entities.csv", 2, 4, 0), ("relationships.csv", 3, 0, 0), ("exceptions.csv", 2, 1, 0)];
        assert_eq!(counts(&summary), expected, "{summary}");
        let after = state(connection);
        assert_eq!(run(connection, &newer()).expect("an import").total().stored, 0);
        let entities = [fixture("gleif/first/entities.csv"), fixture("gleif/first/relationships.csv")];
        let older = run(connection, &options(&entities)).expect("an import");
        assert_eq!(older.total().stored, 0, "{older}");
        assert!(state(connection) == after, "an older edition changed the store");
    });
}

#[test]
fn what_is_of_no_company_of_the_store_is_left_out_on_demand() {
    on_each(|store, connection| {
        let before = texts(connection, "SELECT slug AS shown FROM company").len();
        let known = ImportOptions { only_known: true, ..first() };
        let summary = run(connection, &known).expect("an import");
        assert_eq!(texts(connection, "SELECT slug AS shown FROM company").len(), before, "{}", store.name());
        let lei = "SELECT lei AS shown FROM company WHERE slug = 'nokia'";
        assert_eq!(texts(connection, lei), ["MADEUP00NOKIAOYJ0002"], "{}", store.name());
        assert_eq!(texts(connection, "SELECT lei AS shown FROM lei_record").len(), 1);
        let expected = [("entities.csv", 1, 5, 2), ("relationships.csv", 0, 6, 2), ("exceptions.csv", 1, 3, 2)];
        assert_eq!(counts(&summary), expected, "{summary}");
        let other = ImportOptions { format: "patentsview".to_owned(), ..known };
        assert!(run(connection, &other).expect_err("a fault").to_string().contains("--only-known"));
    });
}

#[test]
fn companies_with_different_identifiers_are_never_joined() {
    let names =
        "LEI,Entity.LegalName,Entity.LegalAddress.Country,Entity.EntityCategory,Registration.RegistrationStatus\n";
    let rows = "MADEUP00TWIN00000001,Twin Radio Ltd.,GB,GENERAL,ISSUED\nMADEUP00TWIN00000002,TWIN RADIO LIMITED,GB,GENERAL,ISSUED\n\
        MADEUP00TRUST0000003,Allied Security Trust,GB,GENERAL,ISSUED\nMADEUP00NOKIADUPL004,Nokia Oyj,FI,GENERAL,DUPLICATE\n";
    let path = file("leis.csv", names.to_owned() + rows);
    on_each(|store, connection| {
        run(connection, &options(std::slice::from_ref(&path))).expect("an import");
        let twins = "SELECT slug AS shown FROM company WHERE lei LIKE 'MADEUP00TWIN%' ORDER BY lei";
        assert_eq!(texts(connection, twins), ["twin-radio-ltd", "twin-radio-limited"], "{}", store.name());
        // Another country, and a registration that is not the valid one: companies of their own.
        let own =
            "SELECT slug AS shown FROM company WHERE lei IS NOT NULL AND slug IN ('allied-security-trust', 'nokia')";
        assert_eq!(texts(connection, own), Vec::<String>::new(), "{}", store.name());
        let listed = "SELECT doubt AS shown FROM name_candidate WHERE spelling = 'Allied Security Trust'";
        assert_eq!(texts(connection, listed), ["COUNTRY"], "{}", store.name());
    });
}

#[test]
fn graphql_shows_parents_and_why_none_is_known() {
    on_each(|store, connection| {
        run(connection, &first()).expect("an import");
        let query = "{ companyByLei(lei: \"MADEUP00KOWANJP00003\") { name names { nodes { name kind language } } \
            leiRecords { nodes { registrationStatus legalCountry source { publisher publishedOn } } } \
            parents(orderBy: [{ field: FORM }]) { nodes { form rule since until status registrationStatus \
            parent { name parentExceptions { nodes { form reason statedReason } } children { totalCount } } \
            citations { nodes { quote record source { title } } } } } } \
            companies(filter: { parentExceptions: { some: { reason: { eq: NO_KNOWN_PERSON } } } }) { nodes { name } } }";
        let shown = answer(&*engine(store), query, &Value::Null);
        let json: Value = serde_json::from_str(&shown).expect("JSON");
        let company = &json["data"]["companyByLei"];
        let names = json!([
            { "name": "Kowan Shingo Kabushiki Kaisha", "kind": "TRANSLITERATED", "language": "ja" },
            { "name": "旧港湾株式会社", "kind": "FORMER", "language": "ja" },
        ]);
        assert_eq!(company["names"]["nodes"], names, "{shown}");
        let record = &company["leiRecords"]["nodes"][0];
        assert_eq!(record["registrationStatus"], "LAPSED", "{shown}");
        assert_eq!(record["source"], json!({ "publisher": "GLEIF", "publishedOn": "2025-09-30" }), "{shown}");
        let parents = company["parents"]["nodes"].as_array().expect("parents");
        let forms: Vec<&Value> = parents.iter().map(|parent| &parent["form"]).collect();
        assert_eq!(forms, ["DIRECT_PARENT", "ULTIMATE_PARENT"], "{shown}");
        let direct = &parents[0];
        assert_eq!(direct["since"], "2019-10-16", "{shown}");
        assert_eq!((&direct["until"], &direct["status"]), (&Value::Null, &json!("ACTIVE")), "{shown}");
        assert_eq!(direct["rule"], "ACCOUNTING_CONSOLIDATION", "{shown}");
        let citation = &direct["citations"]["nodes"][0];
        let quote =
            "IS_DIRECTLY_CONSOLIDATED_BY; FULLY_CORROBORATED; ACCOUNTS_FILING; https://example.com/accounts.pdf";
        assert_eq!(citation["quote"], quote, "{shown}");
        assert_eq!(citation["record"], "MADEUP00KOWANJP00003 MADEUP00HARBOURPLC01 DIRECT_PARENT", "{shown}");
        let unknown = json!([
            { "form": "DIRECT_PARENT", "reason": "NATURAL_PERSONS", "statedReason": "NATURAL_PERSONS" },
            { "form": "ULTIMATE_PARENT", "reason": "NO_KNOWN_PERSON", "statedReason": "NO_KNOWN_PERSON" },
        ]);
        assert_eq!(direct["parent"]["parentExceptions"]["nodes"], unknown, "{shown}");
        assert_eq!(json["data"]["companies"]["nodes"], json!([{ "name": "HARBOUR SIGNAL HOLDING PLC" }]), "{shown}");
    });
}

fn said(connection: &mut Connection, path: PathBuf) -> String {
    let before = state(connection);
    let error = run(connection, &options(&[path])).expect_err("a fault");
    assert!(state(connection) == before, "an import that failed left something: {error}");
    error.to_string()
}

#[test]
fn files_that_are_broken_are_named_with_what_they_hold() {
    let cases: [(&str, &[u8], &[&str]); 5] = [
        ("a.csv", b"LEI,Entity.LegalNam\n", &["the column `Entity.LegalName` is missing", "`LEI`, `Entity.LegalNam`"]),
        (
            "b.csv",
            b"Relationship.StartNode.NodeID,Relationship.RelationshipType\n",
            &["the column `Relationship.EndNode.NodeID` is missing", "`Relationship.RelationshipType`"],
        ),
        ("c.csv", b"LEI;Entity.LegalName\nx;y\n", &["divided by semicolons, where commas were expected"]),
        ("d.csv", b"\"patent_id\",\"patent_date\"\n", &["d.csv is not a file of gleif", "`patent_id`", "level 1"]),
        ("e.csv", b"", &["e.csv"]),
    ];
    on_each(|store, connection| {
        for (name, content, words) in cases {
            let said = said(connection, file(name, content));
            for word in words {
                assert!(said.contains(word), "{}: {said}\nlacks: {word}", store.name());
            }
        }
    });
}

#[test]
fn a_row_that_is_no_utf_8_is_refused_alone() {
    let mut text = b"\xef\xbb\xbfLEI,Entity.LegalName\n".to_vec();
    text.extend(b"MADEUP00UTF800000001,Stra\xdfe AG\nMADEUP00UTF800000002,\"Stra\xc3\x9fe, AG\"\n");
    let path = file("lei2.csv", text);
    on_each(|store, connection| {
        let summary = run(connection, &options(std::slice::from_ref(&path))).expect("an import");
        assert_eq!(counts(&summary), [("lei2.csv", 1, 0, 1)], "{}: {summary}", store.name());
        assert!(summary.reasons[0].2.contains("not UTF-8"), "{summary}");
        let name = "SELECT name AS shown FROM company WHERE lei = 'MADEUP00UTF800000002'";
        assert_eq!(texts(connection, name), ["Straße, AG"], "{}", store.name());
    });
}

#[test]
fn golden_copies_name_their_edition_themselves() {
    let content = "LEI,Entity.LegalName\nMADEUP00EDITION00001,Edition AG\n";
    let path = file("20250930-0800-gleif-goldencopy-lei2-golden-copy.csv", content);
    on_each(|_, connection| {
        run(connection, &ImportOptions { edition: None, ..options(std::slice::from_ref(&path)) }).expect("an import");
        let days = "SELECT CAST(published_on AS TEXT) AS shown FROM source WHERE publisher = 'GLEIF'";
        assert_eq!(texts(connection, days), ["2025-09-30"]);
    });
}
