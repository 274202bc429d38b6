-- Patents as published, their classification, and what links them to areas, grants and each other.

CREATE TABLE patent (
    id INTEGER PRIMARY KEY NOT NULL,
    publication_number TEXT NOT NULL,
    office TEXT NOT NULL,
    number TEXT NOT NULL,
    kind_code TEXT,
    title TEXT,
    title_folded TEXT,
    abstract TEXT,
    owner_id INTEGER REFERENCES company (id),
    original_assignee TEXT,
    family_id TEXT,
    application_number TEXT,
    priority_on TEXT CHECK (priority_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    filed_on TEXT CHECK (filed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    published_on TEXT CHECK (published_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    granted_on TEXT CHECK (granted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    expires_on TEXT CHECK (expires_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    expires_basis TEXT CHECK (expires_basis IN ('TERM_FROM_FILING', 'STATED')),
    status TEXT CHECK (status IN ('APPLICATION', 'GRANTED', 'LAPSED', 'EXPIRED', 'REVOKED', 'WITHDRAWN')),
    claims_count INTEGER,
    source_id INTEGER NOT NULL REFERENCES source (id),
    source_record TEXT,
    CHECK ((expires_on IS NULL) = (expires_basis IS NULL)),
    CHECK (length(office) = 2),
    CHECK (claims_count >= 0)
) STRICT;
CREATE UNIQUE INDEX patent_publication_number_key ON patent (publication_number);
CREATE INDEX patent_filed_on_idx ON patent (filed_on, id);
CREATE INDEX patent_granted_on_idx ON patent (granted_on, id);
CREATE INDEX patent_published_on_idx ON patent (published_on, id);
CREATE INDEX patent_priority_on_idx ON patent (priority_on, id);
CREATE INDEX patent_title_idx ON patent (title, id);
CREATE INDEX patent_office_number_idx ON patent (office, number);
CREATE INDEX patent_family_id_idx ON patent (family_id);
CREATE INDEX patent_owner_id_idx ON patent (owner_id, publication_number, id);
CREATE INDEX patent_source_id_idx ON patent (source_id, publication_number, id);

CREATE TABLE patent_classification (
    id INTEGER PRIMARY KEY NOT NULL,
    patent_id INTEGER NOT NULL REFERENCES patent (id),
    scheme TEXT NOT NULL CHECK (scheme IN ('CPC', 'IPC')),
    symbol TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    CHECK (ordinal >= 1)
) STRICT;
CREATE UNIQUE INDEX patent_classification_natural_key ON patent_classification (patent_id, scheme, symbol);
CREATE INDEX patent_classification_symbol_idx ON patent_classification (symbol, id);
CREATE INDEX patent_classification_patent_id_idx ON patent_classification (patent_id, symbol, id);

CREATE TABLE licence_grant_patent (
    licence_grant_id INTEGER NOT NULL REFERENCES licence_grant (id),
    patent_id INTEGER NOT NULL REFERENCES patent (id),
    PRIMARY KEY (licence_grant_id, patent_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX licence_grant_patent_patent_id_idx ON licence_grant_patent (patent_id, licence_grant_id);

CREATE TABLE patent_area (
    patent_id INTEGER NOT NULL REFERENCES patent (id),
    area_id INTEGER NOT NULL REFERENCES cooperation_area (id),
    PRIMARY KEY (patent_id, area_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX patent_area_area_id_idx ON patent_area (area_id, patent_id);

CREATE TABLE patent_citation (
    citing_id INTEGER NOT NULL REFERENCES patent (id),
    cited_id INTEGER NOT NULL REFERENCES patent (id),
    PRIMARY KEY (citing_id, cited_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX patent_citation_cited_id_idx ON patent_citation (cited_id, citing_id);
