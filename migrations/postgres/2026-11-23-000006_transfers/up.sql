-- Conveyances of patents.

CREATE TABLE patent_transfer (
    id BIGINT PRIMARY KEY,
    agreement_id BIGINT REFERENCES agreement (id),
    listed_by_id BIGINT REFERENCES source (id),
    ordinal INTEGER NOT NULL,
    reel_frame TEXT COLLATE "C",
    conveyance TEXT COLLATE "C" NOT NULL CHECK (conveyance IN ('ASSIGNMENT', 'MERGER', 'NAME_CHANGE', 'SECURITY_INTEREST', 'RELEASE', 'CORRECTION', 'LICENCE', 'GOVERNMENT_INTEREST', 'OTHER')),
    executed_on DATE,
    recorded_on DATE,
    stated_count INTEGER,
    stated_as TEXT COLLATE "C",
    CHECK (agreement_id IS NOT NULL OR listed_by_id IS NOT NULL OR reel_frame IS NOT NULL),
    CHECK (stated_count >= 0),
    CHECK (ordinal >= 1)
);
CREATE UNIQUE INDEX patent_transfer_reel_frame_key ON patent_transfer (reel_frame);
CREATE UNIQUE INDEX patent_transfer_natural_key ON patent_transfer (agreement_id, ordinal);
CREATE UNIQUE INDEX patent_transfer_natural_2_key ON patent_transfer (listed_by_id, ordinal);
CREATE INDEX patent_transfer_executed_on_idx ON patent_transfer (executed_on DESC, id);
CREATE INDEX patent_transfer_agreement_id_idx ON patent_transfer (agreement_id, executed_on DESC, id);
CREATE INDEX patent_transfer_listed_by_id_idx ON patent_transfer (listed_by_id, executed_on DESC, id);

CREATE TABLE patent_transfer_party (
    id BIGINT PRIMARY KEY,
    patent_transfer_id BIGINT NOT NULL REFERENCES patent_transfer (id),
    company_id BIGINT NOT NULL REFERENCES company (id),
    role TEXT COLLATE "C" NOT NULL CHECK (role IN ('ASSIGNOR', 'ASSIGNEE'))
);
CREATE UNIQUE INDEX patent_transfer_party_natural_key ON patent_transfer_party (patent_transfer_id, company_id, role);
CREATE INDEX patent_transfer_party_patent_transfer_id_idx ON patent_transfer_party (patent_transfer_id, role, id);
CREATE INDEX patent_transfer_party_company_id_idx ON patent_transfer_party (company_id, role, id);

CREATE TABLE patent_transfer_patent (
    patent_transfer_id BIGINT NOT NULL REFERENCES patent_transfer (id),
    patent_id BIGINT NOT NULL REFERENCES patent (id),
    PRIMARY KEY (patent_transfer_id, patent_id)
);
CREATE INDEX patent_transfer_patent_patent_id_idx ON patent_transfer_patent (patent_id, patent_transfer_id);
