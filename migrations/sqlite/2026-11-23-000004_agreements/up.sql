-- Agreements: who is in them, what they grant, what the parties will do together.

CREATE TABLE agreement (
    id INTEGER PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    title_folded TEXT NOT NULL,
    summary TEXT,
    announced_on TEXT CHECK (announced_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    announced_precision TEXT CHECK (announced_precision IN ('DAY', 'MONTH', 'YEAR')),
    signed_on TEXT CHECK (signed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    effective_on TEXT CHECK (effective_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    expires_on TEXT CHECK (expires_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    term TEXT,
    status TEXT NOT NULL CHECK (status IN ('ANNOUNCED', 'IN_FORCE', 'EXPIRED', 'TERMINATED', 'NEVER_CLOSED')),
    value_amount INTEGER,
    value_currency TEXT,
    value_disclosed INTEGER CHECK (value_disclosed IN (0, 1)),
    CHECK ((announced_on IS NULL) = (announced_precision IS NULL)),
    CHECK ((value_amount IS NULL) = (value_currency IS NULL)),
    CHECK (value_amount >= 0),
    CHECK (length(value_currency) = 3)
) STRICT;
CREATE UNIQUE INDEX agreement_slug_key ON agreement (slug);
CREATE INDEX agreement_announced_on_idx ON agreement (announced_on DESC, id);
CREATE INDEX agreement_title_idx ON agreement (title, id);

CREATE TABLE agreement_party (
    id INTEGER PRIMARY KEY NOT NULL,
    agreement_id INTEGER NOT NULL REFERENCES agreement (id),
    company_id INTEGER NOT NULL REFERENCES company (id),
    role TEXT NOT NULL CHECK (role IN ('LICENSOR', 'LICENSEE', 'ASSIGNOR', 'ASSIGNEE', 'SUPPLIER', 'CUSTOMER', 'PARTNER', 'AGENT', 'POOL_MEMBER'))
) STRICT;
CREATE UNIQUE INDEX agreement_party_natural_key ON agreement_party (agreement_id, company_id, role);
CREATE INDEX agreement_party_agreement_id_idx ON agreement_party (agreement_id, role, id);
CREATE INDEX agreement_party_company_id_idx ON agreement_party (company_id, role, id);

CREATE TABLE licence_grant (
    id INTEGER PRIMARY KEY NOT NULL,
    agreement_id INTEGER NOT NULL REFERENCES agreement (id),
    ordinal INTEGER NOT NULL,
    licensor_id INTEGER NOT NULL REFERENCES company (id),
    licensee_id INTEGER NOT NULL REFERENCES company (id),
    scope TEXT CHECK (scope IN ('ALL_PATENTS', 'STANDARD_ESSENTIAL', 'TECHNOLOGY_AREA', 'LISTED_PATENTS')),
    standard TEXT,
    area_id INTEGER REFERENCES cooperation_area (id),
    territory TEXT,
    exclusive INTEGER CHECK (exclusive IN (0, 1)),
    royalty TEXT,
    covers_affiliates INTEGER CHECK (covers_affiliates IN (0, 1)),
    effective_on TEXT CHECK (effective_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    expires_on TEXT CHECK (expires_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK (licensor_id <> licensee_id),
    CHECK (ordinal >= 1)
) STRICT;
CREATE UNIQUE INDEX licence_grant_natural_key ON licence_grant (agreement_id, ordinal);
CREATE INDEX licence_grant_agreement_id_idx ON licence_grant (agreement_id, ordinal, id);
CREATE INDEX licence_grant_licensor_id_idx ON licence_grant (licensor_id, ordinal, id);
CREATE INDEX licence_grant_licensee_id_idx ON licence_grant (licensee_id, ordinal, id);
CREATE INDEX licence_grant_area_id_idx ON licence_grant (area_id, ordinal, id);

CREATE TABLE cooperation (
    id INTEGER PRIMARY KEY NOT NULL,
    agreement_id INTEGER NOT NULL REFERENCES agreement (id),
    area_id INTEGER NOT NULL REFERENCES cooperation_area (id),
    stage TEXT NOT NULL CHECK (stage IN ('EXPLORING', 'AGREED', 'DELIVERING')),
    description TEXT,
    supplier_id INTEGER REFERENCES company (id),
    customer_id INTEGER REFERENCES company (id)
) STRICT;
CREATE UNIQUE INDEX cooperation_natural_key ON cooperation (agreement_id, area_id, stage);
CREATE INDEX cooperation_agreement_id_idx ON cooperation (agreement_id, stage, id);
CREATE INDEX cooperation_area_id_idx ON cooperation (area_id, stage, id);
CREATE INDEX cooperation_supplier_id_idx ON cooperation (supplier_id, stage, id);
CREATE INDEX cooperation_customer_id_idx ON cooperation (customer_id, stage, id);

CREATE TABLE agreement_area (
    agreement_id INTEGER NOT NULL REFERENCES agreement (id),
    area_id INTEGER NOT NULL REFERENCES cooperation_area (id),
    PRIMARY KEY (agreement_id, area_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX agreement_area_area_id_idx ON agreement_area (area_id, agreement_id);
