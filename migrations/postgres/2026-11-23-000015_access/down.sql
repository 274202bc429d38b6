DROP TABLE idempotency_key;
DROP TABLE access_token;
