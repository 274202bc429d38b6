-- By which rules the keys of names were made. A store from before this table says so by 0. Keys are of `version`, or of no
-- older one; all of them, once `is_complete`.

CREATE TABLE name_rules (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    version INTEGER NOT NULL CHECK (version >= 0),
    is_complete INTEGER NOT NULL CHECK (is_complete IN (0, 1))
) STRICT;
INSERT INTO name_rules (id, version, is_complete) VALUES (1, 0, TRUE);
