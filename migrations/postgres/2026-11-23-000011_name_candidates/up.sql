-- Keys by which companies are found when their names are spelt in other ways, and matches that people are to decide.

CREATE TABLE company_key (
    key BIGINT NOT NULL,
    company_id BIGINT NOT NULL REFERENCES company (id),
    PRIMARY KEY (key, company_id)
);
CREATE INDEX company_key_company_id_idx ON company_key (company_id);

CREATE TABLE name_candidate (
    id BIGINT PRIMARY KEY,
    spelling TEXT COLLATE "C" NOT NULL,
    company_id BIGINT NOT NULL REFERENCES company (id),
    spelt_like TEXT COLLATE "C" NOT NULL,
    score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 100),
    doubt TEXT COLLATE "C" NOT NULL CHECK (doubt IN ('LEGAL_FORM', 'COUNTRY', 'SLIPS', 'AMBIGUOUS', 'GIVEN')),
    decision TEXT COLLATE "C" NOT NULL CHECK (decision IN ('OPEN', 'CONFIRMED', 'REFUSED'))
);
CREATE UNIQUE INDEX name_candidate_natural_key ON name_candidate (spelling, company_id);
CREATE INDEX name_candidate_company_id_idx ON name_candidate (company_id, id);
CREATE INDEX name_candidate_decision_idx ON name_candidate (decision, score, id);
