-- Who may write: tokens, of which only a hash is kept; and the answers of requests that may be sent again.

CREATE TABLE access_token (
    id BIGINT PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    secret_hash TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL CHECK (role IN ('reader', 'editor', 'admin')),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP,
    revoked_at TIMESTAMP
);
CREATE UNIQUE INDEX access_token_name_key ON access_token (name);
CREATE UNIQUE INDEX access_token_secret_hash_key ON access_token (secret_hash);

CREATE TABLE idempotency_key (
    id BIGINT PRIMARY KEY,
    actor TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    request_hash TEXT COLLATE "C" NOT NULL,
    answer TEXT COLLATE "C",
    expires_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX idempotency_key_natural_key ON idempotency_key (actor, name);
CREATE INDEX idempotency_key_expires_at_idx ON idempotency_key (expires_at);
