DROP TABLE purged_record;
ALTER TABLE patent_transfer DROP COLUMN last_updated_on;
