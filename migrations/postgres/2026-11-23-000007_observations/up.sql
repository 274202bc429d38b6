-- Markets, rivals, figures and quotes.

CREATE TABLE market (
    id BIGINT PRIMARY KEY,
    company_id BIGINT NOT NULL REFERENCES company (id),
    country TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('PRESENT', 'FOCUS')),
    CHECK (length(country) = 2)
);
CREATE UNIQUE INDEX market_natural_key ON market (company_id, country);
CREATE INDEX market_country_idx ON market (country, id);
CREATE INDEX market_company_id_idx ON market (company_id, country, id);

CREATE TABLE rivalry (
    id BIGINT PRIMARY KEY,
    company_id BIGINT NOT NULL REFERENCES company (id),
    rival_id BIGINT NOT NULL REFERENCES company (id),
    CHECK (company_id <> rival_id)
);
CREATE UNIQUE INDEX rivalry_natural_key ON rivalry (company_id, rival_id);
CREATE INDEX rivalry_company_id_idx ON rivalry (company_id, id);
CREATE INDEX rivalry_rival_id_idx ON rivalry (rival_id, id);

CREATE TABLE observation (
    id BIGINT PRIMARY KEY,
    company_id BIGINT NOT NULL REFERENCES company (id),
    metric TEXT COLLATE "C" NOT NULL,
    value BIGINT NOT NULL,
    qualifier TEXT COLLATE "C" NOT NULL CHECK (qualifier IN ('EXACT', 'ABOUT', 'MORE_THAN', 'LESS_THAN')),
    unit TEXT COLLATE "C",
    period TEXT COLLATE "C" NOT NULL,
    geography TEXT COLLATE "C",
    source_id BIGINT NOT NULL REFERENCES source (id)
);
CREATE UNIQUE INDEX observation_natural_key ON observation (company_id, metric, period, source_id);
CREATE INDEX observation_metric_period_idx ON observation (metric, period, id);
CREATE INDEX observation_company_id_idx ON observation (company_id, metric, period, id);
CREATE INDEX observation_source_id_idx ON observation (source_id, metric, period, id);

CREATE TABLE statement (
    id BIGINT PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES person (id),
    source_id BIGINT NOT NULL REFERENCES source (id),
    ordinal INTEGER NOT NULL,
    quote TEXT COLLATE "C" NOT NULL,
    quote_folded TEXT COLLATE "C" NOT NULL,
    said_on DATE,
    agreement_id BIGINT REFERENCES agreement (id),
    company_id BIGINT REFERENCES company (id),
    CHECK ((agreement_id IS NULL) <> (company_id IS NULL)),
    CHECK (ordinal >= 1)
);
CREATE UNIQUE INDEX statement_natural_key ON statement (person_id, source_id, ordinal);
CREATE INDEX statement_person_id_idx ON statement (person_id, said_on DESC, ordinal, id);
CREATE INDEX statement_source_id_idx ON statement (source_id, said_on DESC, ordinal, id);
CREATE INDEX statement_agreement_id_idx ON statement (agreement_id, said_on DESC, ordinal, id) WHERE agreement_id IS NOT NULL;
CREATE INDEX statement_company_id_idx ON statement (company_id, said_on DESC, ordinal, id) WHERE company_id IS NOT NULL;
