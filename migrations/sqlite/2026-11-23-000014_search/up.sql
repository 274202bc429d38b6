-- What search looks in. It follows from the other tables and is written with them; `dealgraph index` makes it anew.

-- A name or a text by which something is found: of an entity, or of a company's other name, by its key.
CREATE TABLE search_entry (
    kind TEXT NOT NULL CHECK (kind IN ('COMPANY', 'AREA', 'PERSON', 'AGREEMENT', 'PATENT')),
    id INTEGER NOT NULL,
    entity_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    fingerprint INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX search_entry_name_idx ON search_entry (kind, name, id);

-- The words of entries, and how many entries of a kind have each.
CREATE TABLE search_word (
    kind TEXT NOT NULL CHECK (kind IN ('COMPANY', 'AREA', 'PERSON', 'AGREEMENT', 'PATENT')),
    word TEXT NOT NULL,
    entries INTEGER NOT NULL,
    PRIMARY KEY (kind, word)
) STRICT, WITHOUT ROWID;

-- What is left of the words of companies' names when one letter is left out, so that misspelt words meet.
CREATE TABLE search_near (
    key INTEGER NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (key, word)
) STRICT, WITHOUT ROWID;

-- The words of each entry, by its id. Words have no position; a table a kind, so that the frequent words of one are no
-- matter to another.
CREATE VIRTUAL TABLE search_text_company USING fts5 (words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');
CREATE VIRTUAL TABLE search_text_area USING fts5 (words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');
CREATE VIRTUAL TABLE search_text_person USING fts5 (words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');
CREATE VIRTUAL TABLE search_text_agreement USING fts5 (words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');
CREATE VIRTUAL TABLE search_text_patent USING fts5 (words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');
