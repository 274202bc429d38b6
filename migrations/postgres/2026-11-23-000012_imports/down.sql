DROP INDEX company_name_name_folded_idx;
DROP INDEX company_name_folded_idx;
ALTER TABLE citation DROP COLUMN record;
ALTER TABLE patent DROP COLUMN term_extension_days;
DROP INDEX patent_assignee_location_id_idx;
ALTER TABLE patent_assignee DROP COLUMN location_id;
DROP TABLE location;
DROP TABLE patent_source;
