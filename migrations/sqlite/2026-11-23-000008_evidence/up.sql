-- Citations: each points at exactly one fact.
-- A new kind of fact is a row in fact_kind and a column here (ADD COLUMN with its two checks): nothing that stands is rebuilt.

CREATE TABLE fact_kind (
    name TEXT PRIMARY KEY NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO fact_kind (name) VALUES
    ('COMPANY'),
    ('COMPANY_NAME'),
    ('COMPANY_RELATION'),
    ('PERSON'),
    ('APPOINTMENT'),
    ('AGREEMENT'),
    ('AGREEMENT_PARTY'),
    ('LICENCE_GRANT'),
    ('COOPERATION'),
    ('PATENT'),
    ('PATENT_TRANSFER'),
    ('MARKET'),
    ('RIVALRY'),
    ('OBSERVATION'),
    ('STATEMENT');

CREATE TABLE citation (
    id INTEGER PRIMARY KEY NOT NULL,
    fact_kind TEXT NOT NULL REFERENCES fact_kind (name),
    fact_id INTEGER NOT NULL,
    company_id INTEGER REFERENCES company (id)
        CHECK ((fact_kind = 'COMPANY') = (company_id IS NOT NULL)) CHECK (company_id = fact_id),
    company_name_id INTEGER REFERENCES company_name (id)
        CHECK ((fact_kind = 'COMPANY_NAME') = (company_name_id IS NOT NULL)) CHECK (company_name_id = fact_id),
    company_relation_id INTEGER REFERENCES company_relation (id)
        CHECK ((fact_kind = 'COMPANY_RELATION') = (company_relation_id IS NOT NULL)) CHECK (company_relation_id = fact_id),
    person_id INTEGER REFERENCES person (id)
        CHECK ((fact_kind = 'PERSON') = (person_id IS NOT NULL)) CHECK (person_id = fact_id),
    appointment_id INTEGER REFERENCES appointment (id)
        CHECK ((fact_kind = 'APPOINTMENT') = (appointment_id IS NOT NULL)) CHECK (appointment_id = fact_id),
    agreement_id INTEGER REFERENCES agreement (id)
        CHECK ((fact_kind = 'AGREEMENT') = (agreement_id IS NOT NULL)) CHECK (agreement_id = fact_id),
    agreement_party_id INTEGER REFERENCES agreement_party (id)
        CHECK ((fact_kind = 'AGREEMENT_PARTY') = (agreement_party_id IS NOT NULL)) CHECK (agreement_party_id = fact_id),
    licence_grant_id INTEGER REFERENCES licence_grant (id)
        CHECK ((fact_kind = 'LICENCE_GRANT') = (licence_grant_id IS NOT NULL)) CHECK (licence_grant_id = fact_id),
    cooperation_id INTEGER REFERENCES cooperation (id)
        CHECK ((fact_kind = 'COOPERATION') = (cooperation_id IS NOT NULL)) CHECK (cooperation_id = fact_id),
    patent_id INTEGER REFERENCES patent (id)
        CHECK ((fact_kind = 'PATENT') = (patent_id IS NOT NULL)) CHECK (patent_id = fact_id),
    patent_transfer_id INTEGER REFERENCES patent_transfer (id)
        CHECK ((fact_kind = 'PATENT_TRANSFER') = (patent_transfer_id IS NOT NULL)) CHECK (patent_transfer_id = fact_id),
    market_id INTEGER REFERENCES market (id)
        CHECK ((fact_kind = 'MARKET') = (market_id IS NOT NULL)) CHECK (market_id = fact_id),
    rivalry_id INTEGER REFERENCES rivalry (id)
        CHECK ((fact_kind = 'RIVALRY') = (rivalry_id IS NOT NULL)) CHECK (rivalry_id = fact_id),
    observation_id INTEGER REFERENCES observation (id)
        CHECK ((fact_kind = 'OBSERVATION') = (observation_id IS NOT NULL)) CHECK (observation_id = fact_id),
    statement_id INTEGER REFERENCES statement (id)
        CHECK ((fact_kind = 'STATEMENT') = (statement_id IS NOT NULL)) CHECK (statement_id = fact_id),
    source_id INTEGER NOT NULL REFERENCES source (id),
    ordinal INTEGER NOT NULL,
    quote TEXT,
    quote_folded TEXT,
    claim_field TEXT,
    claim_value TEXT,
    confidence TEXT NOT NULL CHECK (confidence IN ('HIGH', 'MEDIUM', 'LOW')),
    recorded_at TEXT NOT NULL CHECK (recorded_at GLOB '????-??-??T??:??:??.??????Z'),
    CHECK (ordinal >= 1)
) STRICT;
CREATE UNIQUE INDEX citation_natural_key ON citation (fact_id, source_id, ordinal);
CREATE INDEX citation_fact_kind_ordinal_idx ON citation (fact_kind, ordinal, id);
CREATE INDEX citation_company_id_idx ON citation (company_id, ordinal, id) WHERE company_id IS NOT NULL;
CREATE INDEX citation_company_name_id_idx ON citation (company_name_id, ordinal, id) WHERE company_name_id IS NOT NULL;
CREATE INDEX citation_company_relation_id_idx ON citation (company_relation_id, ordinal, id) WHERE company_relation_id IS NOT NULL;
CREATE INDEX citation_person_id_idx ON citation (person_id, ordinal, id) WHERE person_id IS NOT NULL;
CREATE INDEX citation_appointment_id_idx ON citation (appointment_id, ordinal, id) WHERE appointment_id IS NOT NULL;
CREATE INDEX citation_agreement_id_idx ON citation (agreement_id, ordinal, id) WHERE agreement_id IS NOT NULL;
CREATE INDEX citation_agreement_party_id_idx ON citation (agreement_party_id, ordinal, id) WHERE agreement_party_id IS NOT NULL;
CREATE INDEX citation_licence_grant_id_idx ON citation (licence_grant_id, ordinal, id) WHERE licence_grant_id IS NOT NULL;
CREATE INDEX citation_cooperation_id_idx ON citation (cooperation_id, ordinal, id) WHERE cooperation_id IS NOT NULL;
CREATE INDEX citation_patent_id_idx ON citation (patent_id, ordinal, id) WHERE patent_id IS NOT NULL;
CREATE INDEX citation_patent_transfer_id_idx ON citation (patent_transfer_id, ordinal, id) WHERE patent_transfer_id IS NOT NULL;
CREATE INDEX citation_market_id_idx ON citation (market_id, ordinal, id) WHERE market_id IS NOT NULL;
CREATE INDEX citation_rivalry_id_idx ON citation (rivalry_id, ordinal, id) WHERE rivalry_id IS NOT NULL;
CREATE INDEX citation_observation_id_idx ON citation (observation_id, ordinal, id) WHERE observation_id IS NOT NULL;
CREATE INDEX citation_statement_id_idx ON citation (statement_id, ordinal, id) WHERE statement_id IS NOT NULL;
CREATE INDEX citation_source_id_idx ON citation (source_id, ordinal, id);
