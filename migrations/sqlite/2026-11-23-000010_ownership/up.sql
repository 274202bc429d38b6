-- Who owns a patent, when: what a register says of transfers beyond their parties, and what follows from it.

-- What a register says of a transfer: its words, the record that it corrects or releases, and of each party when it
-- signed and under which name.
ALTER TABLE patent_transfer ADD COLUMN conveyance_text TEXT;
ALTER TABLE patent_transfer ADD COLUMN refers_to_reel_frame TEXT;
ALTER TABLE patent_transfer_party ADD COLUMN executed_on TEXT CHECK (executed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]');
ALTER TABLE patent_transfer_party ADD COLUMN recorded_name TEXT;

-- Natural persons in a transfer: they are not companies. Inventors begin a chain of title.
CREATE TABLE patent_transfer_individual (
    id INTEGER PRIMARY KEY NOT NULL,
    patent_transfer_id INTEGER NOT NULL REFERENCES patent_transfer (id),
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('ASSIGNOR', 'ASSIGNEE')),
    executed_on TEXT CHECK (executed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT;
CREATE UNIQUE INDEX patent_transfer_individual_natural_key ON patent_transfer_individual (patent_transfer_id, name, role);
CREATE INDEX patent_transfer_individual_patent_transfer_id_idx ON patent_transfer_individual (patent_transfer_id, role, id);

-- Who a publication names as its assignees, and who a source states to own it at present.
CREATE TABLE patent_assignee (
    id INTEGER PRIMARY KEY NOT NULL,
    patent_id INTEGER NOT NULL REFERENCES patent (id),
    named TEXT NOT NULL CHECK (named IN ('AT_PUBLICATION', 'AT_PRESENT')),
    ordinal INTEGER NOT NULL,
    company_id INTEGER REFERENCES company (id),
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    stated_on TEXT CHECK (stated_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    source_id INTEGER NOT NULL REFERENCES source (id),
    CHECK (ordinal >= 1)
) STRICT;
CREATE UNIQUE INDEX patent_assignee_natural_key ON patent_assignee (patent_id, named, ordinal);
CREATE INDEX patent_assignee_patent_id_idx ON patent_assignee (patent_id, ordinal, id);
CREATE INDEX patent_assignee_company_id_idx ON patent_assignee (company_id, ordinal, id);
CREATE INDEX patent_assignee_source_id_idx ON patent_assignee (source_id, ordinal, id);

-- What follows is derived by the rules of docs/ownership.md and made again when what it is derived from changes.

-- Who held title from when until when, as known from when until when. A first day is in, a last day is out; an absent
-- first day is before all days, an absent last day after all.
CREATE TABLE patent_ownership (
    id INTEGER PRIMARY KEY NOT NULL,
    patent_id INTEGER NOT NULL REFERENCES patent (id),
    company_id INTEGER REFERENCES company (id),
    holder_name TEXT,
    holder_name_folded TEXT,
    since TEXT CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    until TEXT CHECK (until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    known_since TEXT CHECK (known_since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    known_until TEXT CHECK (known_until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    basis TEXT NOT NULL CHECK (basis IN ('EXECUTED', 'RECORDED', 'REPORTED', 'ANNOUNCED', 'FILED', 'PUBLISHED', 'UNKNOWN')),
    unbroken INTEGER NOT NULL CHECK (unbroken IN (0, 1)),
    patent_transfer_id INTEGER REFERENCES patent_transfer (id),
    CHECK ((company_id IS NULL) = (holder_name IS NOT NULL)),
    CHECK (since < until),
    CHECK (known_since < known_until)
) STRICT;
CREATE INDEX patent_ownership_patent_id_idx ON patent_ownership (patent_id, since, id);
CREATE INDEX patent_ownership_company_id_idx ON patent_ownership (company_id, since, id);
CREATE INDEX patent_ownership_company_patent_idx ON patent_ownership (company_id, patent_id, since, until, known_since, known_until);
CREATE INDEX patent_ownership_patent_transfer_id_idx ON patent_ownership (patent_transfer_id, since, id);

-- What each record did to the title of a patent, in the order in which they count.
CREATE TABLE title_step (
    id INTEGER PRIMARY KEY NOT NULL,
    patent_id INTEGER NOT NULL REFERENCES patent (id),
    ordinal INTEGER NOT NULL,
    patent_transfer_id INTEGER REFERENCES patent_transfer (id),
    effect TEXT NOT NULL CHECK (effect IN ('OPENS', 'MOVES', 'BREAKS', 'COMPETES', 'CONFIRMS', 'RELEASES', 'ENCUMBERS', 'CORRECTED', 'UNPLACED', 'NONE')),
    counted_on TEXT CHECK (counted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    basis TEXT NOT NULL CHECK (basis IN ('EXECUTED', 'RECORDED', 'REPORTED', 'ANNOUNCED', 'FILED', 'PUBLISHED', 'UNKNOWN')),
    CHECK (ordinal >= 1)
) STRICT;
CREATE INDEX title_step_patent_id_idx ON title_step (patent_id, ordinal, id);
CREATE INDEX title_step_patent_transfer_id_idx ON title_step (patent_transfer_id, ordinal, id);

-- What the records leave open about a patent.
CREATE TABLE patent_finding (
    id INTEGER PRIMARY KEY NOT NULL,
    patent_id INTEGER NOT NULL REFERENCES patent (id),
    kind TEXT NOT NULL CHECK (kind IN ('GAP', 'COMPETING_ASSIGNMENT', 'OPEN_LIEN', 'RELEASE_WITHOUT_LIEN', 'IMPOSSIBLE_DATE', 'UNDATED', 'RETROACTIVE', 'CORRECTS_UNKNOWN', 'FIRST_ASSIGNEE_DIFFERS')),
    patent_transfer_id INTEGER REFERENCES patent_transfer (id),
    other_transfer_id INTEGER REFERENCES patent_transfer (id),
    concerns_on TEXT CHECK (concerns_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT;
CREATE INDEX patent_finding_patent_id_idx ON patent_finding (patent_id, kind, id);
CREATE INDEX patent_finding_patent_transfer_id_idx ON patent_finding (patent_transfer_id, kind, id);
CREATE INDEX patent_finding_other_transfer_id_idx ON patent_finding (other_transfer_id, kind, id);

-- A list of everything in its default order: without one of these, its first page sorts the whole table.
CREATE INDEX patent_transfer_individual_role_idx ON patent_transfer_individual (role, id);
CREATE INDEX patent_assignee_ordinal_idx ON patent_assignee (ordinal, id);
CREATE INDEX patent_ownership_since_idx ON patent_ownership (since, id);
CREATE INDEX title_step_ordinal_idx ON title_step (ordinal, id);
CREATE INDEX patent_finding_kind_idx ON patent_finding (kind, id);
