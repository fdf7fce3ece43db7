-- Answers to writes that carried an Idempotency-Key, for a day. Every column is explained in docs/storage.md.

CREATE TABLE repeatable_answers (
  key_hash     TEXT    NOT NULL PRIMARY KEY,
  claimed_at   INTEGER NOT NULL,
  request_hash TEXT,
  status       INTEGER,
  body         TEXT
) STRICT;

CREATE INDEX repeatable_answers_claimed ON repeatable_answers (claimed_at);
