-- Where facts come from.

CREATE TABLE source (
    id INTEGER PRIMARY KEY NOT NULL,
    publisher TEXT NOT NULL,
    publisher_folded TEXT NOT NULL,
    title TEXT,
    title_folded TEXT,
    url TEXT,
    published_on TEXT CHECK (published_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    published_precision TEXT CHECK (published_precision IN ('DAY', 'MONTH', 'YEAR')),
    retrieved_on TEXT CHECK (retrieved_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    CHECK ((published_on IS NULL) = (published_precision IS NULL))
) STRICT;
CREATE UNIQUE INDEX source_url_key ON source (url);
CREATE UNIQUE INDEX source_natural_key ON source (publisher, coalesce(title, ''), coalesce(published_on, '')) WHERE url IS NULL;
CREATE INDEX source_publisher_idx ON source (publisher, id);
