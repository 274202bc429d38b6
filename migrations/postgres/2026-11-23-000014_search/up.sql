-- What search looks in. It follows from the other tables and is written with them; `dealgraph index` makes it anew.

-- A name or a text by which something is found: of an entity, or of a company's other name, by its key.
CREATE TABLE search_entry (
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('COMPANY', 'AREA', 'PERSON', 'AGREEMENT', 'PATENT')),
    id BIGINT NOT NULL,
    entity_id BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    fingerprint BIGINT NOT NULL,
    words TSVECTOR NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE INDEX search_entry_name_idx ON search_entry (kind, name, id);
-- An index a kind, so that the frequent words of one are no matter to another. What waits to be put into one is read by
-- every search: it is kept short.
CREATE INDEX search_entry_company_words_idx ON search_entry USING gin (words)
    WITH (gin_pending_list_limit = 512) WHERE kind = 'COMPANY';
CREATE INDEX search_entry_area_words_idx ON search_entry USING gin (words)
    WITH (gin_pending_list_limit = 512) WHERE kind = 'AREA';
CREATE INDEX search_entry_person_words_idx ON search_entry USING gin (words)
    WITH (gin_pending_list_limit = 512) WHERE kind = 'PERSON';
CREATE INDEX search_entry_agreement_words_idx ON search_entry USING gin (words)
    WITH (gin_pending_list_limit = 512) WHERE kind = 'AGREEMENT';
CREATE INDEX search_entry_patent_words_idx ON search_entry USING gin (words)
    WITH (gin_pending_list_limit = 512) WHERE kind = 'PATENT';

-- The words of entries, and how many entries of a kind have each.
CREATE TABLE search_word (
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('COMPANY', 'AREA', 'PERSON', 'AGREEMENT', 'PATENT')),
    word TEXT COLLATE "C" NOT NULL,
    entries BIGINT NOT NULL,
    PRIMARY KEY (kind, word)
);

-- What is left of the words of companies' names when one letter is left out, so that misspelt words meet.
CREATE TABLE search_near (
    key BIGINT NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (key, word)
);
