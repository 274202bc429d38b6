-- The change feed. A transaction that writes takes its numbers from the counter as the last thing that it does, and the
-- counter's lock is held until it commits: so the order of numbers is the order in which changes become visible.

CREATE TABLE change_counter (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    last_seq BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);
INSERT INTO change_counter (id, last_seq, recorded_at) VALUES (1, 0, '1970-01-01T00:00:00');

-- The key is the number. What a change is about may be gone one day; the change stays.
CREATE TABLE change (
    id BIGINT PRIMARY KEY,
    seq BIGINT NOT NULL CHECK (seq = id),
    recorded_at TIMESTAMP NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('BASELINE', 'IMPORTED', 'DERIVED', 'DECIDED', 'RECORDED', 'UPDATED', 'RETRACTED', 'REMOVED', 'MERGED')),
    company_id BIGINT REFERENCES company (id) ON DELETE SET NULL,
    person_id BIGINT REFERENCES person (id) ON DELETE SET NULL,
    agreement_id BIGINT REFERENCES agreement (id) ON DELETE SET NULL,
    patent_id BIGINT REFERENCES patent (id) ON DELETE SET NULL,
    patent_transfer_id BIGINT REFERENCES patent_transfer (id) ON DELETE SET NULL,
    cooperation_area_id BIGINT REFERENCES cooperation_area (id) ON DELETE SET NULL,
    source_id BIGINT REFERENCES source (id) ON DELETE SET NULL,
    fact_type TEXT COLLATE "C",
    target_id TEXT COLLATE "C",
    before TEXT COLLATE "C",
    after TEXT COLLATE "C",
    CHECK (fact_type IS NULL OR target_id IS NOT NULL)
);
CREATE UNIQUE INDEX change_natural_key ON change (seq);
CREATE INDEX change_recorded_at_idx ON change (recorded_at, id);
CREATE INDEX change_target_id_idx ON change (target_id, id) WHERE target_id IS NOT NULL;
CREATE INDEX change_company_id_idx ON change (company_id, id) WHERE company_id IS NOT NULL;
CREATE INDEX change_person_id_idx ON change (person_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX change_agreement_id_idx ON change (agreement_id, id) WHERE agreement_id IS NOT NULL;
CREATE INDEX change_patent_id_idx ON change (patent_id, id) WHERE patent_id IS NOT NULL;
CREATE INDEX change_patent_transfer_id_idx ON change (patent_transfer_id, id) WHERE patent_transfer_id IS NOT NULL;
CREATE INDEX change_cooperation_area_id_idx ON change (cooperation_area_id, id) WHERE cooperation_area_id IS NOT NULL;
CREATE INDEX change_source_id_idx ON change (source_id, id) WHERE source_id IS NOT NULL;

-- What stood before there was a feed enters it as one row.
INSERT INTO change (id, seq, recorded_at, actor, kind, after)
    SELECT 1, 1, now() AT TIME ZONE 'UTC', 'migration', 'BASELINE',
        '{"tables":{' ||
        '"source":' || (SELECT count(*) FROM source) ||
        ',"company":' || (SELECT count(*) FROM company) ||
        ',"person":' || (SELECT count(*) FROM person) ||
        ',"agreement":' || (SELECT count(*) FROM agreement) ||
        ',"patent":' || (SELECT count(*) FROM patent) ||
        ',"patent_transfer":' || (SELECT count(*) FROM patent_transfer) ||
        ',"citation":' || (SELECT count(*) FROM citation) || '}}'
    WHERE EXISTS (SELECT 1 FROM source);
UPDATE change_counter SET last_seq = 1, recorded_at = (SELECT recorded_at FROM change)
    WHERE EXISTS (SELECT 1 FROM change);
