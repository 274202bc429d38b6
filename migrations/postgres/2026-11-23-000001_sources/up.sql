-- Where facts come from.

CREATE TABLE source (
    id BIGINT PRIMARY KEY,
    publisher TEXT COLLATE "C" NOT NULL,
    publisher_folded TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C",
    title_folded TEXT COLLATE "C",
    url TEXT COLLATE "C",
    published_on DATE,
    published_precision TEXT COLLATE "C" CHECK (published_precision IN ('DAY', 'MONTH', 'YEAR')),
    retrieved_on DATE,
    CHECK ((published_on IS NULL) = (published_precision IS NULL))
);
CREATE UNIQUE INDEX source_url_key ON source (url);
CREATE UNIQUE INDEX source_natural_key ON source (publisher, coalesce(title, ''), coalesce(published_on, DATE '0001-01-01')) WHERE url IS NULL;
CREATE INDEX source_publisher_idx ON source (publisher, id);
