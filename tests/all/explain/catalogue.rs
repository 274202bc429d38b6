//! Every list of the catalogue in its default order, and every edge to many: an index finds the rows, and has their order
//! where one can.

use dealgraph::catalog::{ENTITIES, Reach, camel_case};
use serde_json::{Value, json};

use super::{postgres, sqlite};
use crate::harness::{Harness, TestStore};

/// A list's root field, and the same below each of its edges to many.
fn documents() -> Vec<(String, String, bool)> {
    let mut documents = Vec::new();
    for entity in ENTITIES {
        let root = camel_case(entity.plural);
        documents.push((root.clone(), format!("{{ {root}(first: 5) {{ nodes {{ id }} }} }}"), false));
        for edge in entity.edges {
            if let Reach::Many { .. } | Reach::Through { .. } = edge.reach {
                let name = edge.field_name();
                let document =
                    format!("{{ {root}(first: 5) {{ nodes {{ {name}(first: 5) {{ nodes {{ id }} }} }} }} }}");
                documents.push((
                    format!("{}.{name}", entity.name),
                    document,
                    matches!(edge.reach, Reach::Through { .. }),
                ));
            }
        }
    }
    documents
}

/// A row of each entity, so that each edge has a parent.
fn fill(store: &TestStore) {
    store.execute_batch(ROWS);
}

const ROWS: &str = "
    INSERT INTO source (id, publisher, publisher_folded) VALUES (1, 'P', 'p');
    INSERT INTO company (id, slug, name, name_folded) VALUES (1, 'a', 'A', 'a'), (2, 'b', 'B', 'b');
    INSERT INTO company_name (id, company_id, name, name_folded, kind) VALUES (1, 1, 'N', 'n', 'FORMER');
    INSERT INTO company_relation (id, parent_id, child_id, kind) VALUES (1, 1, 2, 'PARENT');
    INSERT INTO person (id, slug, name, name_folded) VALUES (1, 'a', 'A', 'a');
    INSERT INTO appointment (id, person_id, company_id, title) VALUES (1, 1, 1, 'T');
    INSERT INTO cooperation_area (id, slug, name, name_folded) VALUES (1, 'a', 'A', 'a');
    INSERT INTO area_prefix (id, area_id, prefix) VALUES (1, 1, 'H04W');
    INSERT INTO agreement (id, slug, title, title_folded, status) VALUES (1, 'a', 'A', 'a', 'ANNOUNCED');
    INSERT INTO agreement_party (id, agreement_id, company_id, role) VALUES (1, 1, 1, 'PARTNER');
    INSERT INTO licence_grant (id, agreement_id, ordinal, licensor_id, licensee_id) VALUES (1, 1, 1, 1, 2);
    INSERT INTO cooperation (id, agreement_id, area_id, stage) VALUES (1, 1, 1, 'AGREED');
    INSERT INTO patent (id, publication_number, office, number, source_id) VALUES (1, 'US1', 'US', '1', 1);
    INSERT INTO patent_classification (id, patent_id, scheme, symbol, ordinal) VALUES (1, 1, 'CPC', 'H04W', 1);
    INSERT INTO patent_transfer (id, agreement_id, ordinal, conveyance) VALUES (1, 1, 1, 'ASSIGNMENT');
    INSERT INTO patent_transfer_party (id, patent_transfer_id, company_id, role) VALUES (1, 1, 1, 'ASSIGNEE');
    INSERT INTO patent_transfer_individual (id, patent_transfer_id, name, name_folded, role) VALUES (1, 1, 'I', 'i', 'ASSIGNOR');
    INSERT INTO location (id, code, source_id) VALUES (1, 'a', 1);
    INSERT INTO patent_assignee (id, patent_id, named, ordinal, company_id, name, name_folded, source_id, location_id)
        VALUES (1, 1, 'AT_PUBLICATION', 1, 1, 'A', 'a', 1, 1);
    INSERT INTO patent_ownership (id, patent_id, company_id, basis, unbroken, patent_transfer_id)
        VALUES (1, 1, 1, 'EXECUTED', TRUE, 1);
    INSERT INTO title_step (id, patent_id, ordinal, patent_transfer_id, effect, basis) VALUES (1, 1, 1, 1, 'MOVES', 'EXECUTED');
    INSERT INTO patent_finding (id, patent_id, kind, patent_transfer_id) VALUES (1, 1, 'GAP', 1);
    INSERT INTO lei_record (id, company_id, lei, legal_name, legal_name_folded, source_id) VALUES (1, 1, 'AAAAAAAAAAAAAAAAAAAA', 'A', 'a', 1);
    INSERT INTO parent_exception (id, company_id, form, reason, stated_reason, source_id) VALUES (1, 1, 'DIRECT_PARENT', 'NO_LEI', 'NO_LEI', 1);
    INSERT INTO standard (id, name, name_folded, kind, source_id) VALUES (1, 'LTE', 'lte', 'PROJECT', 1), (2, 'TS 1', 'ts 1', 'DOCUMENT', 1);
    INSERT INTO standard_declaration (id, reference, declarant_id, source_id) VALUES (1, 'ISLD-1', 1, 1);
    INSERT INTO declared_patent (id, standard_declaration_id, record_key, standard_id, project_id, patent_id, source_id) VALUES (1, 1, 1, 2, 1, 1, 1);
    INSERT INTO market (id, company_id, country, status) VALUES (1, 1, 'FI', 'PRESENT');
    INSERT INTO rivalry (id, company_id, rival_id) VALUES (1, 1, 2);
    INSERT INTO observation (id, company_id, metric, value, qualifier, period, source_id) VALUES (1, 1, 'm', 1, 'EXACT', '2020', 1);
    INSERT INTO statement (id, person_id, source_id, ordinal, quote, quote_folded, company_id) VALUES (1, 1, 1, 1, 'Q', 'q', 1);
    INSERT INTO citation (id, fact_kind, fact_id, company_id, source_id, ordinal, confidence, recorded_at)
        VALUES (1, 'COMPANY', 1, 1, 1, 1, 'HIGH', '2020-01-01T00:00:00.000000Z');
    INSERT INTO change (id, seq, recorded_at, actor, kind, company_id)
        VALUES (1, 1, '2020-01-01T00:00:00.000000Z', 'a', 'RECORDED', 1);
";

#[test]
fn an_index_serves_every_list_and_every_edge_on_sqlite() {
    let store = Harness::sqlite();
    fill(&store);
    let mut faults = Vec::new();
    for (name, document, _) in documents() {
        let found = sqlite::faults(&store, &document, &json!({}));
        faults.extend(found.into_iter().map(|fault| format!("{name}: {fault}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A table of one row is scanned whatever its indexes are, unless scanning is made dear: then only what no index serves is
/// still scanned or sorted.
#[test]
fn an_index_serves_every_list_and_every_edge_on_postgres() {
    let store = Harness::postgres();
    fill(&store);
    let dear =
        ["enable_seqscan = off", "enable_bitmapscan = off", "enable_sort = off", "enable_incremental_sort = off"];
    postgres::explain_all(&store, &dear);
    let mut faults = Vec::new();
    for (name, document, through) in documents() {
        let plans = postgres::plans(&store, &document, &json!({}), 1);
        // The root's page comes first; an edge's rows are sorted once more, by parent.
        let Some(plan) = plans.last() else { panic!("{name} runs no statement") };
        let allowed = if through { 2 } else { usize::from(name.contains('.')) };
        let (scans, sorts) = (count(&plan["Plan"], "Seq Scan"), count(&plan["Plan"], "Sort"));
        if scans > 0 || sorts > allowed {
            faults.push(format!("{name}: {scans} scans, {sorts} sorts\n{}", postgres::outline(&plan["Plan"], 2)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn count(step: &Value, kind: &str) -> usize {
    let below = step["Plans"].as_array().map(Vec::as_slice).unwrap_or_default();
    usize::from(step["Node Type"] == kind) + below.iter().map(|below| count(below, kind)).sum::<usize>()
}
