-- Fields of technology, a tree, and the classification prefixes that lead into them.

CREATE TABLE cooperation_area (
    id BIGINT PRIMARY KEY,
    slug TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    name_folded TEXT COLLATE "C" NOT NULL,
    description TEXT COLLATE "C",
    parent_id BIGINT REFERENCES cooperation_area (id)
);
CREATE UNIQUE INDEX cooperation_area_slug_key ON cooperation_area (slug);
CREATE INDEX cooperation_area_name_idx ON cooperation_area (name, id);
CREATE INDEX cooperation_area_parent_id_idx ON cooperation_area (parent_id, name, id);

CREATE TABLE area_prefix (
    id BIGINT PRIMARY KEY,
    area_id BIGINT NOT NULL REFERENCES cooperation_area (id),
    prefix TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX area_prefix_natural_key ON area_prefix (area_id, prefix);
CREATE INDEX area_prefix_area_id_idx ON area_prefix (area_id, prefix, id);
