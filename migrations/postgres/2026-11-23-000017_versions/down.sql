DROP TABLE company_former_slug;
ALTER TABLE agreement DROP COLUMN retraction_reason;
ALTER TABLE agreement DROP COLUMN retracted_at;
ALTER TABLE agreement DROP COLUMN version;
ALTER TABLE company DROP COLUMN version;
