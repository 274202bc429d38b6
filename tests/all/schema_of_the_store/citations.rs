//! A citation points at exactly one fact, and the databases see to it.

use dealgraph::catalog::ENTITIES;
use dealgraph::catalog::abstracts::FACT;
use dealgraph::store::Connection;

use crate::harness::{Harness, refusal};

/// A source, a company and a person.
const ROWS: &str = "INSERT INTO source (id, publisher, publisher_folded) VALUES (1, 'P', 'p'); \
    INSERT INTO company (id, slug, name, name_folded) VALUES (7, 'c', 'C', 'c'); \
    INSERT INTO person (id, slug, name, name_folded) VALUES (7, 'p', 'P', 'p')";

/// Why a citation is refused that is of a kind, has a fact's key, and points at facts by these columns.
fn refused(connection: &mut Connection, kind: &str, fact: i64, arms: &[(&str, i64)]) -> Option<String> {
    let columns: String = arms.iter().map(|(column, _)| format!(", {column}")).collect();
    let keys: String = arms.iter().map(|(_, key)| format!(", {key}")).collect();
    let insert = format!(
        "INSERT INTO citation (id, fact_kind, fact_id, source_id, ordinal, confidence, recorded_at{columns}) \
         VALUES (1, '{kind}', {fact}, 1, 1, 'HIGH', '2020-01-01T00:00:00.000000Z'{keys})"
    );
    refusal(connection, &insert)
}

#[test]
fn the_arms_of_a_fact_are_the_entities_that_are_facts() {
    let arms: Vec<&str> = FACT.arms.iter().map(|(_, entity)| entity.name).collect();
    let facts: Vec<&str> = ENTITIES.iter().filter(|entity| entity.is_fact).map(|entity| entity.name).collect();
    assert_eq!(arms, facts);
    for (column, entity) in FACT.arms {
        assert_eq!(*column, format!("{}_id", entity.table));
    }
    let kinds: Vec<&str> = dealgraph::catalog::closed::FACT_KIND.values.iter().map(|(kind, _)| *kind).collect();
    let tables: Vec<String> = FACT.arms.iter().map(|(_, entity)| entity.table.to_uppercase()).collect();
    assert_eq!(kinds, tables);
}

#[test]
fn a_citation_of_no_fact_or_two_or_a_missing_one_is_refused() {
    for store in Harness::databases() {
        let mut connection = store.connection();
        store.execute_batch(ROWS);
        let mut assert_refused = |what: &str, kind: &str, fact: i64, arms: &[(&str, i64)], why: &str| {
            let refusal = refused(&mut connection, kind, fact, arms);
            let refusal = refusal.unwrap_or_else(|| panic!("{}: a citation of {what} is taken", store.name()));
            assert!(refusal.to_lowercase().contains(why), "{}: {what}: {refusal}", store.name());
        };
        for (column, entity) in FACT.arms {
            let kind = entity.table.to_uppercase();
            assert_refused("no fact", &kind, 7, &[], "check constraint");
            assert_refused("a missing row", &kind, 99, &[(column, 99)], "foreign key constraint");
            assert_refused("another key", &kind, 8, &[(column, 7)], "check constraint");
            let other = if *column == "person_id" { "company_id" } else { "person_id" };
            assert_refused("two facts", &kind, 7, &[(column, 7), (other, 7)], "check constraint");
            let other_kind = if *column == "person_id" { "COMPANY" } else { "PERSON" };
            assert_refused("another kind", other_kind, 7, &[(column, 7)], "check constraint");
        }
        assert_refused("an unknown kind", "RUMOUR", 7, &[], "foreign key constraint");
        assert_eq!(refused(&mut store.connection(), "COMPANY", 7, &[("company_id", 7)]), None, "{}", store.name());
    }
}
