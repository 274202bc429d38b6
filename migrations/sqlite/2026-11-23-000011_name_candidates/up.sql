-- Keys by which companies are found when their names are spelt in other ways, and matches that people are to decide.

CREATE TABLE company_key (
    key INTEGER NOT NULL,
    company_id INTEGER NOT NULL REFERENCES company (id),
    PRIMARY KEY (key, company_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX company_key_company_id_idx ON company_key (company_id);

CREATE TABLE name_candidate (
    id INTEGER PRIMARY KEY NOT NULL,
    spelling TEXT NOT NULL,
    company_id INTEGER NOT NULL REFERENCES company (id),
    spelt_like TEXT NOT NULL,
    score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 100),
    doubt TEXT NOT NULL CHECK (doubt IN ('LEGAL_FORM', 'COUNTRY', 'SLIPS', 'AMBIGUOUS', 'GIVEN')),
    decision TEXT NOT NULL CHECK (decision IN ('OPEN', 'CONFIRMED', 'REFUSED'))
) STRICT;
CREATE UNIQUE INDEX name_candidate_natural_key ON name_candidate (spelling, company_id);
CREATE INDEX name_candidate_company_id_idx ON name_candidate (company_id, id);
CREATE INDEX name_candidate_decision_idx ON name_candidate (decision, score, id);
