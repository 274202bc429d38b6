-- Who may write: tokens, of which only a hash is kept; and the answers of requests that may be sent again.

CREATE TABLE access_token (
    id INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('reader', 'editor', 'admin')),
    created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.??????Z'),
    expires_at TEXT NOT NULL CHECK (expires_at GLOB '????-??-??T??:??:??.??????Z'),
    last_used_at TEXT CHECK (last_used_at GLOB '????-??-??T??:??:??.??????Z'),
    revoked_at TEXT CHECK (revoked_at GLOB '????-??-??T??:??:??.??????Z')
) STRICT;
CREATE UNIQUE INDEX access_token_name_key ON access_token (name);
CREATE UNIQUE INDEX access_token_secret_hash_key ON access_token (secret_hash);

CREATE TABLE idempotency_key (
    id INTEGER PRIMARY KEY NOT NULL,
    actor TEXT NOT NULL,
    name TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    answer TEXT,
    expires_at TEXT NOT NULL CHECK (expires_at GLOB '????-??-??T??:??:??.??????Z')
) STRICT;
CREATE UNIQUE INDEX idempotency_key_natural_key ON idempotency_key (actor, name);
CREATE INDEX idempotency_key_expires_at_idx ON idempotency_key (expires_at);
