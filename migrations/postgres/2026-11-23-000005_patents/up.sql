-- Patents as published, their classification, and what links them to areas, grants and each other.

CREATE TABLE patent (
    id BIGINT PRIMARY KEY,
    publication_number TEXT COLLATE "C" NOT NULL,
    office TEXT COLLATE "C" NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    kind_code TEXT COLLATE "C",
    title TEXT COLLATE "C",
    title_folded TEXT COLLATE "C",
    abstract TEXT COLLATE "C",
    owner_id BIGINT REFERENCES company (id),
    original_assignee TEXT COLLATE "C",
    family_id TEXT COLLATE "C",
    application_number TEXT COLLATE "C",
    priority_on DATE,
    filed_on DATE,
    published_on DATE,
    granted_on DATE,
    expires_on DATE,
    expires_basis TEXT COLLATE "C" CHECK (expires_basis IN ('TERM_FROM_FILING', 'STATED')),
    status TEXT COLLATE "C" CHECK (status IN ('APPLICATION', 'GRANTED', 'LAPSED', 'EXPIRED', 'REVOKED', 'WITHDRAWN')),
    claims_count INTEGER,
    source_id BIGINT NOT NULL REFERENCES source (id),
    source_record TEXT COLLATE "C",
    CHECK ((expires_on IS NULL) = (expires_basis IS NULL)),
    CHECK (length(office) = 2),
    CHECK (claims_count >= 0)
);
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
    id BIGINT PRIMARY KEY,
    patent_id BIGINT NOT NULL REFERENCES patent (id),
    scheme TEXT COLLATE "C" NOT NULL CHECK (scheme IN ('CPC', 'IPC')),
    symbol TEXT COLLATE "C" NOT NULL,
    ordinal INTEGER NOT NULL,
    CHECK (ordinal >= 1)
);
CREATE UNIQUE INDEX patent_classification_natural_key ON patent_classification (patent_id, scheme, symbol);
CREATE INDEX patent_classification_symbol_idx ON patent_classification (symbol, id);
CREATE INDEX patent_classification_patent_id_idx ON patent_classification (patent_id, symbol, id);

CREATE TABLE licence_grant_patent (
    licence_grant_id BIGINT NOT NULL REFERENCES licence_grant (id),
    patent_id BIGINT NOT NULL REFERENCES patent (id),
    PRIMARY KEY (licence_grant_id, patent_id)
);
CREATE INDEX licence_grant_patent_patent_id_idx ON licence_grant_patent (patent_id, licence_grant_id);

CREATE TABLE patent_area (
    patent_id BIGINT NOT NULL REFERENCES patent (id),
    area_id BIGINT NOT NULL REFERENCES cooperation_area (id),
    PRIMARY KEY (patent_id, area_id)
);
CREATE INDEX patent_area_area_id_idx ON patent_area (area_id, patent_id);

CREATE TABLE patent_citation (
    citing_id BIGINT NOT NULL REFERENCES patent (id),
    cited_id BIGINT NOT NULL REFERENCES patent (id),
    PRIMARY KEY (citing_id, cited_id)
);
CREATE INDEX patent_citation_cited_id_idx ON patent_citation (cited_id, citing_id);
