DROP TABLE declared_patent;
DROP TABLE standard_declaration;
DROP TABLE standard;
DROP TABLE parent_exception;
DROP TABLE lei_record;
DROP INDEX company_relation_natural_key;
-- The key of before takes one relation of two companies from a day on.
DELETE FROM citation WHERE company_relation_id IN (SELECT id FROM company_relation WHERE form IS NOT NULL);
DELETE FROM company_relation WHERE form IS NOT NULL;
CREATE UNIQUE INDEX company_relation_natural_key ON company_relation (parent_id, child_id, kind, coalesce(since, DATE '0001-01-01'));
ALTER TABLE company_relation DROP COLUMN withdrawn_on;
ALTER TABLE company_relation DROP COLUMN updated_on;
ALTER TABLE company_relation DROP COLUMN registration_status;
ALTER TABLE company_relation DROP COLUMN status;
ALTER TABLE company_relation DROP COLUMN form;
ALTER TABLE company_name DROP COLUMN language;
