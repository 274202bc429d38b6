-- Companies, their names and relations, and the people who act for them.

CREATE TABLE company (
    id BIGINT PRIMARY KEY,
    slug TEXT COLLATE "C" NOT NULL,
    lei TEXT COLLATE "C",
    name TEXT COLLATE "C" NOT NULL,
    name_folded TEXT COLLATE "C" NOT NULL,
    legal_name TEXT COLLATE "C",
    country TEXT COLLATE "C",
    city TEXT COLLATE "C",
    founded_on DATE,
    dissolved_on DATE,
    website TEXT COLLATE "C",
    description TEXT COLLATE "C",
    CHECK (length(country) = 2),
    CHECK (length(lei) = 20)
);
CREATE UNIQUE INDEX company_slug_key ON company (slug);
CREATE UNIQUE INDEX company_lei_key ON company (lei);
CREATE INDEX company_name_idx ON company (name, id);
CREATE INDEX company_country_name_idx ON company (country, name, id);

CREATE TABLE company_name (
    id BIGINT PRIMARY KEY,
    company_id BIGINT NOT NULL REFERENCES company (id),
    name TEXT COLLATE "C" NOT NULL,
    name_folded TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('FORMER', 'TRADING', 'TRANSLITERATED', 'TICKER', 'RECORDED')),
    used_from DATE,
    used_until DATE
);
CREATE UNIQUE INDEX company_name_natural_key ON company_name (company_id, name);
CREATE INDEX company_name_name_idx ON company_name (name, id);
CREATE INDEX company_name_company_id_idx ON company_name (company_id, name, id);

CREATE TABLE company_relation (
    id BIGINT PRIMARY KEY,
    parent_id BIGINT NOT NULL REFERENCES company (id),
    child_id BIGINT NOT NULL REFERENCES company (id),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('PARENT', 'SUCCESSOR')),
    since DATE,
    until DATE,
    rule TEXT COLLATE "C" CHECK (rule IN ('ACCOUNTING_CONSOLIDATION', 'OWNERSHIP', 'MERGER')),
    CHECK (parent_id <> child_id)
);
CREATE UNIQUE INDEX company_relation_natural_key ON company_relation (parent_id, child_id, kind, coalesce(since, DATE '0001-01-01'));
CREATE INDEX company_relation_parent_id_idx ON company_relation (parent_id, since, id);
CREATE INDEX company_relation_child_id_idx ON company_relation (child_id, since, id);

CREATE TABLE person (
    id BIGINT PRIMARY KEY,
    slug TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    name_folded TEXT COLLATE "C" NOT NULL,
    description TEXT COLLATE "C"
);
CREATE UNIQUE INDEX person_slug_key ON person (slug);
CREATE INDEX person_name_idx ON person (name, id);

CREATE TABLE appointment (
    id BIGINT PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES person (id),
    company_id BIGINT NOT NULL REFERENCES company (id),
    title TEXT COLLATE "C" NOT NULL,
    since DATE,
    until DATE
);
CREATE UNIQUE INDEX appointment_natural_key ON appointment (person_id, company_id, title, coalesce(since, DATE '0001-01-01'));
CREATE INDEX appointment_person_id_idx ON appointment (person_id, title, id);
CREATE INDEX appointment_company_id_idx ON appointment (company_id, title, id);
