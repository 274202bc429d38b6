//! Editions in any order: an older one replaces nothing, and only brings what is missing.

use std::path::PathBuf;

use dealgraph::ingest::import::ImportOptions;
use dealgraph::store::Connection;

use crate::harness::{Harness, texts};

use super::{on_each, options, run, state, table};

fn edition(day: &str, folder: &PathBuf) -> ImportOptions {
    ImportOptions { edition: Some(day.to_owned()), ..options(std::slice::from_ref(folder)) }
}

/// Tables of one edition: two patents, the second with the title and the assignee that are given.
fn tables(title: &str, assignee: &str, city: &str, others: &[&[&str]]) -> PathBuf {
    let folder = Harness::folder();
    let second = ["10000002", "2018-06-19", title, "B2"];
    let mut patents: Vec<&[&str]> = vec![&["10000001", "2018-06-19", "Antenna", "B2"], &second];
    patents.extend(others);
    let names = ["patent_id", "patent_date", "patent_title", "wipo_kind"];
    let write = |name: &str, text: String| std::fs::write(folder.join(name), text).expect("a file");
    write("g_patent.tsv", table(&names, &patents));
    let names = ["patent_id", "assignee_sequence", "disambig_assignee_organization", "location_id"];
    write("g_assignee_disambiguated.tsv", table(&names, &[&["10000002", "0", assignee, "here"]]));
    let names = ["location_id", "disambig_city", "disambig_country"];
    write("g_location_disambiguated.tsv", table(&names, &[&["here", city, "US"]]));
    let names = ["patent_id", "application_id", "filing_date"];
    write("g_application.tsv", table(&names, &[&["10000002", title, "2016-01-01"]]));
    folder
}

fn shown(connection: &mut Connection) -> Vec<String> {
    let query = "SELECT p.number || ' ' || p.title || ' ' || coalesce(p.application_number, '-') || ' ' || coalesce(a.name, '-') || ' ' || \
        coalesce(l.city, '-') AS shown FROM patent AS p LEFT JOIN patent_assignee AS a ON a.patent_id = p.id \
        LEFT JOIN location AS l ON l.id = a.location_id WHERE p.number LIKE '1000000_' ORDER BY p.number";
    texts(connection, query)
}

#[test]
fn an_older_edition_of_patentsview_replaces_nothing() {
    let older = tables("Old title", "OLD RADIO, INC.", "Boston", &[&["10000009", "2018-06-19", "Left out", "B2"]]);
    let newer = tables("New title", "NEW RADIO, INC.", "Denver", &[]);
    on_each(|store, connection| {
        run(connection, &edition("2024-01-01", &newer)).expect("an import");
        let total = run(connection, &edition("2023-01-01", &older)).expect("an import").total();
        assert_eq!((total.stored, total.updated), (1, 0), "{}: only what is missing comes in", store.name());
        let expected = [
            "10000001 Antenna - - -",
            "10000002 New title New title NEW RADIO, INC. Denver",
            "10000009 Left out - - -",
        ];
        assert_eq!(shown(connection), expected, "{}", store.name());
        let after = state(connection);
        let newest = run(connection, &edition("2024-01-01", &newer)).expect("an import").total();
        assert_eq!(newest.stored, 0, "{}: the newer one still stands", store.name());
        assert!(state(connection) == after, "{}", store.name());
    });
}

#[test]
fn an_edition_that_changed_nothing_is_newer_all_the_same() {
    let (first, other) = (tables("Title", "RADIO, INC.", "Denver", &[]), tables("Other", "OTHER, INC.", "Boston", &[]));
    on_each(|store, connection| {
        run(connection, &edition("2022-01-01", &first)).expect("an import");
        assert_eq!(run(connection, &edition("2024-01-01", &first)).expect("an import").total().stored, 0);
        let before = shown(connection);
        let total = run(connection, &edition("2023-01-01", &other)).expect("an import").total();
        assert_eq!(total.stored, 0, "{}", store.name());
        assert_eq!(shown(connection), before, "{}", store.name());
        assert!(run(connection, &edition("2025-01-01", &other)).expect("an import").total().updated > 0);
        assert_eq!(shown(connection)[1], "10000002 Other Other OTHER, INC. Boston", "{}", store.name());
    });
}

#[test]
fn an_older_edition_of_etsi_replaces_nothing() {
    let export = |licence: &str, day: &str, second: &str| {
        super::file(
            "ISLD-export.csv",
            format!(
                "IPRD_REFERENCE;COMP_LEGAL_NAME;PUBL_NUMBER;IPRD_SIGNATURE_DATE;Standard;Country_Of_Registration;LICD_DEC_PREP_TO_GRANT_FLAG\n\
                 ISLD-1;Maker Ltd;US8100001 B2;{day} 00:00:00;TS 138 211;US UNITED STATES;{licence}\n{second}"
            ),
        )
    };
    let older =
        export("0", "2019-01-01", "ISLD-2;Maker Ltd;US8100002 B2;2018-01-01 00:00:00;TS 138 211;US UNITED STATES;0\n");
    let newer = export("1", "2019-02-02", "");
    on_each(|store, connection| {
        let etsi = |day: &str, path: &PathBuf| ImportOptions { format: "etsi".to_owned(), ..edition(day, path) };
        run(connection, &etsi("2025-01-01", &newer)).expect("an import");
        let total = run(connection, &etsi("2024-01-01", &older)).expect("an import").total();
        assert_eq!((total.stored, total.updated), (1, 0), "{}: only what is missing comes in", store.name());
        let query = "SELECT d.reference || ' ' || CAST(d.declared_on AS TEXT) || ' ' || \
            CASE WHEN p.prepared_to_license THEN 'yes' ELSE 'no' END AS shown FROM standard_declaration AS d \
            JOIN declared_patent AS p ON p.standard_declaration_id = d.id ORDER BY d.reference";
        assert_eq!(texts(connection, query), ["ISLD-1 2019-02-02 yes", "ISLD-2 2018-01-01 no"], "{}", store.name());
    });
}
