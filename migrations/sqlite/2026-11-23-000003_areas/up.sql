-- Fields of technology, a tree, and the classification prefixes that lead into them.

CREATE TABLE cooperation_area (
    id INTEGER PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    description TEXT,
    parent_id INTEGER REFERENCES cooperation_area (id)
) STRICT;
CREATE UNIQUE INDEX cooperation_area_slug_key ON cooperation_area (slug);
CREATE INDEX cooperation_area_name_idx ON cooperation_area (name, id);
CREATE INDEX cooperation_area_parent_id_idx ON cooperation_area (parent_id, name, id);

CREATE TABLE area_prefix (
    id INTEGER PRIMARY KEY NOT NULL,
    area_id INTEGER NOT NULL REFERENCES cooperation_area (id),
    prefix TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX area_prefix_natural_key ON area_prefix (area_id, prefix);
CREATE INDEX area_prefix_area_id_idx ON area_prefix (area_id, prefix, id);
