-- Agreements: who is in them, what they grant, what the parties will do together.

CREATE TABLE agreement (
    id BIGINT PRIMARY KEY,
    slug TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    title_folded TEXT COLLATE "C" NOT NULL,
    summary TEXT COLLATE "C",
    announced_on DATE,
    announced_precision TEXT COLLATE "C" CHECK (announced_precision IN ('DAY', 'MONTH', 'YEAR')),
    signed_on DATE,
    effective_on DATE,
    expires_on DATE,
    term TEXT COLLATE "C",
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('ANNOUNCED', 'IN_FORCE', 'EXPIRED', 'TERMINATED', 'NEVER_CLOSED')),
    value_amount BIGINT,
    value_currency TEXT COLLATE "C",
    value_disclosed BOOLEAN,
    CHECK ((announced_on IS NULL) = (announced_precision IS NULL)),
    CHECK ((value_amount IS NULL) = (value_currency IS NULL)),
    CHECK (value_amount >= 0),
    CHECK (length(value_currency) = 3)
);
CREATE UNIQUE INDEX agreement_slug_key ON agreement (slug);
CREATE INDEX agreement_announced_on_idx ON agreement (announced_on DESC, id);
CREATE INDEX agreement_title_idx ON agreement (title, id);

CREATE TABLE agreement_party (
    id BIGINT PRIMARY KEY,
    agreement_id BIGINT NOT NULL REFERENCES agreement (id),
    company_id BIGINT NOT NULL REFERENCES company (id),
    role TEXT COLLATE "C" NOT NULL CHECK (role IN ('LICENSOR', 'LICENSEE', 'ASSIGNOR', 'ASSIGNEE', 'SUPPLIER', 'CUSTOMER', 'PARTNER', 'AGENT', 'POOL_MEMBER'))
);
CREATE UNIQUE INDEX agreement_party_natural_key ON agreement_party (agreement_id, company_id, role);
CREATE INDEX agreement_party_agreement_id_idx ON agreement_party (agreement_id, role, id);
CREATE INDEX agreement_party_company_id_idx ON agreement_party (company_id, role, id);

CREATE TABLE licence_grant (
    id BIGINT PRIMARY KEY,
    agreement_id BIGINT NOT NULL REFERENCES agreement (id),
    ordinal INTEGER NOT NULL,
    licensor_id BIGINT NOT NULL REFERENCES company (id),
    licensee_id BIGINT NOT NULL REFERENCES company (id),
    scope TEXT COLLATE "C" CHECK (scope IN ('ALL_PATENTS', 'STANDARD_ESSENTIAL', 'TECHNOLOGY_AREA', 'LISTED_PATENTS')),
    standard TEXT COLLATE "C",
    area_id BIGINT REFERENCES cooperation_area (id),
    territory TEXT COLLATE "C",
    exclusive BOOLEAN,
    royalty TEXT COLLATE "C",
    covers_affiliates BOOLEAN,
    effective_on DATE,
    expires_on DATE,
    CHECK (licensor_id <> licensee_id),
    CHECK (ordinal >= 1)
);
CREATE UNIQUE INDEX licence_grant_natural_key ON licence_grant (agreement_id, ordinal);
CREATE INDEX licence_grant_agreement_id_idx ON licence_grant (agreement_id, ordinal, id);
CREATE INDEX licence_grant_licensor_id_idx ON licence_grant (licensor_id, ordinal, id);
CREATE INDEX licence_grant_licensee_id_idx ON licence_grant (licensee_id, ordinal, id);
CREATE INDEX licence_grant_area_id_idx ON licence_grant (area_id, ordinal, id);

CREATE TABLE cooperation (
    id BIGINT PRIMARY KEY,
    agreement_id BIGINT NOT NULL REFERENCES agreement (id),
    area_id BIGINT NOT NULL REFERENCES cooperation_area (id),
    stage TEXT COLLATE "C" NOT NULL CHECK (stage IN ('EXPLORING', 'AGREED', 'DELIVERING')),
    description TEXT COLLATE "C",
    supplier_id BIGINT REFERENCES company (id),
    customer_id BIGINT REFERENCES company (id)
);
CREATE UNIQUE INDEX cooperation_natural_key ON cooperation (agreement_id, area_id, stage);
CREATE INDEX cooperation_agreement_id_idx ON cooperation (agreement_id, stage, id);
CREATE INDEX cooperation_area_id_idx ON cooperation (area_id, stage, id);
CREATE INDEX cooperation_supplier_id_idx ON cooperation (supplier_id, stage, id);
CREATE INDEX cooperation_customer_id_idx ON cooperation (customer_id, stage, id);

CREATE TABLE agreement_area (
    agreement_id BIGINT NOT NULL REFERENCES agreement (id),
    area_id BIGINT NOT NULL REFERENCES cooperation_area (id),
    PRIMARY KEY (agreement_id, area_id)
);
CREATE INDEX agreement_area_area_id_idx ON agreement_area (area_id, agreement_id);
