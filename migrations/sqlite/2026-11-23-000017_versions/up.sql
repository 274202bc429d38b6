-- What corrections need: versions, by which a stale one is noticed; the mark of a retraction; and the short names of
-- companies that were merged into others.

ALTER TABLE company ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE agreement ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE agreement ADD COLUMN retracted_at TEXT CHECK (retracted_at GLOB '????-??-??T??:??:??.??????Z');
ALTER TABLE agreement ADD COLUMN retraction_reason TEXT CHECK ((retracted_at IS NULL) = (retraction_reason IS NULL));

CREATE TABLE company_former_slug (
    slug TEXT PRIMARY KEY NOT NULL,
    company_id INTEGER NOT NULL REFERENCES company (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX company_former_slug_company_id_idx ON company_former_slug (company_id);
