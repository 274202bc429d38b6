-- Companies, their names and relations, and the people who act for them.

CREATE TABLE company (
    id INTEGER PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL,
    lei TEXT,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    legal_name TEXT,
    country TEXT,
    city TEXT,
    founded_on TEXT CHECK (founded_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    dissolved_on TEXT CHECK (dissolved_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    website TEXT,
    description TEXT,
    CHECK (length(country) = 2),
    CHECK (length(lei) = 20)
) STRICT;
CREATE UNIQUE INDEX company_slug_key ON company (slug);
CREATE UNIQUE INDEX company_lei_key ON company (lei);
CREATE INDEX company_name_idx ON company (name, id);
CREATE INDEX company_country_name_idx ON company (country, name, id);

CREATE TABLE company_name (
    id INTEGER PRIMARY KEY NOT NULL,
    company_id INTEGER NOT NULL REFERENCES company (id),
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('FORMER', 'TRADING', 'TRANSLITERATED', 'TICKER', 'RECORDED')),
    used_from TEXT CHECK (used_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    used_until TEXT CHECK (used_until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT;
CREATE UNIQUE INDEX company_name_natural_key ON company_name (company_id, name);
CREATE INDEX company_name_name_idx ON company_name (name, id);
CREATE INDEX company_name_company_id_idx ON company_name (company_id, name, id);

CREATE TABLE company_relation (
    id INTEGER PRIMARY KEY NOT NULL,
    parent_id INTEGER NOT NULL REFERENCES company (id),
    child_id INTEGER NOT NULL REFERENCES company (id),
    kind TEXT NOT NULL CHECK (kind IN ('PARENT', 'SUCCESSOR')),
    since TEXT CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    until TEXT CHECK (until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    rule TEXT CHECK (rule IN ('ACCOUNTING_CONSOLIDATION', 'OWNERSHIP', 'MERGER')),
    CHECK (parent_id <> child_id)
) STRICT;
CREATE UNIQUE INDEX company_relation_natural_key ON company_relation (parent_id, child_id, kind, coalesce(since, ''));
CREATE INDEX company_relation_parent_id_idx ON company_relation (parent_id, since, id);
CREATE INDEX company_relation_child_id_idx ON company_relation (child_id, since, id);

CREATE TABLE person (
    id INTEGER PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    description TEXT
) STRICT;
CREATE UNIQUE INDEX person_slug_key ON person (slug);
CREATE INDEX person_name_idx ON person (name, id);

CREATE TABLE appointment (
    id INTEGER PRIMARY KEY NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    company_id INTEGER NOT NULL REFERENCES company (id),
    title TEXT NOT NULL,
    since TEXT CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    until TEXT CHECK (until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT;
CREATE UNIQUE INDEX appointment_natural_key ON appointment (person_id, company_id, title, coalesce(since, ''));
CREATE INDEX appointment_person_id_idx ON appointment (person_id, title, id);
CREATE INDEX appointment_company_id_idx ON appointment (company_id, title, id);
