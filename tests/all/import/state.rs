//! What a store holds of an import, by natural keys: ids differ from run to run, nothing else may.

use dealgraph::store::Connection;

use crate::harness::texts;

/// A line for each row, without ids.
const QUERIES: [&str; 28] = [
    "SELECT 'patent|' || p.publication_number || '|' || p.office || '|' || p.number || '|' || coalesce(p.kind_code, '-') || '|' || \
     coalesce(p.title, '-') || '|' || coalesce(p.title_folded, '-') || '|' || coalesce(p.\"abstract\", '-') || '|' || \
     coalesce(c.slug, '-') || '|' || coalesce(p.original_assignee, '-') || '|' || coalesce(p.application_number, '-') || '|' || \
     coalesce(CAST(p.filed_on AS TEXT), '-') || '|' || coalesce(CAST(p.granted_on AS TEXT), '-') || '|' || \
     coalesce(CAST(p.published_on AS TEXT), '-') || '|' || coalesce(CAST(p.expires_on AS TEXT), '-') || '|' || \
     coalesce(p.expires_basis, '-') || '|' || coalesce(p.status, '-') || '|' || coalesce(CAST(p.claims_count AS TEXT), '-') || '|' || \
     coalesce(CAST(p.term_extension_days AS TEXT), '-') || '|' || s.publisher || '|' || coalesce(s.title, '-') || '|' || \
     coalesce(p.source_record, '-') AS shown FROM patent AS p JOIN source AS s ON s.id = p.source_id \
     LEFT JOIN company AS c ON c.id = p.owner_id",
    "SELECT 'source of patent|' || p.publication_number || '|' || s.title AS shown FROM patent_source AS l \
     JOIN patent AS p ON p.id = l.patent_id JOIN source AS s ON s.id = l.source_id",
    "SELECT 'assignee|' || p.publication_number || '|' || a.ordinal || '|' || a.name || '|' || a.name_folded || '|' || \
     coalesce(c.slug, '-') || '|' || coalesce(l.code, '-') || '|' || coalesce(s.title, '-') AS shown FROM patent_assignee AS a \
     JOIN patent AS p ON p.id = a.patent_id JOIN source AS s ON s.id = a.source_id \
     LEFT JOIN company AS c ON c.id = a.company_id LEFT JOIN location AS l ON l.id = a.location_id",
    "SELECT 'location|' || code || '|' || coalesce(city, '-') || '|' || coalesce(region, '-') || '|' || coalesce(country, '-') || '|' || \
     s.title AS shown FROM location JOIN source AS s ON s.id = source_id",
    "SELECT 'class|' || p.publication_number || '|' || scheme || '|' || symbol || '|' || ordinal AS shown \
     FROM patent_classification JOIN patent AS p ON p.id = patent_id",
    "SELECT 'area|' || p.publication_number || '|' || a.slug AS shown FROM patent_area \
     JOIN patent AS p ON p.id = patent_id JOIN cooperation_area AS a ON a.id = area_id",
    "SELECT 'cites|' || p.publication_number || '|' || q.publication_number AS shown FROM patent_citation \
     JOIN patent AS p ON p.id = citing_id JOIN patent AS q ON q.id = cited_id",
    "SELECT 'company|' || slug || '|' || name || '|' || name_folded || '|' || coalesce(country, '-') AS shown FROM company",
    "SELECT 'name|' || c.slug || '|' || n.name || '|' || n.kind AS shown FROM company_name AS n JOIN company AS c ON c.id = company_id",
    "SELECT 'citation|' || x.fact_kind || '|' || coalesce(c.slug, d.slug || ' ' || n.name) || '|' || s.publisher || '|' || \
     coalesce(s.title, '-') || '|' || coalesce(x.quote, '-') || '|' || coalesce(x.record, '-') AS shown FROM citation AS x \
     JOIN source AS s ON s.id = x.source_id LEFT JOIN company AS c ON c.id = x.company_id \
     LEFT JOIN company_name AS n ON n.id = x.company_name_id LEFT JOIN company AS d ON d.id = n.company_id \
     WHERE x.fact_kind IN ('COMPANY', 'COMPANY_NAME')",
    "SELECT 'identified|' || slug || '|' || coalesce(lei, '-') || '|' || coalesce(legal_name, '-') || '|' || coalesce(city, '-') || '|' || \
     coalesce(CAST(founded_on AS TEXT), '-') || '|' || coalesce(CAST(dissolved_on AS TEXT), '-') AS shown FROM company WHERE lei IS NOT NULL",
    "SELECT 'language|' || c.slug || '|' || n.name || '|' || n.language AS shown FROM company_name AS n \
     JOIN company AS c ON c.id = n.company_id WHERE n.language IS NOT NULL",
    "SELECT 'register|' || r.lei || '|' || c.slug || '|' || r.legal_name || '|' || coalesce(r.language, '-') || '|' || \
     coalesce(r.jurisdiction, '-') || '|' || coalesce(r.category, '-') || '|' || coalesce(r.entity_status, '-') || '|' || \
     coalesce(r.registration_status, '-') || '|' || coalesce(r.legal_country, '-') || '|' || coalesce(r.legal_city, '-') || '|' || \
     coalesce(r.headquarters_country, '-') || '|' || coalesce(r.expiry_reason, '-') || '|' || coalesce(r.successor_lei, '-') || '|' || \
     coalesce(CAST(r.updated_on AS TEXT), '-') || '|' || coalesce(CAST(r.withdrawn_on AS TEXT), '-') || '|' || s.title AS shown \
     FROM lei_record AS r JOIN company AS c ON c.id = r.company_id JOIN source AS s ON s.id = r.source_id",
    "SELECT 'relation|' || c.slug || '|' || p.slug || '|' || r.kind || '|' || coalesce(r.form, '-') || '|' || coalesce(r.rule, '-') || '|' || \
     coalesce(CAST(r.since AS TEXT), '-') || '|' || coalesce(CAST(r.until AS TEXT), '-') || '|' || coalesce(r.status, '-') || '|' || \
     coalesce(r.registration_status, '-') || '|' || coalesce(CAST(r.withdrawn_on AS TEXT), '-') || '|' || coalesce(s.title, '-') || '|' || \
     coalesce(x.quote, '-') || '|' || coalesce(x.record, '-') AS shown FROM company_relation AS r \
     JOIN company AS c ON c.id = r.child_id JOIN company AS p ON p.id = r.parent_id \
     JOIN citation AS x ON x.company_relation_id = r.id JOIN source AS s ON s.id = x.source_id",
    "SELECT 'unknown|' || c.slug || '|' || e.form || '|' || e.reason || '|' || e.stated_reason || '|' || coalesce(e.reference, '-') || '|' || \
     coalesce(CAST(e.withdrawn_on AS TEXT), '-') || '|' || s.title AS shown FROM parent_exception AS e \
     JOIN company AS c ON c.id = e.company_id JOIN source AS s ON s.id = e.source_id",
    "SELECT 'standard|' || t.name || '|' || t.kind || '|' || coalesce(t.document_type, '-') || '|' || coalesce(t.deliverable_number, '-') || \
     '|' || coalesce(t.specification_number, '-') || '|' || coalesce(t.project_number, '-') || '|' || s.title AS shown \
     FROM standard AS t JOIN source AS s ON s.id = t.source_id",
    "SELECT 'declaration|' || d.reference || '|' || coalesce(d.register_number, '-') || '|' || coalesce(CAST(d.declared_on AS TEXT), '-') || \
     '|' || coalesce(CAST(d.reflected_on AS TEXT), '-') || '|' || coalesce(c.slug, '-') || '|' || coalesce(d.declarant_name, '-') || '|' || \
     s.title AS shown FROM standard_declaration AS d JOIN source AS s ON s.id = d.source_id \
     LEFT JOIN company AS c ON c.id = d.declarant_id",
    "SELECT 'declared|' || d.reference || '|' || coalesce(t.name, '-') || '|' || coalesce(j.name, '-') || '|' || \
     coalesce(l.publication_number, '-') || '|' || coalesce(p.publication_number, '-') || '|' || coalesce(l.application_number, '-') || '|' || \
     coalesce(l.office, '-') || '|' || coalesce(l.title, '-') || '|' || coalesce(CAST(l.filed_on AS TEXT), '-') || '|' || \
     coalesce(l.patent_type, '-') || '|' || coalesce(l.family, '-') || '|' || coalesce(l.version, '-') || '|' || \
     coalesce(replace(l.section, '\n', '/'), '-') || '|' || CASE WHEN l.declared_for_standard THEN 'y' WHEN NOT l.declared_for_standard THEN 'n' ELSE '-' END || CASE WHEN l.declared_for_project THEN 'y' WHEN NOT l.declared_for_project THEN 'n' ELSE '-' END || \
     CASE WHEN l.by_proprietor THEN 'y' WHEN NOT l.by_proprietor THEN 'n' ELSE '-' END || CASE WHEN l.prepared_to_license THEN 'y' WHEN NOT l.prepared_to_license THEN 'n' ELSE '-' END || CASE WHEN l.reciprocity THEN 'y' WHEN NOT l.reciprocity THEN 'n' ELSE '-' END || CASE WHEN l.for_4g THEN 'y' WHEN NOT l.for_4g THEN 'n' ELSE '-' END || CASE WHEN l.for_5g THEN 'y' WHEN NOT l.for_5g THEN 'n' ELSE '-' END || '|' || \
     s.title AS shown FROM declared_patent AS l JOIN standard_declaration AS d ON d.id = l.standard_declaration_id \
     JOIN source AS s ON s.id = l.source_id LEFT JOIN standard AS t ON t.id = l.standard_id \
     LEFT JOIN standard AS j ON j.id = l.project_id LEFT JOIN patent AS p ON p.id = l.patent_id",
    "SELECT 'source|' || publisher || '|' || coalesce(title, '-') || '|' || coalesce(url, '-') || '|' || \
     coalesce(CAST(published_on AS TEXT), '-') AS shown FROM source",
    "SELECT 'owned|' || p.publication_number || '|' || coalesce(c.slug, o.holder_name || '/' || o.holder_name_folded) || '|' || \
     coalesce(CAST(o.since AS TEXT), '-') || '|' || coalesce(CAST(o.until AS TEXT), '-') || '|' || \
     coalesce(CAST(o.known_since AS TEXT), '-') || '|' || coalesce(CAST(o.known_until AS TEXT), '-') || '|' || o.basis || '|' || \
     CAST(o.unbroken AS INT) || '|' || coalesce(t.reel_frame, '-') AS shown FROM patent_ownership AS o \
     JOIN patent AS p ON p.id = o.patent_id LEFT JOIN company AS c ON c.id = o.company_id \
     LEFT JOIN patent_transfer AS t ON t.id = o.patent_transfer_id",
    "SELECT 'step|' || p.publication_number || '|' || s.ordinal || '|' || s.effect || '|' || \
     coalesce(CAST(s.counted_on AS TEXT), '-') || '|' || s.basis || '|' || coalesce(t.reel_frame, '-') AS shown \
     FROM title_step AS s JOIN patent AS p ON p.id = s.patent_id LEFT JOIN patent_transfer AS t ON t.id = s.patent_transfer_id",
    "SELECT 'finding|' || p.publication_number || '|' || f.kind || '|' || coalesce(CAST(f.concerns_on AS TEXT), '-') || '|' || \
     coalesce(t.reel_frame, '-') || '|' || coalesce(u.reel_frame, '-') AS shown FROM patent_finding AS f \
     JOIN patent AS p ON p.id = f.patent_id LEFT JOIN patent_transfer AS t ON t.id = f.patent_transfer_id \
     LEFT JOIN patent_transfer AS u ON u.id = f.other_transfer_id",
    "SELECT 'transfer|' || coalesce(reel_frame, '-') || '|' || ordinal || '|' || conveyance || '|' || \
     coalesce(CAST(executed_on AS TEXT), '-') || '|' || coalesce(CAST(recorded_on AS TEXT), '-') || '|' || \
     coalesce(CAST(last_updated_on AS TEXT), '-') || '|' || coalesce(CAST(stated_count AS TEXT), '-') || '|' || \
     coalesce(refers_to_reel_frame, '-') || '|' || coalesce(conveyance_text, '-') AS shown FROM patent_transfer",
    "SELECT 'party|' || coalesce(t.reel_frame, '-') || '|' || t.ordinal || '|' || p.role || '|' || c.slug || '|' || \
     coalesce(CAST(p.executed_on AS TEXT), '-') || '|' || coalesce(p.recorded_name, '-') AS shown \
     FROM patent_transfer_party AS p JOIN patent_transfer AS t ON t.id = p.patent_transfer_id JOIN company AS c ON c.id = p.company_id",
    "SELECT 'individual|' || t.reel_frame || '|' || i.role || '|' || i.name || '|' || i.name_folded || '|' || \
     coalesce(CAST(i.executed_on AS TEXT), '-') AS shown FROM patent_transfer_individual AS i \
     JOIN patent_transfer AS t ON t.id = i.patent_transfer_id",
    "SELECT 'conveyed|' || coalesce(t.reel_frame, '-') || '|' || t.ordinal || '|' || p.publication_number AS shown \
     FROM patent_transfer_patent AS l JOIN patent_transfer AS t ON t.id = l.patent_transfer_id JOIN patent AS p ON p.id = l.patent_id",
    "SELECT 'cited|' || t.reel_frame || '|' || s.publisher || '|' || coalesce(s.title, '-') || '|' || coalesce(x.record, '-') AS shown \
     FROM citation AS x JOIN source AS s ON s.id = x.source_id JOIN patent_transfer AS t ON t.id = x.patent_transfer_id \
     WHERE t.reel_frame IS NOT NULL",
    "SELECT 'purged|' || reel_frame || '|' || coalesce(CAST(last_updated_on AS TEXT), '-') || '|' || s.title AS shown \
     FROM purged_record JOIN source AS s ON s.id = source_id",
];

/// The lines of all rows, sorted.
pub(in super::super) fn state(connection: &mut Connection) -> Vec<String> {
    let mut lines: Vec<String> = QUERIES.iter().flat_map(|query| texts(connection, query)).collect();
    lines.sort();
    lines
}
