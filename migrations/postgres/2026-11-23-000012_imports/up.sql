-- What open data sets bring: the files that speak of a patent, and places of its assignees.

CREATE TABLE patent_source (
    patent_id BIGINT NOT NULL REFERENCES patent (id),
    source_id BIGINT NOT NULL REFERENCES source (id),
    PRIMARY KEY (patent_id, source_id)
);
CREATE INDEX patent_source_source_id_idx ON patent_source (source_id, patent_id);

CREATE TABLE location (
    id BIGINT PRIMARY KEY,
    code TEXT COLLATE "C" NOT NULL,
    city TEXT COLLATE "C",
    region TEXT COLLATE "C",
    country TEXT COLLATE "C",
    source_id BIGINT NOT NULL REFERENCES source (id),
    CHECK (length(country) = 2)
);
CREATE UNIQUE INDEX location_code_key ON location (code);
-- A list of all places in their order.
CREATE INDEX location_code_idx ON location (code, id);
CREATE INDEX location_source_id_idx ON location (source_id, code, id);

ALTER TABLE patent_assignee ADD COLUMN location_id BIGINT REFERENCES location (id);
CREATE INDEX patent_assignee_location_id_idx ON patent_assignee (location_id, ordinal, id);

ALTER TABLE patent ADD COLUMN term_extension_days INTEGER;

ALTER TABLE citation ADD COLUMN record TEXT COLLATE "C";

-- Names are looked up by their folded form.
CREATE INDEX company_name_folded_idx ON company (name_folded, id);
CREATE INDEX company_name_name_folded_idx ON company_name (name_folded, id);
