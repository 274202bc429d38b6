//! Rows enough that a plan tells an index from a scan, made by the database itself.

use crate::harness::TestStore;

/// A statement: where the rows go, how many, and what they are made of; `i` counts them from 0.
const TABLES: &[(&str, u32, &str)] = &[
    ("source (id, publisher, publisher_folded, url)", 1_000, "i, 'P', 'p', 'https://source.example/' || i"),
    ("cooperation_area (id, slug, name, name_folded)", 60, "i, 'area-' || i, 'Area ' || i, 'area ' || i"),
    (
        "company (id, slug, name, name_folded, country)",
        20_000,
        "i, 'company-' || i, 'Name ' || i, 'name ' || i, CASE i % 5 WHEN 0 THEN 'US' WHEN 1 THEN 'CN' ELSE 'FI' END",
    ),
    (
        "agreement (id, slug, title, title_folded, status, announced_on, announced_precision)",
        10_000,
        "i, 'agreement-' || i, 'Title ' || i, 'title ' || i, 'ANNOUNCED', {date}, 'DAY'",
    ),
    (
        "agreement_party (id, agreement_id, company_id, role)",
        20_000,
        "i, i % 10000, (i * 7 + i / 10000) % 20000, 'PARTNER'",
    ),
    ("agreement_area (agreement_id, area_id)", 10_000, "i, CASE i % 3 WHEN 0 THEN 0 ELSE i % 60 END"),
    (
        "patent (id, publication_number, office, number, owner_id, filed_on, source_id)",
        30_000,
        "i, 'US' || (1000000 + i), 'US', 'n' || i, (i * 3) % 20000, {date}, 0",
    ),
    ("patent_area (patent_id, area_id)", 30_000, "i, CASE i % 3 WHEN 0 THEN 0 ELSE i % 60 END"),
    ("licence_grant (id, agreement_id, ordinal, licensor_id, licensee_id)", 10_000, "i, i, 1, 0, 1"),
    ("licence_grant_patent (licence_grant_id, patent_id)", 40_000, "i % 10000, (i * 11 + i / 10000) % 30000"),
    (
        "citation (id, fact_kind, fact_id, agreement_id, source_id, ordinal, confidence, recorded_at)",
        20_000,
        "i, 'AGREEMENT', i % 10000, i % 10000, i / 10000, 1, 'HIGH', '2020-01-01T00:00:00.000000Z'",
    ),
];

/// Fills a store, and has the database look at what is in it.
pub(super) fn fill(store: &TestStore) {
    fill_with(store, []);
}

/// Fills a store, further tables too.
pub(super) fn fill_with<'a>(store: &TestStore, more: impl IntoIterator<Item = (&'a str, u32, &'a str)>) {
    let is_sqlite = store.name() == "sqlite";
    let mut sql = String::from(if is_sqlite { "BEGIN;" } else { "BEGIN; SET LOCAL synchronous_commit = off;" });
    for (table, count, values) in TABLES.iter().copied().chain(more) {
        let date = match is_sqlite {
            true => "date('2000-01-01', '+' || (i * 13 % 9000) || ' days')",
            false => "DATE '2000-01-01' + i * 13 % 9000",
        };
        let mut values = values.replace("{date}", date);
        if !is_sqlite {
            values = values.replace("'2020-01-01T00:00:00.000000Z'", "TIMESTAMP '2020-01-01'");
        }
        sql += &format!(
            "INSERT INTO {table} WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {}) \
             SELECT {values} FROM n;",
            count - 1
        );
    }
    sql += "COMMIT;";
    store.execute_batch(&sql);
    // Outside of the transaction: it also notes which pages hold nothing that is dead, for scans of an index alone.
    store.execute_batch(if is_sqlite { "PRAGMA analysis_limit = 400; ANALYZE" } else { "VACUUM (ANALYZE)" });
}
