//! ETSI: what declarations become, twice, in a newer edition, and when they are broken.

use std::path::PathBuf;

use dealgraph::ingest::import::ImportOptions;
use serde_json::{Value, json};

use crate::harness::{answer, engine, texts};

use super::{brought, file, fixture, golden, on_each, run, state};

fn options(paths: &[PathBuf]) -> ImportOptions {
    ImportOptions { format: "etsi".to_owned(), edition: Some("2025-09-30".to_owned()), ..super::options(paths) }
}

#[test]
fn its_rows_become_standards_declarations_and_patents() {
    on_each(|store, connection| {
        let before = state(connection);
        let summary = run(connection, &options(&[fixture("etsi/first")])).expect("an import");
        golden(store, "etsi/first.golden", &brought(&before, &state(connection)));
        let total = summary.total();
        assert_eq!((total.rows, total.stored, total.unchanged, total.refused), (8, 4, 1, 3), "{summary}");
        let mut columns: Vec<&str> = summary.reasons.iter().map(|reason| &*reason.1).collect();
        columns.sort_unstable();
        assert_eq!(columns, ["IPRD_REFERENCE", "IPRD_SIGNATURE_DATE", "LICD_REC_CONDI_FLAG"], "{summary}");
    });
}

#[test]
fn the_same_file_again_changes_nothing() {
    on_each(|_, connection| {
        let options = options(&[fixture("etsi/first")]);
        run(connection, &options).expect("an import");
        let before = state(connection);
        let again = run(connection, &options).expect("an import");
        assert_eq!((again.total().stored, again.total().unchanged), (0, 5), "{again}");
        assert!(again.tables.values().all(|change| change.inserted + change.updated == 0), "{again}");
        assert!(state(connection) == before, "the store changed");
    });
}

#[test]
fn a_newer_edition_updates_what_it_says_otherwise() {
    on_each(|store, connection| {
        run(connection, &options(&[fixture("etsi/first")])).expect("an import");
        let before = state(connection);
        let newer = ImportOptions { edition: Some("2026-03-01".to_owned()), ..options(&[fixture("etsi/newer")]) };
        let summary = run(connection, &newer).expect("an import");
        golden(store, "etsi/newer.golden", &brought(&before, &state(connection)));
        let total = summary.total();
        assert_eq!((total.stored, total.updated, total.unchanged), (3, 2, 3), "{summary}");
        let after = state(connection);
        assert_eq!(run(connection, &newer).expect("an import").total().stored, 0);
        assert!(state(connection) == after, "the store changed");
    });
}

#[test]
fn a_number_that_leads_to_several_publications_leads_to_none() {
    let names = "IPRD_REFERENCE;COMP_LEGAL_NAME;PUBL_NUMBER;Country_Of_Registration\n";
    let rows = "ISLD-1;;EP1234567 A1|EP1234567 B1;EP EUROPEAN PATENT OFFICE\nISLD-1;;EP1234567;EP EUROPEAN PATENT OFFICE\n\
        ISLD-1;;EP7654321;EP EUROPEAN PATENT OFFICE\nISLD-1;;EP7654321 B1;EP EUROPEAN PATENT OFFICE\n";
    let path = file("isld.csv", names.to_owned() + rows);
    on_each(|store, connection| {
        run(connection, &options(std::slice::from_ref(&path))).expect("an import");
        let lines = "SELECT d.publication_number || ' ' || coalesce(p.publication_number, '-') AS shown FROM declared_patent AS d \
            LEFT JOIN patent AS p ON p.id = d.patent_id ORDER BY d.publication_number";
        let expected = [
            "EP1234567 -",
            "EP1234567 A1 EP1234567A1",
            "EP1234567 B1 EP1234567B1",
            "EP7654321 EP7654321B1",
            "EP7654321 B1 EP7654321B1",
        ];
        assert_eq!(texts(connection, lines), expected, "{}", store.name());
    });
}

#[test]
fn graphql_shows_declarations_from_each_end() {
    on_each(|store, connection| {
        run(connection, &options(&[fixture("etsi/first")])).expect("an import");
        let query = "{ patent(publicationNumber: \"US8566251B2\") { declarations { nodes { reference declaredOn } } \
            declaredFor { nodes { version preparedToLicense reciprocity for5g standard { name } project { name kind } } } } \
            company(slug: \"nokia\") { declarations { nodes { reference declarantName declaredPatents { totalCount \
            nodes { publicationNumber patent { publicationNumber } source { title } } } } } } \
            standard(name: \"TS 38.331\") { kind documentType declarations { totalCount nodes { declarant { slug } } } } \
            standardDeclaration(reference: \"ISLD-299901-002\") { declaredOn declaredPatents(orderBy: [{ field: PUBLICATION_NUMBER }]) \
            { nodes { publicationNumber applicationNumber patent { id } preparedToLicense } } } \
            standardDeclarations(filter: { declaredPatents: { some: { preparedToLicense: { eq: true } } } }) { totalCount } }";
        let shown = answer(&*engine(store), query, &Value::Null);
        let json: Value = serde_json::from_str(&shown).expect("JSON");
        let data = &json["data"];
        let declarations = json!([{ "reference": "ISLD-299901-001", "declaredOn": "2019-01-04" }]);
        assert_eq!(data["patent"]["declarations"]["nodes"], declarations, "{shown}");
        let declared = json!([{ "version": "15.1.0", "preparedToLicense": true, "reciprocity": false, "for5g": true,
            "standard": { "name": "TS 38.331" }, "project": { "name": "3GPP NR Rel 15", "kind": "PROJECT" } }]);
        assert_eq!(data["patent"]["declaredFor"]["nodes"], declared, "{shown}");
        let own = &data["company"]["declarations"]["nodes"][0];
        assert_eq!(own["declarantName"], "Nokia Corporation", "{shown}");
        assert_eq!(own["declaredPatents"]["totalCount"], 3, "{shown}");
        let line = &own["declaredPatents"]["nodes"][0];
        assert_eq!(line["patent"]["publicationNumber"], "EP1234567A1", "{shown}");
        let title = "ETSI IPR declarations (ISLD), edition 2025-09-30: ISLD-export.csv";
        assert_eq!(line["source"]["title"], title, "{shown}");
        let standard = json!({ "kind": "DOCUMENT", "documentType": "TS",
            "declarations": { "totalCount": 1, "nodes": [{ "declarant": { "slug": "nokia" } }] } });
        assert_eq!(data["standard"], standard, "{shown}");
        let undated = json!({ "declaredOn": null, "declaredPatents": { "nodes": [
            { "publicationNumber": "PENDING2", "applicationNumber": null, "patent": null, "preparedToLicense": true },
            { "publicationNumber": null, "applicationNumber": "PENDING1", "patent": null, "preparedToLicense": null },
        ] } });
        assert_eq!(data["standardDeclaration"], undated, "{shown}");
        assert_eq!(data["standardDeclarations"]["totalCount"], 2, "{shown}");
    });
}

#[test]
fn files_that_are_broken_are_named_with_what_they_hold() {
    let cases: [(&str, &[u8], &[&str]); 4] = [
        (
            "a.csv",
            b"\"IPRD_ID\";\"IPRD_REFERENCE\";\"COMP_LEGAL_NAME\"\n",
            &["the column `PUBL_NUMBER` is missing", "`IPRD_ID`, `IPRD_REFERENCE`, `COMP_LEGAL_NAME`"],
        ),
        (
            "b.csv",
            b"IPRD_ID,IPRD_REFERENCE,COMP_LEGAL_NAME,PUBL_NUMBER\n",
            &["divided by commas, where semicolons were expected"],
        ),
        ("c.csv", b"\"IPRD_ID\"\t\"IPRD_REFERENCE\"\n", &["divided by tabs, where semicolons were expected"]),
        ("d.csv", b"LEI,Entity.LegalName\n", &["d.csv is not a file of etsi", "it is one of `gleif`"]),
    ];
    on_each(|store, connection| {
        for (name, content, words) in cases {
            let before = state(connection);
            let error = run(connection, &options(&[file(name, content)])).expect_err("a fault").to_string();
            assert!(state(connection) == before, "an import that failed left something: {error}");
            for word in words {
                assert!(error.contains(word), "{}: {error}\nlacks: {word}", store.name());
            }
        }
    });
}

#[test]
fn a_row_that_is_no_utf_8_is_refused_alone() {
    let mut text = b"\xef\xbb\xbf\"IPRD_REFERENCE\";\"COMP_LEGAL_NAME\";\"PUBL_NUMBER\"\r\n".to_vec();
    text.extend(b"\"ISLD-1\";\"Stra\xdfe AG\";\"US8566251\"\r\n\"ISLD-2\";\"Stra\xc3\x9fe; AG\";\"US8566251\"\r\n");
    let path = file("isld.csv", text);
    on_each(|store, connection| {
        let summary = run(connection, &options(std::slice::from_ref(&path))).expect("an import");
        assert_eq!((summary.total().stored, summary.total().refused), (1, 1), "{}: {summary}", store.name());
        assert_eq!(summary.reasons[0].1, "COMP_LEGAL_NAME", "{summary}");
        let names = "SELECT declarant_name AS shown FROM standard_declaration";
        assert_eq!(texts(connection, names), ["Straße; AG"], "{}", store.name());
    });
}
