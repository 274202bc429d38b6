-- What corrections need: versions, by which a stale one is noticed; the mark of a retraction; and the short names of
-- companies that were merged into others.

ALTER TABLE company ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE agreement ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE agreement ADD COLUMN retracted_at TIMESTAMP;
ALTER TABLE agreement ADD COLUMN retraction_reason TEXT COLLATE "C" CHECK ((retracted_at IS NULL) = (retraction_reason IS NULL));

CREATE TABLE company_former_slug (
    slug TEXT COLLATE "C" PRIMARY KEY,
    company_id BIGINT NOT NULL REFERENCES company (id)
);
CREATE INDEX company_former_slug_company_id_idx ON company_former_slug (company_id);
