DROP TABLE patent_finding;
DROP TABLE title_step;
DROP TABLE patent_ownership;
DROP TABLE patent_assignee;
DROP TABLE patent_transfer_individual;
ALTER TABLE patent_transfer_party DROP COLUMN recorded_name;
ALTER TABLE patent_transfer_party DROP COLUMN executed_on;
ALTER TABLE patent_transfer DROP COLUMN refers_to_reel_frame;
ALTER TABLE patent_transfer DROP COLUMN conveyance_text;
