//! Companies of one short name, as many as there are.

use std::collections::BTreeSet;

use dealgraph::ingest::import::ImportOptions;

use crate::harness::texts;

use super::{file, on_each, options, run, table};

const COMPANIES: usize = 200;

/// Japanese names, whose letters a short name leaves out, so that all of them have the same: no two are alike for the resolver.
fn names() -> Vec<String> {
    let letter =
        |n: usize| char::from_u32(0x4e00 + u32::try_from(n * 37 % 20_000).expect("a number")).expect("a letter");
    let name = |n: usize| (0..4).map(|place| letter(n * 4 + place)).chain("株式会社".chars()).collect();
    (0..COMPANIES).map(name).collect()
}

#[test]
fn any_number_of_companies_has_one_short_name_with_a_number_behind_it() {
    let ids: Vec<String> = (0..COMPANIES).map(|n| format!("{}", 10_000_001 + n)).collect();
    let patents: Vec<[&str; 4]> = ids.iter().map(|id| [id.as_str(), "2018-06-19", "Antenna", "B2"]).collect();
    let patents: Vec<&[&str]> = patents.iter().map(<[&str; 4]>::as_slice).collect();
    let patents = file("g_patent.tsv", table(&["patent_id", "patent_date", "patent_title", "wipo_kind"], &patents));
    let names = names();
    let assignees: Vec<[&str; 3]> =
        ids.iter().zip(&names).map(|(id, name)| [id.as_str(), "0", name.as_str()]).collect();
    let columns = ["patent_id", "assignee_sequence", "disambig_assignee_organization"];
    // One file for all but the last ten, and one for those: numbers go on in another import.
    let part = |rows: &[[&str; 3]]| {
        let rows: Vec<&[&str]> = rows.iter().map(<[&str; 3]>::as_slice).collect();
        file("g_assignee_disambiguated.tsv", table(&columns, &rows))
    };
    let (first, last) = (part(&assignees[..COMPANIES - 10]), part(&assignees[COMPANIES - 10..]));
    on_each(|store, connection| {
        run(connection, &options(std::slice::from_ref(&patents))).expect("an import");
        for path in [&first, &last] {
            let batches = ImportOptions { batch_rows: 7, ..options(std::slice::from_ref(path)) };
            let total = run(connection, &batches).unwrap_or_else(|error| panic!("{}: {error}", store.name())).total();
            assert_eq!((total.refused, total.stored), (0, total.rows));
        }
        let slugs =
            texts(connection, "SELECT slug AS shown FROM company WHERE slug = 'company' OR slug LIKE 'company-%'");
        let founded = texts(
            connection,
            "SELECT DISTINCT CAST(company_id AS TEXT) AS shown FROM patent_assignee WHERE company_id IS NOT NULL",
        );
        let numbered = (2..=slugs.len()).map(|number| format!("company-{number}"));
        let expected: BTreeSet<String> = numbered.chain(["company".to_owned()]).collect();
        assert_eq!(slugs.iter().cloned().collect::<BTreeSet<_>>(), expected, "{}", store.name());
        assert!(slugs.len() >= COMPANIES && founded.len() >= COMPANIES, "{}: {} companies", store.name(), slugs.len());
    });
}
