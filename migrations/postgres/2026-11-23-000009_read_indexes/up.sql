-- Indexes that reads ask for beyond natural keys and foreign keys.

-- The patents of some companies in a range of filing dates, and how many: counted without a look at the table.
CREATE INDEX patent_owner_id_filed_on_idx ON patent (owner_id, filed_on, id);

-- A list of everything in its default order: without one of these, its first page sorts the whole table.
CREATE INDEX company_relation_since_idx ON company_relation (since, id);
CREATE INDEX appointment_title_idx ON appointment (title, id);
CREATE INDEX area_prefix_prefix_idx ON area_prefix (prefix, id);
CREATE INDEX agreement_party_role_idx ON agreement_party (role, id);
CREATE INDEX licence_grant_ordinal_idx ON licence_grant (ordinal, id);
CREATE INDEX cooperation_stage_idx ON cooperation (stage, id);
CREATE INDEX patent_transfer_party_role_idx ON patent_transfer_party (role, id);
CREATE INDEX statement_said_on_idx ON statement (said_on DESC, ordinal, id);
CREATE INDEX citation_ordinal_idx ON citation (ordinal, id);
