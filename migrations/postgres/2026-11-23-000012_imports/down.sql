DROP INDEX company_name_name_folded_idx;
DROP INDEX company_name_folded_idx;
ALTER TABLE citation DROP COLUMN record;
ALTER TABLE patent DROP COLUMN term_extension_days;
DROP TABLE patent_assignee;
DROP TABLE location;
DROP TABLE patent_source;
