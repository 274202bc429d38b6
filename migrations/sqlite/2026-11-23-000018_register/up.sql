-- Records of a register of assignments: when the register changed them last, and which it has taken back.

ALTER TABLE patent_transfer ADD COLUMN last_updated_on TEXT CHECK (last_updated_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]');

-- What was purged stays known by its place, so that an older file does not bring it back.
CREATE TABLE purged_record (
    id INTEGER PRIMARY KEY NOT NULL,
    reel_frame TEXT NOT NULL,
    last_updated_on TEXT CHECK (last_updated_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    source_id INTEGER NOT NULL REFERENCES source (id)
) STRICT;
CREATE UNIQUE INDEX purged_record_reel_frame_key ON purged_record (reel_frame);
CREATE INDEX purged_record_source_id_idx ON purged_record (source_id, id);
